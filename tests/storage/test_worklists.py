"""Work lists against a real register of tickets."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casework.china_time import SHANGHAI
from casework.staff import Resident, Role, Staff
from casework.tickets.desk import (
    Opening,
    TransitionRefused,
    accept,
    answer_directly,
    approve_extension,
    ask_extension,
    begin,
    dispatch,
    open_ticket,
    pause,
    rate,
    reopen,
    sign,
)
from casework.tickets.facts import facts_from_log, facts_of
from casework.tickets.model import Kind, PauseReason, Rating, Stage, TextKind
from storage import housekeeping, outbox, report_facts, residents, worklists
from storage.database import connect
from storage.migrations import migrate
from storage.ticket_rows import escaped
from storage.tickets import StoredTickets
from tests.web.desk import ADMIN, DUTY, HANDLER, SUPERVISOR, make_desk
from web.console.queries import PAGE_SIZE, Query, Scope, scope_of

NOW = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
ALL, CHENGGUAN, GONGAN, NOBODY = Scope(True, ""), Scope(False, "chengguan"), Scope(False, "gongan"), Scope(False, "")


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """An empty database."""
    connection = connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def opened(
    db: sqlite3.Connection,
    words: str = "路灯坏了",
    kind: Kind = Kind.COMPLAIN,
    town: str = "瑞州街道",
    days_ago: int = 0,
) -> str:
    """Open a ticket; return its number."""
    opening = Opening(kind, ((TextKind.DEMAND, words),), openid="o", town=town)
    desk = make_desk(db, NOW - timedelta(days=days_ago))
    return open_ticket(desk, opening, "0417", lambda code: code, Resident("o")).number


def sent_to(db: sqlite3.Connection, unit: str, helpers: tuple[str, ...] = ()) -> str:
    """Open a ticket and dispatch it."""
    number, desk = opened(db), make_desk(db, NOW)
    accept(desk, number, DUTY)
    dispatch(desk, number, unit, DUTY, helpers)
    return number


def numbers(db: sqlite3.Connection, query: Query, scope: Scope = ALL) -> list[str]:
    """Return the numbers of a list, checked against its count."""
    found = worklists.page(db, query, scope)
    assert found.total == worklists.count(db, query, scope)
    return [row.number for row in found.rows]


def test_a_unit_sees_what_it_leads_and_what_it_helps_with(db):
    """Nothing of others, and nobody without a unit sees anything."""
    own, helped, other = sent_to(db, "chengguan"), sent_to(db, "gongan", ("chengguan",)), sent_to(db, "zhujian")

    assert set(numbers(db, Query(), CHENGGUAN)) == {own, helped}
    assert numbers(db, Query(), GONGAN) == [helped]
    assert numbers(db, Query(), NOBODY) == []
    assert set(numbers(db, Query())) == {own, helped, other}


def test_a_unit_whose_code_is_part_of_anothers_sees_nothing_of_it(db):
    """Codes are compared whole, signs of LIKE are letters."""
    sent_to(db, "gongan", ("chengguan2",))

    for code in ("chengguan", "guan2", "%", "chengguan_", '"', "!"):
        assert numbers(db, Query(), Scope(False, code)) == []


def test_lists_stand_by_due_date(db):
    """The most urgent first; what is done stands newest first."""
    late, soon = opened(db, days_ago=20), opened(db, kind=Kind.CONSULT)
    last = opened(db)

    assert numbers(db, Query(is_open=True)) == [late, soon, last]
    for number in (late, last):
        answer_directly(make_desk(db, NOW), number, "好了", DUTY)
    assert numbers(db, Query(is_open=False, newest_first=True)) == [last, late]


def test_due_today_and_overdue_leave_out_what_stands_still(db):
    """A paused ticket is neither."""
    late, today = opened(db, days_ago=20), opened(db, days_ago=8)
    paused, desk = opened(db, days_ago=8), make_desk(db, NOW - timedelta(days=7))
    accept(desk, paused, DUTY)
    pause(desk, paused, PauseReason.MATERIALS, "等材料", DUTY)

    day = NOW.date()

    assert numbers(db, Query(is_open=True, due_on=day)) == [today]
    assert numbers(db, Query(is_open=True, due_before=day)) == [late]


def test_a_request_for_more_time_is_found_and_gone_when_decided(db):
    """By what the stored ticket says."""
    number, desk = sent_to(db, "chengguan"), make_desk(db, NOW)
    sign(desk, number, HANDLER)
    begin(desk, number, HANDLER)
    assert numbers(db, Query(is_open=True, asks_extension=True)) == []

    ask_extension(desk, number, 1, "等材料", HANDLER)

    assert numbers(db, Query(is_open=True, asks_extension=True)) == [number]
    assert worklists.page(db, Query(), ALL).rows[0].asks_extension


def test_mine_are_those_i_acted_on(db):
    """Not those of somebody whose name begins like mine."""
    number = opened(db)
    opened(db)
    accept(make_desk(db, NOW), number, DUTY)

    assert numbers(db, Query(touched_by="zhiban1")) == [number]
    assert numbers(db, Query(touched_by="zhiban")) == []


def test_search_finds_words_numbers_and_external_numbers(db):
    """As typed; signs of LIKE are letters."""
    one, two = opened(db, "路灯坏了100%"), opened(db, "井盖_松了")

    assert numbers(db, Query(words="路灯")) == [one]
    assert numbers(db, Query(words=two)) == [two]
    assert numbers(db, Query(words="100%")) == [one]
    assert numbers(db, Query(words="盖_松")) == [two]
    assert numbers(db, Query(words="%")) == [one]
    assert numbers(db, Query(words="' OR 1=1 --")) == []


@given(st.text(max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_search_is_taken_letter_by_letter(words):
    """LIKE with the escaped words agrees with Python's ``in`` (SQLite folds ASCII case)."""
    connection = sqlite3.connect(":memory:")
    try:
        text = f"前{words}后"
        found = connection.execute("SELECT ? LIKE ? ESCAPE '!'", (text, f"%{escaped(words)}%")).fetchone()[0]
        assert found == 1 or "\0" in words
    finally:
        connection.close()


