"""The knowledge in service, swapped whole when the overlay changes.

Every process looks at the overlay's version. What changed is read and indexed beside the
knowledge in service and takes its place only when it is whole; a version that cannot be
used leaves the old one answering, and is logged and shown.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot import assembly, indexing
from bot.assembly import Holder
from knowledge.base import KnowledgeBase
from knowledge.library import Library, LibraryError
from storage import overlay
from storage.database import Database

_log = structlog.get_logger(__name__)

LOOK_EVERY = 2.0
RETRY_AFTER = 60.0
"""Seconds until a version is tried again that failed for a reason outside its files, such as a full disk."""
Build = Callable[[Path, Path | None, overlay.Files], Awaitable[Holder]]


@dataclass(frozen=True, slots=True)
class Failed:
    """An overlay version that could not be put into service, and why (Chinese, with file and line)."""

    version: int
    why: str


@dataclass(frozen=True, slots=True)
class Service:
    """Which knowledge answers: the overlay version, the content hash, and the newest version that failed."""

    overlay: int
    content: str
    failed: Failed | None


class KnowledgeHolder:
    """Hands out the knowledge in service and follows the overlay."""

    def __init__(
        self,
        catalogs: Path = assembly.CATALOGS,
        cache_dir: Path | None = None,
        build: Build = indexing.built_aside,
        at_start: Build = indexing.built_here,
    ) -> None:
        self._catalogs, self._cache_dir = catalogs, cache_dir
        self._build, self._at_start = build, at_start
        self._again_at = 0.0
        self._held: Holder | None = None
        self._version = self._seen = 0
        self._failed: Failed | None = None

    @property
    def base(self) -> KnowledgeBase:
        """Return what answers; the caller keeps it for one message and asks again for the next."""
        return self._holder.base

    @property
    def library(self) -> Library:
        """Return what the answering knowledge was read from."""
        return self._holder.library

    @property
    def folders(self) -> tuple[Path, Path | None]:
        """Return where the shipped catalogs lie, and where indexes are kept."""
        return self._catalogs, self._cache_dir

    def service(self) -> Service:
        """Return which version is in service, and which one failed."""
        return Service(self._version, self.library.version, self._failed)

    async def start(self, database: Database) -> None:
        """Put the newest usable version into service; the shipped catalogs are the last resort.

        Raises:
            LibraryError: even the shipped catalogs cannot be used.
        """
        self._seen = newest = await database.read(overlay.newest)
        for version in range(newest, 0, -1):
            if await self._switch(database, version, self._at_start):
                return
        self._held = await self._at_start(self._catalogs, self._cache_dir, {})

    async def refresh(self, database: Database) -> None:
        """Take over what was changed meanwhile; costs one small query when nothing was."""
        newest = await database.read(overlay.newest)
        now = asyncio.get_running_loop().time()
        if newest == self._seen or (self._failed and self._failed.version == newest and now < self._again_at):
            return
        try:
            await self._switch(database, newest, self._build)
        except Exception as error:
            self._again_at = now + RETRY_AFTER
            self._refused(newest, f"没能建好索引（{type(error).__name__}），稍后再试")
            raise
        self._seen = newest

    async def _switch(self, database: Database, version: int, build: Build) -> bool:
        files = await database.read(lambda connection: overlay.files(connection, version))
        try:
            held = await build(self._catalogs, self._cache_dir, files)
        except LibraryError as error:
            self._refused(version, str(error))
            return False
        self._held, self._version = held, version
        if self._failed and self._failed.version <= version:
            self._failed = None
        _log.info("knowledge_switched", overlay=version, content=held.library.version[:12])
        return True

    def _refused(self, version: int, why: str) -> None:
        if self._failed is None or self._failed.version <= version:
            self._failed = Failed(version, why)
        _log.error("knowledge_refused", overlay=version, why=why, in_service=self._version)

    @property
    def _holder(self) -> Holder:
        if self._held is None:
            raise RuntimeError("KnowledgeHolder.start() comes first")
        return self._held
