"""Dates as residents read them."""

from datetime import date

from casework.china_time import short_date, weekday_word


def day(due: date) -> str:
    """Say a date with its weekday: 11月25日（星期三）."""
    return f"{short_date(due)}（{weekday_word(due)}）"
