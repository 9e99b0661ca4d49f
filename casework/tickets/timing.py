"""Pause, resume, extend and recount: everything that moves a due date besides kind and re-opening."""

from dataclasses import replace

from casework.clock import due_of
from casework.limits_settings import Inner
from casework.ports import NoticeKind
from casework.staff import Right, Staff, System
from casework.tickets.case import (
    Desk,
    NotAllowed,
    Notice,
    is_overdue,
    load_for_staff,
    on_clock,
    put_down,
    write,
)
from casework.tickets.model import ExtensionAsk, PauseReason, TextKind, Ticket
from casework.tickets.timing_events import (
    DueRecomputed,
    ExtensionApproved,
    ExtensionAsked,
    ExtensionRefused,
    Paused,
    Resumed,
)
from casework.tickets.transitions import Action, TransitionRefused, moved


def pause(desk: Desk, number: str, reason: PauseReason, words: str, by: Staff) -> Ticket:
    """挂起: stop the clock, with a reason. An overdue ticket is not hidden this way."""
    ticket = load_for_staff(desk, number, by, Right.PAUSE)
    stopped = moved(ticket, Action.PAUSE)
    _refuse_overdue(desk, ticket, Action.PAUSE)
    reason_id = write(desk, by, ticket, TextKind.REASON, words)
    paused = on_clock(desk, stopped, ticket.clock.paused(desk.now))
    return put_down(desk, by, paused, Paused(reason, reason_id), Notice(NoticeKind.PAUSED, reason_id))


def resume(desk: Desk, number: str, by: Staff) -> Ticket:
    """恢复: the clock runs on from today and the date is recounted."""
    ticket = load_for_staff(desk, number, by, Right.PAUSE)
    return resumed(desk, ticket, by, Notice(NoticeKind.RESUMED))


def resumed(desk: Desk, ticket: Ticket, by: Staff, notice: Notice | None) -> Ticket:
    """Put a resumption down; rights were asked before."""
    running = on_clock(desk, moved(ticket, Action.RESUME), ticket.clock.resumed(desk.now))
    return put_down(desk, by, running, Resumed(running.due.due), notice)


def ask_extension(desk: Desk, number: str, days: int, reason: str, by: Staff) -> Ticket:
    """Ask for more days of the limit's own unit, before the date has passed and within the cap."""
    ticket = moved(load_for_staff(desk, number, by, Right.ASK_EXTENSION), Action.ASK_EXTENSION)
    _refuse_overdue(desk, ticket, Action.ASK_EXTENSION)
    if ticket.extension_ask is not None:
        raise TransitionRefused(f"{number}已有一个延期申请在等审批")
    if len(ticket.clock.extensions) >= desk.inner[Inner.EXTENSION_TIMES]:
        raise TransitionRefused(f"{number}的延期次数已用完")
    left = desk.inner[Inner.EXTENSION_DAYS] - sum(ticket.clock.extensions)
    if not 1 <= days <= left:
        raise TransitionRefused(f"延期天数应为 1 至 {left}")
    reason_id = write(desk, by, ticket, TextKind.REASON, reason)
    asked = replace(ticket, extension_ask=ExtensionAsk(days, by.login, reason_id))
    return put_down(desk, by, asked, ExtensionAsked(days, reason_id))


def approve_extension(desk: Desk, number: str, by: Staff) -> Ticket:
    """Approve what somebody else asked; the resident is told the new date."""
    ticket, ask = _pending(desk, number, by)
    extended = on_clock(desk, replace(ticket, extension_ask=None), ticket.clock.extended(ask.days))
    event = ExtensionApproved(ask.days, extended.due.due)
    return put_down(desk, by, extended, event, Notice(NoticeKind.EXTENDED, ask.reason_id))


def refuse_extension(desk: Desk, number: str, by: Staff) -> Ticket:
    """Refuse what somebody else asked; the date stays."""
    ticket, ask = _pending(desk, number, by)
    return put_down(desk, by, replace(ticket, extension_ask=None), ExtensionRefused(ask.days))


def recompute_open(desk: Desk, why: str) -> tuple[Ticket, ...]:
    """Recount every open ticket, for instance when a holiday notice came; return those that changed.

    Old and new date are logged; a resident whose date moved is told.
    """
    changed = []
    for ticket in desk.book.open_tickets():
        found = due_of(ticket.clock, desk.calendar)
        if (found.due, found.provisional) == (ticket.due.due, ticket.due.provisional):
            continue
        event = DueRecomputed(ticket.due.due, found.due, found.provisional, why)
        notice = Notice(NoticeKind.DUE_MOVED) if found.due != ticket.due.due else None
        changed.append(put_down(desk, System("calendar"), replace(ticket, due=found), event, notice))
    return tuple(changed)


def _pending(desk: Desk, number: str, by: Staff) -> tuple[Ticket, ExtensionAsk]:
    ticket = moved(load_for_staff(desk, number, by, Right.APPROVE_EXTENSION), Action.DECIDE_EXTENSION)
    if ticket.extension_ask is None:
        raise TransitionRefused(f"{number}没有等待审批的延期申请")
    if ticket.extension_ask.asked_by == by.login:
        raise NotAllowed("延期要由申请人以外的人审批")
    return ticket, ticket.extension_ask


def _refuse_overdue(desk: Desk, ticket: Ticket, action: Action) -> None:
    if is_overdue(ticket, desk.now):
        raise TransitionRefused(f"{ticket.number}已超过期限，不能{action}")
