"""The account in a process of its own, on the small catalog: settings from the environment, addresses printed.

An argument says after how many seconds a message is answered late.
"""

import asyncio
import os
import sys

from bot import logs
from bot.delivery import ANSWER_WITHIN
from bot.limiter import Limiter
from bot.serve import running, until_stopped
from bot.settings import load_settings, require_wechat
from knowledge.masking import mask
from tests.world import CATALOGS


async def main() -> None:
    """Run until stopped."""
    settings = load_settings(os.environ)
    account = require_wechat(settings)
    within = float(sys.argv[1]) if len(sys.argv) > 1 else ANSWER_WITHIN
    limiter = Limiter(10_000, 10_000)
    async with running(settings, account, limiter, catalogs=CATALOGS, answer_within=within) as started:
        print(f"{started.public}/wechat", flush=True)
        await until_stopped()


if __name__ == "__main__":
    logs.configure(mask)
    asyncio.run(main())
