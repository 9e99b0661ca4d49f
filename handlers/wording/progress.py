"""Sentences about an open or finished ticket, and the notices its asker gets."""

from collections.abc import Sequence
from datetime import datetime

from casework.due_words import due_days_lines, due_sentence
from casework.ports import NoticeDetails, NoticeKind
from casework.tickets.case import is_overdue
from casework.tickets.model import Rating, Stage, Ticket
from casework.tickets.status import plain_status
from handlers.turn import Reply, Tap
from handlers.wording.dates import day

NO_TICKETS = Reply(
    "没有查到您登记的诉求。有编号的话，回复“查询 编号 查询码”，"
    "比如：查询 GA20260213-0001 1234。\n要登记新的，直接说是什么事。"
)
STILL_OPEN = Reply("好，没有撤回，照样办。看进度回复“查询”。")
NOT_ADDED = Reply("好，不补充了。看进度回复“查询”。")
REST_BY_PROGRESS = "……（没完，回复“查询”看全文）"
CODE_LOCKED = Reply(
    "这个编号今天被试错的次数太多，为了安全先不让试了，明天再来。"
    "您是登记的人又着急，请直接打12345，或到登记的窗口重开一个查询码。"
)
NOTHING_TO_RATE = Reply("现在没有等您评价的诉求。查进度回复“查询”。")


def own_tickets(shown: Sequence[Ticket]) -> Reply:
    """List own tickets by number."""
    lines = [
        f"{place}. {ticket.number} {ticket.kind.value}：{plain_status(ticket)}" for place, ticket in enumerate(shown, 1)
    ]
    return Reply("您登记的诉求，回复数字看详细：", _numbered(lines))


def progress(ticket: Ticket, answer: str, now: datetime) -> Reply:
    """Say where a ticket stands, until when, and what can be sent."""
    late = "已经超过期限，对不住。可以回复“催办”。\n" if is_overdue(ticket, now) else ""
    due = f"期限：{due_sentence(ticket.due)}。\n" if ticket.is_open else ""
    told = f"答复：{answer}\n" if answer else ""
    rate = "对结果满意吗？回复：满意、基本满意、不满意。" if ticket.stage in (Stage.CLOSED, Stage.CALLED) else ""
    can = "可以回复：补充、催办、撤回。" if ticket.is_open else rate
    text = f"{ticket.number}（{ticket.kind.value}）：{plain_status(ticket)}。\n{told}{late}{due}{can}".rstrip()
    return Reply(text, (Tap("期限是怎么一天天算的", f"查询 {ticket.number} 期限"),) if due else ())


def due_days(ticket: Ticket) -> Reply:
    """Tell day by day how the due date was counted, with its source."""
    standing = "现在暂停，恢复后往后推。\n" if ticket.stage is Stage.PAUSED else ""
    days = "\n".join(due_days_lines(ticket.due))
    return Reply(f"{ticket.number} 的期限这样算：\n{days}\n{standing}依据：{ticket.due.basis}。")


def ask_code(number: str) -> Reply:
    """The number alone does not open a case."""
    return Reply(f"要看 {number}，请回复登记时给的四位查询码。不是您登记的，没有查询码看不了。")


def wrong_code(left: int) -> Reply:
    """The code does not fit; guesses are limited."""
    if left:
        return Reply(f"编号或查询码对不上，请核对。今天还可以试{left}次。")
    return Reply("今天试的次数用完了，明天再试。急事请直接打12345。")


def no_open_ticket(what: str) -> Reply:
    """There is nothing this could be about."""
    return Reply(f"您没有正在办的诉求，不能{what}。看以前的回复“查询”；要登记新的，直接说是什么事。")


def which_ticket(what: str, shown: Sequence[Ticket]) -> Reply:
    """Ask which ticket is meant."""
    lines = [f"{place}. {ticket.number} {ticket.kind.value}" for place, ticket in enumerate(shown, 1)]
    return Reply(f"要{what}哪一件？回复数字：", _numbered(lines))


def _numbered(lines: Sequence[str]) -> tuple[Tap, ...]:
    return tuple(Tap(line, str(place)) for place, line in enumerate(lines, 1))


def ask_withdraw(number: str) -> Reply:
    """Ask once more before a ticket is withdrawn."""
    return Reply(
        f"确定撤回 {number} 吗？撤回后就不办了。回复“确认”撤回，“取消”不撤。",
        (Tap("撤回", "确认"), Tap("不撤", "取消")),
    )


