"""派单, 签收, 办理 and 退单: between the duty desk and the responsible unit."""

from dataclasses import replace
from itertools import islice

from casework.china_time import day_of
from casework.limits_settings import Inner
from casework.ports import NoticeKind
from casework.staff import Actor, Right, Role, Staff
from casework.tickets.case import Desk, NotAllowed, Notice, load_for_staff, merged_into, put_down, write
from casework.tickets.events import Dispatched, HandlingBegun, PutUnderSupervision, SentBack, Signed
from casework.tickets.merging import take_along
from casework.tickets.model import TextKind, Ticket
from casework.tickets.telling import spoken, told_once
from casework.tickets.transitions import Action, TransitionRefused, moved

_SUPERVISING = frozenset({Role.SUPERVISOR, Role.ADMIN})


def dispatch(desk: Desk, number: str, unit: str, by: Staff, co_units: tuple[str, ...] = (), why: str = "") -> Ticket:
    """Send a ticket to the unit that leads and those that help.

    A ticket that bounced too often is dispatched by 督办 only. Whoever merged into it hears of it too.
    """
    ticket = load_for_staff(desk, number, by, Right.DISPATCH)
    refuse_unsupervised(ticket, by)
    return dispatched(desk, by, ticket, unit, co_units, why, Notice(NoticeKind.DISPATCHED))


def dispatched(
    desk: Desk,
    by: Actor,
    ticket: Ticket,
    unit: str,
    co_units: tuple[str, ...],
    why: str,
    notice: Notice | None,
) -> Ticket:
    """Put a dispatch down, and take along what is merged into the ticket; rights were asked before."""
    if not unit or unit in co_units:
        raise TransitionRefused("派单要有一个主办单位，协办单位不能与主办相同")
    sent = replace(
        moved(ticket, Action.DISPATCH),
        unit=unit,
        co_units=co_units,
        first_unit=ticket.first_unit or unit,
        dispatches=ticket.dispatches + 1,
        dispatched_at=desk.now,
        extension_ask=None,
    )
    told = told_once(desk, (ticket, *merged_into(desk, ticket.number)))
    saved = put_down(desk, by, sent, Dispatched(unit, co_units, why), spoken(notice, ticket.number, told))
    take_along(desk, saved, by, notice, told)
    return saved


def refuse_unsupervised(ticket: Ticket, by: Staff) -> None:
    """Refuse anybody but 督办 to decide on a ticket that bounced too often."""
    if ticket.supervised and by.role not in _SUPERVISING:
        raise NotAllowed(f"{ticket.number}已多次退回，由督办确定承办单位")


def sign(desk: Desk, number: str, by: Staff) -> Ticket:
    """签收 by the leading unit."""
    ticket = moved(load_for_staff(desk, number, by, Right.HANDLE), Action.SIGN)
    return put_down(desk, by, ticket, Signed(ticket.unit))


def begin(desk: Desk, number: str, by: Staff) -> Ticket:
    """Begin to work on a signed ticket."""
    ticket = moved(load_for_staff(desk, number, by, Right.HANDLE), Action.BEGIN)
    return put_down(desk, by, ticket, HandlingBegun(ticket.unit))


def send_back(desk: Desk, number: str, reason: str, by: Staff) -> Ticket:
    """退单, with a reason and within its time; the legal clock runs on. Too many make it 督办's."""
    ticket = load_for_staff(desk, number, by, Right.HANDLE)
    returned = moved(ticket, Action.SEND_BACK)
    if not may_still_send_back(desk, ticket):
        raise TransitionRefused(f"{number}已过退单时限，请办理；确不属职责的，报督办协调")
    reason_id = write(desk, by, ticket, TextKind.REASON, reason)
    bounced = replace(returned, bounces=ticket.bounces + 1, extension_ask=None)
    saved = put_down(desk, by, bounced, SentBack(ticket.unit, reason_id))
    if saved.bounces < desk.inner[Inner.BOUNCES] or saved.supervised:
        return saved
    return put_down(desk, by, replace(saved, supervised=True), PutUnderSupervision(saved.bounces))


def may_still_send_back(desk: Desk, ticket: Ticket) -> bool:
    """Is now within the working days for 退单, counted from the day after the last dispatch?"""
    if ticket.dispatched_at is None:
        return False
    days = desk.inner[Inner.SEND_BACK]
    last = next(islice(desk.calendar.workdays_after(day_of(ticket.dispatched_at)), days - 1, None))
    return day_of(desk.now) <= last
