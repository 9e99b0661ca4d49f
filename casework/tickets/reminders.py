"""Which reminders are due for an open ticket at a moment; each has a key that no other has.

Storage keeps the keys, so that each is given exactly once, after a crash or by two processes.
Merged tickets are reminded of through the one they were merged into. The inner limits for 受理 and
签收 are the city's own example values until it confirms them: they remind staff and nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from casework.china_time import day_of, end_of, in_shanghai, start_of
from casework.limits_settings import Inner, InnerLimits
from casework.tickets.case import DESK_UNIT, is_overdue
from casework.tickets.model import Stage, Ticket
from casework.workdays import WorkCalendar

Occasion = Literal["accept", "accept_late", "sign", "sign_late", "half", "four_fifths", "before_rest", "overdue"]
Recipient = Literal["unit", "leader", "supervisor"]

_SHARES: tuple[tuple[Occasion, int], ...] = (("half", 50), ("four_fifths", 80))
_DAY = timedelta(days=1)
_ON_THE_DAY: dict[Inner, Occasion] = {Inner.ACCEPT: "accept", Inner.SIGN: "sign"}
_TOO_LATE: dict[Inner, Occasion] = {Inner.ACCEPT: "accept_late", Inner.SIGN: "sign_late"}
_AT_THE_DESK = frozenset({Stage.REGISTERED, Stage.ACCEPTED, Stage.RETURNED})
"""Where the duty desk has the next step, whatever unit had the ticket before."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line in a worklist. *unit* is whose unit or leader it is for; the duty desk's before
    dispatch. *on* is the due date it is about, the last day of an inner limit, or the day of an
    overdue reminder."""

    ticket: str
    occasion: Occasion
    recipient: Recipient
    unit: str
    on: date

    @property
    def key(self) -> str:
        """(case, event, recipient, date) as one text."""
        return f"{self.ticket}|{self.occasion}|{self.recipient}:{self.unit}|{self.on.isoformat()}"


def due_reminders(ticket: Ticket, now: datetime, calendar: WorkCalendar, inner: InnerLimits) -> tuple[Reminder, ...]:
    """Return every reminder whose time has come by *now*; asking again returns the same keys.

    An overdue ticket is reminded of once a day; days on which nobody asked are not made up for.
    """
    if not ticket.is_open or ticket.stage in {Stage.PAUSED, Stage.MERGED}:
        return ()
    if is_overdue(ticket, now):
        return tuple(_overdue(ticket, now))
    return (*_steps(ticket, now, calendar, inner), *_ahead(ticket, now, calendar))


def _steps(ticket: Ticket, now: datetime, calendar: WorkCalendar, inner: InnerLimits) -> Iterator[Reminder]:
    """受理 and 签收: on the last day of the inner limit to those who have to act, afterwards to their leader too."""
    match ticket.stage:
        case Stage.REGISTERED:
            begun, limit = ticket.clock.received, Inner.ACCEPT
        case Stage.DISPATCHED if ticket.dispatched_at is not None:
            begun, limit = ticket.dispatched_at, Inner.SIGN
        case _:
            return
    last = next(islice(calendar.workdays_after(day_of(begun)), inner[limit] - 1, None))
    today, soon, late = day_of(now), _ON_THE_DAY[limit], _TOO_LATE[limit]
    if today >= last:
        yield _reminder(ticket, soon, "unit", last)
    if today > last:
        yield _reminder(ticket, late, "unit", last)
        yield _reminder(ticket, late, "leader", last)


def moment_of_share(ticket: Ticket, percent: int) -> datetime:
    """Return when *percent* of the ticket's time has run, standing still while the clock does."""
    spans = tuple(_running(ticket))
    left = sum((end - start for start, end in spans), timedelta()) * percent / 100
    for start, end in spans:
        if left <= end - start:
            return start + left
        left -= end - start
    return end_of(ticket.due.due)


def _running(ticket: Ticket) -> Iterator[tuple[datetime, datetime]]:
    received = in_shanghai(ticket.clock.received)
    yield received, end_of(received.date())
    day = received.date() + _DAY
    while day <= ticket.due.due:
        if not ticket.clock.stops(day):
            yield start_of(day), end_of(day)
        day += _DAY


def _ahead(ticket: Ticket, now: datetime, calendar: WorkCalendar) -> Iterator[Reminder]:
    for occasion, percent in _SHARES:
        if in_shanghai(now) >= moment_of_share(ticket, percent):
            yield _reminder(ticket, occasion, "unit", ticket.due.due)
    last = _workday_before_rest(ticket, calendar)
    if last is not None and day_of(now) >= last:
        yield _reminder(ticket, "before_rest", "unit", ticket.due.due)


def _workday_before_rest(ticket: Ticket, calendar: WorkCalendar) -> date | None:
    """Return the last working day before a due date that falls in or right after rest days."""
    due = ticket.due.due
    if calendar.is_workday(due) and calendar.is_workday(due - _DAY):
        return None
    day = due - _DAY
    while not calendar.is_workday(day):
        day -= _DAY
    return day if day >= day_of(ticket.clock.received) else None


def _overdue(ticket: Ticket, now: datetime) -> Iterator[Reminder]:
    recipients: tuple[Recipient, ...] = ("unit", "leader", "supervisor")
    for recipient in recipients:
        yield _reminder(ticket, "overdue", recipient, day_of(now))


def _reminder(ticket: Ticket, occasion: Occasion, recipient: Recipient, on: date) -> Reminder:
    at_desk = ticket.stage in _AT_THE_DESK or not ticket.unit
    unit = "" if recipient == "supervisor" else DESK_UNIT if at_desk else ticket.unit
    return Reminder(ticket.number, occasion, recipient, unit, on)
