"""The register of village groups and admins in SQLite: casework.village.ports.AdminBook."""

import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from typing import cast

from casework.village.admins import Admin, AdminEvent, Change, Ending, erase, release
from storage.times import from_ms, to_ms

_ALWAYS = frozenset({"admin", "village", "at", "actor"})


class StoredAdmins:
    """An AdminBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def save(self, admin: Admin) -> None:
        """Put down or replace the binding with this id."""
        self._db.execute(
            "INSERT INTO village_admins(id, openid, town, village, since_ms, group_name, last_used_ms, ended_ms,"
            " ending) VALUES (:id, :openid, :town, :village, :since_ms, :group_name, :last_used_ms, :ended_ms, :ending)"
            " ON CONFLICT(id) DO UPDATE SET openid = excluded.openid, group_name = excluded.group_name,"
            " last_used_ms = excluded.last_used_ms, ended_ms = excluded.ended_ms, ending = excluded.ending",
            _columns(admin),
        )

    def of_account(self, openid: str) -> Sequence[Admin]:
        """Return the bindings of one account."""
        return self._where("openid = ? AND openid <> ''", openid)

    def of_village(self, village: str) -> Sequence[Admin]:
        """Return the bindings of a village, oldest first."""
        return self._where("village = ?", village)

    def of_town(self, town: str) -> Sequence[Admin]:
        """Return the bindings of all villages of a town."""
        return self._where("town = ?", town)

    def get(self, admin_id: str) -> Admin | None:
        """Return the binding with this id, ended or not."""
        return next(iter(self._where("id = ?", admin_id)), None)

    def everyone(self) -> Sequence[Admin]:
        """Return all bindings by town and village."""
        return self._where("1 = ?", 1)

    def append(self, event: AdminEvent) -> None:
        """Add to the log of bindings."""
        rest = {item.name: getattr(event, item.name) for item in fields(event) if item.name not in _ALWAYS}
        self._db.execute(
            "INSERT INTO village_events(admin, village, at_ms, actor, type, detail) VALUES (?, ?, ?, ?, ?, ?)",
            (event.admin, event.village, to_ms(event.at), event.actor, type(event).__name__, "".join(rest.values())),
        )

    def put_down(self, change: Change) -> None:
        """Save the rows of a change and append its events."""
        for admin in change.admins:
            self.save(admin)
        for event in change.events:
            self.append(event)

    def _where(self, condition: str, value: object) -> Sequence[Admin]:
        rows = self._db.execute(
            f"SELECT * FROM village_admins WHERE {condition} ORDER BY town, village, since_ms, id",  # noqa: S608
            (value,),
        )
        return [_admin(row) for row in rows]


def forget(connection: sqlite3.Connection, openid: str, at_ms: int) -> None:
    """Release and erase an admin who unfollowed: the register and its log stay readable, the account is gone."""
    book = StoredAdmins(connection)
    for admin in book.of_account(openid):
        change = release(admin, from_ms(at_ms), "system:unfollow", "取消关注")
        book.put_down(change)
        book.save(erase(change.admins[0] if change.admins else admin))
    for table in ("village_tries", "village_askers", "village_pastes"):
        connection.execute(f"DELETE FROM {table} WHERE openid = ?", (openid,))  # noqa: S608


def _columns(admin: Admin) -> dict[str, object]:
    return {
        "id": admin.id,
        "openid": admin.openid,
        "town": admin.village.partition("/")[0],
        "village": admin.village,
        "since_ms": to_ms(admin.since),
        "group_name": admin.group,
        "last_used_ms": to_ms(admin.last_used) if admin.last_used else 0,
        "ended_ms": to_ms(admin.ended) if admin.ended else 0,
        "ending": admin.ending or "",
    }


def _admin(row: sqlite3.Row) -> Admin:
    return Admin(
        row["id"],
        row["openid"],
        row["village"],
        from_ms(row["since_ms"]),
        row["group_name"],
        from_ms(row["last_used_ms"]) if row["last_used_ms"] else None,
        from_ms(row["ended_ms"]) if row["ended_ms"] else None,
        cast("Ending", row["ending"]) if row["ending"] else None,
    )
