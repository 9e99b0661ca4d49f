"""The baseline: aiohttp and wechatpy, safe mode, echoing the text; nothing is kept."""

import asyncio
import os

from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

crypto = WeChatCrypto(os.environ["WECHAT_TOKEN"], os.environ["WECHAT_AES_KEY"], os.environ["WECHAT_APPID"])


async def receive(request: web.Request) -> web.Response:
    """Open, parse, echo, seal."""
    query = request.query
    xml = crypto.decrypt_message(await request.read(), query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(xml)
    reply = create_reply(message.content, message).render()
    return web.Response(
        text=crypto.encrypt_message(reply, query["nonce"], query["timestamp"]), content_type="application/xml"
    )


async def main() -> None:
    """Serve until ended."""
    app = web.Application()
    app.router.add_post("/wechat", receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/wechat", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
