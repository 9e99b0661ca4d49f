"""Notices owed to residents: written with what they tell of, sent once, never lost, never doubled.

States: ``owed`` → ``sending`` → ``sent``; ``uncertain`` when a crash or a broken connection
leaves open whether the platform took it. A send has no idempotency key, so what may have
been sent is never sent again by itself; it is given with the resident's next contact.
``given`` is the end of what went out with a reply, ``dropped`` of what nobody can be told; its
detail says why (``left``, ``expired``, or nothing where something newer took its place).
"""

import sqlite3
import uuid
from dataclasses import dataclass

from storage import residents

SENDING_LEASE_MS = 180_000
"""Longer than one send can take with all its retries (`bot.wechat_api`), so that a living one is never marked."""

EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Owed:
    """One notice; *uncertain* means it may have reached the resident already."""

    id: str
    openid: str
    body: str
    uncertain: bool


def owe(
    connection: sqlite3.Connection,
    openid: str,
    case_id: str,
    body: str,
    dedup: str,
    now_ms: int,
    kind: str = "",
    facts: str = "",
) -> None:
    """Owe a notice; the same *dedup* is owed once, whatever happens.

    *kind* is what it is of and *facts* what the fields of a 订阅通知 are filled from, both empty for what is told
    in full words only.
    """
    connection.execute(
        "INSERT INTO outbox(id, openid, case_id, body, dedup, state, created_ms, kind, facts)"
        " VALUES (:id, :openid, :case_id, :body, :dedup, 'owed', :now, :kind, :facts) ON CONFLICT(dedup) DO NOTHING",
        {
            "id": uuid.uuid4().hex,
            "openid": openid,
            "case_id": case_id,
            "body": body,
            "dedup": dedup,
            "now": now_ms,
            "kind": kind,
            "facts": facts,
        },
    )


def is_known(connection: sqlite3.Connection, dedup: str) -> bool:
    """Was a notice of this *dedup* owed before, and not tidied away yet?"""
    return connection.execute("SELECT 1 FROM outbox WHERE dedup = ?", (dedup,)).fetchone() is not None


def drop_waiting(connection: sqlite3.Connection, prefix: str, now_ms: int) -> None:
    """Drop what still waits and whose *dedup* begins so: something newer takes its place."""
    connection.execute(
        "UPDATE outbox SET state = 'dropped', settled_ms = :now WHERE state IN ('owed', 'uncertain')"
        " AND substr(dedup, 1, :length) = :prefix",
        {"now": now_ms, "length": len(prefix), "prefix": prefix},
    )


def give(connection: sqlite3.Connection, openid: str, now_ms: int) -> list[Owed]:
    """Take everything waiting for a resident who is in contact now; it goes out with the reply."""
    rows = connection.execute(
        "SELECT id, openid, body, uncertain FROM outbox WHERE openid = ? AND state IN ('owed', 'uncertain')"
        " ORDER BY created_ms, rowid",
        (openid,),
    ).fetchall()
    for row in rows:
        connection.execute("UPDATE outbox SET state = 'given', settled_ms = ? WHERE id = ?", (now_ms, row["id"]))
    return [_owed(row) for row in rows]


def claim(connection: sqlite3.Connection, now_ms: int, most: int = 20) -> list[Owed]:
    """Mark what can be sent now as ``sending`` and count it against its window.

    One notice of a resident at a time, the oldest first: they arrive in the order of what they tell.
    """
    rows = connection.execute(
        "SELECT o.id, o.openid, o.body, o.uncertain FROM outbox o JOIN residents r ON r.openid = o.openid"
        " WHERE o.state = 'owed' AND o.due_ms <= :now AND r.following = 1"
        " AND NOT EXISTS (SELECT 1 FROM outbox s WHERE s.openid = o.openid AND s.state = 'sending')"
        " AND ((r.message_ms > :message AND r.message_used < :most_message)"
        " OR (r.brief_ms > :brief AND r.brief_used < :most_brief)) ORDER BY o.created_ms, o.rowid LIMIT :most",
        {
            "now": now_ms,
            "message": now_ms - residents.MESSAGE_WINDOW_MS,
            "most_message": residents.MESSAGE_QUOTA,
            "brief": now_ms - residents.BRIEF_WINDOW_MS,
            "most_brief": residents.BRIEF_QUOTA,
            "most": most,
        },
    ).fetchall()
    oldest = {row["openid"]: row for row in reversed(rows)}
    return [_owed(row) for row in rows if oldest[row["openid"]] is row and _claimed(connection, row, now_ms)]


def _claimed(connection: sqlite3.Connection, row: sqlite3.Row, now_ms: int) -> bool:
    window = residents.open_window(connection, row["openid"], now_ms)
    if window is None:
        return False
    residents.use_window(connection, row["openid"], window)
    connection.execute("UPDATE outbox SET state = 'sending', sending_ms = ? WHERE id = ?", (now_ms, row["id"]))
    return True


def settle(
    connection: sqlite3.Connection, notice_id: str, state: str, detail: str, now_ms: int, retry_after_ms: int = 0
) -> None:
    """Write down how a send ended; ``owed`` puts it back, not to be tried before *retry_after_ms* have passed."""
    connection.execute(
        "UPDATE outbox SET state = :state, detail = :detail, settled_ms = :now, due_ms = :due,"
        " uncertain = CASE WHEN :state = 'uncertain' THEN 1 ELSE uncertain END"
        " WHERE id = :id AND state = 'sending'",
        {"id": notice_id, "state": state, "detail": detail, "now": now_ms, "due": now_ms + retry_after_ms},
    )


def find_interrupted(connection: sqlite3.Connection, now_ms: int) -> int:
    """Turn sends nobody finished (a crash) into ``uncertain``; return how many."""
    return connection.execute(
        "UPDATE outbox SET state = 'uncertain', uncertain = 1, detail = '发送中断，不确定是否送达'"
        " WHERE state = 'sending' AND sending_ms < ?",
        (now_ms - SENDING_LEASE_MS,),
    ).rowcount


def expire(connection: sqlite3.Connection, before_ms: int, now_ms: int) -> None:
    """End what has waited since before then: nobody came for it."""
    connection.execute(
        "UPDATE outbox SET openid = NULL, body = '', state = 'dropped', detail = :why, settled_ms = :now"
        " WHERE state IN ('owed', 'uncertain') AND created_ms < :before",
        {"why": EXPIRED, "now": now_ms, "before": before_ms},
    )


def waiting(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many notices wait to be told, and how many may have been told already."""
    owed, uncertain = connection.execute(
        "SELECT count(*) FILTER (WHERE state = 'owed' AND uncertain = 0),"
        " count(*) FILTER (WHERE state = 'uncertain' OR (state = 'owed' AND uncertain = 1))"
        " FROM outbox WHERE state IN ('owed', 'uncertain')"
    ).fetchone()
    return int(owed), int(uncertain)


def _owed(row: sqlite3.Row) -> Owed:
    return Owed(row["id"], row["openid"], row["body"], bool(row["uncertain"]))
