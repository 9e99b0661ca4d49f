"""Sentences about 村务公开: the admin who marks a thing as published, and residents who ask where to see it."""

from collections.abc import Sequence
from datetime import date

from casework.village.duties import Done, DueBy, Overdue, Publication, Standing
from casework.village.duty_items import DutyItem, Frequency
from casework.village.places import Village, plain_path
from handlers.turn import Reply, Tap

MOST_TOLD = 6
_BASIS_NOTE = "（2025年修改，2026年1月1日起施行）"

NOT_MARKED = Reply("好，没有标记。公开以后再回复“已公开”。")
RECORD = "村务公开记录，管理员登记"
NO_LIST = Reply("您的村现在不在公开清单里，没法标记。请告诉镇街的工作人员。")
MARK_TAKEN_BACK = Reply("撤销了，这一条不算。公开以后再回复“已公开”。")
PHOTO_TAKEN = Reply("照片收下了，只给镇街工作人员看，不给居民看。")
NOTHING_TO_TAKE_BACK = Reply("这一条刚才已经撤销了。")


def which_item(village: str, lines: Sequence[tuple[DutyItem, str]]) -> Reply:
    """Ask what was published; *lines* are the items with how each stands."""
    told = [
        f"{place}. {item.title}{f'（{stands}）' if stands else ''}" for place, (item, stands) in enumerate(lines, 1)
    ]
    example = lines[0][0].title if lines else ""
    return Reply(
        "\n".join(
            [
                f"{plain_path(village)}，哪一项公开了？回复编号、日期、在哪里，比如“1 今天 公开栏”：",
                *told,
                f"也可以一句话：“已公开 {example} 今天 公开栏”。不标了回复“取消”。",
            ]
        )
    )


def no_item(count: int) -> Reply:
    """The number is not in the list."""
    return Reply(f"没有这一项，请回复1到{count}的编号。不标了回复“取消”。")


def when_and_where(item: DutyItem, forms: Sequence[str], *, day_known: bool, channel_known: bool) -> Reply:
    """Ask for what is missing of day and channel."""
    if day_known and not channel_known:
        return Reply(f"“{item.title}”在哪里公开的？回复“{'”“'.join(forms)}”，或者直接写。", _taps(forms))
    if channel_known:
        return Reply(f"“{item.title}”哪天公开的？比如“今天”“11月20日”。", (Tap("今天", "今天"),))
    first = forms[0] if forms else "公开栏"
    return Reply(f"“{item.title}”哪天、在哪里公开的？比如“今天 {first}”“11月20日 群里”。")


def bad_day(why: str) -> Reply:
    """The day cannot be one."""
    return Reply(f"{why}。请再写一次日期，比如“今天”“11月20日”。")


def marked(item: DutyItem, published: Publication, stands: Standing) -> Reply:
    """It is put down; what may follow."""
    after = f"，下次最晚{_day(stands.next_by)}" if isinstance(stands, Done) else ""
    return Reply(
        f"记下了：{item.title}，{_day(published.published_on)}在{published.channel}公开{after}。\n"
        "可以附一张照片，现在发过来就行，只给镇街看、不给居民看；不附就不用管。记错了回复“撤销”，还有别的回复“已公开”。"
    )


def which_village() -> Reply:
    """Asked once: whose village."""
    return Reply("您是哪个村（社区）的？回复镇和村名，比如“八景镇 上保村”，我记住，下次不用再说。")


def your_village_too() -> Reply:
    """After the rule in general: the offer to look at one's own village."""
    return Reply("要看您村公开了什么、在哪看，回复镇和村名，比如“八景镇 上保村”。")


def several_villages(named: str, paths: Sequence[str]) -> Reply:
    """Several towns have a village of this name."""
    shown = [plain_path(path) for path in paths]
    return Reply(f"叫{named}的有几个：{'、'.join(shown)}。是哪一个？", tuple(Tap(one, one) for one in shown))


