"""What the console asks of the world outside: ports, kept by storage and wired by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from casework.tickets.case import Desk
from casework.tickets.facts import CaseFacts
from knowledge.model import Context, Entry, Understanding
from web.console.queries import Query, Scope

T = TypeVar("T")


class Cases(Protocol):
    """The ticket desk, bound to one transaction for each piece of work."""

    async def run(self, work: Callable[[Desk], T]) -> T:
        """Run *work* in a write transaction; what it raises undoes all of it."""
        ...

    async def read(self, work: Callable[[Desk], T]) -> T:
        """Run *work* where it cannot write."""
        ...


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of a work list; *words* are the beginning of what was asked. *away*: WeChat reaches nobody."""

    number: str
    kind: str
    stage: str
    town: str
    unit: str
    due: date
    received: datetime
    words: str
    urged: int = 0
    supervised: bool = False
    asks_extension: bool = False
    external_number: str = ""
    reopenings: int = 0
    rating: str = ""
    is_open: bool = True
    away: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list. *mark* changes when this part, or the length of the list, does."""

    rows: tuple[TicketRow, ...]
    total: int
    mark: str


@dataclass(frozen=True, slots=True)
class NoticeState:
    """A notice of one ticket as the outbox has it; *state* is a word of storage.outbox."""

    event: str
    state: str
    body: str
    created: datetime
    settled: datetime | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unresolved question; *words* are masked. *runners_up* are (entry id, score)."""

    id: str
    words: str
    asked: datetime
    due: str
    why: str
    runners_up: tuple[tuple[str, float], ...]
    version: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open ticket that might be the same matter as another."""

    number: str
    words: str
    town: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """In which capacity somebody is reminded: *recipient* and *unit* as in casework.tickets.reminders."""

    recipient: str
    unit: str


@dataclass(frozen=True, slots=True)
class GivenReminder:
    """A reminder that was given, of a ticket that is still open."""

    ticket: str
    occasion: str
    at: datetime
    due: date
    words: str


class WorkLists(Protocol):
    """The console's read queries; each is one read transaction."""

    async def counts(self, queries: Mapping[str, Query], scope: Scope) -> Mapping[str, int]: ...

    async def page(self, query: Query, scope: Scope) -> Page: ...

    async def whole(self, query: Query, scope: Scope, most: int, longest: int) -> Page:
        """Return the first *most* lines at once, each with up to *longest* characters; *mark* is empty."""
        ...

    async def of_external(self, numbers: Sequence[str]) -> Mapping[str, str]:
        """Return which of these external numbers are known, with the ticket that carries each."""
        ...

    async def notices(self, number: str) -> Sequence[NoticeState]: ...

    async def reminders(self, readers: Sequence[Reader]) -> Sequence[GivenReminder]:
        """Return the reminders of the last days, newest first."""
        ...

    async def questions(self, most: int = 200) -> Sequence[OpenQuestion]: ...

    async def close_question(self, question_id: str) -> None: ...

    async def candidates(self, town: str, exclude: str) -> Sequence[Candidate]:
        """Return open tickets of this 镇/街道 or of an unknown one, the newest first."""
        ...

    async def facts(self, start: date, end: date, scope: Scope) -> Sequence[CaseFacts]:
        """Return the facts of every readable ticket registered from *start* to *end*, both included."""
        ...


@dataclass(frozen=True, slots=True)
class ShelvedPicture:
    """A resident's picture: *state* is wanted, kept, refused or lost; *body* is set when kept."""

    state: str
    content_type: str = ""
    body: bytes = b""


class PictureShelf(Protocol):
    """Pictures by their id here."""

    async def states(self, ids: Sequence[str]) -> Mapping[str, str]: ...

    async def get(self, picture_id: str) -> ShelvedPicture | None: ...


class Knowledge(Protocol):
    """The knowledge base as the console sees it."""

    @property
    def version(self) -> str: ...

    def understand(self, text: str, context: Context | None = None) -> Understanding: ...

    def entry(self, entry_id: str) -> Entry | None: ...
