"""The ports for staff accounts, their sessions and their logins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.staff import Role, Staff


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account without its password. *created* and *last_login* are moments, None when unknown."""

    login: str
    name: str
    role: Role
    unit: str = ""
    active: bool = True
    must_change: bool = False
    last_login: datetime | None = None

    @property
    def staff(self) -> Staff:
        """The one who acts, as the desk knows them."""
        return Staff(self.login, self.role, self.unit)


@dataclass(frozen=True, slots=True)
class StaffNote:
    """One line of the account log: who did what to whose account."""

    at: datetime
    actor: str
    login: str
    what: str


class StaffBook(Protocol):
    """The staff accounts; every change is noted with the one who made it."""

    async def get(self, login: str) -> Account | None: ...

    async def password_hash(self, login: str) -> str:
        """Return the hash of an active account, empty when there is none."""
        ...

    async def everyone(self) -> Sequence[Account]: ...

    async def add(self, account: Account, password_hash: str, by: str) -> bool:
        """Add an account; False when the login is taken."""
        ...

    async def set_password(self, login: str, password_hash: str, must_change: bool, by: str) -> None:
        """Replace the password and end every session of the account."""
        ...

    async def set_active(self, login: str, active: bool, by: str) -> None:
        """Disable (ending every session) or enable an account."""
        ...

    async def note(self, login: str, what: str, by: str) -> None: ...

    async def notes(self, most: int = 50) -> Sequence[StaffNote]:
        """Return the newest lines of the account log."""
        ...


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One session: *data* is what the web layer put in, as JSON."""

    login: str
    data: str
    created: datetime
    seen: datetime


class Sessions(Protocol):
    """Server-side sessions by the SHA-256 of their id; the id itself is never stored."""

    async def load(self, digest: str) -> StoredSession | None: ...

    async def save(self, digest: str, login: str, data: str) -> None:
        """Put a new session down, or replace the data of one."""
        ...

    async def touch(self, digest: str) -> None:
        """Note that the session was used now."""
        ...

    async def end(self, digest: str) -> None: ...

    async def end_all(self, login: str) -> int:
        """End every session of one account; return how many there were."""
        ...


@dataclass(frozen=True, slots=True)
class Failures:
    """When logins failed lately, newest last: for this account from this address, from this address for
    any account, and for this account from anywhere. *known* says that this address logged in to this
    account before."""

    pair: tuple[datetime, ...]
    address: tuple[datetime, ...]
    account: tuple[datetime, ...]
    known: bool


Judge = Callable[[Failures, datetime], datetime | None]
"""Until when another attempt must wait; None when it may be made now."""


class Attempts(Protocol):
    """The log of login attempts: an attempt counts as failed until it has succeeded."""

    async def begin(self, login: str, address: str, judge: Judge) -> datetime | None:
        """Judge and note an attempt in one transaction; a refused one is not noted."""
        ...

    async def succeed(self, login: str, address: str) -> None:
        """Forget the failures of this account from this address, and know the address."""
        ...
