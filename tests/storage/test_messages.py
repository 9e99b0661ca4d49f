"""Replies kept for retries, and stamps that are good for one message."""

import sqlite3
from collections.abc import Iterator

import pytest

from storage import messages
from storage.database import connect
from storage.migrations import migrate

HOUR_MS = 3600 * 1000
NOW = 1_800_000_000_000


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def test_an_unknown_key_has_no_reply_and_an_empty_reply_is_a_reply(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", "", NOW)
    assert messages.reply_to(db, "m:2") is None
    assert messages.reply_to(db, "m:1") == ""


def test_a_retry_finds_the_reply_of_the_first_try(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", '["你好",[]]', NOW)
    assert messages.reply_to(db, "m:1") == '["你好",[]]'


def test_a_key_can_be_claimed_once(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", "x", NOW)
    with pytest.raises(sqlite3.IntegrityError):
        messages.add(db, "m:1", "o-zhang", "1:b", "y", NOW)


def test_a_stamp_is_good_for_one_message(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", "x", NOW)
    assert messages.is_used(db, "1:a")
    assert not messages.is_used(db, "1:b")
    with pytest.raises(sqlite3.IntegrityError):
        messages.add(db, "m:2", "o-zhang", "1:a", "y", NOW)


def test_no_openid_stands_in_a_key(db: sqlite3.Connection) -> None:
    """The key of an event holds the openid, so keys are kept hashed."""
    messages.add(db, "e:o-zhang:1:subscribe:", None, "1:a", "", NOW)
    dump = "\n".join(db.iterdump())
    assert "o-zhang" not in dump


def test_forgetting_a_person_keeps_the_claim_and_drops_the_words(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", '["您的低保",[]]', NOW)
    messages.forget(db, "o-zhang")
    assert messages.reply_to(db, "m:1") == ""


def test_replies_live_a_day_and_then_go(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", "x", NOW)
    assert messages.drop_old(db, NOW + 23 * HOUR_MS) == 0
    assert messages.reply_to(db, "m:1") == "x"
    assert messages.drop_old(db, NOW + 24 * HOUR_MS + 1) == 1
    assert messages.reply_to(db, "m:1") is None


def test_the_reply_can_be_replaced_by_what_was_really_said(db: sqlite3.Connection) -> None:
    messages.add(db, "m:1", "o-zhang", "1:a", "x", NOW)
    messages.replace_reply(db, "m:1", "收到了")
    assert messages.reply_to(db, "m:1") == "收到了"
