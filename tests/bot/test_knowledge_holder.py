"""Reload: built beside, swapped whole, in every process; a broken version leaves the old in service."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import indexing
from bot.assembly import Holder
from bot.knowledge_holder import KnowledgeHolder
from bot.serve import open_database
from knowledge.base import KnowledgeBase
from knowledge.library import Overlay, load
from knowledge.model import Answer
from storage import overlay
from storage.database import Database
from tests.knowledge.sample import GUIDE, write

DIBAO = "guides/社会救助/apply-dibao.yaml"
ACT = overlay.Act("张三甲", "", 1_800_000_000_000, "试")
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """The database of an installation; its index cache lies beside it."""
    opened = open_database(tmp_path / "data")
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def catalogs(tmp_path: Path) -> Path:
    return write(tmp_path / "catalogs")


async def put(database: Database, content: str | None, path: str = DIBAO) -> int:
    return await database.write(lambda connection: overlay.put(connection, {path: content}, ACT))


async def started(catalogs: Path, database: Database, cache_dir: Path | None = None) -> KnowledgeHolder:
    """A holder as the service has it."""
    holder = KnowledgeHolder(catalogs, cache_dir)
    await holder.start(database)
    return holder


async def quick(catalogs: Path, database: Database, base: KnowledgeBase) -> KnowledgeHolder:
    """A holder that reads every version truly and indexes none of them."""

    async def read(root: Path, _: Path | None, files: Overlay) -> Holder:
        return Holder(load(root, files), base)

    holder = KnowledgeHolder(catalogs, None, read, read)
    await holder.start(database)
    return holder


def title(holder: KnowledgeHolder) -> str:
    return holder.library.entries["guide:apply-dibao"].title


async def said(stream: asyncio.StreamReader) -> list[str]:
    """What the other process says next, its log aside."""
    while not (line := (await stream.readline()).decode()).startswith("serving"):
        assert line, "the other process ended"
    return line.split()


def renamed(name: str) -> str:
    return GUIDE.replace("名称: 申请最低生活保障（低保）", f"名称: {name}")


async def test_a_new_version_is_answered_after_the_next_look(catalogs: Path, database: Database) -> None:
    """Who holds the old knowledge keeps it whole: a message ends with what it began with."""
    holder = await started(catalogs, database)
    old = holder.base
    await put(database, renamed("本市低保"))
    assert title(holder) == "申请最低生活保障（低保）"

    await holder.refresh(database)

    before, after = old.entry("guide:apply-dibao"), holder.base.entry("guide:apply-dibao")
    assert before is not None
    assert after is not None
    assert (before.title, after.title) == ("申请最低生活保障（低保）", "本市低保")
    assert isinstance(old.look_up("低保怎么申请"), Answer)
    assert (holder.service().overlay, holder.service().failed) == (1, None)
    assert holder.service().content == holder.base.version


async def test_a_broken_version_leaves_the_old_one_and_says_why(
    catalogs: Path, database: Database, holder: Holder
) -> None:
    following = await quick(catalogs, database, holder.base)
    await put(database, renamed("本市低保"))
    await following.refresh(database)
    await put(database, renamed("坏的").replace("可信度: 高", "可信度: 很高"))
    await following.refresh(database)

    service = following.service()
    assert title(following) == "本市低保"
    assert service.overlay == 1
    assert service.failed is not None
    assert service.failed.version == 2
    assert f"overlay:{DIBAO}:" in service.failed.why


async def test_a_mended_version_takes_the_failure_away(catalogs: Path, database: Database, holder: Holder) -> None:
    following = await quick(catalogs, database, holder.base)
    await put(database, "坏的")
    await following.refresh(database)
    await put(database, renamed("好的"))
    await following.refresh(database)

    assert (title(following), following.service().failed) == ("好的", None)


async def test_a_broken_newest_version_does_not_stop_the_start(
    catalogs: Path, database: Database, holder: Holder
) -> None:
    await put(database, renamed("好的"))
    await put(database, "坏的")

    following = await quick(catalogs, database, holder.base)

    assert (title(following), following.service().overlay) == ("好的", 1)
    assert following.service().failed is not None


async def test_with_only_broken_versions_the_shipped_catalogs_answer(
    catalogs: Path, database: Database, holder: Holder
) -> None:
    await put(database, "坏的")

    following = await quick(catalogs, database, holder.base)

    assert (title(following), following.service().overlay) == ("申请最低生活保障（低保）", 0)


async def test_a_version_that_failed_is_not_built_again_at_every_look(
    catalogs: Path, database: Database, holder: Holder
) -> None:
    """A full disk may pass; it is tried again after a minute, and the old knowledge answers meanwhile."""
    tries: list[int] = []

    async def shipped(root: Path, _: Path | None, files: Overlay) -> Holder:
        return Holder(load(root, files), holder.base)

    async def failing(*_: object) -> Holder:
        tries.append(1)
        raise OSError("disk full")

    following = KnowledgeHolder(catalogs, None, failing, shipped)
    await following.start(database)
    await put(database, renamed("本市低保"))
    with pytest.raises(OSError, match="disk full"):
        await following.refresh(database)
    await following.refresh(database)

    assert (len(tries), title(following)) == (1, "申请最低生活保障（低保）")
    assert following.service().failed is not None


async def test_withdrawn_means_no_longer_answered(catalogs: Path, database: Database) -> None:
    holder = await started(catalogs, database)
    await put(database, None, "policies/relief-measures.yaml")
    await holder.refresh(database)

    assert holder.base.entry("policy:relief-measures") is None
    outcome = holder.base.look_up("社会救助办法讲什么")
    assert not (isinstance(outcome, Answer) and outcome.match.entry_id == "policy:relief-measures")


async def test_replies_go_on_while_the_next_version_is_built(
    catalogs: Path, database: Database, tmp_path: Path
) -> None:
    """Indexing is another process's work; what is left here never stops the loop for long."""
    holder = await started(catalogs, database, cache_dir=tmp_path / "cache")
    await put(database, renamed("本市低保"))
    switching = asyncio.create_task(holder.refresh(database))
    answered, slowest = 0, 0.0
    while not switching.done():
        begun = time.perf_counter()
        holder.base.understand("低保要带什么")
        await asyncio.sleep(0.001)
        slowest, answered = max(slowest, time.perf_counter() - begun), answered + 1
    await switching

    assert title(holder) == "本市低保"
    assert answered > 20
    assert slowest < 1.0


async def test_two_processes_switch_to_the_same_knowledge(catalogs: Path, database: Database, tmp_path: Path) -> None:
    """One of them is a real other process."""
    holder = await started(catalogs, database, cache_dir=tmp_path / "data" / "cache")
    command = (sys.executable, "-m", "tests.bot.overlay_follower", str(catalogs), str(tmp_path / "data"))
    other = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert other.stdout is not None
    try:
        async with asyncio.timeout(60):
            assert (await said(other.stdout))[1] == "0"
            await put(database, renamed("本市低保"))
            await holder.refresh(database)
            _, version, content, failed = await said(other.stdout)
    finally:
        other.kill()
        await other.wait()

    assert (version, failed) == ("1", "False")
    assert content == holder.service().content


def test_old_indexes_are_forgotten_and_the_newest_kept(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"index-{number}.npz").write_bytes(b"")
        time.sleep(0.002)
    (tmp_path / "other.txt").write_bytes(b"")

    indexing.forget_old(tmp_path, kept=2)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["index-7.npz", "index-8.npz", "other.txt"]
