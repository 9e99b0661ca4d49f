"""Sends what is owed inside the platform's windows; what cannot be sent waits for the next contact.

A row is committed as ``sending`` before the call, so that a crash between the call and the
note of its result never leads to a second copy.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from bot.errcodes import Outcome, Reaction, Sent, told
from bot.learning import MESSAGES, learn
from bot.rendering import render, split
from handlers import wording
from handlers.turn import Reply
from storage import outbox, residents
from storage.database import Database
from storage.outbox import Owed
from storage.times import to_ms

RETRY_AFTER_MS = 60_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """The state of a row after a send, and what follows from it. *away*: the person follows no longer."""

    state: str
    closes_windows: bool = False
    away: bool = False
    retry_after_ms: int = 0


class Sends(Protocol):
    """What the sender needs of the platform's API."""

    async def send_text(self, openid: str, text: str) -> Outcome: ...


class Sender:
    """One pass sends everything that can be sent now."""

    def __init__(self, database: Database, api: Sends, now: Callable[[], datetime]) -> None:
        self._database = database
        self._api = api
        self._now = now

    async def send_due(self) -> int:
        """Claim and send; return how many rows were tried."""
        now_ms = to_ms(self._now())
        claimed = await self._database.write(lambda connection: outbox.claim(connection, now_ms))
        await asyncio.gather(*(self._send(notice) for notice in claimed))
        return len(claimed)

    async def find_interrupted(self) -> int:
        """Mark sends that no process finished as uncertain."""
        now_ms = to_ms(self._now())
        found = await self._database.write(lambda connection: outbox.find_interrupted(connection, now_ms))
        if found:
            _log.warning("sends_interrupted", count=found)
        return found

    async def _send(self, notice: Owed) -> None:
        outcome = await self._api.send_text(notice.openid, on_phone(notice.body))
        ended = settled(outcome)
        now_ms = to_ms(self._now())
        detail = "" if isinstance(outcome, Sent) else type(outcome).__name__

        def note(connection: sqlite3.Connection) -> None:
            outbox.settle(connection, notice.id, ended.state, detail, now_ms, ended.retry_after_ms)
            learn(connection, MESSAGES, outcome, now_ms)
            if ended.closes_windows:
                residents.close_windows(connection, notice.openid)
            if ended.away:
                residents.mark_away(connection, notice.openid)

        await self._database.write(note)
        if outcome.reaction is Reaction.ALERT:
            _log.error("platform_refuses", notice=notice.id, **told(outcome))
        elif not isinstance(outcome, Sent):
            _log.warning("notice_not_sent", notice=notice.id, state=ended.state, **told(outcome))


def on_phone(body: str) -> str:
    """Return a notice as the phone shows it: one message, and where to read the rest of a longer one."""
    shown, _ = split(Reply(body), wording.REST_BY_PROGRESS)
    return render(shown)


def settled(outcome: Outcome) -> Ended:
    """Return how a send ends.

    What the platform refused waits for the next contact, what certainly never left is tried
    again after a minute, and what may have arrived is uncertain and never resent by itself. To whoever
    does not follow nothing more is sent until they write again; the console says so.
    """
    match outcome.reaction:
        case Reaction.DONE:
            return Ended("sent")
        case Reaction.UNCERTAIN:
            return Ended("uncertain")
        case Reaction.LATER:
            return Ended("owed", retry_after_ms=RETRY_AFTER_MS)
        case Reaction.DROP:
            return Ended("owed", closes_windows=True, away=True)
        case _:
            return Ended("owed", closes_windows=True)
