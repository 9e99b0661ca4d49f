"""Windows and quotas as the platform counts them, and forgetting a person for good."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from storage import outbox, residents
from storage.database import connect
from storage.migrations import migrate

SECOND, HOUR = 1000, 3600 * 1000
NOW = 1_800_000_000_000


def fresh() -> sqlite3.Connection:
    connection = connect(":memory:")
    migrate(connection)
    return connection


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = fresh()
    yield connection
    connection.close()


def test_a_stranger_has_no_window(db: sqlite3.Connection) -> None:
    assert residents.open_window(db, "o-zhang", NOW) is None


def test_a_message_allows_five_sends_within_two_days(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    for _ in range(5):
        assert residents.open_window(db, "o-zhang", NOW + 47 * HOUR) == "message"
        residents.use_window(db, "o-zhang", "message")
    assert residents.open_window(db, "o-zhang", NOW + 47 * HOUR) is None
    residents.touch(db, "o-zhang", "message", NOW + 47 * HOUR)
    assert residents.open_window(db, "o-zhang", NOW + 94 * HOUR) == "message"


def test_the_message_window_closes_after_two_days(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    assert residents.open_window(db, "o-zhang", NOW + 48 * HOUR) is None


@pytest.mark.parametrize("trigger", ["click", "follow", "scan"])
def test_a_click_a_follow_and_a_scan_allow_three_sends_within_a_minute(db: sqlite3.Connection, trigger: str) -> None:
    residents.touch(db, "o-zhang", trigger, NOW)
    for _ in range(3):
        assert residents.open_window(db, "o-zhang", NOW + 59 * SECOND) == "brief"
        residents.use_window(db, "o-zhang", "brief")
    assert residents.open_window(db, "o-zhang", NOW + 59 * SECOND) is None
    residents.touch(db, "o-zhang", trigger, NOW)
    assert residents.open_window(db, "o-zhang", NOW + 60 * SECOND) is None


def test_a_click_does_not_renew_the_message_window(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    residents.touch(db, "o-zhang", "click", NOW + 47 * HOUR)
    assert residents.open_window(db, "o-zhang", NOW + 49 * HOUR) is None


def test_the_platform_s_word_closes_the_windows_until_the_next_contact(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    residents.close_windows(db, "o-zhang")
    assert residents.open_window(db, "o-zhang", NOW) is None
    residents.touch(db, "o-zhang", "message", NOW + 1)
    assert residents.open_window(db, "o-zhang", NOW + 1) == "message"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["message", "click", "send"]), st.integers(0, 30 * HOUR)), max_size=25))
def test_no_series_of_events_lets_out_more_than_the_platform_allows(steps: list[tuple[str, int]]) -> None:
    """The ledger never opens a window that the platform's own rule would refuse."""
    db, now = fresh(), NOW
    message, click, used_message, used_click = -1, -1, 0, 0
    for what, pause in steps:
        now += pause
        if what == "send":
            window = residents.open_window(db, "o-zhang", now)
            if window == "message":
                used_message += 1
                assert now - message < 48 * HOUR
                assert used_message <= 5
            if window == "brief":
                used_click += 1
                assert now - click < 60 * SECOND
                assert used_click <= 3
            if window:
                residents.use_window(db, "o-zhang", window)
            continue
        residents.touch(db, "o-zhang", what, now)
        message, used_message = (now, 0) if what == "message" else (message, used_message)
        click, used_click = (now, 0) if what == "click" else (click, used_click)
    db.close()


def test_someone_erased_leaves_no_openid_anywhere(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    outbox.owe(db, "o-zhang", "", "给您的话", "d1", NOW)
    residents.erase(db, "o-zhang", NOW + 1)
    dump = "\n".join(db.iterdump())
    assert "o-zhang" not in dump
    assert "给您的话" not in dump
    assert residents.digest("o-zhang") in dump


def test_a_replay_forgets_whoever_is_in_the_older_data(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "message", NOW)
    residents.touch(db, "o-li", "message", NOW)
    done = [(residents.digest("o-zhang"), NOW + HOUR)]
    assert residents.replay_erasures(db, done) == 1
    assert [row["openid"] for row in db.execute("SELECT openid FROM residents")] == ["o-li"]


def test_a_replay_spares_who_followed_again_later(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-zhang", "follow", NOW + 2 * HOUR)
    assert residents.replay_erasures(db, [(residents.digest("o-zhang"), NOW + HOUR)]) == 0
    assert residents.open_window(db, "o-zhang", NOW + 2 * HOUR) == "brief"


def test_a_replay_keeps_erasures_of_people_it_did_not_find(db: sqlite3.Connection) -> None:
    """They may stand in a still older backup that is restored next."""
    done = [(residents.digest("o-zhang"), NOW + HOUR)]
    residents.replay_erasures(db, done)
    assert residents.erasures(db) == done
