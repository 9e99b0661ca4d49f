"""Messages already answered: the reply a retry gets, and the stamps that may not be used again.

Keys are stored hashed, because the key of an event holds the openid.
"""

import hashlib
import sqlite3

KEEP_MS = 24 * 3600 * 1000


def reply_to(connection: sqlite3.Connection, key: str) -> str | None:
    """Return the stored reply of a message key, or None when it was never answered."""
    row = connection.execute("SELECT reply FROM messages WHERE key = ?", (_hash(key),)).fetchone()
    return row["reply"] if row else None


def is_used(connection: sqlite3.Connection, stamp: str) -> bool:
    """Was this timestamp+nonce pair used, by whatever message?"""
    return connection.execute("SELECT 1 FROM messages WHERE stamp = ?", (stamp,)).fetchone() is not None


def add(connection: sqlite3.Connection, key: str, openid: str | None, stamp: str, reply: str, now_ms: int) -> None:
    """Claim a key with its reply, in the transaction that does what the message asked."""
    connection.execute(
        "INSERT INTO messages(key, openid, stamp, reply, created_ms) VALUES (?, ?, ?, ?, ?)",
        (_hash(key), openid, stamp, reply, now_ms),
    )


def replace_reply(connection: sqlite3.Connection, key: str, reply: str) -> None:
    """Make retries get *reply*: what was really said to the first try."""
    connection.execute("UPDATE messages SET reply = ? WHERE key = ?", (reply, _hash(key)))


def forget(connection: sqlite3.Connection, openid: str) -> None:
    """Keep the claims of a person, drop what was said to them and who they are."""
    connection.execute("UPDATE messages SET openid = NULL, reply = '' WHERE openid = ?", (openid,))


def drop_old(connection: sqlite3.Connection, now_ms: int) -> int:
    """Delete what is older than 24 hours; return how many rows went."""
    return connection.execute("DELETE FROM messages WHERE created_ms < ?", (now_ms - KEEP_MS,)).rowcount


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
