"""Notices: owed once, sent once, never lost, never doubled."""

import sqlite3
from collections.abc import Iterator

import pytest

from storage import outbox, residents
from storage.database import connect
from storage.migrations import migrate

HOUR = 3600 * 1000
NOW = 1_800_000_000_000


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = connect(":memory:")
    migrate(connection)
    residents.touch(connection, "o-zhang", "message", NOW)
    yield connection
    connection.close()


def states(db: sqlite3.Connection) -> list[str]:
    return [row["state"] for row in db.execute("SELECT state FROM outbox ORDER BY created_ms, rowid")]


def test_the_same_event_is_owed_once(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    assert states(db) == ["owed"]


def test_a_claimed_notice_is_not_claimed_again(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    assert [one.body for one in outbox.claim(db, NOW)] == ["有答复了"]
    assert outbox.claim(db, NOW) == []
    assert states(db) == ["sending"]


def test_no_more_is_claimed_than_the_window_has_room_for(db: sqlite3.Connection) -> None:
    for number in range(8):
        outbox.owe(db, "o-zhang", "GA1", f"第{number}条", f"GA1/{number}", NOW + number)
    sent = []
    while claimed := outbox.claim(db, NOW + 9):
        sent += claimed
        outbox.settle(db, claimed[0].id, "sent", "", NOW + 9)
    assert [one.body for one in sent] == [f"第{number}条" for number in range(5)]
    assert states(db).count("owed") == 3


def test_one_notice_of_a_resident_is_under_way_at_a_time(db: sqlite3.Connection) -> None:
    """So that they arrive in the order of what they tell."""
    residents.touch(db, "o-li", "message", NOW)
    for who in ("o-zhang", "o-li"):
        for number in range(2):
            outbox.owe(db, who, "GA1", f"{who}{number}", f"{who}/{number}", NOW + number)
    assert {one.body for one in outbox.claim(db, NOW + 9)} == {"o-zhang0", "o-li0"}
    assert outbox.claim(db, NOW + 9) == []


def test_outside_the_window_a_notice_waits_for_the_next_contact(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW + 50 * HOUR)
    assert outbox.claim(db, NOW + 50 * HOUR) == []
    assert [one.body for one in outbox.give(db, "o-zhang", NOW + 60 * HOUR)] == ["有答复了"]
    assert outbox.give(db, "o-zhang", NOW + 61 * HOUR) == []
    assert states(db) == ["given"]


def test_what_was_sent_is_not_given_again(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    (notice,) = outbox.claim(db, NOW)
    outbox.settle(db, notice.id, "sent", "", NOW + 1)
    assert outbox.give(db, "o-zhang", NOW + 2) == []
    assert states(db) == ["sent"]


def test_what_is_being_sent_is_not_given_at_the_same_time(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    outbox.claim(db, NOW)
    assert outbox.give(db, "o-zhang", NOW + 1) == []


def test_what_never_left_is_tried_again_after_its_pause(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    (notice,) = outbox.claim(db, NOW)
    outbox.settle(db, notice.id, "owed", "Unreachable", NOW, retry_after_ms=60_000)
    assert outbox.claim(db, NOW + 59_000) == []
    assert [one.id for one in outbox.claim(db, NOW + 60_000)] == [notice.id]


def test_an_interrupted_send_becomes_uncertain_and_is_given_but_never_sent(db: sqlite3.Connection) -> None:
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    outbox.claim(db, NOW)
    assert outbox.find_interrupted(db, NOW + outbox.SENDING_LEASE_MS) == 0
    assert outbox.find_interrupted(db, NOW + outbox.SENDING_LEASE_MS + 1) == 1
    assert outbox.claim(db, NOW + HOUR) == []
    (given,) = outbox.give(db, "o-zhang", NOW + HOUR)
    assert given.uncertain
    assert db.execute("SELECT uncertain FROM outbox").fetchone()["uncertain"] == 1


def test_a_late_note_does_not_undo_what_was_given(db: sqlite3.Connection) -> None:
    """A send that ends after its row was given leaves the row as it is."""
    outbox.owe(db, "o-zhang", "GA1", "有答复了", "GA1/3", NOW)
    (notice,) = outbox.claim(db, NOW)
    outbox.find_interrupted(db, NOW + HOUR)
    outbox.give(db, "o-zhang", NOW + HOUR)
    outbox.settle(db, notice.id, "owed", "", NOW + HOUR)
    assert states(db) == ["given"]


def test_the_lease_is_longer_than_a_send_can_take() -> None:
    """Token and call, each four tries of five seconds with pauses of 1, 2 and 4, and all of it twice."""
    longest_ms = 4 * (4 * 5 + 1 + 2 + 4) * 1000
    assert longest_ms < outbox.SENDING_LEASE_MS
