"""A process of its own that follows the overlay: says which knowledge it has, each time it changes."""

import asyncio
import sys
from pathlib import Path

from bot.knowledge_holder import KnowledgeHolder
from storage.database import Database


async def follow(catalogs: Path, data: Path) -> None:
    """Print the overlay version and its content hash until killed."""
    database = Database(data / "minwen.sqlite3")
    holder = KnowledgeHolder(catalogs, data / "cache")
    await holder.start(database)
    said = None
    while True:
        service = holder.service()
        if service != said:
            print("serving", service.overlay, service.content, service.failed is not None, flush=True)
            said = service
        await asyncio.sleep(0.05)
        await holder.refresh(database)


if __name__ == "__main__":
    asyncio.run(follow(Path(sys.argv[1]), Path(sys.argv[2])))
