"""The port for villages: the village desk in a transaction, the digest of each admin, and the QR codes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from casework.village.desk import VillageDesk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WeekNotice:
    """An admin's last weekly digest: *state* is a word of storage.outbox, *at* when it was made."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QrState:
    """What can be printed for a village: *link* is what its own code says, *account_link* what the account's says.

    *refused* is why the platform made none, in Chinese. *account* is the account's name, empty while nobody set it.
    """

    link: str = ""
    refused: str = ""
    account: str = ""
    account_link: str = ""


class Villages(Protocol):
    """Village work, bound to one transaction for each piece of it."""

    async def run(self, work: Callable[[VillageDesk], T]) -> T:
        """Run *work* in a write transaction; what it raises undoes all of it."""
        ...

    async def read(self, work: Callable[[VillageDesk], T]) -> T:
        """Run *work* where it cannot write."""
        ...

    async def weeks(self, admins: Sequence[str]) -> Mapping[str, WeekNotice]:
        """Return the last digest of each of these admins that had one."""
        ...

    async def qr(self, path: str) -> QrState:
        """Return what can be printed for a village; the path may be empty."""
        ...

    async def make_qr(self, path: str) -> QrState:
        """Ask the platform for the village's own code and keep what it says."""
        ...

    async def set_account_link(self, link: str) -> None:
        """Keep what the account's own code says; empty forgets it."""
        ...
