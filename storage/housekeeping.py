"""What is dropped by itself when its time is over."""

import sqlite3

from storage import messages, outbox

KEEP_NOTICES_MS = 90 * 24 * 3600 * 1000
DAY_MS = 24 * 3600 * 1000


def tidy(connection: sqlite3.Connection, now_ms: int) -> None:
    """Drop answered message keys after 24 hours, settled notices after 90 days, old code guesses after two."""
    messages.drop_old(connection, now_ms)
    connection.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'given', 'dropped') AND settled_ms < ?", (now_ms - KEEP_NOTICES_MS,)
    )
    for table in ("code_guesses", "village_tries"):
        connection.execute(f"DELETE FROM {table} WHERE at_ms < ?", (now_ms - 2 * DAY_MS,))  # noqa: S608


def anonymise_closed(connection: sqlite3.Connection, now_ms: int, retention_days: int) -> int:
    """Take phone, name and openid off tickets closed longer than the retention; return how many.

    A notice that nobody came for in that time ends with them.
    """
    outbox.expire(connection, now_ms - retention_days * DAY_MS, now_ms)
    return connection.execute(
        "UPDATE askers SET openid = '', phone = '', name = '' WHERE (openid <> '' OR phone <> '' OR name <> '')"
        " AND ticket IN (SELECT t.number FROM tickets t WHERE t.is_open = 0 AND"
        " (SELECT max(e.at_ms) FROM ticket_events e WHERE e.ticket = t.number) < ?)",
        (now_ms - retention_days * DAY_MS,),
    ).rowcount
