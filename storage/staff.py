"""Staff accounts: plain functions on one open transaction, and the console's StaffBook on a database."""

import sqlite3
import uuid
from collections.abc import Sequence
from datetime import datetime

from casework.ports import Now
from casework.staff import Role
from storage import sessions
from storage.database import Database
from storage.times import from_ms, to_ms
from web.console.account_ports import Account, StaffNote


def add(
    connection: sqlite3.Connection,
    login: str,
    name: str,
    role: Role,
    unit: str,
    password_hash: str,
    must_change: bool,
) -> bool:
    """Add an account; return whether the login was free."""
    return (
        connection.execute(
            "INSERT INTO staff(login, name, role, unit, password_hash, must_change)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(login) DO NOTHING",
            (login, name, role.value, unit, password_hash, int(must_change)),
        ).rowcount
        == 1
    )


def get(connection: sqlite3.Connection, login: str) -> Account | None:
    """Return one account."""
    row = connection.execute("SELECT * FROM staff WHERE login = ?", (login,)).fetchone()
    return _account(row) if row else None


def everyone(connection: sqlite3.Connection) -> Sequence[Account]:
    """Return all accounts, the active ones first."""
    return [_account(row) for row in connection.execute("SELECT * FROM staff ORDER BY active DESC, unit, login")]


def password_hash(connection: sqlite3.Connection, login: str) -> str:
    """Return the hash of an active account, empty when there is none."""
    row = connection.execute("SELECT password_hash FROM staff WHERE login = ? AND active = 1", (login,)).fetchone()
    return str(row["password_hash"]) if row else ""


def set_password(connection: sqlite3.Connection, login: str, new_hash: str, must_change: bool) -> None:
    """Replace the password and end every session of the account."""
    connection.execute(
        "UPDATE staff SET password_hash = ?, must_change = ? WHERE login = ?", (new_hash, int(must_change), login)
    )
    sessions.end_all(connection, login)


def disable(connection: sqlite3.Connection, login: str) -> bool:
    """Disable an account and end its sessions; return whether there was one to disable."""
    return set_active(connection, login, False)


def set_active(connection: sqlite3.Connection, login: str, active: bool) -> bool:
    """Enable or disable an account; disabling ends its sessions. Return whether anything changed."""
    changed = connection.execute(
        "UPDATE staff SET active = :active WHERE login = :login AND active <> :active",
        {"active": int(active), "login": login},
    ).rowcount
    if not active:
        sessions.end_all(connection, login)
    return changed == 1


def note(connection: sqlite3.Connection, at_ms: int, actor: str, login: str, what: str) -> None:
    """Add to the account log."""
    connection.execute(
        "INSERT INTO staff_notes(id, at_ms, actor, login, what) VALUES (?, ?, ?, ?, ?)",
        (uuid.uuid4().hex, at_ms, actor, login, what),
    )


def notes(connection: sqlite3.Connection, most: int) -> Sequence[StaffNote]:
    """Return the newest lines of the account log."""
    rows = connection.execute("SELECT * FROM staff_notes ORDER BY at_ms DESC, rowid DESC LIMIT ?", (most,))
    return [StaffNote(from_ms(row["at_ms"]), row["actor"], row["login"], row["what"]) for row in rows]


def _account(row: sqlite3.Row) -> Account:
    seen: datetime | None = from_ms(row["last_login_ms"]) if row["last_login_ms"] else None
    return Account(
        row["login"], row["name"], Role(row["role"]), row["unit"], bool(row["active"]), bool(row["must_change"]), seen
    )


class StoredStaff:
    """web.console.ports.StaffBook on the database."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def get(self, login: str) -> Account | None:
        """Return one account."""
        return await self._database.read(lambda connection: get(connection, login))

    async def password_hash(self, login: str) -> str:
        """Return the hash of an active account."""
        return await self._database.read(lambda connection: password_hash(connection, login))

    async def everyone(self) -> Sequence[Account]:
        """Return all accounts."""
        return await self._database.read(everyone)

    async def add(self, account: Account, password_hash: str, by: str) -> bool:
        """Add an account; False when the login is taken."""

        def work(connection: sqlite3.Connection) -> bool:
            free = add(
                connection,
                account.login,
                account.name,
                account.role,
                account.unit,
                password_hash,
                account.must_change,
            )
            if free:
                self._note(connection, account.login, f"新增账号（{account.role}）", by)
            return free

        return await self._database.write(work)

    async def set_password(self, login: str, password_hash: str, must_change: bool, by: str) -> None:
        """Replace the password and end every session of the account."""

        def work(connection: sqlite3.Connection) -> None:
            set_password(connection, login, password_hash, must_change)
            self._note(connection, login, "发放一次性密码" if must_change else "修改密码", by)

        await self._database.write(work)

    async def set_active(self, login: str, active: bool, by: str) -> None:
        """Disable or enable an account."""

        def work(connection: sqlite3.Connection) -> None:
            if set_active(connection, login, active):
                self._note(connection, login, "启用账号" if active else "停用账号", by)

        await self._database.write(work)

    async def note(self, login: str, what: str, by: str) -> None:
        """Add to the account log."""
        await self._database.write(lambda connection: self._note(connection, login, what, by))

    async def notes(self, most: int = 50) -> Sequence[StaffNote]:
        """Return the newest lines of the account log."""
        return await self._database.read(lambda connection: notes(connection, most))

    def _note(self, connection: sqlite3.Connection, login: str, what: str, by: str) -> None:
        note(connection, to_ms(self._now()), by, login, what)
