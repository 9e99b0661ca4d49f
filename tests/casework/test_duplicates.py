"""Proposals for 并单: close in words, place and time."""

from datetime import datetime, timedelta
from difflib import SequenceMatcher

from casework.tickets.duplicates import Demand, likely_duplicates

WHEN = datetime(2026, 11, 2, 9)


def closeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def demand(number: str, words: str = "朝阳路路灯不亮", town: str = "瑞州街道", days: int = 0) -> Demand:
    return Demand(number, words, town, WHEN + timedelta(days=days))


def test_the_same_lamp_in_the_same_town_is_proposed_closest_first():
    """The officer sees how close, where and how far apart in time."""
    others = [demand("GA1", "朝阳路的路灯坏了不亮", days=-3), demand("GA2", days=-1)]

    found = likely_duplicates(demand("GA9"), others, closeness)

    assert [one.number for one in found] == ["GA2", "GA1"]
    assert found[0].why == "说法相近100%，同在瑞州街道，相隔1天"


def test_other_towns_old_tickets_and_other_words_are_not_proposed():
    """Each of the three closenesses is needed; nor is a ticket its own duplicate."""
    others = [
        demand("GA1", town="八景镇"),
        demand("GA2", days=-31),
        demand("GA3", words="物业不退押金"),
        demand("GA9"),
    ]

    assert likely_duplicates(demand("GA9"), others, closeness) == ()


def test_an_unknown_town_asks_for_closer_words():
    """What is enough in the same town is not enough without one."""
    similar = demand("GA1", "朝阳路的路灯坏了不亮啊同志", town="")

    assert likely_duplicates(demand("GA9"), [similar], closeness) == ()
    assert likely_duplicates(demand("GA9"), [demand("GA2", town="")], closeness)[0].number == "GA2"
