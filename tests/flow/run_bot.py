"""The account in a process of its own, on the small catalog: settings from the environment, addresses printed."""

import asyncio
import os

from bot import logs
from bot.limiter import Limiter
from bot.serve import running, until_stopped
from bot.settings import load_settings, require_wechat
from knowledge.masking import mask
from tests.world import CATALOGS


async def main() -> None:
    """Run until stopped."""
    settings = load_settings(os.environ)
    account = require_wechat(settings)
    async with running(settings, account, Limiter(10_000, 10_000), catalogs=CATALOGS) as started:
        print(f"{started.public}/wechat", flush=True)
        await until_stopped()


if __name__ == "__main__":
    logs.configure(mask)
    asyncio.run(main())
