"""The due date of a case as the fixed JSON shape of ``python -m bot due``."""

from datetime import date, datetime
from typing import TypedDict

from casework.clock import due
from casework.limits import DEFAULT_RULES, DISCLOSURE, MOST_DAYS, LimitRule, Unit, disclosure_rule
from casework.workdays import WorkCalendar

_YEARS = range(2000, 2100)


class DueRequestError(ValueError):
    """The question cannot be answered; the text says in Chinese what is wrong with it."""


class DayRow(TypedDict):
    """One examined day."""

    date: str
    counted: bool
    why: str


class DueReport(TypedDict):
    """What the command prints; unit is ``natural`` or ``working``."""

    due: str
    unit: Unit
    provisional: bool
    days: list[DayRow]


def parse_received(text: str) -> datetime:
    """Read ``2026-02-13 17:00`` (or a date alone, or with seconds); the clock is Shanghai's.

    Raises:
        DueRequestError: it is no such moment, or lies outside 2000 … 2099.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise DueRequestError(f"收到时间“{text}”看不懂，请写成 2026-02-13 17:00 的样子") from fault
    if moment.year not in _YEARS:
        raise DueRequestError(f"收到时间“{text}”不在 2000 年至 2099 年之间")
    return moment


def due_report(kind: str, received: datetime, calendar: WorkCalendar, working_days: int | None = None) -> DueReport:
    """Return when a case of *kind* received at *received* is due under the shipped defaults.

    *working_days* is for 依申请公开 only, where 15 is the default.

    Raises:
        DueRequestError: unknown kind, or working days that do not fit.
    """
    found = due(_rule(kind, working_days), received, calendar)
    return DueReport(
        due=_iso(found.due),
        unit=found.unit,
        provisional=found.provisional,
        days=[DayRow(date=_iso(day.date), counted=day.counted, why=day.why) for day in found.days],
    )


def _rule(kind: str, working_days: int | None) -> LimitRule:
    if kind not in DEFAULT_RULES:
        raise DueRequestError(f"种类“{kind}”不认识，应为 {'、'.join(DEFAULT_RULES)} 之一")
    if working_days is None:
        return DEFAULT_RULES[kind]
    if kind != DISCLOSURE:
        raise DueRequestError(f"工作日天数只用于{DISCLOSURE}，{kind}按自然日计算")
    if not 1 <= working_days <= MOST_DAYS:
        raise DueRequestError(f"工作日天数应为 1 至 {MOST_DAYS}，现为 {working_days}")
    return disclosure_rule(working_days)


def _iso(day: date) -> str:
    return day.isoformat()
