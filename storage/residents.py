"""Residents: the customer-service windows they opened, and erasing them.

Windows as in the platform's rules (wechat.md 2.6): a message allows five customer-service
messages within 48 hours; a click, a follow or a scan three within a minute. The ledger is
ours, so that a send that would be refused is not tried.
"""

import hashlib
import sqlite3
import uuid
from datetime import datetime
from typing import Literal

from handlers.turn import Trigger
from storage import consents, village_admins
from storage.times import to_ms

MESSAGE_WINDOW_MS = 48 * 3600 * 1000
MESSAGE_QUOTA = 5
BRIEF_WINDOW_MS = 60 * 1000
BRIEF_QUOTA = 3

Window = Literal["message", "brief"]


def touch(connection: sqlite3.Connection, openid: str, trigger: Trigger, now_ms: int) -> None:
    """Note that a resident wrote, clicked, followed or scanned: the window it opens starts anew."""
    column = "message" if trigger == "message" else "brief"
    connection.execute(
        f"INSERT INTO residents(openid, following, first_ms, {column}_ms) VALUES (:openid, 1, :now, :now)"  # noqa: S608
        f" ON CONFLICT(openid) DO UPDATE SET following = 1, {column}_ms = :now, {column}_used = 0",
        {"openid": openid, "now": now_ms},
    )


def open_window(connection: sqlite3.Connection, openid: str, now_ms: int) -> Window | None:
    """Return the most generous window that still has room, or None."""
    row = connection.execute("SELECT * FROM residents WHERE openid = ? AND following = 1", (openid,)).fetchone()
    if row is None:
        return None
    if now_ms - row["message_ms"] < MESSAGE_WINDOW_MS and row["message_used"] < MESSAGE_QUOTA:
        return "message"
    if now_ms - row["brief_ms"] < BRIEF_WINDOW_MS and row["brief_used"] < BRIEF_QUOTA:
        return "brief"
    return None


def use_window(connection: sqlite3.Connection, openid: str, window: Window) -> None:
    """Count one customer-service message against a window."""
    connection.execute(
        f"UPDATE residents SET {window}_used = {window}_used + 1 WHERE openid = ?",  # noqa: S608
        (openid,),
    )


def close_windows(connection: sqlite3.Connection, openid: str) -> None:
    """The platform says no window is open: believe it until the next contact."""
    connection.execute(
        "UPDATE residents SET message_used = ?, brief_used = ? WHERE openid = ?",
        (MESSAGE_QUOTA, BRIEF_QUOTA, openid),
    )


def mark_away(connection: sqlite3.Connection, openid: str) -> None:
    """The platform says that this person does not follow: send nothing until they write again."""
    connection.execute("UPDATE residents SET following = 0 WHERE openid = ?", (openid,))


def erase(connection: sqlite3.Connection, openid: str, now_ms: int) -> None:
    """Erase a person: everything that no open case needs for its legal purpose.

    The phone and name given for an open case stay with it until its retention ends;
    the openid does not. A digest of the openid is kept so that a restored backup can
    be made to forget the same person again.
    """
    erase_digest(connection, digest(openid), now_ms, openid)


def digest(openid: str) -> str:
    """Return what is kept of an erased openid."""
    return hashlib.sha256(openid.encode()).hexdigest()


def erase_digest(connection: sqlite3.Connection, wanted: str, now_ms: int, openid: str) -> None:
    """Erase *openid* and note *wanted*, its digest."""
    _end_notices(connection, openid, now_ms)
    for table in ("residents", "conversations", "questions", "pictures", "notice_consents"):
        connection.execute(f"DELETE FROM {table} WHERE openid = ?", (openid,))  # noqa: S608
    connection.execute("UPDATE messages SET openid = NULL, reply = '' WHERE openid = ?", (openid,))
    connection.execute(
        "UPDATE askers SET phone = '', name = '' WHERE openid = ? AND openid <> ''"
        " AND ticket IN (SELECT number FROM tickets WHERE is_open = 0)",
        (openid,),
    )
    village_admins.forget(connection, openid, now_ms)
    connection.execute("UPDATE askers SET openid = '' WHERE openid = ? AND openid <> ''", (openid,))
    _note_erasure(connection, wanted, now_ms)


