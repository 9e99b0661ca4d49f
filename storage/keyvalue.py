"""Small facts of the installation: the pushed menu, the access token shared by all processes."""

import sqlite3


def get(connection: sqlite3.Connection, name: str) -> str:
    """Return a fact, empty when unknown."""
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else ""


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Replace a fact."""
    connection.execute(
        "INSERT INTO settings(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def token(connection: sqlite3.Connection, appid: str) -> tuple[str, int] | None:
    """Return the shared access token and its end in epoch milliseconds."""
    row = connection.execute("SELECT token, expires_ms FROM tokens WHERE appid = ?", (appid,)).fetchone()
    return (row["token"], row["expires_ms"]) if row else None


def put_token(connection: sqlite3.Connection, appid: str, value: str, expires_ms: int) -> None:
    """Share an access token."""
    connection.execute(
        "INSERT INTO tokens(appid, token, expires_ms) VALUES (:appid, :token, :expires) ON CONFLICT(appid)"
        " DO UPDATE SET token = excluded.token, expires_ms = excluded.expires_ms",
        {"appid": appid, "token": value, "expires": expires_ms},
    )


def starting_with(connection: sqlite3.Connection, prefix: str) -> dict[str, str]:
    """Return all facts whose name starts with *prefix*."""
    rows = connection.execute("SELECT name, value FROM settings WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
    return {row["name"]: row["value"] for row in rows}
