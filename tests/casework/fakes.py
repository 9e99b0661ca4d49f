"""The ports in memory: a register of tickets, and notices that are only noted."""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.ports import NoticeDetails, NoticeKind
from casework.tickets.events import Recorded
from casework.tickets.model import Asker, CaseText, Stage, Ticket


class MemoryBook:
    """A TicketBook kept in dictionaries; refuses what the real one must refuse."""

    def __init__(self) -> None:
        self.tickets: dict[str, Ticket] = {}
        self.askers: dict[str, Asker] = {}
        self.case_texts: dict[str, CaseText] = {}
        self.log: dict[str, Recorded] = {}
        self.sequences: dict[date, int] = {}
        self.guesses: list[tuple[str, str, datetime]] = []

    def next_sequence(self, day: date) -> int:
        self.sequences[day] = self.sequences.get(day, 0) + 1
        return self.sequences[day]

    def add(self, ticket: Ticket, asker: Asker) -> None:
        assert ticket.number not in self.tickets
        self.tickets[ticket.number] = ticket
        self.askers[ticket.number] = asker

    def save(self, ticket: Ticket) -> None:
        assert ticket.revision == self.tickets[ticket.number].revision + 1
        self.tickets[ticket.number] = ticket

    def append(self, recorded: Recorded) -> None:
        assert recorded.key not in self.log
        self.log[recorded.key] = recorded

    def get(self, number: str) -> Ticket | None:
        return self.tickets.get(number)

    def asker(self, number: str) -> Asker | None:
        return self.askers.get(number)

    def save_asker(self, asker: Asker) -> None:
        self.askers[asker.ticket] = asker

    def add_text(self, text: CaseText) -> None:
        assert text.id not in self.case_texts
        assert text.ticket in self.tickets
        self.case_texts[text.id] = text

    def texts(self, number: str) -> list[CaseText]:
        return [text for text in self.case_texts.values() if text.ticket == number]

    def history(self, number: str) -> list[Recorded]:
        return sorted((r for r in self.log.values() if r.ticket == number), key=lambda r: r.seq)

    def open_tickets(self) -> list[Ticket]:
        return sorted((t for t in self.tickets.values() if t.is_open), key=lambda t: t.due.due)

    def of_openid(self, openid: str) -> list[Ticket]:
        return [t for n, t in reversed(self.tickets.items()) if self.askers[n].openid == openid]

    def merged_into(self, number: str) -> list[Ticket]:
        return [t for t in self.tickets.values() if t.stage is Stage.MERGED and t.merged_into == number]

    def by_external_number(self, external: str) -> Ticket | None:
        found = (t for t in self.tickets.values() if t.external_number == external)
        return min(found, key=lambda t: (t.received, t.number), default=None)

    def failed_guesses(self, number: str, since: datetime) -> int:
        return sum(1 for guessed, _, at in self.guesses if guessed == number and at >= since)

    def failed_guesses_by(self, openid: str, since: datetime) -> int:
        return sum(1 for _, guesser, at in self.guesses if guesser == openid and at >= since)

    def note_failed_guess(self, number: str, openid: str, at: datetime) -> None:
        self.guesses.append((number, openid, at))

    def forget_guesses(self, number: str) -> None:
        self.guesses = [one for one in self.guesses if one[0] != number]


@dataclass(frozen=True)
class Owed:
    """One notice as it was owed."""

    openid: str
    case: str
    event: str
    kind: NoticeKind
    details: NoticeDetails


@dataclass
class NotedNotices:
    """Notices that refuse to be owed twice for one event."""

    owed: list[Owed] = field(default_factory=list)

    def owe(self, openid: str, case: str, event: str, kind: NoticeKind, details: NoticeDetails) -> None:
        assert openid
        assert (case, event) not in {(one.case, one.event) for one in self.owed}
        self.owed.append(Owed(openid, case, event, kind, details))

    def kinds(self, case: str) -> list[NoticeKind]:
        return [one.kind for one in self.owed if one.case == case]
