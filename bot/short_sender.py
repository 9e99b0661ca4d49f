"""Sends a 订阅通知 to whoever agreed to one and cannot be written to: after the windows, before the next contact.

A row is committed as ``sending``, and its consent is used up, before the call (as in `bot.outbox`). What the
fields cannot carry stays owed and is told whole with the next contact; what was sent is not told again.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errcodes import NoConsent, Outcome, Reaction, Sent, told
from bot.learning import NOTICES, learn
from bot.outbox import Ended, settled
from bot.short_notice import NoticeTemplate, filled
from casework.ports import NoticeKind
from storage import consents, outbox, residents, short_sends
from storage.database import Database
from storage.short_sends import Short
from storage.times import from_ms, to_ms

REST = timedelta(hours=1)
"""How long nothing is tried after the platform refused the account or the template, not the person."""
_MOST = 20

_log = structlog.get_logger(__name__)


class SendsShort(Protocol):
    """What is needed of the platform's API."""

    async def send_notice(self, openid: str, template: str, fields: Mapping[str, str]) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class _Claimed:
    short: Short
    fields: Mapping[str, str]


class ShortSender:
    """One pass sends every 订阅通知 that can be sent now."""

    def __init__(
        self, database: Database, api: SendsShort, now: Callable[[], datetime], template: NoticeTemplate
    ) -> None:
        self._database = database
        self._api = api
        self._now = now
        self._template = template
        self._kinds = tuple(sorted(kind.value for kind in template.kinds))
        self._rests_until: datetime | None = None

    async def send_due(self) -> int:
        """Claim and send; return how many were tried."""
        if self._rests_until is not None and self._now() < self._rests_until:
            return 0
        claimed = await self._database.write(self._claim)
        await asyncio.gather(*(self._send(one) for one in claimed))
        return len(claimed)

    def _claim(self, connection: sqlite3.Connection) -> list[_Claimed]:
        """One notice of a person at a time, the oldest that this template can carry."""
        now_ms, template = to_ms(self._now()), self._template
        claimed: dict[str, _Claimed] = {}
        for short in short_sends.candidates(connection, template.id, self._kinds, now_ms):
            if len(claimed) >= _MOST:
                break
            fields = filled(template, NoticeKind(short.kind), short.facts, from_ms(short.created_ms))
            if fields is None or short.openid in claimed:
                continue
            short_sends.claim(connection, short, template.id, now_ms, lasting=template.lasting)
            claimed[short.openid] = _Claimed(short, fields)
        return list(claimed.values())

    async def _send(self, one: _Claimed) -> None:
        short, template = one.short, self._template
        outcome = await self._api.send_notice(short.openid, template.id, one.fields)
        ended, now_ms = ended_short(outcome), to_ms(self._now())
        detail = "" if isinstance(outcome, Sent) else type(outcome).__name__

        def note(connection: sqlite3.Connection) -> None:
            outbox.settle(connection, short.id, ended.state, detail, now_ms, ended.retry_after_ms)
            learn(connection, NOTICES, outcome, now_ms)
            if ended.state == "sent":
                consents.drop_used(connection, short.openid, self._template.id)
            if ended.state == "owed":
                self._undo(connection, short, outcome)
            if ended.away:
                residents.mark_away(connection, short.openid)

        await self._database.write(note)
        if outcome.reaction in (Reaction.ALERT, Reaction.FALL_BACK, Reaction.TOMORROW):
            self._rests_until = self._now() + REST
            _log.error("notice_template_refused", notice=short.id, **told(outcome))
        elif not isinstance(outcome, Sent):
            _log.warning("short_notice_not_sent", notice=short.id, state=ended.state, **told(outcome))

    def _undo(self, connection: sqlite3.Connection, short: Short, outcome: Outcome) -> None:
        short_sends.unsent(connection, short.id)
        if isinstance(outcome, NoConsent):
            consents.end(connection, short.openid, self._template.id)
        elif not self._template.lasting:
            consents.give_back(connection, short.openid, self._template.id)


def ended_short(outcome: Outcome) -> Ended:
    """Return how such a send ends; without a consent it waits for the next contact, and no window closes."""
    if isinstance(outcome, NoConsent):
        return Ended("owed")
    ended = settled(outcome)
    return Ended(ended.state, False, ended.away, ended.retry_after_ms)
