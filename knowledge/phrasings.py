"""Every way to name an entry, drawn from the entry itself."""

import re
from collections.abc import Iterable

from knowledge.model import Disclosure, Entry, Policy

_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_PARTS = re.compile(r"[、,，/；;]")


def phrasings_of(entry: Entry) -> tuple[str, ...]:
    """Title (with and without its brackets), aliases, example questions, and a catalog row's path."""
    named = [*_titles(entry.title), *entry.aliases, *entry.phrasings]
    match entry:
        case Disclosure():
            named += [f"{entry.level1}{entry.level2}", f"{entry.domain}{entry.level2}"]
        case Policy() if entry.number:
            named.append(entry.number)
        case _:
            pass
    return tuple(dict.fromkeys(text.strip() for text in named if text.strip()))


def _titles(title: str) -> Iterable[str]:
    yield title
    outside = _BRACKETED.sub("", title)
    if outside != title:
        yield outside
        for inside in _BRACKETED.findall(title):
            yield from (part for part in _PARTS.split(inside) if len(part) > 1)
