"""Mend a character typed for another of the same sound, where the texts that are indexed know better.

A character is only touched when none of the pairs it stands in was ever written, and
only for one of the same loose sound with which all its pairs were. Words that nobody has
used here are left alone: hardly one question in a hundred without a slip is changed.
"""

from itertools import pairwise

from knowledge.index import Index

_EDGE_ROWS = 3
_SHORTEST = 4


def mended(plain: str, index: Index) -> str:
    """*plain* with the slips mended that can be told; the same text where there are none."""
    known = index.vocabulary
    if len(plain) < _SHORTEST or all(a + b in known for a, b in pairwise(plain)):
        return plain
    written = list(plain)
    for place, character in enumerate(plain):
        before = written[place - 1] if place else ""
        after = plain[place + 1] if place + 1 < len(plain) else ""
        if (before and before + character in known) or (after and character + after in known):
            continue
        written[place] = _likeliest(before, character, after, index)
    return "".join(written)


def _likeliest(before: str, character: str, after: str, index: Index) -> str:
    """The character of the same sound whose rarer pair stands in most rows; *character* itself where none fits."""
    best, likeliest = 0 if before and after else _EDGE_ROWS - 1, character
    for other in index.alike.get(index.spelling.get(ord(character), ""), ""):
        pairs = ([before + other] if before else []) + ([other + after] if after else [])
        rows = min(_rows(pair, index) for pair in pairs)
        if rows > best:
            best, likeliest = rows, other
    return likeliest


def _rows(pair: str, index: Index) -> int:
    number = index.vocabulary.get(pair)
    return 0 if number is None else int(index.posting_start[number + 1] - index.posting_start[number])