def no_such_village(named: str) -> Reply:
    """No village is called so."""
    return Reply(f"没找到“{named[:16]}”。请写镇和村名，比如“八景镇 上保村”；写错了再写一次就行。")


def where_published(place: Village, thing: str, found: Sequence[Standing]) -> Reply:
    """What a village made public, when and where, for a resident; *thing* is what they asked about."""
    told = [one for one in found if one.last is not None]
    missing = [one for one in found if one.last is None]
    name, about = plain_path(place.path), thing or ("村务公开" if place.kind == "村" else "居务公开")
    lines = [f"{name}，{about}，本号记下的公开："] if told else [f"{name}的{about}，本号还没有公开记录。"]
    lines += [f"· {_published(one)}" for one in told[:MOST_TOLD]]
    lines += [f"还有{len(told) - MOST_TOLD}项没列出来。"] if len(told) > MOST_TOLD else []
    if missing:
        lines.append("没有记录的：" if told else "按清单应公开的：")
        lines += [f"· {_missing(one)}" for one in missing[:MOST_TOLD]]
        lines += [f"还有{len(missing) - MOST_TOLD}项没列出来。"] if len(missing) > MOST_TOLD else []
    return Reply("\n".join([*lines, *_what_next(place, found)]))


def published_in_short(village: str, found: Sequence[Standing]) -> str:
    """The same in one or two sentences, for a card to paste into the group."""
    told = [one for one in found if one.last is not None]
    if not told:
        board, office = _board_and_office(village)
        return f"本号还没有公开记录，不等于没公开。先看{board}，或者问{office}。"
    lines = [f"{one.item.title[:16]}{_day_month(one)}在{one.last.channel}公开" for one in told[:2] if one.last]
    return f"{'；'.join(lines)}。{f'还有{len(told) - 2}项。' if len(told) > 2 else ''}"


def _day_month(standing: Standing) -> str:
    """The day of the last publication, short."""
    last = standing.last
    return f"{last.published_on.month}月{last.published_on.day}日" if last else ""


def _board_and_office(village: str) -> tuple[str, str]:
    return ("居务信息公开栏", "居委会") if village.endswith("社区") else ("村务信息公开栏", "村委会")


def _what_next(place: Village, found: Sequence[Standing]) -> list[str]:
    board, office = _board_and_office("社区" if place.kind == "社区" else "村")
    town = "镇里" if place.town.endswith("镇") else "街道" if place.town.endswith("街道") else "乡镇"
    basis = dict.fromkeys(one.item.basis for one in found if one.item.status == "法条")
    source = (
        f"依据：{'、'.join(basis)}{_BASIS_NOTE}。" if basis else "依据：高府办发〔2022〕20号附件；多久公开一次待核。"
    )
    return [
        f"记录由管理员登记，没有记录不等于没公开：先看{board}，或者问{office}。",
        f"没公开、不真实的，可以向{town}反映：回复“登记”。",
        source,
    ]


def _published(standing: Standing) -> str:
    last = standing.last
    if last is None:
        return standing.item.title
    text = f"{standing.item.title}：{_day(last.published_on)}，{last.channel}"
    match standing:
        case Done(next_by=by):
            return f"{text}；下次最晚{_day(by)}"
        case DueBy(by=by):
            return f"{text}；这一期还没有，最晚{_day(by)}"
        case Overdue(missed=missed):
            return f"{text}；之后有{missed}期没有记录"
        case _:
            return text


def _missing(standing: Standing) -> str:
    match standing:
        case DueBy(by=by):
            return f"{standing.item.title}：这一期最晚{_day(by)}"
        case Overdue(missed=missed):
            return f"{standing.item.title}：有{missed}期没有记录"
        case _:
            often = standing.item.frequency
            return standing.item.title + ("：有了就随时公开" if often is Frequency.AT_ONCE else "：多久公开一次待核")


def _taps(forms: Sequence[str]) -> tuple[Tap, ...]:
    return tuple(Tap(form, form) for form in forms)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
