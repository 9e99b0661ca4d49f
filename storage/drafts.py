"""Drafts of answers in SQLite; publishing writes the overlay, closes the questions and owes the notices at once."""

import sqlite3
from collections.abc import Callable, Sequence

from pydantic import TypeAdapter

from casework.ports import Now
from casework.publishing import Draft
from storage import outbox, overlay
from storage.database import Database
from storage.questions import StoredQuestions
from storage.times import from_ms, to_ms
from web.console.draft_ports import DraftStep, Publication

_DRAFT = TypeAdapter(Draft)


def get(connection: sqlite3.Connection, draft_id: str) -> Draft | None:
    """Return one draft."""
    row = connection.execute("SELECT body FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    return _DRAFT.validate_json(row["body"]) if row else None


def save(connection: sqlite3.Connection, draft: Draft, what: str, by: str, now_ms: int) -> None:
    """Put a draft down with its line in the log; a second change of the same revision is an IntegrityError."""
    connection.execute(
        "INSERT INTO drafts(id, state, body, updated_ms) VALUES (:id, :state, :body, :now) ON CONFLICT(id)"
        " DO UPDATE SET state = excluded.state, body = excluded.body, updated_ms = excluded.updated_ms",
        {"id": draft.id, "state": draft.state.value, "body": _DRAFT.dump_json(draft).decode(), "now": now_ms},
    )
    connection.execute(
        "INSERT INTO draft_steps(draft, revision, at_ms, actor, what) VALUES (?, ?, ?, ?, ?)",
        (draft.id, draft.revision, now_ms, by, what),
    )


def put_into_service(
    connection: sqlite3.Connection, draft: Draft, publication: Publication, by: str, now_ms: int
) -> None:
    """Write the overlay, and tell everyone who had asked, once each."""
    act = overlay.Act(draft.author, draft.reviewer or by, now_ms, draft.remark or draft.content.title)
    overlay.put(connection, {publication.path: publication.content}, act)
    if publication.tell is None:
        return
    for question in draft.questions:
        row = connection.execute("SELECT openid, words FROM questions WHERE id = ?", (question,)).fetchone()
        if row is None:
            continue
        StoredQuestions(connection).close(question, now_ms)
        if row["openid"]:
            body = publication.tell(row["words"])
            outbox.owe(connection, row["openid"], draft.id, body, f"faq:{draft.id}:{row['openid']}", now_ms)


class StoredDrafts:
    """web.console.draft_ports.Drafts on the database."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def get(self, draft_id: str) -> Draft | None:
        """Return one draft."""
        return await self._database.read(lambda connection: get(connection, draft_id))

    async def everything(self) -> Sequence[Draft]:
        """Return all drafts, the last changed first."""

        def work(connection: sqlite3.Connection) -> list[Draft]:
            rows = connection.execute("SELECT body FROM drafts ORDER BY updated_ms DESC, id LIMIT 500")
            return [_DRAFT.validate_json(row["body"]) for row in rows]

        return await self._database.read(work)

    async def log(self, draft_id: str) -> Sequence[DraftStep]:
        """Return a draft's log, newest first."""

        def work(connection: sqlite3.Connection) -> list[DraftStep]:
            rows = connection.execute("SELECT * FROM draft_steps WHERE draft = ? ORDER BY revision DESC", (draft_id,))
            return [DraftStep(from_ms(row["at_ms"]), row["actor"], row["what"]) for row in rows]

        return await self._database.read(work)

    async def words_of(self, questions: Sequence[str]) -> Sequence[str]:
        """Return the words of questions that are still kept."""

        def work(connection: sqlite3.Connection) -> list[str]:
            rows = (
                connection.execute("SELECT words FROM questions WHERE id = ?", (one,)).fetchone() for one in questions
            )
            return [row["words"] for row in rows if row]

        return await self._database.read(work)

    async def add(self, draft: Draft, by: str) -> None:
        """Put a new draft down."""
        now_ms = to_ms(self._now())
        await self._database.write(lambda connection: save(connection, draft, "起草", by, now_ms))

    async def change(
        self,
        draft_id: str,
        work: Callable[[Draft], Draft],
        what: str,
        by: str,
        publication: Callable[[Draft], Publication] | None = None,
    ) -> Draft:
        """Replace a draft by what *work* makes of it; publish or withdraw it in the same transaction."""
        now_ms = to_ms(self._now())

        def changed(connection: sqlite3.Connection) -> Draft:
            before = get(connection, draft_id)
            if before is None:
                raise KeyError(draft_id)
            after = work(before)
            save(connection, after, what, by, now_ms)
            if publication is not None:
                put_into_service(connection, after, publication(after), by, now_ms)
            return after

        return await self._database.write(changed)