def test_kind_town_and_stage_narrow_a_list(db):
    """All that is set must hold."""
    one = opened(db, kind=Kind.HELP, town="八景镇")
    opened(db, kind=Kind.HELP)

    assert numbers(db, Query(kind="求助", town="八景镇")) == [one]
    assert numbers(db, Query(stages=(Stage.REGISTERED,), kind="建议")) == []


def test_pages_follow_each_other_without_a_gap(db):
    """Each ticket stands on exactly one."""
    made = {opened(db) for _ in range(PAGE_SIZE + 3)}

    first, second = (numbers(db, Query(page=page)) for page in (1, 2))

    assert (len(first), len(second)) == (PAGE_SIZE, 3)
    assert set(first) | set(second) == made
    assert numbers(db, Query(page=99)) == []


def test_the_mark_changes_with_what_the_page_would_show(db):
    """And with nothing else."""
    number = opened(db)
    before = worklists.page(db, Query(), ALL).mark

    assert worklists.page(db, Query(), ALL).mark == before
    accept(make_desk(db, NOW), number, DUTY)
    assert worklists.page(db, Query(), ALL).mark != before


def test_a_row_shows_the_beginning_of_the_words(db):
    """On one line, and nothing when they were erased."""
    number = opened(db, "第一行\n第二行" + "长" * 200)

    row = worklists.page(db, Query(), ALL).rows[0]
    assert row.words.startswith("第一行 第二行")
    assert len(row.words) == 80
    db.execute("DELETE FROM case_texts WHERE ticket = ?", (number,))
    assert worklists.page(db, Query(), ALL).rows[0].words == ""


def states(db: sqlite3.Connection, now_ms: int = 5000) -> list[str]:
    """Return what the ticket page says of each notice."""
    return [notice.state for notice in worklists.notices(db, "GA1", now_ms)]


def test_an_uncertain_notice_says_so_and_still_does_when_it_was_given(db):
    """Whatever state the row went back to."""
    outbox.owe(db, "o", "GA1", "您好", "GA1/1", 1000)
    assert states(db) == ["owed"]

    db.execute("UPDATE outbox SET uncertain = 1")
    assert states(db) == ["uncertain"]
    outbox.give(db, "o", 2000)
    assert states(db) == ["given_again"]


def test_a_send_without_an_end_is_doubtful_within_seconds(db):
    """Not only when its lease has run out."""
    outbox.owe(db, "o", "GA1", "您好", "GA1/1", 1000)
    residents.touch(db, "o", "message", 1000)
    assert outbox.claim(db, 2000)

    assert states(db, 20_000) == ["sending"]
    assert states(db, 23_000) == ["stalled"]
    outbox.find_interrupted(db, 2001 + outbox.SENDING_LEASE_MS)
    assert states(db, 300_000) == ["uncertain"]


