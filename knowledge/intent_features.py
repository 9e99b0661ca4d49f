"""What a message looks like to the intent model: short runs of characters, and named signs.

Pure: the same tidied text always gives the same set. The signs stand in ``data/signs.toml``;
the word lists of demands and doors count as signs too. Names of signs are written ``<…>``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import add

from knowledge.doors import Doors, doors_in
from knowledge.wordlists import joined, patterns, read_table

_HEAD, _TAIL = 80, 120
_LONGEST_RUN = 3
_ENDS = frozenset("^$")
_DIGITS = re.compile(r"\d+")
_CUT = re.compile(r"[,，。!！?？;；\s、]+")
_LENGTHS = (2, 4, 7, 10, 14, 20, 30, 50, 90)
_STATEMENT = 8
_MOST_CLAUSES = 5
_ASKS = re.compile(r"怎么|怎样|如何|咋|哪|多少|多久|几|什么|啥|谁|[吗么呢?？]|能不能|是不是|有没有|可以|要不要|不$|没$")
_LISTS = ("how_to", "sure_question", "question_form", "outcry")


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of shape by pattern, and words of matters by the names of what they speak of."""

    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    at_end: tuple[tuple[str, re.Pattern[str]], ...]
    """Those that are looked for in the last of several clauses."""
    matters: Mapping[str, tuple[str, ...]]


def features_of(tidied: str) -> set[str]:
    """All runs and signs of *tidied*; of a long message only its beginning and its end count."""
    text = tidied if len(tidied) <= _HEAD + _TAIL else f"{tidied[:_HEAD]} {tidied[-_TAIL:]}"
    found = _runs(text)
    found |= _matters(found)
    found |= _shapes(text)
    found |= _named_doors(doors_in(tidied))
    return found


def is_sign(feature: str) -> bool:
    """Whether *feature* is a named sign and no run of characters."""
    return len(feature) > _LONGEST_RUN and feature.startswith("<")


@cache
def _signs() -> Signs:
    table, lists = read_table("signs"), patterns("demand")
    shapes = [(f"<{name}>", re.compile(str(words))) for name, words in _section(table, "shape")]
    matters: dict[str, tuple[str, ...]] = {}
    for name, words in _section(table, "matter"):
        for word in joined(words).split("|"):
            matters[word] = (*matters.get(word, ()), f"<说到 {name}>")
    whole = (*shapes, *((f"<词表 {key}>", lists[key]) for key in _LISTS))
    at_end = tuple((f"<末句 {name}>", re.compile(str(words))) for name, words in _section(table, "at_end"))
    return Signs(whole, at_end, matters)


def _section(table: dict[str, object], key: str) -> Iterable[tuple[str, object]]:
    section = table[key]
    if not isinstance(section, dict):
        raise TypeError(f"词表 signs 缺少 [{key}]")
    return section.items()


def _runs(text: str) -> set[str]:
    marked = f"^{_DIGITS.sub('0', text)}$"
    found = set(marked)
    found.update(map(add, marked, marked[1:]))
    found.update(map(add, map(add, marked, marked[1:]), marked[2:]))
    return found - _ENDS


def _matters(runs: set[str]) -> set[str]:
    words = _signs().matters
    return {name for word in words.keys() & runs for name in words[word]}


def _shapes(text: str) -> set[str]:
    found = {name for name, words in _signs().shapes if words.search(text)}
    size = next((limit for limit in _LENGTHS if len(text) <= limit), "更多")
    pieces = [piece for piece in _CUT.split(text) if piece]
    found |= {f"<字数 {size}>", f"<句数 {min(len(pieces), _MOST_CLAUSES)}>"}
    if not _ASKS.search(text):
        found |= {"<没有问的样子>", "<长的陈述>" if len(text) >= _STATEMENT else "<短的陈述>"}
    return found | (_last_piece(pieces[-1], len(pieces) > 1) if pieces else set())


def _last_piece(piece: str, of_several: bool) -> set[str]:
    """What the last clause looks like: a long story often asks only there."""
    found = {name for name, words in _signs().at_end if words.search(piece)} if of_several else set()
    found.add("<末句在问>" if _ASKS.search(piece) else "<末句不问>")
    marked = f"{piece}$"
    found.update(map("~".__add__, map(add, marked, marked[1:])))
    return found


def _named_doors(doors: Doors) -> set[str]:
    heard = {"document": doors.document, "online": doors.transaction, "route": bool(doors.route)}
    return {f"<词表 {name}>" for name, shown in heard.items() if shown}
