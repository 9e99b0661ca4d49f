"""Who may be written to, and how often: customer-service windows and daily quotas.

Windows (WeChat, product/kf/intro): a message opens 5 sends in 48 h; a menu click, a follow and a scan open 3
in one minute each. How windows combine is not documented: here every send counts in each open window and is
allowed while any of them has room, the strictest reading of "the most generous one".
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

Trigger = Literal["message", "click", "follow", "scan"]

ALLOWANCE: dict[Trigger, tuple[int, int]] = {
    "message": (5, 48 * 3600),
    "click": (3, 60),
    "follow": (3, 60),
    "scan": (3, 60),
}
"""Trigger to (messages, seconds)."""
_BEIJING = timezone(timedelta(hours=8))

DAILY: dict[str, int] = {
    "/cgi-bin/token": 2_000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/custom/typing": 500_000,
    "/cgi-bin/message/subscribe/bizsend": 100_000,
    "/cgi-bin/menu/create": 1_000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/menu/delete": 1_000,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/media/upload": 100_000,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/getcallbackip": 10_000,
    "/cgi-bin/ticket/getticket": 1_000_000,
}
"""Calls a day of a new account; menu/get, media/get, typing, bizsend, getticket and getcallbackip are estimates."""


@dataclass(slots=True)
class Windows:
    """The open windows of one resident: trigger to (until, sends left)."""

    open: dict[Trigger, tuple[float, int]] = field(default_factory=dict)

    def start(self, trigger: Trigger, now: float) -> None:
        """Open the window of *trigger* afresh."""
        count, seconds = ALLOWANCE[trigger]
        self.open[trigger] = (now + seconds, count)

    def spend(self, now: float) -> int:
        """Count one send; return 0, or the platform's error: 45015 no window, 45047 used up."""
        live = {trigger: (until, left) for trigger, (until, left) in self.open.items() if now < until}
        if not live:
            return 45015
        if all(left <= 0 for _, left in live.values()):
            return 45047
        self.open = {trigger: (until, left - 1) for trigger, (until, left) in live.items()}
        return 0

    def is_open(self, now: float) -> bool:
        """Say whether any window is open, with or without sends left."""
        return any(now < until for until, _ in self.open.values())


@dataclass(slots=True)
class Quotas:
    """Calls used today (Beijing days) and this month's resets. ``daily`` may be lowered by a test."""

    daily: dict[str, int] = field(default_factory=lambda: dict(DAILY))
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    resets: dict[str, int] = field(default_factory=dict)

    def spend(self, path: str, now: float) -> bool:
        """Count one call of *path*; False when the day's quota is used up. Unlisted paths are free."""
        if path not in self.daily:
            return True
        key = (path, _day(now))
        if self.used.get(key, 0) >= self.daily[path]:
            return False
        self.used[key] = self.used.get(key, 0) + 1
        return True

    def used_today(self, path: str, now: float) -> int:
        """Return how often *path* was called today."""
        return self.used.get((path, _day(now)), 0)

    def reset(self, now: float) -> bool:
        """Forget all counts; False when the month's ten resets are spent."""
        month = _day(now)[:7]
        if self.resets.get(month, 0) >= 10:
            return False
        self.resets[month] = self.resets.get(month, 0) + 1
        self.used.clear()
        return True


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).astimezone(_BEIJING).strftime("%Y-%m-%d")
