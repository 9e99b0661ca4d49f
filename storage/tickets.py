"""The register of tickets in SQLite: casework.ports.TicketBook on one open transaction.

A ticket is kept whole as JSON beside the columns that lists are filtered by; nothing in
these columns is personal. Who asked and what they wrote stand in ``askers`` and
``case_texts``, which are erased without touching the ticket or its events.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from casework.tickets import events
from casework.tickets.events import Recorded
from casework.tickets.model import Asker, CaseText, Stage, TextKind, Ticket
from storage.residents import digest
from storage.times import from_ms, to_ms

_EVENT_TYPES: dict[str, Any] = {kind.__name__: kind for kind in get_args(events.Event)}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class StoredTickets:
    """A TicketBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def next_sequence(self, day: date) -> int:
        """Return the next running number of *day*, from 1."""
        row = self._db.execute(
            "INSERT INTO ticket_days(day, last) VALUES (:day, 1) "
            "ON CONFLICT(day) DO UPDATE SET last = last + 1 RETURNING last",
            {"day": day.isoformat()},
        ).fetchone()
        return int(row["last"])

    def add(self, ticket: Ticket, asker: Asker) -> None:
        """Put a new ticket and its asker down."""
        self._db.execute(
            "INSERT INTO tickets(number, kind, stage, is_open, unit, town, due_date, received_ms, merged_into,"
            " external_number, body) VALUES (:number, :kind, :stage, :is_open, :unit, :town, :due_date,"
            " :received_ms, :merged_into, :external_number, :body)",
            _columns(ticket),
        )
        self._db.execute(
            "INSERT INTO askers(ticket, openid, phone, name, code_hash)"
            " VALUES (:ticket, :openid, :phone, :name, :code_hash)",
            _asker_columns(asker),
        )

    def save(self, ticket: Ticket) -> None:
        """Replace the stored ticket of this number; once it is closed nobody needs to know who in a group asked."""
        if not ticket.is_open:
            self._db.execute("DELETE FROM village_askers WHERE ticket = ?", (ticket.number,))
        self._db.execute(
            "UPDATE tickets SET kind = :kind, stage = :stage, is_open = :is_open, unit = :unit, town = :town,"
            " due_date = :due_date, received_ms = :received_ms, merged_into = :merged_into,"
            " external_number = :external_number, body = :body WHERE number = :number",
            _columns(ticket),
        )

    def append(self, recorded: Recorded) -> None:
        """Add to the log; a second event of the same ticket and seq is an IntegrityError."""
        kind: Any = type(recorded.event)
        self._db.execute(
            "INSERT INTO ticket_events(ticket, seq, at_ms, actor, type, body)"
            " VALUES (:ticket, :seq, :at_ms, :actor, :type, :body)",
            {
                "ticket": recorded.ticket,
                "seq": recorded.seq,
                "at_ms": to_ms(recorded.at),
                "actor": recorded.actor,
                "type": kind.__name__,
                "body": _adapter(kind).dump_json(recorded.event).decode(),
            },
        )

    def get(self, number: str) -> Ticket | None:
        """Return the ticket of this number."""
        row = self._db.execute("SELECT body FROM tickets WHERE number = ?", (number,)).fetchone()
        return _ticket(row) if row else None

    def asker(self, number: str) -> Asker | None:
        """Return who asked."""
        row = self._db.execute(
            "SELECT ticket, openid, phone, name, code_hash FROM askers WHERE ticket = ?", (number,)
        ).fetchone()
        return Asker(*row) if row else None

    def save_asker(self, asker: Asker) -> None:
        """Replace the asker of a ticket."""
        self._db.execute(
            "UPDATE askers SET openid = :openid, phone = :phone, name = :name, code_hash = :code_hash"
            " WHERE ticket = :ticket",
            _asker_columns(asker),
        )

    def add_text(self, text: CaseText) -> None:
        """Put words or a picture down."""
        self._db.execute(
            "INSERT INTO case_texts(id, ticket, kind, body, author, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
            (text.id, text.ticket, text.kind.value, text.body, text.author, to_ms(text.at)),
        )

    def texts(self, number: str) -> Sequence[CaseText]:
        """Return the texts of a ticket, oldest first."""
        rows = self._db.execute(
            "SELECT id, ticket, kind, body, author, at_ms FROM case_texts WHERE ticket = ? ORDER BY at_ms, rowid",
            (number,),
        )
        return [
            CaseText(
                row["id"],
                row["ticket"],
                TextKind(row["kind"]),
                row["body"],
                row["author"],
                from_ms(row["at_ms"]),
            )
            for row in rows
        ]

    def history(self, number: str) -> Sequence[Recorded]:
        """Return the log of a ticket, oldest first."""
        rows = self._db.execute("SELECT * FROM ticket_events WHERE ticket = ? ORDER BY seq", (number,))
        return [_recorded(row) for row in rows]

    def log(self) -> Sequence[Recorded]:
        """Return the whole event log by ticket and place, for reports."""
        return [_recorded(row) for row in self._db.execute("SELECT * FROM ticket_events ORDER BY ticket, seq")]

    def open_tickets(self) -> Sequence[Ticket]:
        """Return every ticket whose stage is open, by due date."""
        rows = self._db.execute("SELECT body FROM tickets WHERE is_open = 1 ORDER BY due_date, number")
        return [_ticket(row) for row in rows]

    def of_openid(self, openid: str) -> Sequence[Ticket]:
        """Return the tickets of one resident, newest first."""
        rows = self._db.execute(
            "SELECT t.body FROM tickets t JOIN askers a ON a.ticket = t.number"
            " WHERE a.openid = ? AND a.openid <> '' ORDER BY t.received_ms DESC, t.number DESC",
            (openid,),
        )
        return [_ticket(row) for row in rows]

    def merged_into(self, number: str) -> Sequence[Ticket]:
        """Return the tickets merged into *number*."""
        rows = self._db.execute(
            "SELECT body FROM tickets WHERE merged_into = ? AND merged_into <> '' AND stage = ?",
            (number, Stage.MERGED.value),
        )
        return [_ticket(row) for row in rows]

    def by_external_number(self, external: str) -> Ticket | None:
        """Return the first ticket that carries this number of another system."""
        row = self._db.execute(
            "SELECT body FROM tickets WHERE external_number = ? AND external_number <> ''"
            " ORDER BY received_ms, number LIMIT 1",
            (external,),
        ).fetchone()
        return _ticket(row) if row else None

    def failed_guesses(self, number: str, since: datetime) -> int:
        """Return how many wrong codes were tried since then."""
        row = self._db.execute(
            "SELECT count(*) FROM code_guesses WHERE ticket = ? AND at_ms >= ?", (number, to_ms(since))
        ).fetchone()
        return int(row[0])

    def failed_guesses_by(self, openid: str, since: datetime) -> int:
        """Return how many wrong codes one resident tried since then."""
        row = self._db.execute(
            "SELECT count(*) FROM code_guesses WHERE guesser = ? AND at_ms >= ?", (digest(openid), to_ms(since))
        ).fetchone()
        return int(row[0])

    def note_failed_guess(self, number: str, openid: str, at: datetime) -> None:
        """Remember one wrong code; of the guesser a digest is kept: leaving and coming back gives no new tries."""
        self._db.execute(
            "INSERT INTO code_guesses(ticket, guesser, at_ms) VALUES (?, ?, ?)", (number, digest(openid), to_ms(at))
        )

    def forget_guesses(self, number: str) -> None:
        """Forget the wrong codes of a ticket."""
        self._db.execute("DELETE FROM code_guesses WHERE ticket = ?", (number,))


def _columns(ticket: Ticket) -> dict[str, object]:
    return {
        "number": ticket.number,
        "kind": ticket.kind.value,
        "stage": ticket.stage.value,
        "is_open": int(ticket.is_open),
        "unit": ticket.unit,
        "town": ticket.town,
        "due_date": ticket.due.due.isoformat(),
        "received_ms": to_ms(ticket.received),
        "merged_into": ticket.merged_into,
        "external_number": ticket.external_number,
        "body": _adapter(Ticket).dump_json(ticket).decode(),
    }


def _asker_columns(asker: Asker) -> dict[str, str]:
    return {
        "ticket": asker.ticket,
        "openid": asker.openid,
        "phone": asker.phone,
        "name": asker.name,
        "code_hash": asker.code_hash,
    }


def _ticket(row: sqlite3.Row) -> Ticket:
    ticket: Ticket = _adapter(Ticket).validate_json(row["body"])
    return ticket


def _recorded(row: sqlite3.Row) -> Recorded:
    event = _adapter(_EVENT_TYPES[row["type"]]).validate_json(row["body"])
    return Recorded(row["ticket"], row["seq"], from_ms(row["at_ms"]), row["actor"], event)
