"""A ticket's history and state in the words of the console."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.china_time import day_of, short_date
from casework.tickets import events, merging_events, timing_events
from casework.tickets.events import Event, Recorded
from casework.tickets.model import Stage
from casework.tickets.routing import Directory

GONE = "（内容已按规定删除）"
_SYSTEM = {
    "rating": "系统（评价不满意，自动重办）",
    "unmerge": "系统（主件不再办理，自动拆单）",
    "calendar": "系统（按放假安排重算）",
}
_NOTICE = {
    "owed": ("等待发送或下次联系时给出", "wait"),
    "sending": ("正在发送", "wait"),
    "sent": ("已发送到微信", "good"),
    "sent_short": ("发了订阅通知，请他回复“查询”看内容", "good"),
    "given": ("已随诉求人的下一次消息给出", "good"),
    "stalled": ("发出后没有回音，不确定是否送达", "unsure"),
    "uncertain": ("不确定是否送达，诉求人下次联系时再给一次", "unsure"),
    "given_again": ("发送时不确定是否送达，后来随诉求人的下一次消息又给了一次", "good"),
    "away": ("送不到：诉求人没有关注本号，下次联系时再给，急事打电话", "bad"),
    "dropped": ("没有送达：诉求人已取消关注，留了电话的请打电话", "bad"),
    "expired": ("没有送达：诉求人一直没有联系，已过保存期", "bad"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """How urgent a ticket is: *code* picks the colour, *words* and *sign* say the same without it."""

    code: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline; *quote* is what was written with it."""

    at: datetime
    who: str
    what: str
    quote: str = ""
    notice: str = ""
    notice_code: str = ""


def light_of(due: date, today: date, stage: Stage, is_open: bool) -> Light:
    """Return the traffic light of a ticket."""
    if not is_open:
        return Light("done", "✓", "已了结")
    if stage is Stage.PAUSED:
        return Light("paused", "Ⅱ", "暂停计时")
    left = (due - today).days
    if left < 0:
        return Light("late", "!", f"超期{-left}天")
    if left == 0:
        return Light("today", "◆", "今天到期")
    if left == 1:
        return Light("soon", "◇", "明天到期")
    return Light("fine", "○", f"还有{left}天")


def actor_name(actor: str, names: Mapping[str, str]) -> str:
    """Return who acted: 诉求人, a staff member's name, or the system."""
    kind, _, detail = actor.partition(":")
    match kind:
        case "staff":
            return names.get(detail, detail)
        case "system":
            return _SYSTEM.get(detail, "系统")
        case "code":
            return "查询码持有人"
        case _:
            return "诉求人"


def notice_words(state: str) -> tuple[str, str]:
    """Return what became of a notice, and the code of its mark."""
    return _NOTICE.get(state, (state, "wait"))


def step_of(recorded: Recorded, names: Mapping[str, str], texts: Mapping[str, str], directory: Directory) -> Step:
    """Return the line of one event."""
    what, text_id = told(recorded.event, directory)
    quote = texts.get(text_id, GONE) if text_id else ""
    if isinstance(recorded.event, events.IdentityLookedAt):
        quote = recorded.event.why
    return Step(recorded.at, actor_name(recorded.actor, names), what, quote)


def told(event: Event, directory: Directory) -> tuple[str, str]:
    """Return what happened, and the id of the words that go with it (empty for none)."""
    match event:
        case timing_events.Paused(reason, reason_id):
            return f"挂起：{reason}", reason_id
        case timing_events.Resumed(due):
            return f"恢复办理，期限 {_day(due)}", ""
        case timing_events.ExtensionAsked(days, reason_id):
            return f"申请延期 {days} 天", reason_id
        case timing_events.ExtensionApproved(days, due):
            return f"批准延期 {days} 天，期限改为 {_day(due)}", ""
        case timing_events.ExtensionRefused(days):
            return f"不批准延期 {days} 天", ""
        case timing_events.DueRecomputed(old, new, provisional, why):
            unsure = "（暂定）" if provisional else ""
            return f"期限由 {_day(old)} 重算为 {_day(new)}{unsure}：{why}", ""
        case _:
            return _told_of_handling(event, directory)


def _told_of_handling(event: Event, directory: Directory) -> tuple[str, str]:
    name = directory.name_of
    match event:
        case events.Dispatched(unit, co_units, why):
            helpers = f"，协办：{'、'.join(map(name, co_units))}" if co_units else ""
            return f"派单给 {name(unit)}{helpers}{f'（{why}）' if why else ''}", ""
        case events.Signed(unit):
            return f"{name(unit)} 签收", ""
        case events.HandlingBegun(unit):
            return f"{name(unit)} 开始办理", ""
        case events.SentBack(unit, reason_id):
            return f"{name(unit)} 退单", reason_id
        case events.PutUnderSupervision(bounces):
            return f"已退回 {bounces} 次，转督办确定承办单位", ""
        case events.Answered(text_id, unit, with_):
            return f"答复（{name(unit) if unit else '值班席'}）{_told_with(with_)}", text_id
        case events.Closed(resolved, _, with_):
            return f"办结，{'已解决' if resolved else '未解决'}{_told_with(with_)}", ""
        case merging_events.Merged(into):
            return f"并入 {into}", ""
        case merging_events.TakenAlong(into, unit, with_):
            return f"随 {into} 派单给 {name(unit)}{_told_with(with_)}", ""
        case merging_events.Unmerged(apart):
            return f"从 {apart} 拆出，单独办理", ""
        case _:
            return _told_of_asking(event)


def _told_of_asking(event: Event) -> tuple[str, str]:
    match event:
        case events.TicketOpened(kind, source, _, due, provisional, received):
            since = f"，{_day(day_of(received))}收到" if received else ""
            return f"登记（{source}{since}），{kind}，期限 {_day(due)}{'（暂定）' if provisional else ''}", ""
        case events.KindChanged(old, new, due):
            return f"种类由{old}改为{new}，期限改为 {_day(due)}", ""
        case events.Classified(lawfulness):
            return f"内部分类：{lawfulness}", ""
        case events.ExternalNumberSet(number):
            return f"外部编号记为 {number}" if number else "清除外部编号", ""
        case events.Accepted():
            return "受理", ""
        case events.Declined(route, reason_id):
            return f"不予受理，告知途径：{route}", reason_id
        case events.Supplemented(text_id):
            return "补充", text_id
        case events.Urged(times):
            return f"催办，第 {times} 次", ""
        case events.Withdrawn():
            return "撤回", ""
        case _:
            return _told_of_result(event)


def _told_of_result(event: Event) -> tuple[str, str]:
    match event:
        case events.Rated(rating):
            return f"评价：{rating}", ""
        case events.Reopened(by_rating, reason_id, due, provisional):
            why = "，因评价不满意" if by_rating else ""
            return f"重新办理{why}，期限 {_day(due)}{'（暂定）' if provisional else ''}", reason_id
        case events.ReturnCalled(reached, note_id):
            return f"回访：{'已联系上' if reached else '没有联系上'}", note_id
        case events.Reclaimed():
            return "凭查询码重新关联微信", ""
        case events.CodeRenewed():
            return "重开查询码，旧的作废", ""
        case events.IdentityLookedAt():
            return "查看诉求人信息", ""
        case _:
            return type(event).__name__, ""


def _day(day: date) -> str:
    return short_date(day)


def _told_with(number: str) -> str:
    return f"，同一个人，通知并在 {number} 那一条里" if number else ""
