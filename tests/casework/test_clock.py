"""Due dates people can check on a wall calendar, and the identities of the clock."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from casework.clock import Cause, Clock, ClockError, due, due_of
from casework.due_words import due_days_lines, due_sentence
from casework.limits import DEFAULT_RULES, LimitRule, disclosure_rule
from casework.workdays import WorkCalendar
from tests.casework.calendars import shipped


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


FIXTURES = [
    # Friday before Spring Festival. The next day is Saturday 14 February, which is worked (调休).
    ("咨询", "2026-02-13 17:00", "2026-02-14", False),
    # Received on that worked Saturday: day 1 is the 15th, a holiday until the 23rd.
    ("咨询", "2026-02-14 10:00", "2026-02-24", False),
    # Four days after the 13th is the 17th (holiday) -> 24th; eight days is the 21st -> 24th.
    ("求助", "2026-02-13 17:00", "2026-02-24", False),
    ("投诉", "2026-02-13 17:00", "2026-02-24", False),
    # Eight days from the 20th end on Saturday the 28th, which is worked.
    ("举报", "2026-02-20 09:00", "2026-02-28", False),
    # National Day 2026: 1-7 October rest, Saturday the 10th is worked.
    ("咨询", "2026-09-30 09:00", "2026-10-08", False),
    ("建议", "2026-09-30 09:00", "2026-10-08", False),
    ("投诉", "2026-09-30 09:00", "2026-10-08", False),
    ("投诉", "2026-10-02 09:00", "2026-10-10", False),
    # An ordinary Friday 17:00: day 1 is Saturday, the answer is due on Monday.
    ("咨询", "2026-11-27 17:00", "2026-11-30", False),
    # A Tuesday: plain next day.
    ("咨询", "2026-11-24 23:59", "2026-11-25", False),
    # 1 January 2027 is a holiday, the 2nd and 3rd a weekend; 2027 is not announced.
    ("咨询", "2026-12-31 08:00", "2027-01-04", True),
    ("咨询", "2027-03-01 08:00", "2027-03-02", True),
    # 15 working days from 13 February 2026: the 14th, 24-28, then 2-6 and 9-12 March.
    ("依申请公开", "2026-02-13 17:00", "2026-03-12", False),
    # 15 working days from 18 December 2026 end in 2027: 21-25 and 28-31 December, 4-8 and 11 January.
    ("依申请公开", "2026-12-18 09:00", "2027-01-11", True),
]


@pytest.mark.parametrize(("kind", "received", "expected", "provisional"), FIXTURES)
def test_the_due_date_is_the_one_counted_by_hand(kind, received, expected, provisional):
    """Each row was counted on the State Council's calendar, see the comments."""
    found = due(DEFAULT_RULES[kind], at(received), shipped())

    assert (found.due.isoformat(), found.provisional) == (expected, provisional)


def test_a_rest_day_stays_the_last_day_when_the_rule_says_none():
    """Without roll-over Saturday remains the last day."""
    assert due(LimitRule(1, rollover="none"), at("2026-11-27 17:00"), shipped()).due == date(2026, 11, 28)


def test_what_arrives_after_the_cutoff_counts_as_received_the_day_after():
    """17:00 is after a 17:00 cut-off; 16:59 is not."""
    rule = LimitRule(4, cutoff=time(17))

    assert due(rule, at("2026-11-16 16:59"), shipped()).due == date(2026, 11, 20)
    assert due(rule, at("2026-11-16 17:00"), shipped()).due == date(2026, 11, 23)  # the 21st is a Saturday


def test_a_working_day_rule_moves_a_late_friday_receipt_to_monday():
    """Received Friday evening is received on Monday; one working day later is Tuesday."""
    rule = LimitRule(1, unit="working", cutoff=time(17))

    assert due(rule, at("2026-11-27 18:00"), shipped()).due == date(2026, 12, 1)


def test_the_date_is_shanghais_whatever_the_zone_of_the_moment():
    """16:30 UTC is already the next day in Shanghai."""
    rule = DEFAULT_RULES["咨询"]

    assert due(rule, at("2026-11-23T16:30:00+00:00"), shipped()).due == date(2026, 11, 25)


def test_a_pause_over_national_day_gives_back_the_days_it_stood_still():
    """投诉 of 24 September; paused on the 29th, resumed on 9 October.

    25-28 September are days 1-4; the 29th to 8 October stand still; 9-12 October are days 5-8.
    """
    clock = Clock(DEFAULT_RULES["投诉"], at("2026-09-24 09:00")).paused(at("2026-09-29 10:00"))

    found = due_of(clock.resumed(at("2026-10-09 10:00")), shipped())

    assert found.due == date(2026, 10, 12)
    assert sum(day.cause is Cause.STOPPED for day in found.days) == 10


def test_a_late_notice_moves_an_open_due_date():
    """Counted on an unannounced calendar National Day is unknown; with the notice the date moves."""
    clock = Clock(DEFAULT_RULES["咨询"], at("2026-09-30 09:00"))

    assert due_of(clock, WorkCalendar()).due == date(2026, 10, 1)
    assert due_of(clock, WorkCalendar()).provisional
    assert due_of(clock, shipped()).due == date(2026, 10, 8)


