"""The Chinese working calendar as a value: weekends, holidays and 调休 make-up workdays.

A year counts as confirmed once the State Council's notice for it is in the data
(every row of the year says 已确认). Of any other year only what its rows say and
the weekends are known, so a date computed across it is provisional.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

COLUMNS = ("日期", "类型", "名称", "来源", "状态")
_WORKED = {"放假": False, "调休上班": True}
_CONFIRMED = {"已确认": True, "暂定": False}


class CalendarError(Exception):
    """A calendar file cannot be used; the text names file, line and field."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that is not what its weekday says: a holiday, or a weekend day that is worked."""

    day: date
    worked: bool
    name: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """What is known about working days; built with calendar_of."""

    special: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    confirmed_years: frozenset[int] = frozenset()

    def is_confirmed(self, year: int) -> bool:
        """Is the holiday arrangement of *year* officially known?"""
        return year in self.confirmed_years

    def is_workday(self, day: date) -> bool:
        """Is *day* worked? Of an unknown year only the weekends rest."""
        found = self.special.get(day)
        return day.weekday() < 5 if found is None else found.worked

    def workdays_after(self, day: date) -> Iterator[date]:
        """Yield the working days after *day*, without end (until the last date Python knows)."""
        while day < date.max:
            day += timedelta(days=1)
            if self.is_workday(day):
                yield day

    def next_workday(self, day: date) -> date:
        """Return *day* itself when it is worked, else the first working day after it."""
        return day if self.is_workday(day) else next(self.workdays_after(day))

    def why_rest(self, day: date) -> str:
        """Return why nobody works on *day*: 春节放假, 星期六 …; empty for a working day."""
        if self.is_workday(day):
            return ""
        found = self.special.get(day)
        if found is not None:
            return f"{found.name}放假"
        return "星期六" if day.weekday() == 5 else "星期日"

    def why_worked(self, day: date) -> str:
        """Return the 调休 note of a weekend day that is worked, else nothing."""
        found = self.special.get(day)
        return f"{found.name}调休上班" if found is not None and found.worked else ""


def calendar_of(days: Iterable[SpecialDay]) -> WorkCalendar:
    """Build the calendar; a year is confirmed when it has rows and all of them are."""
    special = {found.day: found for found in days}
    years = {day.year for day in special}
    unsure = {found.day.year for found in special.values() if not found.confirmed}
    return WorkCalendar(MappingProxyType(special), frozenset(years - unsure))


def parse_calendar(text: str, name: str) -> tuple[SpecialDay, ...]:
    """Read one catalogs/calendar/YYYY.csv; *name* is the file's name, used in faults.

    Raises:
        CalendarError: the first line that cannot be used, as ``file:line: field: message``.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise CalendarError(f"{name}:1: 表头: 应为 {','.join(COLUMNS)}")
    days: dict[date, SpecialDay] = {}
    for row in reader:
        found = _special_day(row, f"{name}:{reader.line_num}")
        if found.day in days:
            raise CalendarError(f"{name}:{reader.line_num}: 日期: {found.day} 重复")
        days[found.day] = found
    return tuple(days.values())


def _special_day(row: Mapping[str, str | None], where: str) -> SpecialDay:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    for column in COLUMNS:
        if not cells[column]:
            raise CalendarError(f"{where}: {column}: 不能为空")
    return SpecialDay(
        day=_day(cells["日期"], where),
        worked=_choice(_WORKED, cells["类型"], f"{where}: 类型"),
        name=cells["名称"],
        source=cells["来源"],
        confirmed=_choice(_CONFIRMED, cells["状态"], f"{where}: 状态"),
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise CalendarError(f"{where}: 日期: “{text}”不是 YYYY-MM-DD 形式的日期") from fault


def _choice(choices: Mapping[str, bool], text: str, where: str) -> bool:
    if text not in choices:
        raise CalendarError(f"{where}: “{text}”应为 {' 或 '.join(choices)}")
    return choices[text]
