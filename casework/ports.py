"""What casework asks of the world outside: ports, kept by storage in one database transaction.

All methods are synchronous: storage calls the desk on its one writer thread. What a
method of TicketBook wrote, its reading methods see at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from casework.clock import Due
from casework.tickets.events import Recorded
from casework.tickets.model import Asker, CaseText, Kind, Route, Ticket

Now = Callable[[], datetime]
"""Returns the present moment with a time zone."""

HashCode = Callable[[str], str]
"""Turns a 查询码 into what may be stored."""

CodeMatches = Callable[[str, str], bool]
"""(code, stored hash) → do they belong together? Compares in constant time."""


class TicketBook(Protocol):
    """The register of tickets."""

    def next_sequence(self, day: date) -> int:
        """Return the next free running number of *day*, from 1; never the same one twice."""
        ...

    def add(self, ticket: Ticket, asker: Asker) -> None:
        """Put a new ticket and its asker down."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Replace the stored ticket of this number."""
        ...

    def append(self, recorded: Recorded) -> None:
        """Add to the log; a second event of the same ticket and seq is an error."""
        ...

    def get(self, number: str) -> Ticket | None:
        """Return the ticket of this number."""
        ...

    def asker(self, number: str) -> Asker | None:
        """Return who asked; None when the row was erased for good."""
        ...

    def save_asker(self, asker: Asker) -> None:
        """Replace the asker of a ticket."""
        ...

    def add_text(self, text: CaseText) -> None:
        """Put words or a picture down; the ticket is there already."""
        ...

    def texts(self, number: str) -> Sequence[CaseText]:
        """Return the texts of a ticket that were not erased, oldest first."""
        ...

    def history(self, number: str) -> Sequence[Recorded]:
        """Return the log of a ticket, oldest first."""
        ...

    def open_tickets(self) -> Sequence[Ticket]:
        """Return every ticket whose stage is open, by due date."""
        ...

    def of_openid(self, openid: str) -> Sequence[Ticket]:
        """Return the tickets of one resident, newest first."""
        ...

    def merged_into(self, number: str) -> Sequence[Ticket]:
        """Return the tickets in stage 已并单 whose merged_into is *number*."""
        ...

    def by_external_number(self, external: str) -> Ticket | None:
        """Return the first ticket that carries this number of another system; *external* is not empty."""
        ...

    def failed_guesses(self, number: str, since: datetime) -> int:
        """Return how many wrong 查询码 were tried on a ticket since then, by anybody."""
        ...

    def failed_guesses_by(self, openid: str, since: datetime) -> int:
        """Return how many wrong 查询码 one resident tried since then, on any ticket."""
        ...

    def note_failed_guess(self, number: str, openid: str, at: datetime) -> None:
        """Remember one wrong 查询码; must be committed although the use case is refused."""
        ...

    def forget_guesses(self, number: str) -> None:
        """Forget the wrong 查询码 of a ticket that has a new one."""
        ...


class NoticeKind(StrEnum):
    """What a resident is told of; the words live in handlers/wording.py."""

    ACCEPTED = "受理"
    DISPATCHED = "派单"
    ANSWERED = "答复"
    EXTENDED = "延期"
    CLOSED = "办结"
    DECLINED = "不予受理"
    PAUSED = "挂起"
    RESUMED = "恢复"
    REOPENED = "重办"
    DUE_MOVED = "日期更正"


@dataclass(frozen=True, slots=True)
class NoticeDetails:
    """The facts a notice is worded from.

    *text_id* names the CaseText with the answer or the reason. *closed* with an answer
    means it was answered and closed at once: one notice, which may ask for a rating.
    *also* are further numbers of the same person, merged with this one, that the notice speaks for.
    """

    number: str
    kind: Kind
    due: Due
    unit: str = ""
    text_id: str = ""
    route: Route | None = None
    closed: bool = False
    also: tuple[str, ...] = ()


class Notices(Protocol):
    """What is owed to residents; becomes outbox rows in the same transaction."""

    def owe(self, openid: str, case: str, event: str, kind: NoticeKind, details: NoticeDetails) -> None:
        """Owe one notice; *event* is Recorded.key and may be owed only once."""
        ...
