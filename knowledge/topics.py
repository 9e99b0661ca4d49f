"""Which domain and kind of office a message is about, by its words; a proposal, never a decision.

Offices are named by kind (部门通称), as any county has them; staff route by their own
list. The words stand in ``data/topics.toml``.
"""

import re
from functools import cache

from knowledge.wordlists import joined, sections


@cache
def _topics() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    held = sections("topics", "topic")
    homes = tuple((str(topic["domain"]), str(topic["office"])) for topic in held)
    named = (f"(?P<t{place}>{joined(topic['words'])})" for place, topic in enumerate(held))
    return homes, re.compile("|".join(named))


def topic_of(tidied: str) -> tuple[str, str] | None:
    """The (domain, office) most named in *tidied*; the earlier in the list wins a tie."""
    homes, pattern = _topics()
    counts: dict[int, int] = {}
    for found in pattern.finditer(tidied):
        if found.lastgroup:
            place = int(found.lastgroup[1:])
            counts[place] = counts.get(place, 0) + len(found.group())
    if not counts:
        return None
    return homes[min(counts, key=lambda place: (-counts[place], place))]
