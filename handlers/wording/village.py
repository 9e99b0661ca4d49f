"""Sentences for village admins, and for residents who are asked which village is theirs."""

from collections.abc import Sequence
from datetime import date, datetime

from casework.due_words import due_sentence
from casework.ports import NoticeDetails, NoticeKind
from casework.tickets.model import Ticket
from casework.village.admins import Admin
from casework.village.places import plain_path
from handlers.turn import Reply, Tap
from handlers.village_card import cleaned, shorten
from handlers.wording.dates import day

LONGEST_NOTICE = 500
_EXAMPLE = "张三甲：低保怎么申请\n李四乙：要带什么材料"
_STAFF = "（来源：工作人员答复）"

FORWARD_NOW = Reply("好，开始转发。把群里的话一段一段贴过来，最多两分钟；贴完回复“结束”，不要了回复“取消”。")
NOTHING_PASTED = Reply("还没收到群里的话。请把聊天内容复制过来再贴，几段的先回复“开始转发”。")
NOT_FORWARDED = Reply("好，不转发了，刚才贴的没有留下。要再来，直接贴就行。")
LAST_CARD = Reply("后面没有了。要看哪一条的全文，回复“看1”这样的；没有答案的，回复“登记”交给工作人员。")
CARD_GONE = Reply("不知道您说的是哪张卡片：最近10分钟没有给过您卡片。请把群里的话再贴一遍，我重新回一张。")
PASTED_TOO_MUCH = "（这次贴得太多，可能有漏的。下次一次贴30行以内，漏的再贴一遍。这一句不用贴到群里。）"
PASTE_LOST = "刚才转发的内容没处理完就断了，对不住，没有留下。请再贴一遍。"
WHO_ASKED_ONCE = Reply("提问人的名单只显示一次，没看到请再回复“谁问的”。")
NOT_YOUR_VILLAGE = Reply("好，没有记。有事直接说就行，比如“低保怎么申请”。")


def bound(village: str) -> Reply:
    """The account is admin of a village now: what it can do, with an example."""
    return Reply(
        f"绑定好了，您现在是{plain_path(village)}的村群管理员。\n"
        "可以这样用：在村群里长按，复制大家问的话，直接贴给我，比如：\n"
        f"{_EXAMPLE}\n"
        "我回一张卡片，您贴回群里就行，卡片里没有昵称和电话。\n"
        "· 几段一起贴：先回复“开始转发”，贴完回复“结束”\n"
        "· 问题多：回复“下一张”；看某一条的全文：回复“看3”\n"
        "· 没答案的：回复“登记”，或者“登记 2 4”，替群里的人交给工作人员\n"
        "· 谁问的：回复“谁问的”，只给您看\n"
        "· 本周：看这周的问题和该公开的；村务公开了一项，回复“已公开”\n"
        "· 告诉我群的名字：回复“群名 某某群”；不当管理员了：回复“解除绑定”"
    )


def already_admin(admin: Admin) -> Reply:
    """The code stays good for somebody else."""
    return Reply(f"您已经是{plain_path(admin.village)}的村群管理员，不用再绑定。这个码没有用掉，可以给别人用。")


def wrong_village_code(left: int) -> Reply:
    """No such code."""
    if left > 0:
        return Reply(f"没有这个绑定码，请对着原件再输一遍。这一小时还可以试{left}次。")
    return Reply("没有这个绑定码，这一小时试的次数用完了。请过一小时再试，或者请镇里重新发一个码。")


def code_locked(until: datetime) -> Reply:
    """Too many wrong tries."""
    return Reply(f"绑定码试错太多次，{until:%H:%M}以后才能再试。别的事照常可以问。")


def code_expired(village: str) -> Reply:
    """Seven days are over."""
    return Reply(f"这个{plain_path(village)}的绑定码过期或收回了，码只管7天。请让镇里重新发一个。")


def code_used(village: str) -> Reply:
    """It bound somebody already."""
    return Reply(f"这个{plain_path(village)}的绑定码已经有人用过，一个码只能用一次。请让镇里重新发一个。")


def released(village: str) -> Reply:
    """The admin gave it back."""
    return Reply(f"已解除，您不再是{plain_path(village)}的村群管理员。以后再要当，请镇里重新发码。您自己问事照常。")


def group_named(admin: Admin) -> Reply:
    """The name of the group is noted."""
    return Reply(f"记下了，群名：{admin.group}。")


def put_by(count: int, *, explicit: bool) -> Reply:
    """One more piece of a paste."""
    if explicit:
        return Reply(f"收到第{count}段，接着贴；贴完回复“结束”。")
    return Reply("收到，跟前面的合在一起答。20秒没有新的，就把卡片发给您；着急就回复“结束”。")


def no_such_question(place: int, count: int) -> Reply:
    """The card has fewer questions."""
    return Reply(f"没有第{place}条，这次一共{count}条。")


