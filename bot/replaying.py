"""Replay a proposed change without slowing the replies of this process.

A child process of lower priority reads the knowledge before and after the change, asks both
everything that is answered now, and says how far it is. ``python -m bot.replaying`` is that
child: a job as JSON on standard input, lines of JSON on standard output.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bot import assembly
from bot.indexing import ROOT, forget_old
from knowledge.learning import NotLearnedError, changed
from knowledge.library import LibraryError, texts
from knowledge.model import Entry
from knowledge.replay import (
    Case,
    Kind,
    Replay,
    compared,
    own_cases,
    phrasing_cases,
    standings,
    still_claimed,
)
from storage.learning import unpacked

LONGEST = 300.0
"""Seconds; a replay of 15,000 questions takes about 30 on two shared cores."""
GOLDEN = Path("replay") / "questions.jsonl"
Say = Callable[[str], None]


class NotReplayedError(Exception):
    """The replay came to no result; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Job:
    """A packed *change* over the *overlay* in force, and the past questions it must not break."""

    catalogs: Path
    cache: Path | None
    overlay: dict[str, str | None]
    change: str
    asked: tuple[Case, ...] = ()


_JOB, _REPLAY = TypeAdapter(Job), TypeAdapter(Replay)


def replayed(job: Job, say: Say) -> Replay:
    """Replay in this process.

    Raises:
        NotLearnedError: the change cannot be made.
        LibraryError: the knowledge cannot be used with it.
    """
    change = unpacked(job.change)
    say("读入现在的资料")
    before = assembly.load_knowledge(job.catalogs, job.cache, job.overlay)
    entries = before.library.entries
    new = changed(change, texts(job.catalogs, job.overlay), entries)
    say("读入改了以后的资料")
    after = assembly.load_knowledge(job.catalogs, job.cache, {**job.overlay, **new})
    cases = [
        *own_cases(change, entries),
        *(case for case in _held(job, entries) if still_claimed(case, change)),
    ]
    told_before = standings(before.base, cases, lambda done: say(f"用现在的资料问了 {done}/{len(cases)} 句"))
    told_after = standings(after.base, cases, lambda done: say(f"用改了以后的资料问了 {done}/{len(cases)} 句"))
    if job.cache is not None:
        forget_old(job.cache)
    return compared(cases, told_before, told_after)


async def replayed_aside(job: Job, say: Say, longest: float = LONGEST) -> Replay:
    """Replay in a child process; *say* hears how far it is.

    Raises:
        NotReplayedError: the change cannot be made or used, or the time is over.
    """
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.replaying", stdin=pipe, stdout=pipe, cwd=ROOT, limit=16 * 1024 * 1024
    )
    try:
        async with asyncio.timeout(longest):
            return await _result(child, _JOB.dump_json(job), say)
    except TimeoutError:
        raise NotReplayedError(f"{longest:.0f} 秒没有跑完，没有结果，请过一会儿再试") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _result(child: asyncio.subprocess.Process, job: bytes, say: Say) -> Replay:
    if child.stdin is None or child.stdout is None:
        raise NotReplayedError("重放没有启动起来，请再试一次")
    child.stdin.write(job)
    child.stdin.close()
    async for line in child.stdout:
        match json.loads(line):
            case {"said": str(words)}:
                say(words)
            case {"refused": str(why)}:
                raise NotReplayedError(why)
            case {"replay": str(replay)}:
                await child.wait()
                return _REPLAY.validate_json(replay)
    raise NotReplayedError("重放中途停了，没有结果，请再试一次；还不行，请告诉管理员")


def _held(job: Job, entries: Mapping[str, Entry]) -> Iterator[Case]:
    """What must not break: golden questions, past answers and phrasings, of entries that are still there."""
    for case in (*golden(job.catalogs), *job.asked):
        if not case.entry_id or case.entry_id in entries:
            yield case
    yield from phrasing_cases(entries.values())


def golden(catalogs: Path) -> Iterator[Case]:
    """The questions shipped with the catalogs, those without an answer here too; none where none are shipped."""
    path = catalogs / GOLDEN
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        match json.loads(line):
            case {"text": str(text), "door": "question", "entry": entry}:
                yield Case(text, entry or "", Kind.GOLDEN)


def main() -> None:
    """Do one job."""
    os.nice(10)

    def tell(**line: str) -> None:
        print(json.dumps(line, ensure_ascii=False), flush=True)

    try:
        replay = replayed(_JOB.validate_json(sys.stdin.buffer.read()), lambda words: tell(said=words))
    except (NotLearnedError, LibraryError) as error:
        tell(refused=str(error))
    else:
        tell(replay=_REPLAY.dump_json(replay).decode())


if __name__ == "__main__":
    main()
