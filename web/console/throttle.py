"""How long a login must wait after failures: a guesser is stopped, and nobody can lock out everybody.

Three counts: one account from one address (waits double, at most a quarter of an hour), one
address for any account, and one account from anywhere. The last two are asked only where the
address never logged in to this account before, so an attacker elsewhere cannot keep an
officer out of the office computer, nor one in the office everybody else.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from web.console.account_ports import Failures

WINDOW = timedelta(minutes=15)
PAIR_FREE = 5
ADDRESS_FREE = 40
ACCOUNT_FREE = 20
_FIRST_WAIT = timedelta(minutes=1)


def wait_until(failures: Failures, now: datetime) -> datetime | None:
    """Return until when the next attempt must wait, or None."""
    waits = [_doubling(failures.pair)]
    if not failures.known:
        waits += [_window(failures.address, ADDRESS_FREE, now), _window(failures.account, ACCOUNT_FREE, now)]
    ends = [end for end in waits if end is not None and end > now]
    return max(ends, default=None)


def _doubling(failures: Sequence[datetime]) -> datetime | None:
    """Five are free; the sixth waits a minute after the last failure, then two, four, eight, fifteen."""
    over = len(failures) - PAIR_FREE
    if over < 0:
        return None
    wait: timedelta = _FIRST_WAIT * (1 << min(over, 4))
    return failures[-1] + min(wait, WINDOW)


def _window(failures: Sequence[datetime], free: int, now: datetime) -> datetime | None:
    """At most *free* within the window; the next may come when the oldest of them has left it."""
    recent = [at for at in failures if at > now - WINDOW]
    return recent[-free] + WINDOW if len(recent) >= free else None
