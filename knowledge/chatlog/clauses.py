"""A message → its matters: sentences are kept together unless they turn to something else."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.chatlog import talk
from knowledge.chatlog.alike import strangers
from knowledge.chatlog.speech import Clause, Kind, Listener
from knowledge.text import tidy

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;~～…\s]*|[。！？!?；;]+")
_TURN = re.compile(
    r"(?<=[，,。；;、\s])(?=(?:另外|还有(?:个|一|就是|件|，|,)|顺便|再问|再请问|还想问|还要问|对了|"
    r"第二[个，,、]|其次|二是|三是))"
)
_ASKED_BLANK = re.compile(r"(?<=[吗呢么嘛])\s+(?=\S{3})")
"""A blank behind a question stands for a full stop."""
_COMMA = re.compile(r"(?:[^，,、：:\s]|(?<=\d)[:：](?=\d))+[，,、：:\s]*")
_NUMBERING = re.compile(
    r"^\s*(?:(?:\d{1,2}|[一二三四五六七八九十])\s*[.、．)）](?!\d)|[①-⑳]|"
    r"[(（][\d一二三四五六七八九十]{1,2}[)）]|问\s*[:：]|q\d*\s*[:：])\s*",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"^\s*(?:答|a\d*|回复|答复)\s*[:：]", re.IGNORECASE)
_INLINE_NUMBER = re.compile(r"(?:^|(?<=[\s：:，,。；;、！？吗呢]))(?P<number>[1-9])[、.．)）](?!\d)")
_DOUBT = re.compile(r"怎么|咋|吗|为什么|啥情况|要不要|能不能|真的[吗?？]|真的?假|是不是真|真不真|靠谱不")
_ORDER = (Kind.ASK, Kind.TROUBLE, Kind.SIDE, Kind.MORE, Kind.FACT)
_WEIGHTY = 5
"""Characters of its own that make a statement name what the question after it is about."""
_ASKING = frozenset({Kind.ASK, Kind.TROUBLE})


@dataclass(frozen=True, slots=True)
class Unit:
    """Clauses of one message on one matter, read together."""

    text: str
    kind: Kind
    clauses: tuple[Clause, ...]

    @property
    def matters(self) -> frozenset[str]:
        """What the unit is about: the matters asked about, else those mentioned."""
        asked = [clause.main for clause in self.clauses if clause.kind in _ASKING and clause.matters]
        told = [clause.main for clause in self.clauses if clause.kind is not Kind.TALK]
        return frozenset().union(*(asked or told))

    @property
    def core(self) -> str:
        """What is left without little words."""
        return "".join(clause.core for clause in self.clauses)

    @property
    def own(self) -> bool:
        """Does the speaker tell of their own case?"""
        return any(clause.own for clause in self.clauses)


def units_of(lines: tuple[str, ...], listener: Listener) -> list[Unit]:
    """The units of a message in order; talk is left out."""
    found: list[Unit] = []
    lines = tuple(part for line in lines for part in _split_list(line))
    listed = sum(bool(_NUMBERING.match(line)) for line in lines) > 1
    for line in lines:
        if _ANSWERED.match(line):
            continue
        units = [
            unit
            for sentence in _sentences(_NUMBERING.sub("", line))
            for group in _groups(sentence, listener)
            if (unit := _unit(group))
        ]
        found += [_as_item(unit) for unit in units] if listed and _NUMBERING.match(line) else units
    return found


def _split_list(line: str) -> list[str]:
    """The items of a list that was written on one line (问三个事 1、… 2、…), else the line itself."""
    marks = list(_INLINE_NUMBER.finditer(line))
    counts = [int(found["number"]) for found in marks]
    if len(counts) < 2 or counts != list(range(1, len(counts) + 1)):
        return [line]
    starts = [found.start("number") for found in marks]
    edges = [0, *starts, len(line)]
    return [part for start, end in pairwise(edges) if (part := line[start:end].strip())]


def _as_item(unit: Unit) -> Unit:
    """What stands under a number of its own is said for its own sake."""
    return replace(unit, kind=Kind.TROUBLE) if unit.kind in (Kind.FACT, Kind.MORE) and unit.matters else unit


def _sentences(line: str) -> list[str]:
    pieces = [part for piece in _SENTENCE.findall(line) for part in _ASKED_BLANK.split(piece)]
    return [part for piece in pieces for part in _TURN.split(piece) if part.strip()]


def _groups(sentence: str, listener: Listener) -> list[list[Clause]]:
    """Cut a sentence where it asks about a second matter."""
    groups: list[list[Clause]] = [[]]
    whole = listener.hear(sentence)
    parts = _COMMA.findall(sentence)
    if len(parts) < 2 or (whole.kind in _ASKING and len(sentence) <= 10):
        return [[whole]]
    clauses = [listener.hear(part) for part in parts]
    if whole.kind in _ASKING and not any(clause.kind in _ASKING or clause.kind is Kind.SIDE for clause in clauses):
        return [[whole]]
    for clause in clauses:
        if clause.kind in _ASKING and _turns_away(groups[-1], clause):
            groups.append([])
        groups[-1].append(clause)
    return groups


def _turns_away(group: list[Clause], clause: Clause) -> bool:
    """Does *clause* ask about something else than what the group asks already?"""
    asked = [item for item in group if item.kind in _ASKING]
    if not asked or (clause.kind is Kind.ASK and all(item.kind is Kind.TROUBLE for item in asked)):
        return False
    tidied = tidy(clause.text)
    if clause.kind is Kind.TROUBLE and (talk.FOLLOWS.search(tidied) or not talk.names_trouble(tidied)):
        return False
    if not clause.main or not clause.sharp or not all(item.sharp for item in asked):
        return False
    before = frozenset().union(*(item.main for item in asked))
    if not before or before & clause.main:
        return bool(before) and strangers(tidy("".join(item.text for item in asked)), tidy(clause.text))
    return True


def _unit(group: list[Clause]) -> Unit | None:
    """Read clauses together; polite words and talk at both ends go."""
    doubted = any(talk.DOUBTS.search(tidy(clause.text)) for clause in group)
    while group and group[0].kind is Kind.TALK and not (doubted and len(group) > 1 and len(group[0].core) >= _WEIGHTY):
        group = group[1:]
    while group and group[-1].kind is Kind.TALK and not _DOUBT.search(group[-1].text):
        group = group[:-1]
    kinds = {clause.kind for clause in group}
    kind = next((kind for kind in _ORDER if kind in kinds), None)
    if kind is None:
        return None
    text = "".join(clause.text for clause in group).strip().rstrip("，,、：: ")
    told = [clause for clause in group if clause.kind is Kind.FACT]
    named = any(clause.matters or (len(clause.core) >= _WEIGHTY and not clause.own) for clause in told)
    if kind is Kind.SIDE and named:
        kind = Kind.ASK
    if kind is Kind.MORE and named:
        kind = Kind.TROUBLE
    if kind is Kind.FACT and any(talk.DOUBTS.search(tidy(clause.text)) for clause in group):
        kind = Kind.ASK
    return Unit(text, kind, tuple(group))
