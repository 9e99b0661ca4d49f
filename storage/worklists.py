"""What the console reads besides tickets: work lists, notices, open questions, report facts, pictures.

SQL is made from fixed conditions only; every value travels as a parameter. A reader's scope is a
condition of each query, so no list shows or counts what its reader may not read.
"""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter

from casework.ports import Now
from casework.tickets.facts import CaseFacts
from casework.tickets.model import Stage, TextKind, Ticket
from storage import outbox, pictures, reminders, report_facts
from storage.database import Database
from storage.questions import StoredQuestions
from storage.ticket_rows import conditions, row_of
from storage.tickets import StoredTickets
from storage.times import from_ms, to_ms
from web.console.ports import Candidate, GivenReminder, NoticeState, OpenQuestion, Page, Reader, ShelvedPicture
from web.console.queries import PAGE_SIZE, Query, Scope

MOST_CANDIDATES = 300
SEND_SECONDS = 20
"""A send that has no end by then is told as doubtful, long before it is given up (`storage.outbox`)."""
_DEMAND = (
    "(SELECT x.body FROM case_texts x WHERE x.ticket = t.number AND x.kind = :demand ORDER BY x.at_ms, x.rowid LIMIT 1)"
)
_AWAY = (
    "(SELECT a.openid = '' OR EXISTS (SELECT 1 FROM residents r WHERE r.openid = a.openid AND r.following = 0)"
    " FROM askers a WHERE a.ticket = t.number)"
)
"""Can WeChat reach nobody of this ticket?"""
_TICKET = TypeAdapter(Ticket)


def count(connection: sqlite3.Connection, query: Query, scope: Scope) -> int:
    """Return how many tickets a list holds."""
    where, values = conditions(query, scope)
    return int(connection.execute(f"SELECT count(*) FROM tickets t WHERE {where}", values).fetchone()[0])  # noqa: S608


def page(connection: sqlite3.Connection, query: Query, scope: Scope) -> Page:
    """Return one page of a list, by due date, or newest first where nothing is due any more."""
    shown = _selected(connection, query, scope, PAGE_SIZE, (max(1, query.page) - 1) * PAGE_SIZE)
    total = count(connection, query, scope)
    return Page(tuple(row_of(ticket, words, away=away) for ticket, words, away in shown), total, _mark(total, shown))


def whole(connection: sqlite3.Connection, query: Query, scope: Scope, most: int, longest: int) -> Page:
    """Return a list as far as *most* lines, with up to *longest* characters of what was asked."""
    shown = _selected(connection, query, scope, most, 0)
    return Page(
        tuple(row_of(ticket, words, longest, away=away) for ticket, words, away in shown),
        count(connection, query, scope),
        "",
    )


def _selected(
    connection: sqlite3.Connection, query: Query, scope: Scope, most: int, offset: int
) -> list[tuple[Ticket, str, bool]]:
    where, values = conditions(query, scope)
    # The plus: a search goes through the small index and sorts, rather than through every body by age.
    by_age = f"{'+' if query.words else ''}t.received_ms DESC, t.number DESC"
    order = by_age if query.newest_first else "t.due_date, t.number"
    rows = connection.execute(
        f"SELECT t.body AS body, {_DEMAND} AS words, {_AWAY} AS away FROM tickets t WHERE t.number IN"  # noqa: S608
        f" (SELECT t.number FROM tickets t WHERE {where} ORDER BY {order} LIMIT :most OFFSET :offset)"
        f" ORDER BY {order}",
        {**values, "demand": TextKind.DEMAND.value, "most": most, "offset": offset},
    )
    return [(_TICKET.validate_json(row["body"]), row["words"] or "", bool(row["away"])) for row in rows]


def _mark(total: int, shown: Sequence[tuple[Ticket, str, bool]]) -> str:
    """Return a word that changes when the page shown would look different."""
    seen = ";".join(f"{ticket.number}/{ticket.revision}" for ticket, _, _ in shown)
    return hashlib.sha256(f"{total};{seen}".encode()).hexdigest()[:16]


def notices(connection: sqlite3.Connection, number: str, now_ms: int) -> Sequence[NoticeState]:
    """Return the notices of one ticket, oldest first."""
    rows = connection.execute(
        "SELECT o.*, EXISTS (SELECT 1 FROM residents r WHERE r.openid = o.openid AND r.following = 0) AS away"
        " FROM outbox o WHERE o.case_id = ? ORDER BY o.created_ms, o.rowid",
        (number,),
    )
    return [
        NoticeState(
            row["dedup"],
            _became(row, now_ms),
            row["body"],
            from_ms(row["created_ms"]),
            from_ms(row["settled_ms"]) if row["settled_ms"] else None,
        )
        for row in rows
    ]


