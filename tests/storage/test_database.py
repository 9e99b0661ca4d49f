"""One writer, group commit, readers that cannot write, and several processes at once."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, connect, transaction


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "test.sqlite3"
    connection = connect(file)
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)")
    connection.execute("CREATE TABLE marks (note INTEGER REFERENCES notes(id) DEFERRABLE INITIALLY DEFERRED)")
    connection.close()
    return file


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path)
    opened.start()
    yield opened
    opened.close()


def add(words: str):
    return lambda connection: connection.execute("INSERT INTO notes(words) VALUES (?)", (words,)).lastrowid


def all_words(connection: sqlite3.Connection) -> list[str]:
    return [row["words"] for row in connection.execute("SELECT words FROM notes ORDER BY id")]


async def test_work_is_done_in_the_order_it_was_asked_for(database: Database) -> None:
    words = [f"第{number}条" for number in range(200)]
    await asyncio.gather(*(database.write(add(one)) for one in words))
    assert await database.read(all_words) == words


async def test_works_that_wait_together_share_one_commit(database: Database) -> None:
    """While the writer is busy, what queues up behind it is committed as one transaction."""
    gate = threading.Event()
    commits: list[int] = []
    busy = database.submit(lambda connection: gate.wait())
    versions = [database.submit(lambda c: c.execute("PRAGMA data_version").fetchone()[0]) for _ in range(3)]
    together = [database.submit(lambda c: commits.append(c.total_changes) or c.in_transaction) for _ in range(20)]
    gate.set()
    await asyncio.gather(busy, *versions, *together)
    assert len(commits) == 20
    assert all(future.result() for future in together)


async def test_a_failing_work_undoes_only_itself(database: Database) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO notes(words) VALUES ('半途')")
        raise ValueError("half way")

    gate = threading.Event()
    database.submit(lambda connection: gate.wait())
    works = [database.submit(work) for work in (add("前"), fails, add("后"))]
    gate.set()
    results = await asyncio.gather(*works, return_exceptions=True)
    assert isinstance(results[1], ValueError)
    assert await database.read(all_words) == ["前", "后"]


async def test_a_commit_that_fails_is_told_and_the_next_one_works(database: Database) -> None:
    """A broken reference shows only at COMMIT; the writer must not stay inside the transaction."""
    with pytest.raises(sqlite3.IntegrityError):
        await database.write(lambda connection: connection.execute("INSERT INTO marks(note) VALUES (99)"))
    await database.write(add("还行"))
    assert await database.read(all_words) == ["还行"]


async def test_work_given_up_while_it_waits_is_not_done_and_the_writer_lives(database: Database) -> None:
    begun, gate = threading.Event(), threading.Event()
    busy = database.submit(lambda connection: begun.set() or gate.wait())
    await asyncio.to_thread(begun.wait)
    given_up = asyncio.create_task(database.write(add("不要了")))
    await asyncio.sleep(0.01)
    given_up.cancel()
    await asyncio.sleep(0.01)
    gate.set()
    await busy
    await database.write(add("要的"))
    assert await database.read(all_words) == ["要的"]


async def test_work_given_up_while_it_runs_leaves_the_writer_alive(database: Database) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        begun.set()
        gate.wait()
        add("已经开始")(connection)

    task = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    await database.write(add("接着"))
    assert await database.read(all_words) == ["已经开始", "接着"]


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(add("偷偷"))


async def test_a_reader_sees_what_was_committed_before(database: Database) -> None:
    for number in range(20):
        await database.write(add(str(number)))
        assert len(await database.read(all_words)) == number + 1


async def test_closing_finishes_what_is_queued(path: Path) -> None:
    database = Database(path)
    database.start()
    futures = [database.submit(add(str(number))) for number in range(100)]
    database.close()
    await asyncio.gather(*futures)
    connection = connect(path)
    assert len(all_words(connection)) == 100
    connection.close()


async def test_commits_are_flushed_to_disk(database: Database) -> None:
    """synchronous=FULL (2) and WAL, on every connection that writes."""
    assert await database.write(lambda c: c.execute("PRAGMA synchronous").fetchone()[0]) == 2
    assert await database.write(lambda c: c.execute("PRAGMA journal_mode").fetchone()[0]) == "wal"


ROOT = Path(__file__).resolve().parents[2]
WRITES = """
import sys
from storage.database import connect, transaction
connection = connect(sys.argv[1])
for number in range(150):
    with transaction(connection):
        last = connection.execute("SELECT coalesce(max(id), 0) FROM notes").fetchone()[0]
        connection.execute("INSERT INTO notes(id, words) VALUES (?, ?)", (last + 1, f"{sys.argv[2]}{number}"))
"""


def test_two_processes_writing_at_once_lose_nothing(path: Path) -> None:
    """Each reads and then writes in one transaction: with deferred ones, one of them would fail."""
    running = [subprocess.Popen([sys.executable, "-c", WRITES, str(path), name], cwd=ROOT) for name in "甲乙"]
    codes = [process.wait(30) for process in running]
    connection = connect(path)
    assert codes == [0, 0]
    assert len(all_words(connection)) == 300
    connection.close()


def test_an_exception_undoes_the_whole_transaction(path: Path) -> None:
    connection = connect(path)

    def fails() -> None:
        with transaction(connection):
            add("没有")(connection)
            raise KeyError("x")

    with pytest.raises(KeyError):
        fails()
    assert all_words(connection) == []
    connection.close()
