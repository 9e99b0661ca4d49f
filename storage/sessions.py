"""Staff sessions by the SHA-256 of their id, kept where they can be ended at once."""

import sqlite3

from casework.ports import Now
from storage.database import Database
from storage.times import from_ms, to_ms
from web.console.account_ports import StoredSession

FORGOTTEN_AFTER_MS = 7 * 24 * 3600 * 1000


def load(connection: sqlite3.Connection, digest: str) -> StoredSession | None:
    """Return a session; whether it has run out is for the caller to judge."""
    row = connection.execute("SELECT * FROM staff_sessions WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        return None
    return StoredSession(row["login"], row["data"], from_ms(row["created_ms"]), from_ms(row["seen_ms"]))


def save(connection: sqlite3.Connection, digest: str, login: str, data: str, now_ms: int) -> None:
    """Put a session down, or replace the data of one; its age stays."""
    connection.execute(
        "INSERT INTO staff_sessions(digest, login, data, created_ms, seen_ms)"
        " VALUES (:digest, :login, :data, :now, :now)"
        " ON CONFLICT(digest) DO UPDATE SET login = excluded.login, data = excluded.data, seen_ms = excluded.seen_ms",
        {"digest": digest, "login": login, "data": data, "now": now_ms},
    )
    connection.execute("DELETE FROM staff_sessions WHERE seen_ms < ?", (now_ms - FORGOTTEN_AFTER_MS,))


def touch(connection: sqlite3.Connection, digest: str, now_ms: int) -> None:
    """Note that it was used."""
    connection.execute("UPDATE staff_sessions SET seen_ms = ? WHERE digest = ?", (now_ms, digest))


def end(connection: sqlite3.Connection, digest: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM staff_sessions WHERE digest = ?", (digest,))


def end_all(connection: sqlite3.Connection, login: str) -> int:
    """End every session of one account; return how many there were."""
    return connection.execute("DELETE FROM staff_sessions WHERE login = ?", (login,)).rowcount


class StoredSessions:
    """web.console.ports.Sessions on the database."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def load(self, digest: str) -> StoredSession | None:
        """Return a session."""
        return await self._database.read(lambda connection: load(connection, digest))

    async def save(self, digest: str, login: str, data: str) -> None:
        """Put a session down, or replace the data of one."""
        now_ms = to_ms(self._now())
        await self._database.write(lambda connection: save(connection, digest, login, data, now_ms))

    async def touch(self, digest: str) -> None:
        """Note that it was used now."""
        now_ms = to_ms(self._now())
        await self._database.write(lambda connection: touch(connection, digest, now_ms))

    async def end(self, digest: str) -> None:
        """End one session."""
        await self._database.write(lambda connection: end(connection, digest))

    async def end_all(self, login: str) -> int:
        """End every session of one account."""
        return await self._database.write(lambda connection: end_all(connection, login))
