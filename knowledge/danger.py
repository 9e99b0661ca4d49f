"""Words of danger, and whether the message also asks a real question.

The cases and numbers stand in ``data/danger.toml``, each number with its source.
"""

import re
from dataclasses import dataclass

from knowledge.model import Danger
from knowledge.wordlists import joined, read_table, sections


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of danger: its words, what only looks like them, and the numbers to call."""

    kind: str
    words: re.Pattern[str]
    exempt: re.Pattern[str] | None
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dangers:
    """All cases behind one pattern that is tried first, and the words that show a question."""

    cases: tuple[Case, ...]
    any_of: re.Pattern[str]
    asks: re.Pattern[str]


def load_dangers() -> Dangers:
    """Read the shipped cases."""
    table = read_table("danger")
    purposes = {str(number["number"]): str(number["purpose"]) for number in sections("danger", "number")}
    cases = tuple(_case(held, purposes) for held in sections("danger", "case"))
    asks = f"{joined(table['asks'])}|{joined(table['long_past'])}"
    return Dangers(cases, re.compile("|".join(case.words.pattern for case in cases)), re.compile(asks))


def danger_in(text: str, dangers: Dangers) -> Danger | None:
    """The first danger *text* speaks of, or ``None``; talk of prevention, papers or long ago counts as asking."""
    if not dangers.any_of.search(text):
        return None
    for case in dangers.cases:
        spoken = case.exempt.sub("", text) if case.exempt else text
        if case.words.search(spoken):
            return Danger(case.kind, case.numbers, asks=bool(dangers.asks.search(text)))
    return None


def _case(held: dict[str, object], purposes: dict[str, str]) -> Case:
    numbers = joined(held["numbers"]).split("|")
    return Case(
        kind=str(held["kind"]),
        words=re.compile(str(held["words"])),
        exempt=re.compile(str(held["except"])) if "except" in held else None,
        numbers=tuple((number, purposes[number]) for number in numbers),
    )
