"""Pictures sent by residents: first a media id that is wanted, then bytes, or a reason why there are none."""

import sqlite3
from dataclasses import dataclass

MOST_ATTEMPTS = 10
LEASE_MS = 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A fetched picture; *content_type* comes from its first bytes."""

    content_type: str
    body: bytes


def claim(connection: sqlite3.Connection, now_ms: int, most: int = 5) -> list[tuple[str, str]]:
    """Take some wanted pictures as (id, media id); a claim that is not finished comes back after two minutes."""
    rows = connection.execute(
        "UPDATE pictures SET attempts = attempts + 1, claimed_ms = :now WHERE id IN"
        " (SELECT id FROM pictures WHERE state = 'wanted' AND claimed_ms < :before ORDER BY created_ms LIMIT :most)"
        " RETURNING id, media_id",
        {"now": now_ms, "before": now_ms - LEASE_MS, "most": most},
    ).fetchall()
    return [(row["id"], row["media_id"]) for row in rows]


def keep(connection: sqlite3.Connection, picture_id: str, content_type: str, body: bytes) -> None:
    """Store what was fetched."""
    connection.execute(
        "UPDATE pictures SET state = 'kept', content_type = ?, body = ? WHERE id = ?", (content_type, body, picture_id)
    )


def give_up(connection: sqlite3.Connection, picture_id: str) -> None:
    """It is no picture we show."""
    connection.execute("UPDATE pictures SET state = 'refused' WHERE id = ?", (picture_id,))


def try_again(connection: sqlite3.Connection, picture_id: str) -> None:
    """It could not be fetched now; after too many tries it counts as lost."""
    connection.execute(
        "UPDATE pictures SET state = CASE WHEN attempts >= ? THEN 'lost' ELSE 'wanted' END WHERE id = ?",
        (MOST_ATTEMPTS, picture_id),
    )


def get(connection: sqlite3.Connection, picture_id: str) -> Picture | None:
    """Return a kept picture."""
    row = connection.execute(
        "SELECT content_type, body FROM pictures WHERE id = ? AND state = 'kept'", (picture_id,)
    ).fetchone()
    return Picture(row["content_type"], row["body"]) if row else None
