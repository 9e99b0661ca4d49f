"""How fast one resident may write. Over the limit there is still a sentence, never silence.

None per address: all messages come from the platform's few addresses.
"""

from typing import Protocol

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

PER_MINUTE = 30
PER_HOUR = 300


class Limits(Protocol):
    """Says whether a resident may write now."""

    def allows(self, openid: str) -> bool: ...


class Limiter:
    """Counts messages of each openid in this process."""

    def __init__(self, per_minute: int = PER_MINUTE, per_hour: int = PER_HOUR) -> None:
        self._minute = RateLimitItemPerMinute(per_minute)
        self._hour = RateLimitItemPerHour(per_hour)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def allows(self, openid: str) -> bool:
        """Count one message and say whether it is still within the limits."""
        in_hour = self._limiter.hit(self._hour, openid)
        return self._limiter.hit(self._minute, openid) and in_hour
