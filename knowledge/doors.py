"""Other doors: a document to be applied for, a transaction to do online, a legal route.

The words stand in ``data/doors.toml``.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.wordlists import joined, read_table, sections


@dataclass(frozen=True, slots=True)
class Doors:
    """The other doors a message's words name; *route* is empty where none is."""

    document: bool
    transaction: bool
    route: str


@lru_cache(maxsize=8)  # the reader and the model ask about the same message
def doors_in(tidied: str) -> Doors:
    """All doors the word lists find."""
    return Doors(wants_document(tidied), wants_transaction(tidied), legal_route(tidied))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    table = read_table("doors")
    return {key: re.compile(joined(words)) for key, words in table.items() if key != "route"}


@cache
def _routes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(route["name"]), re.compile(joined(route["words"]))) for route in sections("doors", "route"))


def wants_document(tidied: str) -> bool:
    """Asks for a certain document of government (依申请公开), not how to ask for one."""
    words = _words()
    wanted = words["wants"].search(tidied) and words["document"].search(tidied)
    return bool(wanted and not words["document_question"].search(tidied))


def wants_transaction(tidied: str) -> bool:
    """Wants a thing done or looked up under their own name, here and now."""
    return bool(_words()["online"].search(tidied))


def legal_route(tidied: str) -> str:
    """The legal door for a matter already in court, arbitration, review or petition; else empty."""
    for name, words in _routes():
        if words.search(tidied):
            return "" if _words()["legal_question"].search(tidied) else name
    return ""


def nearest_route(tidied: str) -> str:
    """The legal door of a message that is known to be on one: by the word it names, else the first."""
    named = _words()["route_word"].search(tidied)
    names = [name for name, _ in _routes()]
    return next((name for name in names if named and named.group() in name), names[0])
