"""What a proposed change makes of the knowledge in force, and its replay told in Chinese; for both doors."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import assembly, overlaying
from bot.replaying import Job, Say, replayed_aside
from knowledge.learning import Change, changed, described
from knowledge.library import Overlay, load, texts
from knowledge.replay import Case, Replay
from storage.database import connect
from storage.learning import asked, packed


@dataclass(frozen=True, slots=True)
class Made:
    """The changed *texts* by path, and *what* the change says in Chinese."""

    texts: dict[str, str]
    what: str


def made(change: Change, overlay: Overlay, catalogs: Path) -> Made:
    """Return what *change* makes of the knowledge under *overlay*; reads every file, so not on the loop.

    Raises:
        NotLearnedError: it says nothing new, or cannot be written.
    """
    entries = load(catalogs, overlay).entries
    return Made(changed(change, texts(catalogs, overlay), entries), described(change, entries))


def replay_now(change: Change, overlay: Overlay, data_dir: Path, say: Say) -> Replay:
    """Replay for the command line, with the questions asked in the installation of *data_dir*.

    Raises:
        NotReplayedError: it came to no result.
    """
    cache = data_dir / "cache" if data_dir.is_dir() else None
    job = Job(assembly.CATALOGS, cache, dict(overlay), packed(change), _asked(data_dir))
    return asyncio.run(replayed_aside(job, say))


def told(replay: Replay, most: int) -> Iterator[str]:
    """Yield what a replay found, line by line; of the flips the first *most*."""
    if replay.own:
        yield f"要改好的 {replay.own} 句：认对的从 {replay.own_before} 句变成 {replay.own_after} 句。"
    yield (
        f"重问了 {replay.cases} 句：排在第一的对的从 {replay.first_before} 句变成 {replay.first_after} 句，"
        f"直接答改成先问一句的 {replay.asked_back} 句。"
    )
    for flip in replay.flips[:most]:
        yield f"会变错：“{flip.text}”（{flip.kind}）原来{flip.before}；以后{flip.after}"
    if len(replay.flips) > most:
        yield f"还有 {len(replay.flips) - most} 句会变错。"
    yield f"不能采用：{replay.refused}。" if replay.refused else "没有一句答对的会变错，可以采用。"


def _asked(data_dir: Path) -> tuple[Case, ...]:
    path = data_dir / overlaying.DATABASE
    if not path.is_file():
        return ()
    connection = connect(path)
    try:
        return asked(connection)
    finally:
        connection.close()
