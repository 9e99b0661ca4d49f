"""The working calendar in service: the shipped years, and the notices a city imported, newest last.

Imported notices stand in the database, so every process sees them; each looks every few
seconds whether something was imported.
"""

import sqlite3
from pathlib import Path

from bot import assembly
from casework.workdays import CalendarError, SpecialDay, WorkCalendar, calendar_of, parse_calendar
from storage import keyvalue
from storage.database import Database

IMPORTED = "calendar:"


class Calendars:
    """Hands out the calendar in force."""

    def __init__(self, imported: dict[str, str] | None = None, catalogs: Path = assembly.CATALOGS) -> None:
        self._catalogs = catalogs
        self._imported: dict[str, str] = imported or {}
        self._current = combined(self._imported, catalogs)

    def __call__(self) -> WorkCalendar:
        """Return the calendar in force."""
        return self._current

    async def refresh(self, database: Database) -> None:
        """Take over what was imported meanwhile."""
        imported = await database.read(imported_years)
        if imported != self._imported:
            self._current = combined(imported, self._catalogs)
            self._imported = imported


def imported_years(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the imported notices by year."""
    return keyvalue.starting_with(connection, IMPORTED)


def combined(imported: dict[str, str], catalogs: Path = assembly.CATALOGS) -> WorkCalendar:
    """Return the shipped calendar with imported years in the place of shipped ones."""
    shipped = {path.stem: path.read_text("utf-8") for path in sorted((catalogs / "calendar").glob("*.csv"))}
    texts = {**shipped, **{name.removeprefix(IMPORTED): text for name, text in imported.items()}}
    return calendar_of(day for year, text in texts.items() for day in parse_calendar(text, f"{year}.csv"))


def notice_of(text: str, name: str) -> tuple[int, tuple[SpecialDay, ...]]:
    """Read one year's holiday notice, which must be confirmed and of one year.

    Raises:
        CalendarError: it cannot be used; the text says why.
    """
    days = parse_calendar(text, name)
    years = {day.day.year for day in days}
    if len(years) != 1:
        raise CalendarError(f"{name}: 日期: 一个文件只能是一年的放假安排，现在有{len(years)}年")
    if not all(day.confirmed for day in days):
        raise CalendarError(f"{name}: 状态: 只导入国务院已公布的安排，每一行都应是“已确认”")
    return years.pop(), days
