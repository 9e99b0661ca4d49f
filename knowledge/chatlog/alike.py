"""Are two questions about the same matter?"""

import re

from knowledge.chatlog import talk
from knowledge.chatlog.matter_words import MATTERS, SAME_WORDS, STRANGERS
from knowledge.facets import facets_of
from knowledge.model import Facet
from knowledge.text import bare, tidy

_ALL_MATTERS = re.compile("|".join(MATTERS.values()))
_STRANGERS = tuple((re.compile(one), re.compile(other)) for one, other in STRANGERS)
_WHY = re.compile(r"怎么(?:又|还|回事|停|没|不|就|这么|搞的)|咋(?:又|还|回事|没|不)")
_CLOCK = re.compile(r"几点|多晚|啥时")
_REPEATED = 0.62
_FAR = 3


def strangers(one: str, other: str) -> bool:
    """Do the two (tidied) texts name actions that make them two matters (paying in, being paid)?"""
    for first, second in _STRANGERS:
        if _only(first, second, one) and _only(second, first, other):
            return True
        if _only(second, first, one) and _only(first, second, other):
            return True
    return False


def repeats(said: str, before: str) -> bool:
    """Is *said* nearly the same sentence as *before*, or a part of it?"""
    new, old = bare(tidy(said)), bare(tidy(before))
    if not new or new in old:
        return True
    return _overlap(new, old) >= _REPEATED


def same_thing(one: str, other: str) -> bool:
    """Do both name a matter by the same word, or by words that mean the same?"""
    return bool(_things(one) & _things(other))


def sides_of(text: str) -> frozenset[Facet]:
    """The sides a question asks about; clock times are a side too, "why" is none."""
    tidied = _WHY.sub("", tidy(text))
    found = frozenset(facets_of(tidied))
    return found | {Facet.TIME} if _CLOCK.search(tidied) else found


def same_case(one: str, other: str) -> bool:
    """Beside the shared matter: do the two texts add nothing that sets them apart?"""
    mine, theirs = _rest(one), _rest(other)
    alone, others = len(mine - theirs), len(theirs - mine)
    return (
        not (min(alone, others) >= 2 or (max(alone, others) > _FAR and min(alone, others) >= 1))
        and max(alone, others) <= 2 * _FAR
    )


def _things(text: str) -> set[str]:
    found = set(_ALL_MATTERS.findall(tidy(text)))
    return {next((same for same in SAME_WORDS if re.search(same, word)), word) for word in found}


def _only(words: re.Pattern[str], others: re.Pattern[str], text: str) -> bool:
    return bool(words.search(text)) and not others.search(text)


def _rest(text: str) -> set[str]:
    """Characters of the text that name neither the matter nor a side of it."""
    return set(talk.core_of(_ALL_MATTERS.sub("", tidy(text))))


def _overlap(one: str, other: str) -> float:
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or {text}
