"""Reminders in the console's work list: each given exactly once, by its key, whoever computes it and how often.

Computed on a reader, away from the writer that residents wait for; written in one short
transaction in which a key that is there already changes nothing. A crash in between writes
nothing, and the next pass finds the same reminders again.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from casework.limits_settings import InnerLimits
from casework.ports import Now
from casework.tickets.model import TextKind
from casework.tickets.reminders import Reminder, due_reminders
from casework.workdays import WorkCalendar
from storage.database import Database
from storage.tickets import StoredTickets
from storage.times import from_ms, to_ms
from web.console.ports import GivenReminder, Reader

SHOWN_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=400)
MOST_SHOWN = 200


def still_missing(
    connection: sqlite3.Connection, calendar: WorkCalendar, now: datetime, inner: InnerLimits
) -> Sequence[Reminder]:
    """Return the reminders whose time has come and that nobody was given yet."""
    due = (
        reminder
        for ticket in StoredTickets(connection).open_tickets()
        for reminder in due_reminders(ticket, now, calendar, inner)
    )
    return [
        reminder
        for reminder in due
        if connection.execute("SELECT 1 FROM reminders WHERE key = ?", (reminder.key,)).fetchone() is None
    ]


def give(connection: sqlite3.Connection, reminders: Sequence[Reminder], now_ms: int) -> int:
    """Put reminders down; return how many were new."""
    given = 0
    for reminder in reminders:
        given += connection.execute(
            "INSERT INTO reminders(key, ticket, occasion, recipient, unit, on_date, at_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING",
            (
                reminder.key,
                reminder.ticket,
                reminder.occasion,
                reminder.recipient,
                reminder.unit,
                reminder.on.isoformat(),
                now_ms,
            ),
        ).rowcount
    connection.execute("DELETE FROM reminders WHERE at_ms < ?", (now_ms - KEPT_FOR // timedelta(milliseconds=1),))
    return given


def read(connection: sqlite3.Connection, readers: Sequence[Reader], now_ms: int) -> Sequence[GivenReminder]:
    """Return what these readers were reminded of lately, newest first, as far as the ticket is still open."""
    found = [one for reader in readers for one in _of_reader(connection, reader, now_ms)]
    return sorted(found, key=lambda one: (one.at, one.ticket), reverse=True)[:MOST_SHOWN]


def _of_reader(connection: sqlite3.Connection, reader: Reader, now_ms: int) -> Sequence[GivenReminder]:
    rows = connection.execute(
        "SELECT r.*, t.due_date, (SELECT x.body FROM case_texts x WHERE x.ticket = r.ticket AND x.kind = :demand"
        " ORDER BY x.at_ms, x.rowid LIMIT 1) AS words FROM reminders r JOIN tickets t ON t.number = r.ticket"
        " WHERE r.recipient = :recipient AND r.unit = :unit AND r.at_ms > :since AND t.is_open = 1"
        " ORDER BY r.at_ms DESC LIMIT :most",
        {
            "demand": TextKind.DEMAND.value,
            "most": MOST_SHOWN,
            "recipient": reader.recipient,
            "unit": reader.unit,
            "since": now_ms - SHOWN_FOR // timedelta(milliseconds=1),
        },
    )
    return [
        GivenReminder(
            row["ticket"],
            row["occasion"],
            from_ms(row["at_ms"]),
            date.fromisoformat(row["due_date"]),
            " ".join((row["words"] or "").split())[:80],
        )
        for row in rows
    ]


class ReminderRound:
    """One pass over all open tickets; run it every few minutes, in as many processes as there are."""

    def __init__(self, database: Database, calendar: Callable[[], WorkCalendar], now: Now, inner: InnerLimits) -> None:
        self._database = database
        self._calendar = calendar
        self._now = now
        self._inner = inner

    async def give(self) -> int:
        """Give what is due; return how many reminders were new."""
        now, calendar = self._now(), self._calendar()
        missing = await self._database.read(lambda connection: still_missing(connection, calendar, now, self._inner))
        if not missing:
            return 0
        return await self._database.write(lambda connection: give(connection, missing, to_ms(now)))
