"""Between the door and the conversation: once per message, inside the platform's five seconds.

Understanding the words is quick and runs here on the loop; everything that is kept runs on the
writer thread (``bot.unit``). A retry attaches to the work in progress or gets the stored reply.
What is not done in time is answered with a sentence, and its result is owed (``bot.lateness``).
"""

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot import lateness
from bot.lateness import Promise
from bot.limiter import Limits
from bot.metrics import Metrics
from bot.parts import Parts
from bot.promises import Promises
from bot.refusal import Replayed
from bot.unit import Handled, Message, handle, load_reply, words_of
from handlers.dispatch import LONGEST
from handlers.turn import Inbound, Left, Reply
from knowledge.model import Understanding
from storage import messages, residents
from storage.database import Database
from storage.times import to_ms

ANSWER_WITHIN = 3.5
"""Seconds; the platform hangs up after five (wechat.md 2.2), and reading, sealing and the network take time too."""

COMMIT_WITHIN = 0.3
"""Seconds that work which has ended in time may still take to reach the disk."""

KEEP_WITHIN = 0.15
"""Seconds that putting a promise down may take before its sender is told."""

REMEMBERED = 20_000

_log = structlog.get_logger(__name__)


class Delivery:
    """Takes messages from the door and returns what their senders read."""

    def __init__(
        self,
        database: Database,
        parts: Parts,
        now: Callable[[], datetime],
        limiter: Limits,
        metrics: Metrics,
        promises: Promises,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        self._database = database
        self._parts = parts
        self._now = now
        self._limiter = limiter
        self._metrics = metrics
        self._promises = promises
        self._answer_within = answer_within
        self._answered: OrderedDict[str, tuple[str, Reply]] = OrderedDict()
        self._stamps: OrderedDict[str, str] = OrderedDict()
        self._running: dict[str, tuple[asyncio.Future[Handled], Promise]] = {}
        self._late: set[asyncio.Task[None]] = set()

    def recall(self, key: str) -> Reply | None:
        """Return the stored reply of a message this process answered."""
        remembered = self._answered.get(key)
        return remembered[1] if remembered else None

    async def known(self, key: str) -> Reply | None:
        """Return the stored reply of a message any process answered in the last 24 hours."""
        if (reply := self.recall(key)) is not None:
            return reply
        stored = await self._database.read(lambda connection: messages.reply_to(connection, key))
        return None if stored is None else load_reply(stored)

    async def deliver(self, inbound: Inbound, timestamp: int, nonce: str) -> Reply:
        """Answer one message, or the same message again.

        Raises:
            Replayed: this timestamp and nonce came with another message.
        """
        stamp = f"{timestamp}:{nonce}"
        running = self._running.get(inbound.key)
        if running is None and self._stamps.setdefault(stamp, inbound.key) != inbound.key:
            return await self._again(inbound.key)
        work, promise = running or self._start(inbound, stamp)
        with self._metrics.seconds.time():
            done, _ = await asyncio.wait({work}, timeout=self._answer_within)
            if not done and not promise.give():
                done, _ = await asyncio.wait({work}, timeout=COMMIT_WITHIN)
        return self._said(inbound.key, work) if done else await self._answer_late(inbound, work, promise)

    async def resume(self) -> None:
        """Take up what an ended process promised and had not done; its senders get the result as a notice."""
        for inbound in await asyncio.to_thread(self._promises.unsettled):
            sent_ms = inbound.sent_at * 1000
            if await self._database.read(partial(_has_left, inbound.openid, sent_ms)):
                await asyncio.to_thread(self._promises.settle, inbound.key)
                continue
            _log.warning("promise_taken_up", key=inbound.key)
            work, promise = self._start(inbound, f"promised:{inbound.key}")
            promise.give()
            self._answered[inbound.key] = (inbound.openid, lateness.holding(inbound))
            self._follow(inbound, work, promise)

    async def drain(self) -> None:
        """Wait for what was answered late; for shutdown."""
        while self._late:
            await asyncio.gather(*self._late, return_exceptions=True)

    async def _again(self, key: str) -> Reply:
        """A used stamp is good for nothing but a retry of a message that was answered."""
        reply = await self.known(key)
        if reply is None:
            raise Replayed
        return reply

    def _said(self, key: str, work: asyncio.Future[Handled]) -> Reply:
        """Return what was said to whoever asked first."""
        return self.recall(key) or work.result().reply

    def _start(self, inbound: Inbound, stamp: str) -> tuple[asyncio.Future[Handled], Promise]:
        # Coming, going and silent events are never too many: who leaves must be erased.
        understood = self._understood(words_of(inbound))
        in_danger = understood is not None and understood.danger is not None
        counted = inbound.trigger in ("message", "click")
        limited = counted and not self._limiter.allows(inbound.openid) and not in_danger
        now = self._now()
        message, promise = Message(inbound, stamp, understood, limited), Promise(to_ms(now))

        def job(connection: sqlite3.Connection) -> Handled:
            handled = handle(connection, message, self._parts, now)
            if promise.end():
                lateness.owe_result(connection, inbound, handled, promise.begun_ms, to_ms(self._now()))
            return handled

        work = self._database.submit(job)
        self._running[inbound.key] = work, promise
        work.add_done_callback(partial(self._finished, inbound))
        return work, promise

    def _understood(self, words: str) -> Understanding | None:
        if not words.strip() or len(words) > LONGEST:
            return None
        return self._parts.knowledge().understand(words)

    def _finished(self, inbound: Inbound, work: asyncio.Future[Handled]) -> None:
        self._running.pop(inbound.key, None)
        if work.cancelled() or work.exception() is not None:
            return
        if isinstance(inbound.content, Left):
            self._forget(inbound.openid)
            self._late.add(gone := asyncio.create_task(asyncio.to_thread(self._promises.forget, inbound.openid)))
            gone.add_done_callback(self._late.discard)
        handled = work.result()
        self._metrics.messages.labels(handled.told.outcome if handled.told else "retry").inc()
        self._answered.setdefault(inbound.key, (inbound.openid, handled.reply))
        for memory in (self._answered, self._stamps):
            while len(memory) > REMEMBERED:
                memory.popitem(last=False)

    def _forget(self, openid: str) -> None:
        for key in [key for key, (who, _) in self._answered.items() if who == openid]:
            del self._answered[key]

    async def _answer_late(self, inbound: Inbound, work: asyncio.Future[Handled], promise: Promise) -> Reply:
        """Say that it takes longer; what comes of it is owed as a notice, also after a power cut."""
        holding = lateness.holding(inbound)
        if inbound.key not in self._answered:
            _log.warning("answer_late", key=inbound.key)
            self._metrics.late.inc()
            self._answered[inbound.key] = (inbound.openid, holding)
            kept = asyncio.create_task(asyncio.to_thread(self._promises.keep, inbound))
            self._follow(inbound, work, promise, kept)
            await asyncio.wait({kept}, timeout=KEEP_WITHIN)
        return holding

    def _follow(
        self, inbound: Inbound, work: asyncio.Future[Handled], promise: Promise, kept: asyncio.Task[None] | None = None
    ) -> None:
        task = asyncio.create_task(self._keep_promise(inbound, work, promise, kept))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _keep_promise(
        self, inbound: Inbound, work: asyncio.Future[Handled], promise: Promise, kept: asyncio.Task[None] | None
    ) -> None:
        """See the work through, then strike the promise off; one that could not be put down is only logged."""
        await self._see_through(inbound, work, promise)
        if kept is not None:
            try:
                await kept
            except OSError:
                _log.exception("promise_not_kept_on_disk", key=inbound.key)
        await asyncio.to_thread(self._promises.settle, inbound.key)

    async def _see_through(self, inbound: Inbound, work: asyncio.Future[Handled], promise: Promise) -> None:
        """Make sure that the sender hears: the work owes its result itself if it was told so in time."""
        owed, begun_ms = promise.give(), promise.begun_ms
        try:
            handled = await asyncio.shield(work)
        except Exception:
            _log.exception("late_answer_failed", key=inbound.key)
            now_ms = to_ms(self._now())
            await self._database.write(lambda db: lateness.owe_regret(db, inbound, begun_ms, now_ms))
            return
        if not owed:
            now_ms = to_ms(self._now())
            await self._database.write(lambda db: lateness.owe_result(db, inbound, handled, begun_ms, now_ms))


def _has_left(openid: str, since_ms: int, connection: sqlite3.Connection) -> bool:
    return residents.left_since(connection, openid, since_ms)
