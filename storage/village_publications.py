"""What villages published and what was settled for them, in SQLite: PublicationBook, RuleBook and VillageLog."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import TypeAdapter

from casework.village.duties import Publication, Settings
from casework.village.log import LogLine
from storage.times import from_ms, to_ms

_SETTINGS = TypeAdapter(Settings)


class StoredPublications:
    """A PublicationBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, publication: Publication) -> None:
        """Put a new one down."""
        self._db.execute(
            "INSERT INTO village_publications(id, town, village, item, published_on, channel, photo, by_whom, at_ms)"
            " VALUES (:id, :town, :village, :item, :day, :channel, :photo, :by, :at)",
            {
                "id": publication.id,
                "town": publication.village.partition("/")[0],
                "village": publication.village,
                "item": publication.item,
                "day": publication.published_on.isoformat(),
                "channel": publication.channel,
                "photo": publication.photo,
                "by": publication.by,
                "at": to_ms(publication.at) if publication.at else 0,
            },
        )

    def get(self, publication_id: str) -> Publication | None:
        """Return one that was not taken back."""
        found = self._where("id = ?", publication_id)
        return found[0] if found else None

    def of_village(self, village: str) -> Sequence[Publication]:
        """Return what was not taken back, newest first."""
        return self._where("village = ?", village)

    def of_town(self, town: str) -> Mapping[str, Sequence[Publication]]:
        """Return the last of each item, for every village of a town that has any."""
        found: dict[str, list[Publication]] = {}
        rows = self._db.execute(
            "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY village, item"
            " ORDER BY published_on DESC, at_ms DESC) AS place FROM village_publications"
            " WHERE town = ? AND withdrawn_ms = 0) AS ranked WHERE place = 1 ORDER BY published_on DESC, at_ms DESC",
            (town,),
        )
        for publication in map(_publication, rows):
            found.setdefault(publication.village, []).append(publication)
        return found

    def set_photo(self, publication_id: str, photo: str) -> None:
        """Name the picture; one that was there before is deleted."""
        self._drop_photo(publication_id)
        self._db.execute("UPDATE village_publications SET photo = ? WHERE id = ?", (photo, publication_id))

    def take_back(self, publication_id: str, at: datetime, by: str) -> None:
        """Count it no more, and delete its picture."""
        self._drop_photo(publication_id)
        self._db.execute(
            "UPDATE village_publications SET photo = '', withdrawn_ms = ?, withdrawn_by = ? WHERE id = ?",
            (to_ms(at), by, publication_id),
        )

    def _drop_photo(self, publication_id: str) -> None:
        self._db.execute(
            "DELETE FROM pictures WHERE id = (SELECT photo FROM village_publications WHERE id = ? AND photo <> '')",
            (publication_id,),
        )

    def _where(self, condition: str, value: str) -> Sequence[Publication]:
        rows = self._db.execute(
            f"SELECT * FROM village_publications WHERE {condition} AND withdrawn_ms = 0"  # noqa: S608
            " ORDER BY published_on DESC, at_ms DESC",
            (value,),
        )
        return [_publication(row) for row in rows]


class StoredRules:
    """A RuleBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def of_village(self, village: str) -> Settings | None:
        """Return what was settled for one village."""
        row = self._db.execute("SELECT body FROM village_rules WHERE village = ?", (village,)).fetchone()
        return _SETTINGS.validate_json(row["body"]) if row else None

    def of_town(self, town: str) -> Mapping[str, Settings]:
        """Return what was settled for the villages of a town."""
        rows = self._db.execute("SELECT village, body FROM village_rules WHERE town = ?", (town,))
        return {row["village"]: _SETTINGS.validate_json(row["body"]) for row in rows}

    def put(self, village: str, settings: Settings) -> None:
        """Replace what was settled."""
        self._db.execute(
            "INSERT INTO village_rules(village, town, body) VALUES (:village, :town, :body)"
            " ON CONFLICT(village) DO UPDATE SET body = excluded.body",
            {
                "village": village,
                "town": village.partition("/")[0],
                "body": _SETTINGS.dump_json(settings).decode(),
            },
        )


class StoredLog:
    """A VillageLog whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def note(self, line: LogLine) -> None:
        """Add a line."""
        self._db.execute(
            "INSERT INTO village_events(admin, village, at_ms, actor, type, detail) VALUES ('', ?, ?, ?, ?, ?)",
            (line.village, to_ms(line.at), line.actor, line.type, line.detail),
        )

    def lines(self, village: str, most: int = 50) -> tuple[LogLine, ...]:
        """Return the newest lines of a village."""
        rows = self._db.execute(
            "SELECT * FROM village_events WHERE village = ? ORDER BY at_ms DESC, rowid DESC LIMIT ?", (village, most)
        )
        return tuple(
            LogLine(row["village"], from_ms(row["at_ms"]), row["actor"], row["type"], row["detail"]) for row in rows
        )


def _publication(row: sqlite3.Row) -> Publication:
    return Publication(
        row["item"],
        row["village"],
        date.fromisoformat(row["published_on"]),
        row["channel"],
        row["photo"],
        row["id"],
        row["by_whom"],
        from_ms(row["at_ms"]) if row["at_ms"] else None,
    )
