"""The shipped calendar, read once for the tests."""

from functools import cache
from pathlib import Path

from casework.workdays import WorkCalendar, calendar_of, parse_calendar

FOLDER = Path(__file__).parents[2] / "catalogs" / "calendar"


@cache
def shipped() -> WorkCalendar:
    """Return the calendar as it is shipped: 2024-2026 confirmed, 2027 provisional."""
    files = sorted(FOLDER.glob("*.csv"))
    return calendar_of(day for file in files for day in parse_calendar(file.read_text(encoding="utf-8"), file.name))
