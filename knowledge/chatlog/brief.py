"""A question in few words."""

import re
from collections.abc import Sequence

from knowledge.chatlog import talk
from knowledge.chatlog.speech import Kind, Listener
from knowledge.text import strip_courtesies, tidy

_CLAUSE = re.compile(r"[^，,。！？!?；;\s]+[？?]?")
_OPENING = re.compile(
    r"^(?:另外|还有(?:就是|个事)?|对了|顺便|再|说正事|(?:我|就)?(?:想|要|来)?(?:再)?(?:请)?问(?:一?下|个事|问)?(?:大家|各位)?|请教(?:一?下)?|"
    r"求[问助教]|咨询(?:一?下)?|麻烦(?:问一?下)?|打扰(?:一?下)?|有没有人(?:晓得|知道)|有人(?:晓得|知道)|(?:有)?(?:谁|哪个)(?:晓得|知道)(?!怎么)|"
    r"大家好?|各位(?:大神|邻居|乡亲)?好?|书记|主任|你好|您好|喂|哎|呃|额|啊|那个|就是(?:说)?|是这样的)+[，,：:\s]*"
)
_FIRST = (Kind.ASK, Kind.TROUBLE, Kind.SIDE, Kind.MORE, Kind.FACT, Kind.TALK)


def in_few_words(text: str, room: int = 0) -> str:
    """The clause that asks and names its matter, without greetings.

    Where no clause does both, the best one with as many of its neighbours as fit into *room* characters.
    """
    listener = Listener()
    clauses = [listener.hear(clause) for clause in _CLAUSE.findall(text)]
    named = [clause for clause in clauses if clause.matters]
    best = min(named or clauses, key=lambda clause: _FIRST.index(clause.kind), default=None)
    if best is None:
        return ""
    if best.matters and best.kind is Kind.ASK:
        words = _without_opening(best.text)
    else:
        words = _with_neighbours([clause.text for clause in clauses], clauses.index(best), room)
    return words if talk.core_of(tidy(words)) else strip_courtesies(best.text).strip()


def _with_neighbours(clauses: Sequence[str], place: int, room: int) -> str:
    """The clause at *place* with those behind it, then those before it, while they fit."""
    first, last = place, place + 1
    while last < len(clauses) and len(_run(clauses[first : last + 1])) <= room:
        last += 1
    while first > 0 and len(_run(clauses[first - 1 : last])) <= room:
        first -= 1
    return _run(clauses[first:last])


def _run(clauses: Sequence[str]) -> str:
    return _without_opening("，".join(clauses).replace("？，", "？").replace("?，", "?"))


def _without_opening(text: str) -> str:
    """*text* without the words that only begin to ask, and without marks at its ends but a question mark."""
    return _OPENING.sub("", text.strip()).strip("，,。；; ")
