"""What a test talks to: a clock that stands still, and a desk with bot, platform and API."""

import json
from dataclasses import dataclass

from aiohttp import ClientSession

from simulator.account import Account
from simulator.phones import Phones
from simulator.platform import Platform
from tests.simulator.echo_bot import EchoBot

NOON = 1_800_000_000.0


@dataclass
class FakeClock:
    """A clock that stands still until a test moves it."""

    now: float = NOON

    def __call__(self) -> float:
        """Return Unix seconds."""
        return self.now


@dataclass
class Desk:
    """Everything a test talks to."""

    account: Account
    bot: EchoBot
    platform: Platform
    clock: FakeClock
    session: ClientSession
    base: str
    phones: Phones
    token: str = ""

    async def call(self, path: str, body: object = None, **query: str) -> dict[str, object]:
        """Call the API side; POST when there is a body. The token is added."""
        query = {"access_token": self.token, **query}
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        method = "GET" if body is None else "POST"
        url = f"{self.base}{path}"
        async with self.session.request(method, url, params=query, data=raw if body is not None else None) as got:
            assert got.status == 200
            told: dict[str, object] = await got.json(content_type=None)
            return told

    async def send(self, openid: str, content: str) -> object:
        """Send one customer-service text and return the errcode."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        return (await self.call("/cgi-bin/message/custom/send", body))["errcode"]
