"""The bot as a process that a test starts and may kill."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path

from tests.flow.town import PLAYED

ROOT = Path(__file__).resolve().parents[2]


def environment(base: str, folder: Path, compiled: Path) -> dict[str, str]:
    """What an operator sets, and no more; compiled modules are kept in *compiled*, so that the next start is quick."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(compiled),
        "HOME": str(folder),
        "WECHAT_APPID": PLAYED.appid,
        "WECHAT_SECRET": PLAYED.secret,
        "WECHAT_TOKEN": PLAYED.token,
        "WECHAT_AES_KEY": PLAYED.aes_key,
        "WECHAT_API_BASE": base,
        "BOT_PORT": "0",
        "CONSOLE_PORT": "0",
        "BOT_DATA_DIR": str(folder),
    }


class BotProcess:
    """One running process of the bot."""

    def __init__(self, process: Process, first: str) -> None:
        self.process = process
        self.first = first

    @classmethod
    async def start(cls, env: dict[str, str], command: Sequence[str] = ("-m", "tests.flow.run_bot")) -> "BotProcess":
        """Start it and wait for the first line it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=ROOT, env=env, stdout=PIPE, stderr=DEVNULL
        )
        assert process.stdout is not None
        async with asyncio.timeout(20):
            line = (await process.stdout.readline()).decode().strip()
        return cls(process, line)

    async def kill(self) -> None:
        """End it as a power cut would: nothing is finished, nothing is closed."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.communicate()

    async def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            await self.process.communicate()
        return self.process.returncode or 0
