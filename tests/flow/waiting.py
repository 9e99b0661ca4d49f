"""Waiting for what other tasks and processes do."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

SECONDS = 8.0


async def until(holds: Callable[[], object | Awaitable[object]], seconds: float = SECONDS) -> None:
    """Wait until *holds* returns something true; TimeoutError when it does not in time."""
    async with asyncio.timeout(seconds):
        while True:
            found = holds()
            if await found if inspect.isawaitable(found) else found:
                return
            await asyncio.sleep(0.02)
