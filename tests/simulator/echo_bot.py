"""A real little bot on aiohttp and wechatpy: the honest counterpart in the simulator's own tests."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import ClientSession, web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import check_signature

from simulator.account import Account

GREETING = (
    "您好，这里是回声机器人（测试用）。可以试试：\n"
    '1. <a href="weixin://bizmsgmenu?msgmenucontent=低保怎么申请&msgmenuid=1">低保怎么申请</a>\n'
    '2. <a href="weixin://bizmsgmenu?msgmenucontent=社保卡掉了怎么办&msgmenuid=2">社保卡掉了怎么办</a>\n'
    "3. 直接把话说出来，我照样说一遍。\n"
    '说明见 <a href="https://example.com/help">使用帮助</a>。'
)


@dataclass
class EchoBot:
    """Echoes text; ``answer`` replaces the plain reply XML or body, ``delay`` holds every answer back."""

    account: Account
    delay: float = 0.0
    answer: bytes | None = None
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    messages: list[object] = field(default_factory=list)

    def app(self) -> web.Application:
        """Return the bot's web application with its one URL."""
        app = web.Application(client_max_size=64 * 1024)
        app.router.add_get("/wechat", self.verify)
        app.router.add_post("/wechat", self.receive)
        return app

    async def verify(self, request: web.Request) -> web.Response:
        """Answer the platform's address check."""
        query = request.query
        try:
            check_signature(self.account.token, query["signature"], query["timestamp"], query["nonce"])
        except InvalidSignatureException:
            return web.Response(status=403)
        return web.Response(text=query["echostr"])

    async def receive(self, request: web.Request) -> web.Response:
        """Open, echo, seal."""
        body = await request.read()
        self.received.append((dict(request.query), body))
        await asyncio.sleep(self.delay)
        if self.answer is not None:
            return web.Response(body=self.answer)
        try:
            return self._echo(request, body)
        except Exception:
            return web.Response(status=403)

    def _echo(self, request: web.Request, body: bytes) -> web.Response:
        query, account = request.query, self.account
        crypto = WeChatCrypto(account.token, account.aes_key, account.appid)
        xml = body.decode()
        if account.mode == "safe":
            xml = crypto.decrypt_message(xml, query["msg_signature"], query["timestamp"], query["nonce"])
        message = parse_message(xml)
        self.messages.append(message)
        if message.type == "event" and message.event == "unsubscribe":
            return web.Response(text="success")
        content = getattr(message, "content", None) or f"收到{message.type}"
        if message.type == "event":
            content = GREETING if message.event.startswith("subscribe") else f"收到事件{message.event}"
        reply = create_reply(content, message).render()
        if account.mode == "safe":
            reply = crypto.encrypt_message(reply, query["nonce"], query["timestamp"])
        return web.Response(text=reply)


async def fresh_token(session: ClientSession, base: str, account: Account) -> str:
    """Fetch a stable token as a bot would."""
    body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.secret}
    async with session.post(f"{base}/cgi-bin/stable_token", data=json.dumps(body)) as answer:
        return str((await answer.json(content_type=None))["access_token"])