def withdrawn(number: str) -> Reply:
    """It is withdrawn."""
    return Reply(f"{number} 已撤回。以后还要办，再说一遍就行。")


def ask_supplement(number: str) -> Reply:
    """Ask for what is to be added."""
    return Reply(f"要给 {number} 补充什么？请打字，或者发一张照片。不补了回复“取消”。")


def supplemented(number: str) -> Reply:
    """It was added."""
    return Reply(f"已补充到 {number}，办理的人看得到。还要补，再回复“补充”。")


def urged(ticket: Ticket) -> Reply:
    """The urging was counted."""
    return Reply(f"已催办 {ticket.number}，第{ticket.urged}次，工作人员看得到。\n期限：{due_sentence(ticket.due)}。")


def refused(reason: str) -> Reply:
    """What the desk refuses, in its own words."""
    return Reply(f"{reason}。看进度回复“查询”。")


def rated(ticket: Ticket, rating: Rating, others: Sequence[str] = ()) -> Reply:
    """The rating is noted; *others* wait for theirs."""
    told = _rated(ticket, rating)
    if not others:
        return told
    taps = tuple(Tap(f"{word} {number}", f"{word} {number}") for number in others for word in Rating)
    return Reply(f"{told.text}\n{'、'.join(others)} 也等您评价，点下面一行，或者回复“满意 {others[0]}”。", taps)


def _rated(ticket: Ticket, rating: Rating) -> Reply:
    """A first 不满意 reopens the ticket."""
    if rating is Rating.BAD and ticket.is_open:
        return Reply(
            f"对不住，没让您满意。{ticket.number} 已重新办理，最晚{day(ticket.due.due)}再答复您。\n"
            "哪里没办好，回复“补充”说一说。"
        )
    if rating is Rating.BAD:
        return Reply(f"记下了，{ticket.number} 您不满意。已经重办过一次，还要反映，可以打12345。")
    return Reply(f"谢谢，{ticket.number} 记为“{rating.value}”。还有别的事，直接说就行。")


def notice(kind: NoticeKind, details: NoticeDetails, text: str) -> str:
    """Tell an asker what happened to their ticket, or to several of theirs that are worked on as one."""
    number, due = _numbers(details), due_sentence(details.due)
    please_rate = _please_rate(details)
    match kind:
        case NoticeKind.ACCEPTED:
            return f"您登记的 {number}已受理。期限：{due}。"
        case NoticeKind.DISPATCHED:
            until = "每件的期限都不变，回复“查询”看" if details.also else f"期限：{due}"
            return f"您登记的 {number}已交给负责的单位去办。{until}。"
        case NoticeKind.ANSWERED:
            return f"您登记的 {number}有答复了：\n{text}{please_rate if details.closed else ''}"
        case NoticeKind.EXTENDED:
            return f"您登记的 {number}要多办几天，新的期限：{due}。对不住，让您多等了。"
        case NoticeKind.CLOSED:
            return f"您登记的 {number}已办完。{please_rate}"
        case NoticeKind.DECLINED:
            route = details.route.value if details.route else "别的渠道"
            return f"您登记的 {number}不能在这里受理，要走：{route}。\n原因：{text}"
        case NoticeKind.PAUSED:
            return f"您登记的 {number}先暂停办理。\n原因：{text}\n恢复以后会告诉您。"
        case NoticeKind.RESUMED:
            return f"您登记的 {number}恢复办理了。新的期限：{due}。"
        case NoticeKind.REOPENED:
            return f"您登记的 {number}重新办理。期限：{due}。"
        case NoticeKind.DUE_MOVED:
            return f"您登记的 {number}期限改了。新的期限：{due}。"


def _numbers(details: NoticeDetails) -> str:
    return "、".join((details.number, *details.also)) + ("（同一件事，一起办的）" if details.also else " ")


def _please_rate(details: NoticeDetails) -> str:
    """Ask for a rating; each ticket is rated by itself."""
    if not details.also:
        return "\n对结果满意吗？回复：满意、基本满意、不满意。"
    last = f"也可以“基本满意”“不满意”，再评 {'、'.join(details.also)}"
    return f"\n对结果满意吗？每件单独评，回复“满意 {details.number}”（{last}）。"
