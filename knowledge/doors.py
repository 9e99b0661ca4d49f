"""Other doors: a document to be applied for, a transaction to do online, a legal route.

The words stand in ``data/doors.toml``.
"""

import re
from functools import cache

from knowledge.wordlists import joined, read_table, sections


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
    wanted = words["document"].search(tidied) and words["wants"].search(tidied)
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
