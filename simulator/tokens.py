"""Access tokens, both kinds, with the platform's lifetimes.

``token``: each call replaces the last one, which stays valid five minutes. ``stable_token``: the same token
within its life, renewed in its last five minutes; a forced refresh ends the old one at once, 20 a day and
at least 30 s apart. Source: WeChat, api_getstableaccesstoken. The two kinds do not disturb each other.
"""

import secrets
from dataclasses import dataclass, field

LIFETIME = 7200
OVERLAP = 300
FORCED_A_DAY = 20
FORCED_APART = 30


class TooOftenError(Exception):
    """A forced refresh within 30 s of the last one."""


@dataclass(slots=True)
class Tokens:
    """All tokens ever issued with the moment each ends."""

    ends: dict[str, float] = field(default_factory=dict)
    latest: str = ""
    stable: str = ""
    forced: list[float] = field(default_factory=list)

    def issue(self, now: float) -> tuple[str, int]:
        """Return a new token and its life in seconds; the one before ends within five minutes."""
        if self.latest:
            self.ends[self.latest] = min(self.ends[self.latest], now + OVERLAP)
        self.latest = self._new(now)
        return self.latest, LIFETIME

    def issue_stable(self, now: float, force: bool = False) -> tuple[str, int]:
        """Return the stable token and what is left of its life.

        Raises:
            TooOftenError: forced twice within 30 s.
        """
        if force:
            self._force(now)
        left = self.ends.get(self.stable, 0.0) - now
        if left <= OVERLAP:
            self.stable = self._new(now)
            left = LIFETIME
        return self.stable, int(left)

    def fault_of(self, token: str, now: float) -> int:
        """Return 0 for a valid token, else 41001 missing, 40001 unknown or not latest, 42001 expired."""
        if not token:
            return 41001
        if token not in self.ends:
            return 40001
        if now < self.ends[token]:
            return 0
        return 42001 if token in (self.latest, self.stable) else 40001

    def expire_all(self) -> None:
        """End every token now, as when the secret is reset."""
        self.ends = dict.fromkeys(self.ends, 0.0)

    def _new(self, now: float) -> str:
        token = f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(96)}"
        self.ends[token] = now + LIFETIME
        return token

    def _force(self, now: float) -> None:
        recent = [moment for moment in self.forced if now - moment < 86_400]
        if (recent and now - recent[-1] < FORCED_APART) or len(recent) >= FORCED_A_DAY:
            raise TooOftenError
        self.forced = [*recent, now]
        self.ends.pop(self.stable, None)
        self.stable = ""