def test_what_did_not_reach_somebody_who_left_stays_visible_without_person_and_words(db):
    """Delivered ones too; what is no ticket's goes altogether."""
    residents.touch(db, "o", "message", 1000)
    for place in (1, 2):
        outbox.owe(db, "o", "GA1", "您好", f"GA1/{place}", 1000)
    outbox.give(db, "o", 2000)
    outbox.owe(db, "o", "GA1", "又一条", "GA1/3", 3000)
    outbox.owe(db, "o", "faq1", "您问过的有答案了", "faq:faq1:o", 3000)
    outbox.owe(db, "o", "", "晚到的回答", "late:x", 3000)

    residents.erase(db, "o", 4000)

    assert states(db) == ["given", "given", "dropped"]
    rows = db.execute("SELECT openid, body, dedup FROM outbox").fetchall()
    assert [(row["openid"], row["body"]) for row in rows] == [(None, "")] * 3
    assert not any("o" in row["dedup"].split("/")[-1] for row in rows)
    outbox.give(db, "o", 5000)
    assert states(db) == ["given", "given", "dropped"]


def test_whoever_does_not_follow_is_told_nothing_until_they_write_again(db):
    """The platform said so; staff see it at once."""
    residents.touch(db, "o", "message", 1000)
    outbox.owe(db, "o", "GA1", "您好", "GA1/1", 1000)
    residents.mark_away(db, "o")

    assert outbox.claim(db, 2000) == []
    assert states(db) == ["away"]
    residents.touch(db, "o", "message", 3000)
    assert states(db) == ["owed"]


def test_a_notice_nobody_comes_for_ends_with_the_retention(db):
    """And says so; a younger one waits on."""
    outbox.owe(db, "o", "GA1", "您好", "GA1/1", 1000)
    year_ms = 365 * housekeeping.DAY_MS
    outbox.owe(db, "o", "GA1", "您好", "GA1/2", 2000 + year_ms)

    housekeeping.anonymise_closed(db, 3000 + year_ms, 365)

    assert states(db) == ["expired", "owed"]


def test_candidates_are_open_and_of_the_same_or_an_unknown_town(db):
    """The ticket itself is none."""
    number = opened(db)
    same, unknown = opened(db), opened(db, town="")
    opened(db, town="八景镇")
    answer_directly(make_desk(db, NOW), opened(db), "好了", DUTY)

    found = {one.number for one in worklists.candidates(db, "瑞州街道", number)}

    assert found == {same, unknown}


def test_report_facts_cover_both_days_and_only_what_may_be_read(db):
    """From the first moment of the first day to the last of the last."""
    old, new = opened(db, days_ago=3), sent_to(db, "chengguan")

    def found(start: date, end: date, scope: Scope = ALL) -> list[str]:
        return [case.number for case in report_facts.facts(db, start, end, scope)]

    assert found(date(2026, 11, 21), date(2026, 11, 24)) == [old, new]
    assert found(date(2026, 11, 22), date(2026, 11, 24)) == [new]
    assert found(date(2026, 11, 21), date(2026, 11, 23)) == [old]
    assert found(date(2026, 11, 21), date(2026, 11, 24), GONGAN) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["direct", "more_time", "good", "bad", "again", "dispatch"]), max_size=9))
def test_a_report_read_in_short_says_what_the_whole_tickets_and_their_logs_say(db, steps):
    """Whatever was done to a ticket."""
    number = sent_to(db, "chengguan")
    for place, step in enumerate(steps, 1):
        desk = make_desk(db, NOW + timedelta(hours=9 * place))
        work = {
            "direct": lambda desk=desk: answer_directly(desk, number, "好了", ADMIN),
            "more_time": lambda desk=desk: (
                ask_extension(desk, number, 1, "等", HANDLER),
                approve_extension(desk, number, SUPERVISOR),
            ),
            "good": lambda desk=desk: rate(desk, number, Rating.GOOD, Resident("o")),
            "bad": lambda desk=desk: rate(desk, number, Rating.BAD, Resident("o")),
            "again": lambda desk=desk: reopen(desk, number, "再办", ADMIN),
            "dispatch": lambda desk=desk: dispatch(desk, number, "gongan", SUPERVISOR),
        }[step]
        with suppress(TransitionRefused):
            work()

    book = StoredTickets(db)
    (read,) = [one for one in report_facts.facts(db, NOW.date(), NOW.date(), ALL) if one.number == number]
    assert read == facts_of(book.get(number)) == facts_from_log(book.history(number))


def test_ten_thousand_open_tickets_are_listed_from_indexes(db):
    """No list reads every ticket's body: the plan searches, it never scans the table."""
    queries = (Query(is_open=True), Query(is_open=True, due_before=NOW.date()), Query(stages=(Stage.REGISTERED,)))
    for query in queries:
        where, values = worklists.conditions(query, ALL)
        plan = db.execute(f"EXPLAIN QUERY PLAN SELECT count(*) FROM tickets t WHERE {where}", values).fetchall()
        assert all("SCAN t" not in row["detail"] for row in plan), query


def test_a_staff_value_without_a_unit_reads_nothing():
    """A handler whose unit was forgotten."""
    assert scope_of(Staff("x", Role.HANDLER)) == NOBODY
