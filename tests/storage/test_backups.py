"""Backups of a database in use, and restoring them."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from storage import backups, residents
from storage.backups import BackupError
from storage.database import connect, transaction
from storage.migrations import migrate

NOW = 1_800_000_000_000


def installation(folder: Path, *people: str) -> Path:
    path = folder / "minwen.sqlite3"
    connection = connect(path)
    migrate(connection)
    for who in people:
        residents.touch(connection, who, "message", NOW)
    connection.close()
    return path


def people(path: Path) -> list[str]:
    connection = connect(path)
    try:
        return [row["openid"] for row in connection.execute("SELECT openid FROM residents ORDER BY openid")]
    finally:
        connection.close()


def erase(path: Path, who: str, at_ms: int) -> None:
    connection = connect(path)
    with transaction(connection):
        residents.erase(connection, who, at_ms)
    connection.close()


def test_a_backup_is_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = installation(tmp_path, "o-li", "o-zhang")
    made = backups.backup(path, tmp_path / "backups" / "b.sqlite3")
    assert people(made.path) == ["o-li", "o-zhang"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_a_backup_holds_one_moment_although_a_writer_never_rests(tmp_path: Path) -> None:
    """Two rows are always changed together; the copy ends although it is overtaken all the time."""
    path = installation(tmp_path)
    connection = connect(path)
    connection.executescript("CREATE TABLE pair (name TEXT PRIMARY KEY, value INTEGER); CREATE TABLE bulk (x TEXT);")
    connection.execute("INSERT INTO pair VALUES ('a', 0), ('b', 0)")
    with transaction(connection):
        connection.executemany("INSERT INTO bulk VALUES (?)", (("x" * 3000,) for _ in range(4000)))
    connection.close()
    stop = threading.Event()

    def write() -> None:
        mine = connect(path)
        mine.execute("PRAGMA synchronous=OFF")
        while not stop.is_set():
            with transaction(mine):
                mine.execute("UPDATE pair SET value = value + 1")
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backups.backup(path, tmp_path / f"b{number}.sqlite3") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for one in made:
        copy = sqlite3.connect(one.path)
        (a,), (b,) = copy.execute("SELECT value FROM pair ORDER BY name")
        copy.close()
        assert a == b


def test_restoring_brings_the_old_state_back_and_keeps_the_new_one_aside(tmp_path: Path) -> None:
    path = installation(tmp_path, "o-li")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    connection = connect(path)
    residents.touch(connection, "o-wang", "message", NOW)
    connection.close()
    done = backups.restore(made.path, path)
    assert people(path) == ["o-li"]
    assert done.previous is not None
    assert people(done.previous) == ["o-li", "o-wang"]


def test_restoring_forgets_again_whoever_left_since(tmp_path: Path) -> None:
    path = installation(tmp_path, "o-li", "o-zhang")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    erase(path, "o-zhang", NOW + 1000)
    done = backups.restore(made.path, path)
    assert done.erased == 1
    assert people(path) == ["o-li"]


def test_an_erasure_survives_restoring_two_backups_one_after_the_other(tmp_path: Path) -> None:
    """The first backup knows nothing of the person, the second does."""
    path = installation(tmp_path, "o-li")
    before = backups.backup(path, tmp_path / "before.sqlite3")
    connection = connect(path)
    residents.touch(connection, "o-zhang", "message", NOW)
    connection.close()
    after = backups.backup(path, tmp_path / "after.sqlite3")
    erase(path, "o-zhang", NOW + 1000)
    backups.restore(before.path, path)
    assert backups.restore(after.path, path).erased == 1
    assert people(path) == ["o-li"]


def test_restoring_twice_keeps_both_databases_that_were_set_aside(tmp_path: Path) -> None:
    path = installation(tmp_path, "o-li")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    first, second = backups.restore(made.path, path), backups.restore(made.path, path)
    assert first.previous != second.previous
    assert first.previous is not None
    assert first.previous.is_file()


def test_restoring_into_an_empty_place_works(tmp_path: Path) -> None:
    made = backups.backup(installation(tmp_path, "o-li"), tmp_path / "b.sqlite3")
    done = backups.restore(made.path, tmp_path / "new" / "minwen.sqlite3")
    assert done.previous is None
    assert people(tmp_path / "new" / "minwen.sqlite3") == ["o-li"]


@pytest.mark.parametrize("damage", ["text", "cut", "foreign", "torn"])
def test_a_damaged_file_is_refused_and_the_database_stays(tmp_path: Path, damage: str) -> None:
    path = installation(tmp_path, "o-li")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    data = made.path.read_bytes()
    match damage:
        case "text":
            made.path.write_bytes("这不是数据库".encode())
        case "cut":
            made.path.write_bytes(data[: len(data) // 2])
        case "torn":
            made.path.write_bytes(data[:8192] + b"\xff" * 8192 + data[16384:])
        case _:
            made.path.unlink()
            other = sqlite3.connect(made.path)
            other.execute("CREATE TABLE anything (x)")
            other.close()
    before = path.read_bytes()
    with pytest.raises(BackupError):
        backups.restore(made.path, path)
    assert path.read_bytes() == before
    assert people(path) == ["o-li"]


def test_a_ruined_database_can_be_replaced_and_the_loss_of_its_erasures_is_told(tmp_path: Path) -> None:
    """That is what backups are for; nothing can be replayed from what cannot be read."""
    path = installation(tmp_path, "o-li")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    path.write_bytes(b"\0" * 5000)
    done = backups.restore(made.path, path)
    assert people(path) == ["o-li"]
    assert done.erased is None


def test_a_database_in_use_is_not_replaced(tmp_path: Path) -> None:
    """Whoever has it open would go on writing into the file that was set aside."""
    path = installation(tmp_path, "o-li")
    made = backups.backup(path, tmp_path / "b.sqlite3")
    user = connect(path)
    user.execute("SELECT count(*) FROM residents").fetchone()
    with pytest.raises(BackupError, match="serve"):
        backups.restore(made.path, path)
    residents.touch(user, "o-wang", "message", NOW)
    user.close()
    assert people(path) == ["o-li", "o-wang"]


def test_a_backup_onto_another_file_is_refused(tmp_path: Path) -> None:
    """A file that is no backup of ours is not overwritten."""
    path = installation(tmp_path, "o-li")
    (tmp_path / "letter.txt").write_text("信", "utf-8")
    with pytest.raises(BackupError):
        backups.backup(path, tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text("utf-8") == "信"


def test_the_default_name_is_never_taken(tmp_path: Path) -> None:
    path = installation(tmp_path, "o-li")
    targets = []
    for _ in range(3):
        targets.append(backups.default_target(tmp_path, "2026-11-24"))
        backups.backup(path, targets[-1])
    assert len(set(targets)) == 3
