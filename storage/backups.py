"""Back the database up while it is in use, and put a backup in its place."""

import sqlite3
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from storage import residents
from storage.database import connect, transaction
from storage.migrations import migrate


class BackupError(Exception):
    """A backup cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup that was read back and checked."""

    path: Path
    tickets: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A finished restore; *previous* is where the old database went.

    *erased* people were forgotten again; None means that the old database could not tell whom.
    """

    tickets: int
    erased: int | None
    previous: Path | None


def default_target(folder: Path, day: str) -> Path:
    """Return a name that is not taken yet."""
    for number in range(1, 1000):
        path = folder / "backups" / f"minwen-{day}-{number:03d}.sqlite3"
        if not path.exists():
            return path
    raise BackupError("今天的备份太多了，请写明备份到哪个文件。")


def backup(database: Path, target: Path) -> Made:
    """Copy one moment of *database* to *target* and check the copy; writers go on meanwhile.

    The whole copy is one read transaction: page by page it would begin anew with every write.

    Raises:
        BackupError: *target* cannot be written, or is a file that is no backup of ours.
    """
    if target.exists():
        _checked(target)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        _copy(database, part)
        made = Made(target, _checked(part))
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"备份没有做成，{target} 写不进去，或者数据库读不出来（{error}）。") from None
    return made


def restore(source: Path, database: Path) -> Restored:
    """Put *source* in the place of *database*, which is kept under another name, and replay erasures.

    A database too damaged to be read is replaced as well; its erasures are then lost.

    Raises:
        BackupError: the file is no intact backup of ours, or the database is in use; nothing was touched.
    """
    _checked(source)
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_in_use(database)
    fresh = database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    _copy(source, fresh)
    done = _erasures_of(database)
    erased = _replay(fresh, done or [])
    previous = _set_aside(database)
    fresh.replace(database)
    return Restored(_checked(database), None if done is None else erased, previous)


def _checked(path: Path) -> int:
    """Return the number of tickets in an intact backup."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BackupError(f"{path.name} 已损坏，不能用。")
            return int(connection.execute("SELECT count(*) FROM tickets").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        raise BackupError(f"{path.name} 不是民问的备份文件，或者已经损坏。") from None


def _copy(source: Path, target: Path) -> None:
    read, written = sqlite3.connect(str(source)), sqlite3.connect(str(target))
    try:
        read.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")
    finally:
        written.close()
        read.close()


def _refuse_in_use(database: Path) -> None:
    """Leave the write-ahead log, which only the last connection can; this also writes everything home."""
    if not database.is_file():
        return
    connection = sqlite3.connect(str(database), timeout=1.0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        raise BackupError("数据库正在使用，没有动它。请先停下 serve（和别的正在用它的命令），再恢复。") from None
    except sqlite3.DatabaseError:
        return  # too damaged to be in use
    finally:
        connection.close()


def _erasures_of(database: Path) -> list[tuple[str, int]] | None:
    """Return who was erased in the database that is replaced; None when it cannot be read."""
    if not database.is_file():
        return []
    connection = sqlite3.connect(str(database))
    connection.row_factory = sqlite3.Row
    try:
        return residents.erasures(connection)
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def _replay(path: Path, done: list[tuple[str, int]]) -> int:
    connection = connect(path)
    try:
        migrate(connection)
        with transaction(connection):
            erased = residents.replay_erasures(connection, done)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return erased
    finally:
        connection.close()


def _set_aside(database: Path) -> Path | None:
    """Rename the database, with what a crash may have left beside it, to a name that is free."""
    if not database.is_file():
        return None
    names = (database.with_suffix(f".before-restore-{number:03d}") for number in count(1))
    previous = next(name for name in names if not name.exists())
    database.replace(previous)
    for tail in ("-wal", "-shm", "-journal"):
        left = database.with_name(database.name + tail)
        if left.exists():
            left.replace(previous.with_name(previous.name + tail))
    return previous
