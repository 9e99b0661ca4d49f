"""One legal time limit: start, pause, resume, extend, due, and why.

How days are counted (民法典 200-204; pauses and extensions as the product decided):

* The day of receipt is not counted; counting starts on the next day, whatever the hour.
* A day counts when the clock is running at its end (24:00). So the day of pausing is
  given back, the day of resuming counts, and a pause resumed on the same day changes nothing.
* ``working`` counts working days only; ``natural`` counts every day.
* An extension adds days of the same unit. The last counted day then moves, if the rule
  says so, to the next day that is worked and on which the clock is not stopped.
* A changed kind replaces the rule and recounts from receipt, pauses and extensions kept.
* Reopening starts a new Clock; the old one is kept beside it by whoever owns both.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from casework.china_time import day_of, in_shanghai
from casework.limits import LimitRule, Unit
from casework.workdays import WorkCalendar

_DAY = timedelta(days=1)


class ClockError(ValueError):
    """The clock was asked for something that cannot be: a second pause, a resume before its pause."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop; *until* is None while it lasts."""

    since: datetime
    until: datetime | None = None

    def stops(self, day: date) -> bool:
        """Is the clock stopped at the end of *day*?"""
        ended = self.until is not None and day >= day_of(self.until)
        return day >= day_of(self.since) and not ended


class Cause(StrEnum):
    """What an examined day is in the count."""

    RECEIPT = "收到"
    COUNTED = "计入"
    REST = "休息日不计"
    STOPPED = "停算"
    MOVED = "顺延"
    LANDED = "顺延到"


@dataclass(frozen=True, slots=True)
class DayCount:
    """One examined day: counted or not, and why, in a clause a resident understands.

    *note* names the rest day or the 调休, empty for an ordinary one. *sure* is false in
    a year whose holidays are not announced.
    """

    date: date
    counted: bool
    why: str
    cause: Cause
    note: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which an answer is in time (until 24:00), with every day that led to it.

    *provisional*: some examined day lies in a year whose holidays are not announced yet.
    """

    due: date
    unit: Unit
    provisional: bool
    days: tuple[DayCount, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A running limit; every change returns a new Clock."""

    rule: LimitRule
    received: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[int, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Does the clock stand still now?"""
        return bool(self.pauses) and self.pauses[-1].until is None

    def paused(self, at: datetime) -> "Clock":
        """Stop the clock at *at*."""
        last = self.pauses[-1].until if self.pauses else self.received
        if last is None or in_shanghai(at) < in_shanghai(last):
            raise ClockError("期限已经停算，或停算时间早于上一次恢复")
        return replace(self, pauses=(*self.pauses, Pause(at)))

    def resumed(self, at: datetime) -> "Clock":
        """Let the clock run again from *at*."""
        if not self.is_paused or in_shanghai(at) < in_shanghai(self.pauses[-1].since):
            raise ClockError("期限没有停算，或恢复时间早于停算时间")
        return replace(self, pauses=(*self.pauses[:-1], Pause(self.pauses[-1].since, at)))

    def extended(self, days: int) -> "Clock":
        """Add *days* of the rule's own unit."""
        if days < 1:
            raise ClockError("延长天数至少为1")
        return replace(self, extensions=(*self.extensions, days))

    def under(self, rule: LimitRule) -> "Clock":
        """Count the same case under another rule, from the same receipt."""
        return replace(self, rule=rule)

    def stops(self, day: date) -> bool:
        """Is the clock stopped at the end of *day*?"""
        return any(pause.stops(day) for pause in self.pauses)


def due(rule: LimitRule, received: datetime, calendar: WorkCalendar) -> Due:
    """Return when a case received at *received* is due under *rule*."""
    return due_of(Clock(rule, received), calendar)


def due_of(clock: Clock, calendar: WorkCalendar) -> Due:
    """Return when *clock* runs out and why.

    A clock that stands still has no due date; what is returned is the date it would
    have if it were resumed at the moment it was paused.
    """
    running = clock.resumed(clock.pauses[-1].since) if clock.is_paused else clock
    days = tuple(_walk(running, calendar))
    return Due(
        due=days[-1].date,
        unit=clock.rule.unit,
        provisional=not all(day.sure for day in days),
        days=days,
        basis=clock.rule.basis,
    )


def _walk(clock: Clock, calendar: WorkCalendar) -> Iterator[DayCount]:
    """Yield every day from receipt to the due date."""
    opening = tuple(_receipt(clock, calendar))
    yield from opening
    day, number = opening[-1].date, 0
    while number < clock.rule.days + sum(clock.extensions):
        day += _DAY
        found = _counted(clock, calendar, day, number + 1)
        number += found.counted
        yield found
    yield from _rolled_over(clock, calendar, day)


def _examined(calendar: WorkCalendar, day: date, cause: Cause, why: str) -> DayCount:
    note = calendar.why_worked(day) or calendar.why_rest(day)
    return DayCount(day, cause is Cause.COUNTED, why, cause, note, calendar.is_confirmed(day.year))


def _receipt(clock: Clock, calendar: WorkCalendar) -> Iterator[DayCount]:
    """Yield the day of receipt and, after the cut-off hour, the day it is moved to."""
    moment = in_shanghai(clock.received)
    day, cutoff = moment.date(), clock.rule.cutoff
    if cutoff is None or moment.time() < cutoff:
        yield _examined(calendar, day, Cause.RECEIPT, "收到当天不算")
        return
    yield _examined(calendar, day, Cause.RECEIPT, f"{cutoff:%H:%M}以后收到，算作后一天收到")
    day += _DAY
    while clock.rule.unit == "working" and not calendar.is_workday(day):
        yield _examined(calendar, day, Cause.REST, f"{calendar.why_rest(day)}，不算")
        day += _DAY
    yield _examined(calendar, day, Cause.RECEIPT, "视为收到当天，不算")


def _counted(clock: Clock, calendar: WorkCalendar, day: date, number: int) -> DayCount:
    if clock.stops(day):
        return _examined(calendar, day, Cause.STOPPED, "停算期间，不算")
    if clock.rule.unit == "working" and not calendar.is_workday(day):
        return _examined(calendar, day, Cause.REST, f"{calendar.why_rest(day)}，不算")
    note = calendar.why_worked(day) or calendar.why_rest(day)
    word = f"第{number}个工作日" if clock.rule.unit == "working" else f"第{number}天"
    return _examined(calendar, day, Cause.COUNTED, f"{word}（{note}）" if note else word)


def _rolled_over(clock: Clock, calendar: WorkCalendar, last: date) -> Iterator[DayCount]:
    """Yield the days by which a last day that is a rest day moves on; nothing otherwise."""
    if clock.rule.rollover == "none" or calendar.is_workday(last):
        return
    day = last + _DAY
    while clock.stops(day) or not calendar.is_workday(day):
        reason = "停算期间" if clock.stops(day) else calendar.why_rest(day)
        yield _examined(calendar, day, Cause.MOVED, f"{reason}，继续顺延")
        day += _DAY
    note = calendar.why_worked(day)
    yield _examined(calendar, day, Cause.LANDED, f"顺延到这一天（{note}）" if note else "顺延到这一天")
