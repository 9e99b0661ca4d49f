"""Deliver one request: wait, judge, and up to three times in all; then extra copies where a fault asks.

Retries follow at once, or after a pause given by the caller: the real spacing is not documented.
"""

import asyncio
import io
from dataclasses import dataclass
from time import monotonic

import aiohttp

from simulator.account import Account
from simulator.exchange import Fault, Outcome, Try
from simulator.faults import Faults
from simulator.judge import judge
from simulator.packet import Packet, stamped

DELIVERIES = 3
COPIES = 3
_KEPT = 20_000
_ANSWER_LIMIT = 1024 * 1024
HEADERS = {"User-Agent": "Mozilla/4.0", "Accept": "*/*", "Pragma": "no-cache", "Content-Type": "text/xml"}


@dataclass(slots=True)
class Courier:
    """Carries packets of one account to the bot's callback address."""

    account: Account
    session: aiohttp.ClientSession
    url: str
    faults: Faults
    wait_seconds: float
    pause_seconds: float = 0.0

    async def carry(self, openid: str, packet: Packet, now: float, *, to_event: bool) -> tuple[Try, ...]:
        """Deliver until an answer is good, at most three times; the last counted try decides."""
        if self.faults.concurrent:
            copies = [packet] + [self._again(openid, packet, now) for _ in range(COPIES - 1)]
            return tuple(await asyncio.gather(*(self._attempt(openid, copy, 9, to_event) for copy in copies)))
        tries: list[Try] = []
        for number in range(DELIVERIES):
            sent = packet if number == 0 else self._again(openid, packet, now)
            tries.append(await self._attempt(openid, sent, number, to_event))
            if not isinstance(tries[-1].verdict, Fault):
                break
            if number + 1 < DELIVERIES and self.pause_seconds:
                await asyncio.sleep(self.pause_seconds)
        return tuple(tries)

    async def carry_extra(self, openid: str, packet: Packet, now: float, *, to_event: bool) -> tuple[Try, ...]:
        """Send the copies a fault asks for; their answers are recorded and shown to nobody."""
        extra: list[Try] = []
        if self.faults.duplicate:
            extra.append(await self._attempt(openid, self._again(openid, packet, now), 9, to_event))
        if self.faults.replay:
            extra.append(await self._attempt(openid, packet, 9, to_event))
        return tuple(extra)

    async def post(self, query: tuple[tuple[str, str], ...], body: bytes) -> tuple[int, bytes]:
        """Send one raw POST and return status and body; no judging, no retry."""
        data = io.BytesIO(body) if len(body) > _ANSWER_LIMIT else body
        async with self.session.post(
            self.url, params=query, data=data, headers=HEADERS, allow_redirects=False
        ) as answer:
            return answer.status, await answer.content.read(_ANSWER_LIMIT)

    def _again(self, openid: str, packet: Packet, now: float) -> Packet:
        if self.faults.same_nonce:
            return packet
        return stamped(self.account, openid, packet, now, self.faults)

    async def _attempt(self, openid: str, packet: Packet, number: int, to_event: bool) -> Try:
        started = monotonic()
        status: int | None = None
        body, plain = b"", ""
        verdict: Outcome
        try:
            async with asyncio.timeout(self.wait_seconds):
                status, body = await self.post(packet.query, packet.body)
                if number < self.faults.slow_tries and self.faults.slow_seconds:
                    await asyncio.sleep(self.faults.slow_seconds)
            judgement = judge(self.account, openid, status, body, to_event=to_event)
            verdict, plain = judgement.outcome, judgement.plain
            if number < self.faults.lost_answers:
                verdict = Fault("回答在路上丢失（故障开关）")
        except TimeoutError:
            verdict = Fault(f"{self.wait_seconds:g} 秒内没有回答")
        except aiohttp.ClientError as error:
            verdict = Fault(f"连接失败：{type(error).__name__}")
        return _record(packet, status, monotonic() - started, body, plain, verdict)


def _record(packet: Packet, status: int | None, seconds: float, body: bytes, plain: str, verdict: Outcome) -> Try:
    return Try(
        status=status,
        seconds=seconds,
        query=packet.query,
        request_plain=packet.plain[:_KEPT],
        request_raw=packet.body[:_KEPT].decode(errors="replace"),
        answer_raw=body[:_KEPT].decode(errors="replace"),
        answer_plain=plain[:_KEPT],
        verdict=verdict,
    )
