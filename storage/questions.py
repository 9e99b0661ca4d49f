"""The question log: what was asked, what it was answered with, what still waits (``bot gaps``)."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.services import AskedQuestion
from storage.times import to_ms


@dataclass(frozen=True, slots=True)
class Gap:
    """One unresolved question as staff see it; the words are masked."""

    id: str
    words: str
    asked_ms: int
    due_date: str
    why: str
    runners_up: tuple[tuple[str, float], ...]
    version: str
    ticket_id: str


class StoredQuestions:
    """handlers.services.QuestionLog on one open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, question: AskedQuestion) -> None:
        """Log one question."""
        self._db.execute(
            "INSERT INTO questions(id, openid, words, asked_ms, outcome, entry_id, runners_up, version, domain,"
            " unit, unresolved, due_date, village) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce((SELECT"
            " CASE WHEN village <> '' THEN town || '/' || village END FROM residents WHERE openid = ?), ''))",
            (
                question.id,
                question.openid,
                question.words,
                to_ms(question.asked_at),
                question.outcome,
                question.entry_id,
                json.dumps(question.runners_up),
                question.version,
                question.domain,
                question.unit,
                question.unresolved,
                question.due.isoformat() if question.due else "",
                question.openid,
            ),
        )

    def rate(self, question_id: str, useful: bool) -> None:
        """Note 有用 or 没用."""
        self._db.execute("UPDATE questions SET useful = ? WHERE id = ?", (int(useful), question_id))

    def leave_unresolved(self, question_id: str, why: str, due: date) -> None:
        """Put a question on the list of what staff still owe."""
        self._db.execute(
            "UPDATE questions SET unresolved = ?, due_date = ? WHERE id = ? AND unresolved = ''",
            (why, due.isoformat(), question_id),
        )

    def join_ticket(self, question_id: str, number: str) -> None:
        """The resident made it their own ticket."""
        self._db.execute("UPDATE questions SET ticket_id = ? WHERE id = ?", (number, question_id))

    def of_village(self, village: str, since: datetime) -> tuple[int, int]:
        """Return how many questions of a village were asked since then, and how many of them wait for an answer."""
        row = self._db.execute(
            "SELECT count(*) AS asked, coalesce(sum(unresolved <> '' AND closed_ms = 0), 0) AS waiting"
            " FROM questions WHERE village = ? AND village <> '' AND asked_ms >= ?",
            (village, to_ms(since)),
        ).fetchone()
        return row["asked"], row["waiting"]

    def gaps(self, most: int = 500) -> Sequence[Gap]:
        """Return what waits, by due date."""
        rows = self._db.execute(
            "SELECT * FROM questions WHERE unresolved <> '' AND closed_ms = 0 ORDER BY due_date, asked_ms LIMIT ?",
            (most,),
        )
        return [
            Gap(
                row["id"],
                row["words"],
                row["asked_ms"],
                row["due_date"],
                row["unresolved"],
                tuple((entry, score) for entry, score in json.loads(row["runners_up"])),
                row["version"],
                row["ticket_id"],
            )
            for row in rows
        ]

    def close(self, question_id: str, now_ms: int) -> None:
        """Staff dealt with it."""
        self._db.execute("UPDATE questions SET closed_ms = ? WHERE id = ?", (now_ms, question_id))