def _became(row: sqlite3.Row, now_ms: int) -> str:
    """Return what staff should know of a notice; a doubt is told as soon as there is one, and stays told."""
    match row["state"]:
        case "owed" | "uncertain" if row["uncertain"] or row["state"] == "uncertain":
            return "uncertain"
        case "owed" if row["away"]:
            return "away"
        case "sending" if now_ms - row["sending_ms"] > SEND_SECONDS * 1000:
            return "stalled"
        case "sent" if row["via"]:
            return "sent_short"
        case "given" if row["uncertain"]:
            return "given_again"
        case "dropped" if row["detail"] == outbox.EXPIRED:
            return "expired"
        case state:
            return str(state)


def candidates(connection: sqlite3.Connection, town: str, exclude: str) -> Sequence[Candidate]:
    """Return open tickets that might be the same matter: same 镇/街道, or one that is unknown."""
    rows = connection.execute(
        f"SELECT t.number, t.town, t.received_ms, {_DEMAND} AS words FROM tickets t"  # noqa: S608
        " WHERE t.is_open = 1 AND t.stage <> :merged AND t.number <> :exclude"
        f" AND (:town = '' OR t.town IN ('', :town)) ORDER BY {'+' if town else ''}t.received_ms DESC"
        f" LIMIT {MOST_CANDIDATES}",
        {"demand": TextKind.DEMAND.value, "merged": Stage.MERGED.value, "exclude": exclude, "town": town},
    )
    return [Candidate(row["number"], row["words"] or "", row["town"], from_ms(row["received_ms"])) for row in rows]


def questions(connection: sqlite3.Connection, most: int) -> Sequence[OpenQuestion]:
    """Return unresolved questions by due date."""
    return [
        OpenQuestion(
            gap.id,
            gap.words,
            from_ms(gap.asked_ms),
            gap.due_date,
            gap.why,
            gap.runners_up,
            gap.version,
            gap.ticket_id,
        )
        for gap in StoredQuestions(connection).gaps(most)
    ]


class StoredLists:
    """web.console.ports.WorkLists on the database."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def counts(self, queries: Mapping[str, Query], scope: Scope) -> Mapping[str, int]:
        """Return how many tickets each list holds."""
        return await self._database.read(
            lambda connection: {name: count(connection, query, scope) for name, query in queries.items()}
        )

    async def page(self, query: Query, scope: Scope) -> Page:
        """Return one page of a list."""
        return await self._database.read(lambda connection: page(connection, query, scope))

    async def whole(self, query: Query, scope: Scope, most: int, longest: int) -> Page:
        """Return a list as far as *most* lines."""
        return await self._database.read(lambda connection: whole(connection, query, scope, most, longest))

    async def of_external(self, numbers: Sequence[str]) -> Mapping[str, str]:
        """Return which of these external numbers are known, with the ticket that carries each."""

        def work(connection: sqlite3.Connection) -> Mapping[str, str]:
            book = StoredTickets(connection)
            found = ((external, book.by_external_number(external)) for external in numbers)
            return {external: ticket.number for external, ticket in found if ticket is not None}

        return await self._database.read(work)

    async def notices(self, number: str) -> Sequence[NoticeState]:
        """Return the notices of one ticket."""
        now_ms = to_ms(self._now())
        return await self._database.read(lambda connection: notices(connection, number, now_ms))

    async def reminders(self, readers: Sequence[Reader]) -> Sequence[GivenReminder]:
        """Return the reminders of the last days."""
        now_ms = to_ms(self._now())
        return await self._database.read(lambda connection: reminders.read(connection, readers, now_ms))

    async def questions(self, most: int = 200) -> Sequence[OpenQuestion]:
        """Return unresolved questions by due date."""
        return await self._database.read(lambda connection: questions(connection, most))

    async def close_question(self, question_id: str) -> None:
        """Staff dealt with it."""
        now_ms = to_ms(self._now())
        await self._database.write(lambda connection: StoredQuestions(connection).close(question_id, now_ms))

    async def candidates(self, town: str, exclude: str) -> Sequence[Candidate]:
        """Return open tickets that might be the same matter."""
        return await self._database.read(lambda connection: candidates(connection, town, exclude))

    async def facts(self, start: date, end: date, scope: Scope) -> Sequence[CaseFacts]:
        """Return the facts for a report."""
        return await self._database.read(lambda connection: report_facts.facts(connection, start, end, scope))


class StoredPictures:
    """web.console.ports.PictureShelf on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def states(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the state of each picture that is known."""

        def work(connection: sqlite3.Connection) -> Mapping[str, str]:
            rows = (connection.execute("SELECT id, state FROM pictures WHERE id = ?", (one,)).fetchone() for one in ids)
            return {row["id"]: row["state"] for row in rows if row}

        return await self._database.read(work)

    async def get(self, picture_id: str) -> ShelvedPicture | None:
        """Return a kept picture."""
        found = await self._database.read(lambda connection: pictures.get(connection, picture_id))
        return ShelvedPicture("kept", found.content_type, found.body) if found else None
