"""The bot as `serve` runs it, printing only its address; limits per resident are off for the load."""

import asyncio
import os

from bot.serve import running
from bot.settings import load_settings, require_wechat


class Unlimited:
    """Lets two hundred simulated residents write as fast as they can."""

    def allows(self, openid: str) -> bool:
        """Always."""
        return True


async def main() -> None:
    """Serve until ended."""
    settings = load_settings(os.environ)
    async with running(settings, require_wechat(settings), Unlimited()) as started:
        print(f"{started.public}/wechat", flush=True)
        await asyncio.Event().wait()


asyncio.run(main())
