"""Propose 并单: open tickets close to a new one in words, place and time. Only people merge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.china_time import in_shanghai

Similarity = Callable[[str, str], float]
"""Closeness of two texts, 0 to 1; handed in, because casework knows no text library."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """From when on two demands are proposed as one.

    The same town lowers the bar for words; different towns, both known, are never one matter.
    """

    words_same_town: float = 0.6
    words_unknown_town: float = 0.8
    within: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Demand:
    """What is compared of a ticket."""

    number: str
    words: str
    town: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A proposal with its reason for the officer."""

    number: str
    closeness: float
    why: str


def likely_duplicates(
    new: Demand, others: Iterable[Demand], similarity: Similarity, likeness: Likeness | None = None
) -> tuple[Duplicate, ...]:
    """Return the demands that may be the same matter, the closest first."""
    bar = likeness or Likeness()
    found = (_compared(new, other, similarity, bar) for other in others if other.number != new.number)
    return tuple(sorted(filter(None, found), key=lambda one: (-one.closeness, one.number)))


def _compared(new: Demand, other: Demand, similarity: Similarity, bar: Likeness) -> Duplicate | None:
    apart = abs(in_shanghai(new.received) - in_shanghai(other.received))
    if apart > bar.within or (new.town and other.town and new.town != other.town):
        return None
    same_town = bool(new.town) and new.town == other.town
    closeness = similarity(new.words, other.words)
    if closeness < (bar.words_same_town if same_town else bar.words_unknown_town):
        return None
    place = f"同在{new.town}" if same_town else "地点有一件没写"
    return Duplicate(other.number, closeness, f"说法相近{closeness:.0%}，{place}，相隔{apart.days}天")
