"""Notices for villages in SQLite: casework.village.ports.TextBook."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter

from casework.village.log import LogLine
from casework.village.texts import VillageText
from storage.times import from_ms, to_ms

MOST = 300
_TEXT = TypeAdapter(VillageText)


class StoredTexts:
    """A TextBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def get(self, text_id: str) -> VillageText | None:
        """Return one."""
        row = self._db.execute("SELECT body FROM village_texts WHERE id = ?", (text_id,)).fetchone()
        return _TEXT.validate_json(row["body"]) if row else None

    def of_towns(self, towns: Sequence[str]) -> Sequence[VillageText]:
        """Return those of some towns, the last changed first."""
        marks = ", ".join("?" * len(towns))
        rows = self._db.execute(
            f"SELECT body FROM village_texts WHERE town IN ({marks})"  # noqa: S608
            f" ORDER BY updated_ms DESC, id LIMIT {MOST}",
            tuple(towns),
        )
        return [_TEXT.validate_json(row["body"]) for row in rows]

    def save(self, text: VillageText, what: str, by: str, at: datetime) -> None:
        """Put a new or changed one down; a second change of the same revision is an IntegrityError."""
        self._db.execute(
            "INSERT INTO village_texts(id, town, village, state, body, updated_ms)"
            " VALUES (:id, :town, :village, :state, :body, :now) ON CONFLICT(id)"
            " DO UPDATE SET state = excluded.state, body = excluded.body, updated_ms = excluded.updated_ms",
            {
                "id": text.id,
                "town": text.town,
                "village": text.village,
                "state": text.state.value,
                "body": _TEXT.dump_json(text).decode(),
                "now": to_ms(at),
            },
        )
        self._db.execute(
            "INSERT INTO village_text_steps(text, revision, at_ms, actor, what) VALUES (?, ?, ?, ?, ?)",
            (text.id, text.revision, to_ms(at), by, what),
        )

    def steps(self, text_id: str) -> Sequence[LogLine]:
        """Return its log, newest first."""
        rows = self._db.execute("SELECT * FROM village_text_steps WHERE text = ? ORDER BY revision DESC", (text_id,))
        return [LogLine("", from_ms(row["at_ms"]), f"staff:{row['actor']}", row["what"]) for row in rows]
