"""Back the database up while it is in use, and put a backup in its place."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from storage import residents
from storage.database import connect, transaction
from storage.migrations import migrate

PAGES_AT_ONCE = 200


class BackupError(Exception):
    """A backup cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup that was read back and checked."""

    path: Path
    tickets: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A finished restore; *erased* people were forgotten again, *previous* is where the old database went."""

    tickets: int
    erased: int
    previous: Path | None


def default_target(folder: Path, day: str) -> Path:
    """Return a name that is not taken yet."""
    for number in range(1, 1000):
        path = folder / "backups" / f"minwen-{day}-{number:03d}.sqlite3"
        if not path.exists():
            return path
    raise BackupError("今天的备份太多了，请写明备份到哪个文件。")


def backup(database: Path, target: Path) -> Made:
    """Copy *database* to *target* page by page and check the copy; writers go on meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source, copy = connect(database), sqlite3.connect(str(target))
    try:
        source.backup(copy, pages=PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        source.close()
    target.chmod(0o600)
    return Made(target, _checked(target))


def restore(source: Path, database: Path) -> Restored:
    """Put *source* in the place of *database*, which is kept under another name, and replay erasures.

    Nothing may have the database open meanwhile.

    Raises:
        BackupError: the file is no intact backup of ours; the database was not touched.
    """
    _checked(source)
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    _copy(source, fresh)
    erased = _replay(fresh, _erasures_of(database))
    previous = _set_aside(database)
    fresh.replace(database)
    database.chmod(0o600)
    return Restored(_checked(database), erased, previous)


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
    finally:
        written.close()
        read.close()


def _erasures_of(database: Path) -> list[tuple[str, int]]:
    if not database.is_file():
        return []
    connection = connect(database)
    try:
        return residents.erasures(connection)
    except sqlite3.Error:
        return []
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
    if not database.is_file():
        return None
    connection = connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    previous = database.with_suffix(".before-restore")
    database.replace(previous)
    for tail in ("-wal", "-shm"):
        database.with_name(database.name + tail).unlink(missing_ok=True)
    return previous
