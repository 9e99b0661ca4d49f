"""The log of login attempts, from which the console judges who must wait."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from casework.ports import Now
from storage.database import Database
from storage.times import from_ms, to_ms
from web.console.account_ports import Failures, Judge

REMEMBERED_MS = 24 * 3600 * 1000
KNOWN_MS = 30 * REMEMBERED_MS
MOST = 100


def failures(connection: sqlite3.Connection, login: str, address: str, now_ms: int) -> Failures:
    """Return what failed within a day, the newest hundred of each count."""
    known = connection.execute(
        "SELECT 1 FROM login_addresses WHERE login = ? AND address = ? AND at_ms > ?",
        (login, address, now_ms - KNOWN_MS),
    ).fetchone()
    return Failures(
        pair=_since(connection, "login = :login AND address = :address", login, address, now_ms),
        address=_since(connection, "address = :address", login, address, now_ms),
        account=_since(connection, "login = :login", login, address, now_ms),
        known=known is not None,
    )


def _since(connection: sqlite3.Connection, which: str, login: str, address: str, now_ms: int) -> tuple[datetime, ...]:
    rows: Sequence[sqlite3.Row] = connection.execute(
        f"SELECT at_ms FROM login_failures WHERE {which} AND at_ms > :since ORDER BY at_ms DESC LIMIT {MOST}",  # noqa: S608
        {"login": login, "address": address, "since": now_ms - REMEMBERED_MS},
    ).fetchall()
    return tuple(from_ms(row["at_ms"]) for row in reversed(rows))


def begin(connection: sqlite3.Connection, login: str, address: str, judge: Judge, now: datetime) -> datetime | None:
    """Judge an attempt and count it as failed until it has succeeded; a refused one is not counted."""
    now_ms = to_ms(now)
    connection.execute("DELETE FROM login_failures WHERE at_ms < ?", (now_ms - REMEMBERED_MS,))
    wait = judge(failures(connection, login, address, now_ms), now)
    if wait is None:
        connection.execute(
            "INSERT INTO login_failures(login, address, at_ms) VALUES (?, ?, ?)", (login, address, now_ms)
        )
    return wait


def succeed(connection: sqlite3.Connection, login: str, address: str, now_ms: int) -> None:
    """Forget this account's failures from this address, know the address, and note the login."""
    connection.execute("DELETE FROM login_failures WHERE login = ? AND address = ?", (login, address))
    connection.execute(
        "INSERT INTO login_addresses(login, address, at_ms) VALUES (?, ?, ?)"
        " ON CONFLICT(login, address) DO UPDATE SET at_ms = excluded.at_ms",
        (login, address, now_ms),
    )
    connection.execute("UPDATE staff SET last_login_ms = ? WHERE login = ?", (now_ms, login))


class StoredAttempts:
    """web.console.ports.Attempts on the database."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def begin(self, login: str, address: str, judge: Judge) -> datetime | None:
        """Judge and note an attempt in one transaction."""
        now = self._now()
        return await self._database.write(lambda connection: begin(connection, login, address, judge, now))

    async def succeed(self, login: str, address: str) -> None:
        """Forget failures and know the address."""
        now_ms = to_ms(self._now())
        await self._database.write(lambda connection: succeed(connection, login, address, now_ms))
