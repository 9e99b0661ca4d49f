"""Open a listener, and close it with the stack it belongs to."""

import errno
from contextlib import AsyncExitStack

from aiohttp import web

from bot.account import SettingsError


async def listen(stack: AsyncExitStack, app: web.Application, host: str, port: int) -> str:
    """Serve *app* and return its address, with the port that was really taken.

    Raises:
        SettingsError: the address cannot be listened on.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        why = "端口被别的程序占用" if error.errno == errno.EADDRINUSE else "地址不可用或没有权限"
        raise SettingsError(f"不能监听 {host}:{port}（{why}），换一个再试。") from None
    shown = runner.addresses[0]
    return f"http://{shown[0]}:{shown[1]}"
