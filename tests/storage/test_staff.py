"""Staff accounts in SQLite."""

import sqlite3
from collections.abc import Iterator

import pytest

from casework.staff import Role
from storage import sessions, staff
from storage.database import connect
from storage.migrations import migrate


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """An empty database with one account."""
    connection = connect(":memory:")
    migrate(connection)
    staff.add(connection, "zhiban1", "赵值班", Role.DUTY, "", "hash-1", True)
    yield connection
    connection.close()


def test_an_account_comes_back_as_it_was_added(db):
    """With its role, its unit and that the password must be changed."""
    staff.add(db, "chengban1", "钱承办", Role.HANDLER, "chengguan", "hash-2", False)

    account = staff.get(db, "chengban1")

    assert account is not None
    assert (account.name, account.role, account.unit) == ("钱承办", Role.HANDLER, "chengguan")
    assert (account.active, account.must_change, account.last_login) == (True, False, None)
    assert staff.get(db, "nobody") is None


def test_a_login_is_given_once(db):
    """A second account of the same name is refused and the first stays."""
    assert not staff.add(db, "zhiban1", "别人", Role.ADMIN, "", "hash-3", False)
    assert staff.password_hash(db, "zhiban1") == "hash-1"


def test_disabling_ends_the_sessions_and_hides_the_password(db):
    """Whoever is signed in is out, and no password opens it; enabling brings it back."""
    sessions.save(db, "digest-1", "zhiban1", "{}", 1000)

    assert staff.disable(db, "zhiban1")
    assert not staff.disable(db, "zhiban1")

    assert sessions.load(db, "digest-1") is None
    assert staff.password_hash(db, "zhiban1") == ""
    assert staff.set_active(db, "zhiban1", True)
    assert staff.password_hash(db, "zhiban1") == "hash-1"


def test_a_new_password_ends_the_sessions_of_this_account_only(db):
    """Another person stays signed in."""
    sessions.save(db, "digest-1", "zhiban1", "{}", 1000)
    sessions.save(db, "digest-2", "other", "{}", 1000)

    staff.set_password(db, "zhiban1", "hash-9", False)

    assert staff.password_hash(db, "zhiban1") == "hash-9"
    assert staff.get(db, "zhiban1").must_change is False
    assert sessions.load(db, "digest-1") is None
    assert sessions.load(db, "digest-2") is not None


def test_the_active_stand_first(db):
    """Disabled accounts are listed after them."""
    staff.add(db, "aaa", "停用的", Role.DUTY, "", "h", False)
    staff.disable(db, "aaa")

    assert [account.login for account in staff.everyone(db)] == ["zhiban1", "aaa"]


def test_the_account_log_is_newest_first(db):
    """As many lines as asked for."""
    for place in range(3):
        staff.note(db, 1000 + place, "guanli1", "zhiban1", f"第{place}步")

    assert [note.what for note in staff.notes(db, 2)] == ["第2步", "第1步"]
