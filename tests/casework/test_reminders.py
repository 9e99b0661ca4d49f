"""Reminders: at half and four fifths of the time, before rest days, daily when overdue."""

from datetime import datetime

import pytest

from casework.limits_settings import Inner, InnerLimits
from casework.tickets.desk import accept, answer_directly, dispatch, merge, pause, resume, send_back
from casework.tickets.model import Kind, PauseReason
from casework.tickets.reminders import due_reminders, moment_of_share
from tests.casework.calendars import shipped
from tests.casework.world import DUTY, HANDLER, LI, World


def due_at(world: World, number: str, text: str) -> list[tuple[str, str, str]]:
    found = due_reminders(world.book.get(number), datetime.fromisoformat(text), shipped(), InnerLimits())
    return [(one.occasion, one.recipient, one.unit) for one in found]


@pytest.fixture
def world() -> World:
    return World()


def test_half_and_four_fifths_of_the_time_are_reminded_of(world):
    """Received Monday 2 November 09:00, due Tuesday the 10th: 207 hours; half is the 6th 16:30."""
    number = world.handling().number

    assert due_at(world, number, "2026-11-06 16:29") == []
    assert due_at(world, number, "2026-11-06 16:30") == [("half", "unit", "chengguan")]
    assert [one[0] for one in due_at(world, number, "2026-11-09 08:00")] == ["half", "four_fifths"]


def test_the_last_working_day_before_rest_days_is_reminded_of(world):
    """A 求助 of Tuesday 3 November ends on Saturday the 7th and is due on Monday: Friday is the day."""
    world.at("2026-11-03 09:00")
    number = world.handling(Kind.HELP).number

    assert "before_rest" not in [one[0] for one in due_at(world, number, "2026-11-05 23:59")]
    assert "before_rest" in [one[0] for one in due_at(world, number, "2026-11-06 00:00")]


def test_before_a_long_holiday_the_worked_saturday_is_the_last_day(world):
    """Due on 24 February 2026 after Spring Festival: the last working day is Saturday the 14th."""
    world.at("2026-02-10 09:00")
    number = world.handling(Kind.COMPLAIN).number

    assert "before_rest" not in [one[0] for one in due_at(world, number, "2026-02-13 12:00")]
    assert "before_rest" in [one[0] for one in due_at(world, number, "2026-02-14 08:00")]


def test_an_overdue_ticket_is_brought_to_unit_leader_and_supervisor_once_a_day(world):
    """The keys differ from day to day and are the same within one."""
    ticket = world.handling()

    keys = [
        {one.key for one in due_reminders(ticket, datetime.fromisoformat(text), shipped(), InnerLimits())}
        for text in ("2026-11-11 00:00", "2026-11-11 23:59", "2026-11-12 08:00")
    ]

    assert keys[0] == keys[1]
    assert keys[0].isdisjoint(keys[2])
    assert keys[0] == {
        f"{ticket.number}|overdue|unit:chengguan|2026-11-11",
        f"{ticket.number}|overdue|leader:chengguan|2026-11-11",
        f"{ticket.number}|overdue|supervisor:|2026-11-11",
    }


def test_before_dispatch_the_duty_desk_is_reminded(world):
    """Somebody always is."""
    number = world.opened(Kind.CONSULT).number

    assert ("half", "unit", "zhiban") in due_at(world, number, "2026-11-03 20:00")


def test_what_came_back_is_the_duty_desks_again(world):
    """The unit that had it, and sent it back or answered it before, is not reminded of it."""
    number = world.opened().number
    world.do(accept, number, DUTY)
    world.do(dispatch, number, "chengguan", DUTY)
    world.do(send_back, number, "不归我们", HANDLER)

    assert {one[2] for one in due_at(world, number, "2026-11-10 08:00")} == {"zhiban"}
    assert {one[1:] for one in due_at(world, number, "2026-11-11 08:00")} == {
        ("unit", "zhiban"),
        ("leader", "zhiban"),
        ("supervisor", ""),
    }


def test_accepting_is_reminded_of_by_its_inner_limit(world):
    """One working day after Friday the 6th is Monday: that morning the desk, on Tuesday its leader too."""
    world.at("2026-11-06 15:00")
    number = world.opened().number

    assert due_at(world, number, "2026-11-08 23:59") == []
    assert due_at(world, number, "2026-11-09 00:00") == [("accept", "unit", "zhiban")]
    assert due_at(world, number, "2026-11-10 00:00") == [
        ("accept", "unit", "zhiban"),
        ("accept_late", "unit", "zhiban"),
        ("accept_late", "leader", "zhiban"),
    ]
    world.do(accept, number, DUTY)
    assert due_at(world, number, "2026-11-10 00:00") == []


def test_signing_is_reminded_of_by_the_value_the_city_set(world):
    """Counted from the dispatch, and anew from the next one."""
    number = world.opened().number
    world.do(accept, number, DUTY)
    world.do(dispatch, number, "gongan", DUTY)
    world.at("2026-11-03 09:00")
    ticket = world.do(dispatch, number, "chengguan", DUTY)
    limits = InnerLimits().with_value(Inner.SIGN, 2)

    def found(text):
        return due_reminders(ticket, datetime.fromisoformat(text), shipped(), limits)

    assert found("2026-11-04 23:59") == ()
    assert [one.key for one in found("2026-11-05 00:00")] == [f"{number}|sign|unit:chengguan|2026-11-05"]
    assert [one.key for one in found("2026-11-06 00:00")][1:] == [
        f"{number}|sign_late|unit:chengguan|2026-11-05",
        f"{number}|sign_late|leader:chengguan|2026-11-05",
    ]


def test_paused_merged_and_finished_tickets_are_left_in_peace(world):
    """A merged one is reminded of through the other."""
    paused, merged, closed = (world.handling().number, world.opened(by=LI).number, world.opened().number)
    world.do(merge, merged, paused, DUTY)
    world.do(pause, paused, PauseReason.MATERIALS, "缺照片", HANDLER)
    world.do(answer_directly, closed, "好了", DUTY)

    assert [due_at(world, number, "2026-12-24 10:00") for number in (paused, merged, closed)] == [[], [], []]


def test_the_shares_stand_still_while_the_clock_does(world):
    """Five stopped days push the half by five days' worth of waiting."""
    number = world.opened().number
    world.do(accept, number, DUTY)
    world.do(dispatch, number, "chengguan", DUTY)
    world.at("2026-11-04 09:00")
    world.do(pause, number, PauseReason.MATERIALS, "缺照片", HANDLER)
    world.at("2026-11-09 09:00")
    ticket = world.do(resume, number, HANDLER)

    assert moment_of_share(ticket, 10).date() < datetime(2026, 11, 4).date()
    assert not ticket.clock.stops(moment_of_share(ticket, 50).date())
    assert moment_of_share(ticket, 50).date() >= datetime(2026, 11, 9).date()
