"""One SQLite file: one writer thread with group commit, a few readers, and explicit transactions.

Work is a plain function of a connection. Everything one function writes is committed
together or not at all; functions that wait at the same time share one commit, and with
it one fsync (``synchronous=FULL``), so durability does not cost a disk flush per message.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Job = tuple[Work[Any], asyncio.Future[Any]]
Settled = tuple[asyncio.Future[Any], Any, BaseException | None]

BUSY_SECONDS = 5.0
WRITER_BUSY_SECONDS = 30.0
"""The writer is the one that was promised to: it waits longer for another process to let go of the file."""

LARGEST_BATCH = 64


def connect(path: Path | str, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a connection that leaves transactions to us, enforces foreign keys and waits *busy_seconds* for a lock.

    ``isolation_level=None`` keeps the driver from opening deferred transactions, which
    fail with "database is locked" when two processes upgrade them at once.
    """
    connection = sqlite3.connect(
        str(path), timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")  # erased words must not stay readable in free pages
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run a block as one ``BEGIN IMMEDIATE`` transaction; an exception undoes all of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled it back already
            connection.execute("ROLLBACK")
        raise


class Database:
    """Access to one database file from one event loop.

    ``write`` runs work on the single writer thread, in the order it was asked for;
    ``read`` runs it on a reader thread that cannot write.
    """

    def __init__(self, path: Path, readers: int = 2) -> None:
        self._path = path
        self._jobs: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._asked: list[Job] = []
        self._writer = threading.Thread(target=self._write_forever, name="database-writer", daemon=True)
        self._local = threading.local()
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="database-reader")
        self._open_readers: list[sqlite3.Connection] = []
        self._connection = connect(path, WRITER_BUSY_SECONDS)

    def start(self) -> None:
        """Start the writer; the schema must be up to date (``storage.migrations.migrate``)."""
        self._writer.start()

    def close(self) -> None:
        """Finish all queued writes, then close every connection."""
        self._readers.shutdown(wait=True)
        self._hand_over(len(self._asked))
        if self._writer.is_alive():
            self._jobs.put(None)
            self._writer.join()
        for connection in self._open_readers:
            connection.close()
        self._connection.close()

    def submit(self, work: Work[T]) -> asyncio.Future[T]:
        """Queue *work* for the writer and return its future.

        It is handed over once the loop has nothing to add, a turn or so later: what arrives together is
        committed together, and the writer does not fight the loop for the interpreter.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._asked.append((work, future))
        loop.call_soon(self._hand_over, len(self._asked))
        return future

    def _hand_over(self, asked: int) -> None:
        """Pass on what is asked for, unless more than *asked* has come since: that will do it."""
        if self._asked and (len(self._asked) <= asked or len(self._asked) >= LARGEST_BATCH):
            self._jobs.put(self._asked)
            self._asked = []

    async def write(self, work: Work[T]) -> T:
        """Run *work* inside a durable transaction and return what it returned."""
        return await self.submit(work)

    async def read(self, work: Work[T]) -> T:
        """Run *work* on a reader connection, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def _read(self, work: Work[T]) -> T:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self._path)
            connection.execute("PRAGMA query_only=ON")
            self._local.connection = connection
            self._open_readers.append(connection)
        return work(connection)

    def _write_forever(self) -> None:
        while (batch := self._next_batch()) is not None:
            _commit_together(self._connection, batch)

    def _next_batch(self) -> list[Job] | None:
        first = self._jobs.get()
        if first is None:
            return None
        batch = list(first)
        while len(batch) < LARGEST_BATCH:
            try:
                more = self._jobs.get_nowait()
            except queue.Empty:
                break
            if more is None:
                self._jobs.put(None)
                break
            batch += more
        return batch


def _commit_together(connection: sqlite3.Connection, batch: list[Job]) -> None:
    settled: list[Settled] = []
    # Work given up before it began is not done.
    batch = [(work, future) for work, future in batch if not future.cancelled()]
    if not batch:
        return
    try:
        with transaction(connection):
            settled = [_run_in_savepoint(connection, work, future) for work, future in batch]
    except BaseException as error:
        settled = [(future, None, error) for _, future in batch]
    batch[0][1].get_loop().call_soon_threadsafe(_tell, settled)


def _tell(settled: list[Settled]) -> None:
    """On the loop, one call for all that was committed together: tell those who still wait."""
    for future, result, failure in settled:
        if future.cancelled():
            continue
        if failure is None:
            future.set_result(result)
        else:
            future.set_exception(failure)


def _run_in_savepoint(connection: sqlite3.Connection, work: Work[Any], future: asyncio.Future[Any]) -> Settled:
    connection.execute("SAVEPOINT work")
    try:
        result = work(connection)
    except Exception as error:
        connection.execute("ROLLBACK TO work")
        connection.execute("RELEASE work")
        return future, None, error
    connection.execute("RELEASE work")
    return future, result, None
