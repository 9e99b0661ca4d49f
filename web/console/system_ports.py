"""The port for the 系统 page: what the account turned out to be able to do, and what is in service."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Learned = Literal["allowed", "refused", "trouble", "unknown"]


@dataclass(frozen=True, slots=True)
class Ability:
    """What the platform's last telling answer says: *trouble* is a wrong setting, not a missing right.

    *at* is since when it has been so, None while it is unknown; *errcode* and *said* are the platform's.
    """

    learned: Learned = "unknown"
    at: datetime | None = None
    errcode: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """The installation as it is now.

    *owed* notices wait for a window or the next contact, *uncertain* ones may have arrived.
    *content* is the hash of the knowledge that answers, *overlay* the number of the city's own
    version in it; *failed_overlay* (0 for none) could not be put into service, *failed_why* says why.
    *unset* is what the city has still to set. *notices* is whether the account may send 订阅通知, *template*
    whether the city set one, *agreed* how many people have a consent left.
    """

    menu: Ability
    messages: Ability
    owed: int
    uncertain: int
    content: str
    overlay: int
    failed_overlay: int
    failed_why: str
    unset: tuple[str, ...]
    notices: Ability = field(default_factory=Ability)
    template: bool = False
    agreed: int = 0


class Watch(Protocol):
    """Looks at the installation."""

    async def look(self) -> Condition: ...