def test_a_clock_cannot_be_paused_twice_nor_resumed_while_running():
    """Nor can it be paused before the last resume."""
    clock = Clock(DEFAULT_RULES["投诉"], at("2026-11-02 09:00"))
    with pytest.raises(ClockError):
        clock.resumed(at("2026-11-03 09:00"))
    with pytest.raises(ClockError):
        clock.paused(at("2026-11-03 09:00")).paused(at("2026-11-04 09:00"))
    with pytest.raises(ClockError):
        clock.paused(at("2026-11-01 09:00"))


def test_a_limit_needs_at_least_one_day():
    """Zero days would be due before they began."""
    with pytest.raises(ValueError, match="期限天数"):
        LimitRule(0)


def test_the_sentence_says_date_count_roll_over_and_doubt():
    """What a resident reads, whole."""
    rule = DEFAULT_RULES["咨询"]

    assert due_sentence(due(rule, at("2026-11-27 17:00"), shipped())) == (
        "2026年11月30日（星期一）24点前；从收到的第二天起算1天，因为28日是星期六，顺延到30日"
    )
    assert due_sentence(due(rule, at("2026-12-31 08:00"), shipped())) == (
        "2027年1月4日（星期一）24点前；从收到的第二天起算1天，因为1日元旦放假，顺延到4日；"
        "2027年放假安排还没公布，到时可能调整"
    )
    assert due_sentence(due(disclosure_rule(), at("2026-02-13 17:00"), shipped())) == (
        "2026年3月12日（星期四）24点前；从收到的第二天起算15个工作日（休息日不算，跳过12天）"
    )


def test_the_day_list_tells_every_day_from_receipt_to_due_date():
    """One line a day, none left out."""
    assert due_days_lines(due(DEFAULT_RULES["咨询"], at("2026-11-27 17:00"), shipped())) == (
        "11月27日 星期五：收到当天不算",
        "11月28日 星期六：第1天（星期六）",
        "11月29日 星期日：星期日，继续顺延",
        "11月30日 星期一：顺延到这一天",
    )


rules = st.builds(
    LimitRule,
    days=st.integers(1, 30),
    unit=st.sampled_from(["natural", "working"]),
    rollover=st.sampled_from(["next_workday", "none"]),
    cutoff=st.sampled_from([None, time(17)]),
)
moments = st.datetimes(at("2023-12-01 00:00"), at("2027-12-31 23:59"))
clocks = st.builds(Clock, rules, moments)


@settings(max_examples=150, deadline=None)
@given(clocks)
def test_exactly_the_limits_days_are_counted_and_the_list_has_no_gap(clock):
    """The due date is the last listed day, and the list runs day by day from receipt."""
    found = due_of(clock, shipped())
    dates = [day.date for day in found.days]

    assert sum(day.counted for day in found.days) == clock.rule.days
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert dates[0] == clock.received.date()
    assert found.due == dates[-1]
    assert clock.rule.rollover == "none" or shipped().is_workday(found.due)


@settings(max_examples=150, deadline=None)
@given(clocks, st.integers(0, 60), st.integers(0, 23))
def test_a_pause_of_no_day_changes_nothing(clock, days, hour):
    """Paused and resumed on the same date, at any time."""
    since = clock.received.replace(hour=0, minute=0) + timedelta(days=days + 1)
    paused = clock.paused(since).resumed(since + timedelta(hours=hour))

    assert due_of(paused, shipped()) == due_of(clock, shipped())


@settings(max_examples=150, deadline=None)
@given(clocks, st.integers(0, 12), st.integers(0, 40))
def test_a_pause_of_k_countable_days_moves_the_last_counted_day_by_k(clock, after, length):
    """Pausing is the same as a longer limit by the countable days that stood still."""
    since = clock.received + timedelta(days=after)
    paused = clock.paused(since).resumed(since + timedelta(days=length))
    found = due_of(paused, shipped())
    stood = [
        day
        for day in found.days
        if day.cause is Cause.STOPPED and (clock.rule.unit == "natural" or shipped().is_workday(day.date))
    ]
    longer = due_of(clock.under(_longer(clock.rule, len(stood))), shipped())

    assert _last_counted(found) == _last_counted(longer)
    assert not any(paused.stops(day.date) for day in found.days if day.counted)
    assert found.due >= due_of(clock, shipped()).due


@settings(max_examples=150, deadline=None)
@given(clocks, st.integers(1, 20), st.integers(1, 20))
def test_extensions_add_up_and_equal_a_longer_limit(clock, first, second):
    """Two extensions are one of their sum, and an extension is a longer rule."""
    twice = due_of(clock.extended(first).extended(second), shipped())

    assert twice == due_of(clock.extended(first + second), shipped())
    assert twice == due_of(clock.under(_longer(clock.rule, first + second)), shipped())


@settings(max_examples=100, deadline=None)
@given(clocks, rules)
def test_a_changed_rule_counts_as_if_it_had_been_so_from_the_start(clock, rule):
    """Changing there and back leaves no trace."""
    assert due_of(clock.under(rule), shipped()) == due(rule, clock.received, shipped())
    assert clock.under(rule).under(clock.rule) == clock


def _longer(rule, days):
    return LimitRule(rule.days + days, rule.unit, rule.rollover, rule.cutoff, rule.basis)


def _last_counted(found):
    return max(day.date for day in found.days if day.counted)
