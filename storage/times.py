"""Moments in the database are epoch milliseconds, UTC; in the code they are aware datetimes."""

from datetime import datetime

from casework.china_time import SHANGHAI, in_shanghai


def to_ms(moment: datetime) -> int:
    """Return epoch milliseconds; a moment without a zone stands on the Shanghai clock."""
    return round(in_shanghai(moment).timestamp() * 1000)


def from_ms(milliseconds: int) -> datetime:
    """Return the moment on the Shanghai clock."""
    return datetime.fromtimestamp(milliseconds / 1000, SHANGHAI)