def nothing_to_register(private: bool, done: bool) -> Reply:
    """Nothing that could be written down."""
    if private:
        return Reply("举报类的事不代收。请本人私下发给公众号，这样才能替他保密。")
    if done:
        return Reply("没有答案的都登记过了。看进度回复“查询”，谁问的回复“谁问的”。")
    return Reply("这次的问题都有答案，不用登记。还是要登记某一条，回复“登记 2”这样的。")


def registered_for_others(lines: Sequence[tuple[int, str, Ticket, str]], private: bool) -> Reply:
    """Tickets were opened on behalf of people in the group; who they are is not said here."""
    told = [f"替群里的人登记了{len(lines)}件（这一条不要贴到群里）："]
    for place, words, ticket, code in lines:
        told.append(f"{place}. {shorten(words)}：{ticket.number}，查询码 {code}，{day(ticket.due.due)}前答复")
    told.append("查询码可以私下告诉提问的人。有了答复，我再发一张卡片给您贴回群里。谁问的，回复“谁问的”看。")
    if private:
        told.append("举报类的没有登记：请本人私下发给公众号。")
    return Reply("\n".join(told))


def who_asked(askers: Sequence[tuple[str, str]]) -> Reply:
    """Who in the group asked, for the admin alone."""
    if not askers:
        return Reply("现在没有要对照的提问人：办完的已经删掉，隔了半小时才登记的没有留下。")
    shown = [f"{number}：{alias}" for number, alias in askers[:20]]
    return Reply("\n".join(["提问人（只给您自己看，不要贴到群里；这件事办完就删掉）：", *shown]))


def village_notice(kind: NoticeKind, details: NoticeDetails, question: str, text: str) -> str:
    """Tell a village admin what became of what they wrote down; an answer is a card to paste."""
    asked, number, due = shorten(cleaned(question, ())), details.number, due_sentence(details.due)
    match kind:
        case NoticeKind.ANSWERED:
            return _card(asked, text, number)
        case NoticeKind.DECLINED:
            route = details.route.value if details.route else "别的渠道"
            return _card(asked, f"这件事不能在这里受理，要走：{route}。{text}", number)
        case NoticeKind.PAUSED:
            return _card(asked, f"先暂停办理：{text}", number)
        case NoticeKind.ACCEPTED:
            return f"您代登记的 {number}（{asked}）已受理。期限：{due}。"
        case NoticeKind.DISPATCHED:
            return f"您代登记的 {number}（{asked}）已交给负责的单位去办。期限：{due}。"
        case NoticeKind.CLOSED:
            return f"您代登记的 {number}（{asked}）已办完。答复没解决问题的，请提问的人再说一声。"
        case NoticeKind.EXTENDED | NoticeKind.RESUMED | NoticeKind.REOPENED | NoticeKind.DUE_MOVED:
            return f"您代登记的 {number}（{asked}）期限改为：{due}。"


def _card(asked: str, text: str, number: str) -> str:
    """One answered question as a card of at most 500 characters: no number of a person in it."""
    head, tail = f"【群里问的有答复了】\n{asked}\n", f"{_STAFF}\n编号 {number}，详情问公众号。"
    room = LONGEST_NOTICE - len(head) - len(tail)
    told = cleaned(text, ())
    return head + (told if len(told) <= room else told[: room - 1] + "…") + tail


def week(
    village: str,
    asked: int,
    waiting: int,
    mine: Sequence[tuple[str, str, str, date | None]],
    more: int,
    due: Sequence[str],
) -> str:
    """The week of a village for its admin: questions, tickets, what is to be published."""
    lines = [f"{plain_path(village)}这一周：", f"问了{asked}个问题，{waiting}个还没有答案。"]
    lines += ["您代登记的："] if mine else []
    lines += [f"· {words}：{state}（{number}{_until(by)}）" for words, number, state, by in mine]
    lines += [f"还有{more}件，回复“查询”看。"] if more > 0 else []
    if due:
        lines.append("村务公开，还没公开的：")
        lines += [f"· {line}" for line in due]
        lines.append("公开了回复“已公开”。")
    return "\n".join(lines)


def _until(by: date | None) -> str:
    return f"，{day(by)}前答复" if by else ""


def is_your_village(village: str) -> Reply:
    """Asked once after a village's QR code."""
    return Reply(
        f"您是{plain_path(village)}的人吗？是的话，以后登记的事就知道在哪个村。回复“是”或者“不是”。",
        (Tap("是", "是"), Tap("不是", "不是")),
    )


def settled_in(village: str) -> Reply:
    """The village is noted."""
    return Reply(f"记下了：{plain_path(village)}。有事直接说就行，比如“低保怎么申请”“路灯坏了”。")


def village_known(village: str) -> Reply:
    """Asked before; say what comes next."""
    return Reply(f"{plain_path(village)}，知道了。请用一句话说您的事，比如“路灯坏了”。")
