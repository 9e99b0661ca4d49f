"""When an answer takes too long: its sender is told to wait, and the result is owed, exactly one of the two.

The loop gives up waiting while the writer thread may be ending the work at the same moment.
A `Promise` decides between them once, so that what was promised is owed in the very
transaction of the work: a crash can lose neither.
"""

import sqlite3
from threading import Lock
from typing import Literal

from bot.rendering import plain
from bot.unit import Handled, dump_reply
from handlers import wording
from handlers.turn import NOTHING, Inbound, Reply
from storage import messages, outbox, residents


class Promise:
    """Whether the sender of one message, taken at *begun_ms*, was told to wait.

    Each side is answered once and for all.
    """

    def __init__(self, begun_ms: int) -> None:
        self.begun_ms = begun_ms
        self._lock = Lock()
        self._state: Literal["open", "late", "ended"] = "open"

    def give(self) -> bool:
        """The loop waits no longer: return True if the result will be owed, False if the work has just ended."""
        with self._lock:
            if self._state == "open":
                self._state = "late"
            return self._state == "late"

    def end(self) -> bool:
        """The work ends, before its commit: return True if its result must be owed with it."""
        with self._lock:
            if self._state == "open":
                self._state = "ended"
            return self._state == "late"


def holding(inbound: Inbound) -> Reply:
    """Return what is said meanwhile; nothing where nothing can be shown."""
    return NOTHING if inbound.trigger == "none" else Reply(wording.WORKING)


def owe_result(connection: sqlite3.Connection, inbound: Inbound, handled: Handled, begun_ms: int, now_ms: int) -> None:
    """Owe what came of a message, and let its retries get what its first try was told.

    A slow retry of a message answered before (by a process that is gone) is owed the same reply.
    """
    if handled.told is not None:
        messages.replace_reply(connection, inbound.key, dump_reply(holding(inbound)))
    body = plain(handled.reply)
    if body and _may_hear(connection, inbound, begun_ms):
        outbox.owe(connection, inbound.openid, "", body, f"late:{inbound.key}", now_ms)


def owe_regret(connection: sqlite3.Connection, inbound: Inbound, begun_ms: int, now_ms: int) -> None:
    """Owe a word about a message that failed after its sender was told to wait.

    With the failed work the note of the sender's window went too; without it nothing would be sent.
    """
    if _may_hear(connection, inbound, begun_ms):
        residents.touch(connection, inbound.openid, inbound.trigger, begun_ms)
        outbox.owe(connection, inbound.openid, "", wording.NOT_DONE, f"late:{inbound.key}", now_ms)


def _may_hear(connection: sqlite3.Connection, inbound: Inbound, begun_ms: int) -> bool:
    """Silent events have nobody to tell, and nothing is kept for who has left meanwhile."""
    return inbound.trigger != "none" and not residents.left_since(connection, inbound.openid, begun_ms)
