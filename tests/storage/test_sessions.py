"""Staff sessions and login attempts in SQLite."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from casework.china_time import SHANGHAI
from storage import logins, sessions
from storage.database import connect
from storage.migrations import migrate
from storage.times import from_ms, to_ms
from web.console.throttle import wait_until

NOW = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """An empty database."""
    connection = connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def test_replacing_a_sessions_data_keeps_its_age(db):
    """The absolute limit counts from the login."""
    sessions.save(db, "d", "zhiban1", '{"a":1}', 1000)
    sessions.save(db, "d", "zhiban1", '{"a":2}', 5000)
    sessions.touch(db, "d", 7000)

    found = sessions.load(db, "d")

    assert found is not None
    assert (found.data, found.created, found.seen) == ('{"a":2}', from_ms(1000), from_ms(7000))


def test_ending_all_sessions_counts_them(db):
    """Only those of one account."""
    for digest, login in (("a", "one"), ("b", "one"), ("c", "two")):
        sessions.save(db, digest, login, "{}", 1000)

    assert sessions.end_all(db, "one") == 2
    assert sessions.load(db, "a") is None
    assert sessions.load(db, "c") is not None


def test_sessions_nobody_used_for_a_week_are_swept(db):
    """By the next login of anybody."""
    sessions.save(db, "old", "one", "{}", 1000)
    sessions.save(db, "new", "two", "{}", 1000 + sessions.FORGOTTEN_AFTER_MS + 1)

    assert sessions.load(db, "old") is None


def attempts(db: sqlite3.Connection, count: int, login: str, address: str, at: datetime = NOW) -> list[bool]:
    """Make attempts that all fail; return which of them were let through."""
    return [logins.begin(db, login, address, wait_until, at) is None for _ in range(count)]


def test_five_failures_are_free_and_the_wait_doubles(db):
    """1, 2, 4, 8 and then at most 15 minutes."""
    assert attempts(db, 7, "zhiban1", "1.1.1.1") == [True] * 5 + [False] * 2

    at, waits = NOW, []
    for _ in range(6):
        until = logins.begin(db, "zhiban1", "1.1.1.1", wait_until, at)
        assert until is not None
        waits.append(round((until - at).total_seconds() / 60))
        at = until
        assert logins.begin(db, "zhiban1", "1.1.1.1", wait_until, at) is None
    assert waits == [1, 2, 4, 8, 15, 15]


def test_an_attacker_elsewhere_does_not_keep_an_officer_out(db):
    """Twenty failures from anywhere stop strange addresses, not the office's."""
    assert logins.begin(db, "zhiban1", "10.0.0.5", wait_until, NOW) is None
    logins.succeed(db, "zhiban1", "10.0.0.5", to_ms(NOW))
    for place in range(30):
        attempts(db, 1, "zhiban1", f"9.9.9.{place}")

    assert attempts(db, 1, "zhiban1", "8.8.8.8") == [False]
    assert attempts(db, 1, "zhiban1", "10.0.0.5") == [True]


def test_one_address_cannot_try_many_accounts(db):
    """Forty failures in a quarter of an hour; then the address has to wait, a known account from it does not."""
    assert logins.begin(db, "zhiban1", "10.0.0.5", wait_until, NOW) is None
    logins.succeed(db, "zhiban1", "10.0.0.5", to_ms(NOW))

    let = [attempts(db, 1, f"user{place}", "10.0.0.5")[0] for place in range(50)]

    assert let.count(True) == 40
    assert attempts(db, 1, "zhiban1", "10.0.0.5") == [True]
    assert attempts(db, 1, "user99", "10.0.0.5", NOW + timedelta(minutes=16)) == [True]


def test_a_success_forgets_the_failures_of_that_pair(db):
    """The next slip of the finger starts from nothing."""
    attempts(db, 5, "zhiban1", "10.0.0.5")
    logins.succeed(db, "zhiban1", "10.0.0.5", to_ms(NOW))

    assert attempts(db, 5, "zhiban1", "10.0.0.5") == [True] * 5
