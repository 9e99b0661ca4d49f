"""A question in few words."""

import re
from collections.abc import Sequence

from knowledge.chatlog import talk
from knowledge.chatlog.alike import thing_in
from knowledge.chatlog.speech import Clause, Kind, Listener
from knowledge.text import strip_courtesies, tidy

_CLAUSE = re.compile(r"[^，,。！？!?；;\s]+[？?]?")
_OPENING = re.compile(
    r"^(?:另外|还有(?:就是|个事)?|对了|顺便|再|说正事|(?:我|就)?(?:想|要|来)?(?:再)?(?:请)?问(?:一?下|个事|问)?(?:大家|各位)?|请教(?:一?下)?|"
    r"求[问助教]|咨询(?:一?下)?|麻烦(?:问一?下)?|打扰(?:一?下)?|有没有人(?:晓得|知道)|有人(?:晓得|知道)|(?:有)?(?:谁|哪个)(?:晓得|知道)(?!怎么)|"
    r"大家好?|各位(?:大神|邻居|乡亲)?好?|书记|主任|你好|您好|喂|哎|呃|额|啊|那个|就是(?:说)?|是这样的)+[，,：:\s]*"
)
_PAUSE = re.compile(
    r"(?<=[啊哈呢嘛呀呐哦])|(?<=[了的])(?=我|你|他|她|那|这|要到|是不是|能不能|可不|到现在|去|家里|吃|水)|(?<=吗)|"
    r"(?=然后|就是说?(?!不)|不知道|我听说|我想|是不是|能不能|可不可以|到现在|要到哪|去哪|什么时候|"
    r"(?<!老)我们|那个|这个|他能|她能|那他|那她|户口在|现在|怎么|今年|你们)"
)
"""Where somebody who speaks without a pause begins anew."""
_FILLER = re.compile(
    r"^(?:然后|就是说?|那个什么|那个|这个|不知道|我想问一?下|我就想问一?下|啊|哈|呢|嘛|的话|喂|到底)+|[啊哈呢嘛呀呐哦]+$"
)
_LONGEST, _SHORT = 300, 12
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_FIRST = (Kind.ASK, Kind.TROUBLE, Kind.SIDE, Kind.MORE, Kind.FACT, Kind.TALK)


def in_few_words(text: str, room: int = 0) -> str:
    """The clause that asks and names its matter, without greetings.

    Where no clause does both, the best one with as many of its neighbours as fit into *room* characters.
    """
    listener = Listener()
    spoken = _CLAUSE.findall(text)
    if room and spoken and max(map(len, spoken)) > room:
        spoken = [part for clause in spoken for part in _without_breath(clause, listener, room)]
    clauses = [listener.hear(clause) for clause in spoken]
    named = [clause for clause in clauses if clause.matters]
    best = min(named or clauses, key=lambda clause: _FIRST.index(clause.kind), default=None)
    if best is None:
        return ""
    if best.matters and best.kind is Kind.ASK:
        words = _without_opening(best.text)
    else:
        words = _with_neighbours([clause.text for clause in clauses], clauses.index(best), room)
    return words if talk.core_of(tidy(words)) else strip_courtesies(best.text).strip()


def matter_in_few_words(text: str) -> str:
    """What a question or notice is about, in at most a dozen characters where its matter has a word of ours."""
    few = in_few_words(_BRACKETS.sub("", text), _SHORT).rstrip("：: ")
    named = thing_in(few)
    return named if named and len(few) > _SHORT else few


def _without_breath(clause: str, listener: Listener, room: int) -> list[str]:
    """A clause that is longer than *room*, as the run of its parts that best names the matter and asks."""
    if len(clause) <= room:
        return [clause]
    parts = [part for part in _PAUSE.split(clause[:_LONGEST]) if part]
    runs = [
        run
        for first in range(len(parts))
        for last in range(first + 1, len(parts) + 1)
        if 0 < len(run := _without_filler("".join(parts[first:last]))) <= room
    ]
    best = max(runs, key=lambda run: _weight(listener.hear(run)), default="")
    return [best] if talk.core_of(tidy(best)) else [clause]


def _weight(heard: Clause) -> tuple[int, int, int]:
    """How much a run says: its matter and that it asks, then its matter alone, then as few words as do."""
    asks = heard.kind in (Kind.ASK, Kind.TROUBLE, Kind.SIDE)
    return 2 * bool(heard.main) + 2 * asks + bool(heard.facets), len(heard.core) > 1, len(heard.text)


def _without_filler(run: str) -> str:
    """A run without the words that only fill a pause, at both its ends."""
    while (kept := _FILLER.sub("", run)) != run:
        run = kept
    return run


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
