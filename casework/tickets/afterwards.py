"""After the answer: rating, re-opening, the return call, withdrawing."""

from dataclasses import replace

from casework.clock import Clock
from casework.ports import NoticeKind
from casework.staff import Actor, Resident, Right, Staff, System
from casework.tickets.case import (
    Desk,
    Notice,
    load_for_asker,
    load_for_staff,
    on_clock,
    put_down,
    rule_for,
    write,
)
from casework.tickets.events import Rated, Reopened, ReturnCalled, Withdrawn
from casework.tickets.merging import free_merged
from casework.tickets.model import Rating, TextKind, Ticket
from casework.tickets.transitions import Action, TransitionRefused, moved


def rate(desk: Desk, number: str, rating: Rating, by: Resident) -> Ticket:
    """评价 by the asker; the first 不满意 reopens the ticket, a second one is kept as it is.

    Whoever rates is told of the re-opening in the same breath, so no notice is owed.
    """
    return _rated(desk, load_for_asker(desk, number, by), rating, by)


def record_return_call(
    desk: Desk, number: str, reached: bool, note: str, by: Staff, rating: Rating | None = None
) -> Ticket:
    """回访, with the rating if one was given on the phone and none was given before."""
    ticket = load_for_staff(desk, number, by, Right.RETURN_CALL)
    called = moved(ticket, Action.CALL)
    if rating is not None and not reached:
        raise TransitionRefused("没有联系上，不能登记评价")
    if rating is not None:
        moved(called, Action.RATE)
    note_id = write(desk, by, ticket, TextKind.CALL_NOTE, note)
    saved = put_down(desk, by, called, ReturnCalled(reached, note_id))
    return saved if rating is None else _rated(desk, saved, rating, by)


def reopen(desk: Desk, number: str, reason: str, by: Staff) -> Ticket:
    """重办 by staff, with a reason; a new clock starts."""
    ticket = load_for_staff(desk, number, by, Right.REOPEN)
    again = _started_again(desk, ticket)
    reason_id = write(desk, by, ticket, TextKind.REASON, reason)
    return _put_down_reopened(desk, again, by, reason_id, Notice(NoticeKind.REOPENED))


def withdraw(desk: Desk, number: str, by: Resident) -> Ticket:
    """撤回 by the asker; what was merged into the ticket goes on by itself."""
    ticket = load_for_asker(desk, number, by)
    gone = replace(moved(ticket, Action.WITHDRAW), extension_ask=None)
    free_merged(desk, ticket)
    return put_down(desk, by, gone, Withdrawn())


def _rated(desk: Desk, ticket: Ticket, rating: Rating, by: Actor) -> Ticket:
    rated = replace(moved(ticket, Action.RATE), rating=rating)
    saved = put_down(desk, by, rated, Rated(rating))
    if rating is not Rating.BAD or ticket.reopened_by_rating:
        return saved
    again = replace(_started_again(desk, saved), reopened_by_rating=True)
    notice = None if isinstance(by, Resident) else Notice(NoticeKind.REOPENED)
    return _put_down_reopened(desk, again, System("rating"), "", notice)


def _started_again(desk: Desk, ticket: Ticket) -> Ticket:
    """Return the ticket at 受理 with a new clock, the old one kept; the unit stays as a proposal."""
    fresh = replace(
        moved(ticket, Action.REOPEN),
        earlier=(*ticket.earlier, ticket.clock),
        reopenings=ticket.reopenings + 1,
        merged_into="",
        own_unit="",
        answered_at=None,
        closed_at=None,
        resolved=None,
        route=None,
        dispatched_at=None,
    )
    return on_clock(desk, fresh, Clock(rule_for(desk, ticket.kind), desk.now))


def _put_down_reopened(desk: Desk, again: Ticket, by: Actor, reason_id: str, notice: Notice | None) -> Ticket:
    event = Reopened(not reason_id, reason_id, again.due.due, again.due.provisional)
    return put_down(desk, by, again, event, notice)
