"""Async client of the platform's API: what the bot sends on its own, and pictures it fetches.

Every call ends in a typed outcome, never in an exception. Retries are bounded: one after a refused
token, three after "busy". Nothing here logs or returns a token, and messages have no idempotency
key, so what may have arrived is told apart from what certainly has not (`Unreachable`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import aiohttp

from bot.account import WeChatAccount
from bot.calls import MAX_JSON, Json, Raw, TooMuch, read_answer, request
from bot.errcodes import BUSY, Busy, Failure, Outcome, Sent, TokenTrouble, Unreachable, of_notice
from bot.markup import scrubbed
from bot.tokens import Token, Tokens, TokenStore

MAX_PICTURE = 2 * 1024 * 1024  # bytes; the media page says 10 MB in one place and 2 MB in another
_BACK_OFF = (1.0, 2.0, 4.0)  # seconds after "busy"
_MAGIC: tuple[tuple[bytes, "PictureKind"], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)

PictureKind = Literal["image/jpeg", "image/png"]
Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Media:
    """A picture as sent; *kind* comes from its first bytes, not from what the answer claims."""

    content: bytes
    kind: PictureKind


@dataclass(frozen=True, slots=True)
class NotAPicture:
    """The media is there but is over 2 MiB, or neither JPEG nor PNG."""

    why: Literal["too large", "wrong kind"]


@dataclass(frozen=True, slots=True)
class QrCode:
    """*ticket* fetches the image from the platform's showqrcode page; *url* is what the code says."""

    ticket: str
    url: str


class WeChatApi:
    """Calls for one account. The session stays its caller's, who closes it."""

    def __init__(
        self,
        account: WeChatAccount,
        session: aiohttp.ClientSession,
        store: TokenStore,
        *,
        now: Callable[[], int],
        timeout_s: float = 5.0,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._account = account
        self._session = session
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._now = now
        self._tokens = Tokens(store, self._fetch_token, now)

    async def send_text(self, openid: str, text: str) -> Outcome:
        """Send a customer-service message; it needs an open window (wechat.md 2.6).

        *text* is what the resident reads, rendered and at most 1,800 bytes. Control characters are
        dropped: JSON would escape them, and the platform takes no escapes (errcode 40033).
        """
        content = scrubbed(text).decode()
        body: Json = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        return _sent(await self._answer("cgi-bin/message/custom/send", body))

    async def send_notice(self, openid: str, template: str, fields: Mapping[str, str]) -> Outcome:
        """Send a 订阅通知; it needs the person's consent to the template (wechat.md 2.7). No id comes back."""
        data: Json = {name: {"value": scrubbed(value).decode()} for name, value in fields.items()}
        body: Json = {"touser": openid, "template_id": template, "data": data}
        return of_notice(_sent(await self._answer("cgi-bin/message/subscribe/bizsend", body)))

    async def create_menu(self, menu: Json) -> Outcome:
        """Replace the custom menu; clients show it after some five minutes."""
        return _sent(await self._answer("cgi-bin/menu/create", menu))

    async def create_qrcode(self, scene: str, seconds: int | None = None) -> QrCode | Failure:
        """Make a code that carries *scene* (1–64 characters); permanent unless *seconds* is given."""
        action = "QR_LIMIT_STR_SCENE" if seconds is None else "QR_STR_SCENE"
        lifetime = {} if seconds is None else {"expire_seconds": seconds}
        body: Json = {**lifetime, "action_name": action, "action_info": {"scene": {"scene_str": scene}}}
        answer = await self._answer("cgi-bin/qrcode/create", body)
        if not isinstance(answer, dict):
            return answer
        return QrCode(str(answer.get("ticket", "")), str(answer.get("url", "")))

    async def get_media(self, media_id: str) -> Media | NotAPicture | Failure:
        """Fetch a picture by its id, from the API host only; PicUrl is never opened."""
        got = await self._call("cgi-bin/media/get", None, {"media_id": media_id}, MAX_PICTURE)
        match got:
            case TooMuch():
                return NotAPicture("too large")
            case Raw(content):
                kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
                return Media(content, kind) if kind else NotAPicture("wrong kind")
            case _:
                return got

    async def _answer(self, path: str, body: Json) -> Json | Failure:
        return _as_json(await self._call(path, body, {}, MAX_JSON))

    async def _call(self, path: str, body: Json | None, query: dict[str, str], limit: int) -> Raw | TooMuch | Failure:
        """Call with the shared token, and once more with another one if it is refused."""
        token = await self._tokens.current()
        if not isinstance(token, Token):
            return token
        got = await self._patiently(path, body, {**query, "access_token": token.value}, limit)
        if not isinstance(got, TokenTrouble):
            return got
        token = await self._tokens.instead_of(token)
        if not isinstance(token, Token):
            return token
        return await self._patiently(path, body, {**query, "access_token": token.value}, limit)

    async def _patiently(
        self, path: str, body: Json | None, query: dict[str, str], limit: int = MAX_JSON
    ) -> Raw | TooMuch | Failure:
        """Call, and wait and call again while the platform says that it is busy."""
        got = await self._once(path, body, query, limit)
        for pause in _BACK_OFF:
            if not (isinstance(got, Busy) and got.errcode == BUSY):
                break
            await self._sleep(pause)
            got = await self._once(path, body, query, limit)
        return got

    async def _once(self, path: str, body: Json | None, query: dict[str, str], limit: int) -> Raw | TooMuch | Failure:
        url = f"{self._account.api_base}/{path}"
        seconds = self._timeout_s
        got = await request(self._session, url, query=query, body=body, timeout_s=seconds, limit=limit)
        return _judged(got) if isinstance(got, Raw) else got

    async def _fetch_token(self) -> Token | Failure:
        account = self._account
        body: Json = {
            "grant_type": "client_credential",
            "appid": account.appid,
            "secret": account.secret,
            "force_refresh": False,
        }
        answer = _as_json(await self._patiently("cgi-bin/stable_token", body, {}))
        if not isinstance(answer, dict):
            return answer
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            return Unreachable(sent_possibly=False, why="token answer without a token")
        return Token(value, self._now() + seconds)


def _judged(raw: Raw) -> Raw | Failure:
    """Take a refusal out of a body that may also be a picture: errors come with HTTP 200."""
    if not raw.content.lstrip().startswith(b"{"):
        return raw
    answer = read_answer(raw.content)
    return raw if isinstance(answer, dict) else answer


def _as_json(got: Raw | TooMuch | Failure) -> Json | Failure:
    match got:
        case Raw(content):
            return read_answer(content)
        case TooMuch():
            return Unreachable(sent_possibly=True, why="answer too long")
        case _:
            return got


def _sent(answer: Json | Failure) -> Outcome:
    return Sent() if isinstance(answer, dict) else answer
