"""The overlay: nothing is overwritten, the newest version of each path counts."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import overlay
from storage.database import connect, transaction
from storage.migrations import migrate

ACT = overlay.Act("张三甲", "李四乙", 1_800_000_000_000, "试")
DOG, CAT = "faq/dog.yaml", "faq/cat.yaml"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "minwen.sqlite3")
    migrate(connection)
    yield connection
    connection.close()


def test_without_an_act_the_shipped_files_stand(db: sqlite3.Connection) -> None:
    assert overlay.newest(db) == 0
    assert overlay.files(db) == {}
    assert overlay.versions(db) == ()


def test_the_newest_version_of_each_path_counts(db: sqlite3.Connection) -> None:
    overlay.put(db, {DOG: "一", CAT: "猫"}, ACT)
    overlay.put(db, {DOG: "二"}, ACT)

    assert overlay.files(db) == {DOG: "二", CAT: "猫"}


def test_an_earlier_state_can_still_be_read(db: sqlite3.Connection) -> None:
    first = overlay.put(db, {DOG: "一"}, ACT)
    overlay.put(db, {DOG: "二", CAT: "猫"}, ACT)

    assert overlay.files(db, first) == {DOG: "一"}
    assert overlay.files(db, 0) == {}


def test_a_withdrawn_file_stays_in_the_history(db: sqlite3.Connection) -> None:
    overlay.put(db, {DOG: "一"}, ACT)
    overlay.put(db, {DOG: None}, ACT)

    assert overlay.files(db) == {DOG: None}
    assert [(one.version, one.content) for one in overlay.history(db, DOG)] == [(2, None), (1, "一")]


def test_several_files_are_one_version_with_its_author(db: sqlite3.Connection) -> None:
    overlay.put(db, {DOG: "一", CAT: None}, ACT)

    assert overlay.versions(db) == (overlay.Version(1, ACT, (CAT, DOG)),)


def test_an_act_that_fails_half_way_leaves_nothing(db: sqlite3.Connection) -> None:
    def fail_half_way() -> None:
        with transaction(db):
            overlay.put(db, {DOG: "一"}, ACT)
            db.execute("INSERT INTO overlay(version) VALUES (9)")

    with pytest.raises(sqlite3.Error):
        fail_half_way()

    assert overlay.newest(db) == 0


def test_an_act_without_a_file_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="at least one"):
        overlay.put(db, {}, ACT)
