"""通报: each figure by its definition, with the tickets behind it."""

from dataclasses import replace
from datetime import date

from casework.limits_settings import Inner, InnerLimits
from casework.tickets.facts import CaseFacts, facts_from_log
from casework.tickets.model import Kind, Rating, Stage
from casework.tickets.report import DEFINITIONS, by_month, by_unit, figures, tally
from casework.tickets.status import plain_status
from tests.casework.world import World


def facts(number: str, **more: object) -> CaseFacts:
    plain = CaseFacts(number, date(2026, 11, 2), Kind.COMPLAIN, "瑞州街道", date(2026, 11, 10))
    return replace(plain, **more)


CASES = (
    facts("1", unit="a", dispatches=3, closed=date(2026, 11, 9), resolved=True, rating=Rating.GOOD),
    facts("2", unit="a", dispatches=1, closed=date(2026, 11, 10), resolved=False, rating=Rating.BAD),
    facts("3", unit="b", dispatches=1, closed=date(2026, 11, 11), resolved=True, extensions=2),
    facts("4", received=date(2026, 12, 1)),
)


def test_the_columns_are_those_of_the_citys_own_report():
    """In their order, each with a definition."""
    assert [figure.label for figure in figures(CASES)] == list(DEFINITIONS)


def test_each_figure_counts_what_its_definition_says():
    """Closed on the due date is in time, not early; what is open has no share in rates."""
    shown = {figure.label: figure.shown for figure in figures(CASES)}

    assert shown == {
        "办件数量": "4",
        "提前办结率": "33.3%",
        "解决率": "66.7%",
        "重新派发次数": "2",
        "延期次数": "2",
        "按期办结率": "66.7%",
        "满意率": "50.0%",
    }


def test_each_figure_opens_its_tickets():
    """The share of tickets in time is tickets 1 and 2 of 1, 2 and 3."""
    on_time = next(figure for figure in figures(CASES) if figure.label == "按期办结率")

    assert (on_time.tickets, on_time.out_of) == (("1", "2"), ("1", "2", "3"))


def test_rows_are_grouped_by_unit_and_month():
    """What was never dispatched stands under no unit."""
    assert [row.name for row in tally(CASES, by_unit)] == ["", "a", "b"]
    assert [row.name for row in tally(CASES, by_month)] == ["2026-11", "2026-12"]


def test_nothing_to_share_is_a_dash_and_not_a_zero():
    """A unit without closed tickets is not a failure."""
    assert {f.shown for f in figures([CASES[3]]) if f.out_of is not None} == {"—"}


def test_a_log_without_its_opening_gives_no_facts():
    """Rather than wrong ones."""
    world = World()
    number = world.handling().number

    assert facts_from_log(world.book.history(number)[1:]) is None
    assert facts_from_log([]) is None


def test_every_stage_has_words_a_villager_understands():
    """No officers' jargon in any of them."""
    world = World()
    ticket = world.opened()

    for stage in Stage:
        words = plain_status(type(ticket)(ticket.number, ticket.kind, ticket.clock, ticket.due, stage))
        assert words
        assert not any(jargon in words for jargon in ("派单", "退单", "挂起", "并单"))


def test_inner_limits_stay_examples_until_the_city_confirms_them():
    """Every shipped one says so; a confirmed one drops the mark and keeps its value."""
    shipped = InnerLimits()
    assert len(shipped.unconfirmed()) == len(Inner)
    assert all("示例值待核" in line for line in shipped.unconfirmed())

    confirmed = shipped.with_value(Inner.SIGN, 2)

    assert confirmed[Inner.SIGN] == 2
    assert not any("签收" in line for line in confirmed.unconfirmed())
    assert shipped[Inner.SIGN] == 1
