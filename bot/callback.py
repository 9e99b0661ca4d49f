"""The public door: ``GET``/``POST /wechat`` and ``GET /healthz``, bytes in and bytes out.

A refusal is a short plain text. Once an envelope is open its sender always gets a sentence, also
when something of ours breaks: never a stack trace, never a 500, never silence.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.account import WeChatAccount
from bot.envelope import MAX_BODY, Envelope, check_fresh, is_fresh, open_envelope, seal, verify_get
from bot.refusal import Refused, Replayed
from handlers.turn import Inbound, Reply

SORRY = Reply("系统刚才没接住您的话，请过一分钟再发一次。")
_READ_SECONDS = 4.0  # the platform itself hangs up after five

_log = structlog.get_logger(__name__)


class Deliver(Protocol):
    """What stands behind the door."""

    def recall(self, key: str) -> Reply | None:
        """Return the reply this process still remembers for a message, without any work."""

    async def known(self, key: str) -> Reply | None:
        """Return the stored reply if this message was answered before, by whatever process."""

    async def deliver(self, inbound: Inbound, timestamp: int, nonce: str) -> Reply:
        """Take a fresh message and return its reply inside the platform's time limit.

        Raises:
            Replayed: the signature was used for another message.
        """


def _epoch() -> int:
    return int(time.time())


def _noise() -> bytes:
    return secrets.token_bytes(16)


@dataclass(frozen=True, slots=True)
class Door:
    """The handlers of the public listener; clock and noise are arguments for tests."""

    account: WeChatAccount
    delivery: Deliver
    healthy: Callable[[], Awaitable[bool]]
    now: Callable[[], int] = _epoch
    noise: Callable[[], bytes] = _noise

    def install(self, app: web.Application) -> None:
        """Add the routes; the server does not tell its version."""
        app.router.add_get("/wechat", self.verify)
        app.router.add_post("/wechat", self.receive)
        app.router.add_get("/healthz", self.health)
        app.on_response_prepare.append(_hide_server)

    async def verify(self, request: web.Request) -> web.Response:
        """Answer the platform's check of the address with its echostr, untouched."""
        try:
            echostr = verify_get(request.query, self.account, self.now())
        except Refused as refused:
            return _refusal(request, refused)
        return web.Response(text=echostr, content_type="text/plain")

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one message or event."""
        try:
            body = await _body(request)
            envelope = open_envelope(request.query, body, self.account)
            reply = await self._reply(envelope)
        except Refused as refused:
            return _refusal(request, refused)
        content, content_type = seal(reply, envelope.inbound, self.account, self.now(), envelope.nonce, self.noise())
        return web.Response(body=content, content_type=content_type, charset="utf-8")

    async def health(self, _: web.Request) -> web.Response:
        """Say ok or not ok, and nothing that helps a stranger."""
        try:
            healthy = await self.healthy()
        except Exception:
            _log.exception("health_check_failed")
            healthy = False
        return web.Response(text="ok" if healthy else "not ok", status=200 if healthy else 503)

    async def _reply(self, envelope: Envelope) -> Reply:
        """A known message is answered whatever its timestamp; a new one must be fresh."""
        inbound = envelope.inbound
        try:
            if (remembered := self.delivery.recall(inbound.key)) is not None:
                return remembered
            if not is_fresh(envelope, self.now()) and (stored := await self.delivery.known(inbound.key)) is not None:
                return stored
            check_fresh(envelope, self.now())
            return await self.delivery.deliver(inbound, envelope.timestamp, envelope.nonce)
        except Replayed:
            raise Refused(403, "timestamp and nonce used before") from None
        except Refused:
            raise
        except Exception:
            _log.exception("delivery_failed", key=inbound.key, openid=inbound.openid)
            return SORRY


async def _body(request: web.Request) -> bytes:
    """Read at most 64 KiB, for at most four seconds; compressed bodies count unpacked."""
    if (request.content_length or 0) > MAX_BODY:
        raise Refused(413, "body too large")
    body = bytearray()
    try:
        if request.content.is_eof():  # the usual case: all of it came with the head, there is nothing to wait for
            return _whole(request.content.read_nowait())
        async with asyncio.timeout(_READ_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    raise Refused(413, "body too large")
    except TimeoutError:
        raise Refused(400, "body too slow") from None
    except (web.HTTPException, web.RequestPayloadError, HttpProcessingError, OSError, ValueError):
        raise Refused(400, "body unreadable") from None
    return bytes(body)


def _whole(body: bytes) -> bytes:
    if len(body) > MAX_BODY:
        raise Refused(413, "body too large")
    return body


def _refusal(request: web.Request, refused: Refused) -> web.Response:
    _log.warning("request_refused", status=refused.status, reason=refused.reason)
    response = web.Response(text="refused", status=refused.status)
    if not request.content.at_eof():
        response.force_close()  # what is left of the body must not be read as the next request
    return response


async def _hide_server(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
