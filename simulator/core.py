"""The platform's state and the way a message takes: render, pack, deliver, judge, show.

``Platform`` in ``simulator.platform`` adds what residents can do; this half knows no residents' gestures.
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp

from simulator import messages, packet
from simulator.account import Account
from simulator.delivery import Courier
from simulator.exchange import Exchange, Fault, Nothing, Outcome, Shown, Try
from simulator.faults import Faults
from simulator.ledger import Quotas, Trigger
from simulator.media import MediaStore
from simulator.menu import Menu
from simulator.messages import Draft
from simulator.notices import Notices
from simulator.resident import Resident
from simulator.tokens import Tokens


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call the bot made to the API side."""

    path: str
    errcode: int
    at: float


class PlatformCore:
    """State, HTTP session and delivery of one account's platform."""

    def __init__(
        self,
        account: Account,
        callback_url: str,
        clock: Callable[[], float] = time.time,
        wait_seconds: float = 5.0,
        retry_pause_seconds: float = 0.0,
    ) -> None:
        self.account = account
        self.callback_url = callback_url
        self.clock = clock
        self.wait_seconds = wait_seconds
        self.retry_pause_seconds = retry_pause_seconds
        self.taps_count_as_clicks = True
        self.faults = Faults()
        self.tokens = Tokens()
        self.quotas = Quotas()
        self.media = MediaStore()
        self.menu = Menu()
        self.notices = Notices()
        self.residents: dict[str, Resident] = {}
        self.exchanges: deque[Exchange] = deque(maxlen=5_000)
        self.calls: deque[ApiCall] = deque(maxlen=50_000)
        self.changes = 0
        # From the real clock, so that a bot with a lasting database never meets an old id again.
        self._message_ids = itertools.count(time.time_ns() // 100)
        self._numbers = itertools.count(1)
        self._session: aiohttp.ClientSession | None = None
        self._reports: set[asyncio.Task[Exchange]] = set()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for report in self._reports:
            report.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)
        if self._session:
            await self._session.close()

    def resident(self, openid: str) -> Resident:
        """Return the state of *openid*, made on first sight as an old follower."""
        return self.residents.setdefault(openid, Resident(openid, followed_at=int(self.clock())))

    def touch(self) -> None:
        """Note that something visible has changed, for the page."""
        self.changes += 1

    def note_call(self, path: str, code: int) -> None:
        """Record an API call of the bot with the error code it was answered with."""
        self.calls.append(ApiCall(path, code, self.clock()))

    async def deliver(self, resident: Resident, draft: Draft, trigger: Trigger | None = None) -> Exchange:
        """Send *draft* from *resident* to the bot and show what comes of it.

        *trigger* opens its customer-service window first, as the bot may use it while it still works.
        """
        now = self.clock()
        if trigger:
            resident.windows.start(trigger, now)
        resident.sent(draft, now)
        self.touch()
        openid = resident.openid
        xml = messages.render(draft, openid, self.account.original_id, int(now), next(self._message_ids))
        parcel = packet.pack(self.account, openid, xml, now, self.faults)
        courier, to_event = self.courier(), bool(draft.event)
        tries = await courier.carry(openid, parcel, now, to_event=to_event)
        outcome = self._show(resident, draft, tries)
        tries += await courier.carry_extra(openid, parcel, now, to_event=to_event)
        kind = draft.event or draft.kind
        exchange = Exchange(next(self._numbers), openid, kind, now, tries, outcome)
        self.exchanges.append(exchange)
        self.touch()
        return exchange

    def courier(self) -> Courier:
        """Return what carries requests to the bot, with the switches and waits of this moment.

        Raises:
            RuntimeError: the platform is not open.
        """
        if self._session is None:
            raise RuntimeError("Platform 要用 async with 打开后才能发送")
        return Courier(
            self.account,
            self._session,
            self.callback_url,
            self.faults,
            self.wait_seconds,
            self.retry_pause_seconds,
        )

    def _show(self, resident: Resident, draft: Draft, tries: tuple[Try, ...]) -> Outcome:
        good = [one.verdict for one in tries if not isinstance(one.verdict, Fault)]
        outcome = good[0] if good else tries[-1].verdict
        visible = resident.following and not draft.silent
        match outcome:
            case Shown() if not visible:
                return Nothing()
            case Shown():
                resident.replied(outcome, self.clock())
            case Fault() if visible:
                resident.noticed(self.clock())
            case Fault() | Nothing():
                pass
        self.touch()
        return outcome
