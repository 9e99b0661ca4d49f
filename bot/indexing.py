"""Build new knowledge without slowing the replies of this process.

Indexing holds the interpreter for seconds, so it is done by a child process of lower
priority that leaves the index in the cache; this process then only reads it back.
``python -m bot.indexing`` is that child: a job as JSON on standard input.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import structlog

from bot import assembly
from bot.assembly import Holder
from knowledge.library import Library, Overlay, load

_log = structlog.get_logger(__name__)

ROOT = assembly.CATALOGS.parent
KEPT = 6
"""Index files left in the cache, the newest first."""
LONGEST = 600.0


async def built_here(catalogs: Path, cache_dir: Path | None, overlay: Overlay) -> Holder:
    """Read and index in a thread of this process, for the start, when nobody waits for replies.

    Raises:
        LibraryError: a file cannot be used; the text names file, line and field.
    """
    return await asyncio.to_thread(assembly.load_knowledge, catalogs, cache_dir, overlay)


async def built_aside(catalogs: Path, cache_dir: Path | None, overlay: Overlay) -> Holder:
    """Read and index *catalogs* with *overlay* over it, off the loop and, with a cache, out of the process.

    Raises:
        LibraryError: a file cannot be used; the text names file, line and field.
    """
    library = await asyncio.to_thread(load, catalogs, overlay)
    if cache_dir is not None:
        await _fill_cache(catalogs, cache_dir, overlay)
    holder = await asyncio.to_thread(_indexed, library, cache_dir)
    if cache_dir is not None:
        await asyncio.to_thread(forget_old, cache_dir)
    return holder


def forget_old(cache_dir: Path, kept: int = KEPT) -> None:
    """Delete all but the newest index files; one that is deleted too early is built again at the next start."""
    found = sorted(cache_dir.glob("index-*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[kept:]:
        path.unlink(missing_ok=True)


def _indexed(library: Library, cache_dir: Path | None) -> Holder:
    return Holder(library, assembly.index(library, cache_dir))


async def _fill_cache(catalogs: Path, cache_dir: Path, overlay: Overlay) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.indexing",
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        async with asyncio.timeout(LONGEST):
            _, told = await child.communicate(_job(catalogs, cache_dir, overlay))
    except TimeoutError:
        told = b"timeout"
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        # The index is then built in this process: slower replies for some seconds, but new knowledge.
        _log.warning("indexing_aside_failed", code=child.returncode, told=told[-500:].decode("utf-8", "replace"))


def _job(catalogs: Path, cache_dir: Path, overlay: Overlay) -> bytes:
    job = {"catalogs": str(catalogs.absolute()), "cache": str(cache_dir.absolute()), "overlay": dict(overlay)}
    return json.dumps(job).encode()


def main() -> None:
    """Do one job: leave the index of the given content in the cache."""
    os.nice(10)
    job = json.loads(sys.stdin.buffer.read())
    assembly.load_knowledge(Path(job["catalogs"]), Path(job["cache"]), job["overlay"])


if __name__ == "__main__":
    main()
