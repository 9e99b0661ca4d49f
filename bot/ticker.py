"""What happens by itself: owed notices, pictures to fetch, old rows to drop. One small step at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done every *every* seconds; its failure is logged and does not stop the others."""

    name: str
    every: float
    do: Callable[[], Awaitable[object]]


async def run(chores: tuple[Chore, ...]) -> None:
    """Run all chores until cancelled."""
    async with asyncio.TaskGroup() as group:
        for chore in chores:
            group.create_task(_repeat(chore), name=chore.name)


async def _repeat(chore: Chore) -> None:
    while True:
        try:
            await chore.do()
        except Exception:
            _log.exception("chore_failed", chore=chore.name)
        await asyncio.sleep(chore.every)
