"""The one time zone of this product: Asia/Shanghai, whatever the machine says.

China has kept UTC+8 all year since 1992, so a fixed offset is exact for every
date this product can meet and needs no time zone file.
"""

from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_WEEKDAYS = "一二三四五六日"


def in_shanghai(moment: datetime) -> datetime:
    """Return *moment* on the Shanghai clock; a moment without a zone already stands on it."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(SHANGHAI)


def day_of(moment: datetime) -> date:
    """Return the Shanghai date of *moment*."""
    return in_shanghai(moment).date()


def start_of(day: date) -> datetime:
    """Return the first moment of *day*."""
    return datetime.combine(day, time(0), SHANGHAI)


def end_of(day: date) -> datetime:
    """Return 24:00 of *day*, which is the first moment of the next one."""
    return start_of(day) + timedelta(days=1)


def weekday_word(day: date) -> str:
    """Return 星期一 … 星期日."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def short_date(day: date) -> str:
    """Return 11月25日; the year is left out, see long_date."""
    return f"{day.month}月{day.day}日"


def long_date(day: date) -> str:
    """Return 2026年11月25日."""
    return f"{day.year}年{short_date(day)}"
