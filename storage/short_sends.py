"""What is owed to people who agreed to a 订阅通知 and have no customer-service window.

A send is claimed as those of `storage.outbox` are: marked as ``sending``, and paid with its consent,
before the call.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from storage import residents

_CLAIMABLE = (
    "SELECT o.id, o.openid, o.kind, o.facts, o.created_ms FROM outbox o JOIN residents r ON r.openid = o.openid"
    " JOIN notice_consents n ON n.openid = o.openid AND n.template = :template AND n.unused > 0"
    " WHERE o.state = 'owed' AND o.uncertain = 0 AND o.kind IN (%s) AND o.via = '' AND o.due_ms <= :now"
    " AND r.following = 1 AND NOT EXISTS (SELECT 1 FROM outbox s WHERE s.openid = o.openid AND s.state = 'sending')"
    " ORDER BY o.created_ms, o.rowid"
)


@dataclass(frozen=True, slots=True)
class Short:
    """A notice to be sent as a 订阅通知: *facts* as they were owed, *created_ms* when the event was."""

    id: str
    openid: str
    kind: str
    facts: str
    created_ms: int


def candidates(connection: sqlite3.Connection, template: str, kinds: Sequence[str], now_ms: int) -> Sequence[Short]:
    """Return what is owed, of these *kinds*, to people who agreed and have no customer-service window, oldest first."""
    names = {f"kind{place}": kind for place, kind in enumerate(kinds)}
    listed = ", ".join(f":{name}" for name in names)
    rows = connection.execute(_CLAIMABLE % listed, {"template": template, "now": now_ms, **names})
    return [Short(*row) for row in rows if residents.open_window(connection, row["openid"], now_ms) is None]


def claim(connection: sqlite3.Connection, short: Short, template: str, now_ms: int, *, lasting: bool) -> None:
    """Mark one as ``sending`` and use the consent up, unless the template is a *lasting* one."""
    connection.execute(
        "UPDATE outbox SET state = 'sending', sending_ms = ?, via = ? WHERE id = ?", (now_ms, template, short.id)
    )
    if not lasting:
        connection.execute(
            "UPDATE notice_consents SET unused = unused - 1 WHERE openid = ? AND template = ?",
            (short.openid, template),
        )


def unsent(connection: sqlite3.Connection, notice_id: str) -> None:
    """Note that a claimed one certainly did not leave: it may go another way."""
    connection.execute("UPDATE outbox SET via = '' WHERE id = ? AND state = 'owed'", (notice_id,))
