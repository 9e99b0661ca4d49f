"""What each conversation remembers, one small row per resident."""

import sqlite3

from handlers.state import FRESH, State, dump, load


def recall(connection: sqlite3.Connection, openid: str) -> State:
    """Return the state of a conversation, a fresh one for a stranger."""
    row = connection.execute("SELECT state FROM conversations WHERE openid = ?", (openid,)).fetchone()
    return load(row["state"]) if row else FRESH


def remember(connection: sqlite3.Connection, openid: str, state: State, now_ms: int) -> None:
    """Replace the state of a conversation."""
    connection.execute(
        "INSERT INTO conversations(openid, state, updated_ms) VALUES (:openid, :state, :now)"
        " ON CONFLICT(openid) DO UPDATE SET state = excluded.state, updated_ms = excluded.updated_ms",
        {"openid": openid, "state": dump(state), "now": now_ms},
    )
