"""Which side of a matter a question asks about: papers, place, time, money …

The words stand in ``data/facets.toml``, the more specific side first.
"""

import re
from functools import cache

from knowledge.model import Facet
from knowledge.wordlists import joined, sections


@cache
def _sides() -> tuple[tuple[Facet, ...], re.Pattern[str]]:
    held = sections("facets", "facet")
    named = (f"(?P<f{place}>{joined(side['words'])})" for place, side in enumerate(held))
    return tuple(Facet(str(side["side"])) for side in held), re.compile("|".join(named))


def facets_of(text: str) -> tuple[Facet, ...]:
    """The sides *text* asks about, the most specific first; empty where it only names a thing."""
    sides, pattern = _sides()
    places = {int(found.lastgroup[1:]) for found in pattern.finditer(text) if found.lastgroup}
    return tuple(sides[place] for place in sorted(places))


def lead_facet(text: str) -> Facet | None:
    """The side an answer to *text* leads with."""
    found = facets_of(text)
    return found[0] if found else None


def without_facets(text: str) -> str:
    """*text* without the words that only say which side is asked about."""
    return _sides()[1].sub("", text)