def _end_notices(connection: sqlite3.Connection, openid: str, now_ms: int) -> None:
    """Erase notices. Of a ticket's the fact stays, without person and words: staff see what did not arrive."""
    connection.execute(
        "DELETE FROM outbox WHERE openid = :openid"
        " AND (case_id = '' OR substr(dedup, 1, length(case_id) + 1) <> case_id || '/')",
        {"openid": openid},
    )
    connection.execute(
        "UPDATE outbox SET state = 'dropped', detail = 'left', settled_ms = :now"
        " WHERE openid = :openid AND state IN ('owed', 'uncertain', 'sending')",
        {"openid": openid, "now": now_ms},
    )
    connection.execute("UPDATE outbox SET openid = NULL, body = '' WHERE openid = ?", (openid,))


def _note_erasure(connection: sqlite3.Connection, wanted: str, at_ms: int) -> None:
    connection.execute(
        "INSERT INTO erasures(digest, at_ms) VALUES (?, ?)"
        " ON CONFLICT(digest) DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)",
        (wanted, at_ms),
    )


def left_since(connection: sqlite3.Connection, openid: str, since_ms: int) -> bool:
    """Was this person erased at or after *since_ms*?"""
    wanted = (digest(openid), since_ms)
    return connection.execute("SELECT 1 FROM erasures WHERE digest = ? AND at_ms >= ?", wanted).fetchone() is not None


def erasures(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return every erasure as (digest, when)."""
    return [(row["digest"], row["at_ms"]) for row in connection.execute("SELECT digest, at_ms FROM erasures")]


def replay_erasures(connection: sqlite3.Connection, done: list[tuple[str, int]]) -> int:
    """Forget again whoever was erased after the data here were written; return how many were found.

    Someone who followed again later (first seen after the erasure) is not erased.
    """
    known: dict[str, tuple[str, int]] = {}
    for table, seen in (("residents", "first_ms"), ("questions", "asked_ms"), ("outbox", "created_ms")):
        rows = connection.execute(f"SELECT openid, min({seen}) AS seen FROM {table} GROUP BY openid")  # noqa: S608
        known |= {digest(row["openid"]): (row["openid"], row["seen"]) for row in rows if row["openid"]}
    rows = connection.execute("SELECT DISTINCT openid FROM askers WHERE openid <> ''")
    known = {digest(row["openid"]): (row["openid"], 0) for row in rows} | known
    found = [(wanted, at, *known[wanted]) for wanted, at in done if wanted in known and known[wanted][1] <= at]
    for wanted, at_ms, openid, _ in found:
        erase_digest(connection, wanted, at_ms, openid)
    # Those not found here may stand in an older backup that is restored next.
    for wanted, at_ms in done:
        _note_erasure(connection, wanted, at_ms)
    return len(found)


class StoredResidents:
    """handlers.services.Residents on one open transaction."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self._db = connection
        self._now_ms = to_ms(now)

    def forget(self, openid: str) -> None:
        """Erase everything about this person that no open case needs."""
        erase(self._db, openid, self._now_ms)

    def want_picture(self, openid: str, media_id: str) -> str:
        """Note a picture to fetch by media id; return its id here."""
        picture_id = uuid.uuid4().hex
        self._db.execute(
            "INSERT INTO pictures(id, openid, media_id, state, created_ms) VALUES (?, ?, ?, 'wanted', ?)",
            (picture_id, openid, media_id, self._now_ms),
        )
        return picture_id

    def home(self, openid: str) -> str:
        """Return the village this person said to be of, such as 八景镇/上保村, or nothing."""
        row = self._db.execute("SELECT town, village FROM residents WHERE openid = ?", (openid,)).fetchone()
        return f"{row['town']}/{row['village']}" if row and row["village"] else ""

    def settle(self, openid: str, village: str) -> None:
        """Note the village this person is of."""
        town, _, name = village.partition("/")
        self._db.execute("UPDATE residents SET town = ?, village = ? WHERE openid = ?", (town, name, openid))

    def agree(self, openid: str, template: str) -> None:
        """Note that this person agreed to one more 订阅通知 of a template."""
        consents.add(self._db, openid, template, self._now_ms)

    def take_back(self, openid: str, template: str) -> None:
        """Note that this person wants no 订阅通知 of a template any more."""
        consents.end(self._db, openid, template)

    def not_arrived(self, openid: str, template: str) -> None:
        """Note that the last 订阅通知 of a template did not arrive: it is told with the next contact."""
        consents.not_arrived(self._db, openid, template)

    def ask_once(self, openid: str, village: str) -> bool:
        """Note that this person is asked about a village; False when they were before."""
        found = self._db.execute(
            "UPDATE residents SET village_asked = :village WHERE openid = :openid AND village_asked <> :village",
            {"openid": openid, "village": village},
        )
        return found.rowcount > 0
