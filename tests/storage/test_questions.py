"""The question log and what still waits for staff."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from casework.china_time import SHANGHAI
from handlers.services import AskedQuestion
from storage.database import connect
from storage.migrations import migrate
from storage.questions import StoredQuestions

ASKED = AskedQuestion(
    "q1",
    "o-zhang",
    "火星移民怎么报名",
    datetime(2026, 11, 24, 9, tzinfo=SHANGHAI),
    "unknown",
    "",
    (("guide:a", 0.4), ("guide:b", 0.2)),
    "v1",
    "其他",
    "测试单位",
    "没有答案",
    date(2026, 11, 25),
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def test_an_unresolved_question_waits_with_what_came_near(db: sqlite3.Connection) -> None:
    log = StoredQuestions(db)
    log.add(ASKED)
    (gap,) = log.gaps()
    assert (gap.words, gap.why, gap.due_date, gap.version) == ("火星移民怎么报名", "没有答案", "2026-11-25", "v1")
    assert gap.runners_up == (("guide:a", 0.4), ("guide:b", 0.2))


def test_what_waits_comes_by_due_date(db: sqlite3.Connection) -> None:
    log = StoredQuestions(db)
    log.add(replace(ASKED, id="late", due=date(2026, 12, 1)))
    log.add(replace(ASKED, id="soon", due=date(2026, 11, 24)))
    assert [gap.id for gap in log.gaps()] == ["soon", "late"]
    assert [gap.id for gap in log.gaps(1)] == ["soon"]


def test_an_answered_question_does_not_wait_until_it_turns_out_unsolved(db: sqlite3.Connection) -> None:
    log = StoredQuestions(db)
    log.add(replace(ASKED, outcome="answer", unresolved="", due=None))
    assert log.gaps() == []
    log.leave_unresolved("q1", "没解决", date(2026, 11, 25))
    (gap,) = log.gaps()
    assert gap.why == "没解决"


def test_the_first_reason_and_date_stay(db: sqlite3.Connection) -> None:
    log = StoredQuestions(db)
    log.add(ASKED)
    log.leave_unresolved("q1", "没解决", date(2026, 12, 9))
    (gap,) = log.gaps()
    assert (gap.why, gap.due_date) == ("没有答案", "2026-11-25")


def test_a_question_that_became_a_ticket_says_so_and_a_closed_one_is_gone(db: sqlite3.Connection) -> None:
    log = StoredQuestions(db)
    log.add(ASKED)
    log.join_ticket("q1", "GA20261124-0001")
    assert log.gaps()[0].ticket_id == "GA20261124-0001"
    log.close("q1", 1)
    assert log.gaps() == []


@pytest.mark.parametrize("useful", [True, False])
def test_useful_and_useless_are_noted(db: sqlite3.Connection, useful: bool) -> None:
    log = StoredQuestions(db)
    log.add(ASKED)
    log.rate("q1", useful)
    assert db.execute("SELECT useful FROM questions").fetchone()["useful"] == int(useful)
