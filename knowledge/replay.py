"""The guard over learning: everything that is answered right now is asked again of the changed knowledge.

One right answer that would be lost blocks the change; which one, and what would be said instead, is told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from knowledge.learning import AddAlias, AddPhrasing, AddSynonym, AddWord, Change, NotThis
from knowledge.model import Answer, Choice, Disclosure, Entry, Outcome, Understanding, Unknown
from knowledge.text import normalise

_MOST_OWN = 60
_EVERY = 2000


class Kind(StrEnum):
    """Where a case comes from; the value is what staff read."""

    GOLDEN = "标准题"
    PHRASING = "资料里的问法"
    ASKED = "居民问过、没说不对的"
    USEFUL = "居民说有用的"
    OWN = "这次要改好的"


class Standing(IntEnum):
    """How well a case is answered, worst first."""

    WRONG = 0
    MISSED = 1
    OFFERED = 2
    FIRST = 3
    DIRECT = 4


@dataclass(frozen=True, slots=True)
class Case:
    """*text* should lead to *entry_id*; empty: nothing here answers it. *avoid*: it should lead anywhere but there."""

    text: str
    entry_id: str
    kind: Kind
    avoid: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a knowledge base made of one case: its standing and, in Chinese, what is said."""

    standing: Standing
    words: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A right answer that would be lost."""

    text: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a change would do. *first_…* count cases whose right entry stands first; *own_…* those to be mended."""

    cases: int
    first_before: int
    first_after: int
    own: int
    own_before: int
    own_after: int
    asked_back: int
    flips: tuple[Flip, ...]

    @property
    def refused(self) -> str:
        """Why the change may not be accepted, in Chinese; empty when it may."""
        if self.flips:
            return f"有 {len(self.flips)} 个本来答对的会变"
        if self.own_after < self.own_before:
            return "要改好的反而更差了"
        return ""


class Asked(Protocol):
    """A knowledge base as the replay asks it."""

    def look_up(self, question: str) -> Outcome: ...

    def understand(self, text: str) -> Understanding: ...

    def entry(self, entry_id: str) -> Entry | None: ...


def phrasing_cases(entries: Iterable[Entry]) -> Iterator[Case]:
    """Every phrasing leads to its own entry."""
    for entry in entries:
        for phrasing in entry.phrasings:
            yield Case(phrasing, entry.id, Kind.PHRASING)


def own_cases(change: Change, entries: Mapping[str, Entry]) -> tuple[Case, ...]:
    """What *change* is to mend; for a synonym, phrasings with the standard term, said the new way."""
    match change:
        case AddPhrasing(entry_id, words) | AddAlias(entry_id, words):
            return (Case(words, entry_id, Kind.OWN),)
        case NotThis(words, entry_id, _):
            return (Case(words, "", Kind.OWN, avoid=entry_id),)
        case AddSynonym(said, standard, _, _):
            held = [case for case in phrasing_cases(entries.values()) if standard in case.text]
            spread = held[:: max(1, len(held) // _MOST_OWN)][:_MOST_OWN]
            return tuple(Case(case.text.replace(standard, said), case.entry_id, Kind.OWN) for case in spread)
        case AddWord():
            return ()


def still_claimed(case: Case, change: Change) -> bool:
    """Does *case* still count, though *change* says what its words mean?

    That nobody disputed an answer is less than what staff now say about the same words.
    """
    match change:
        case AddPhrasing(_, words) | NotThis(words, _, _) if case.kind is Kind.ASKED:
            return normalise(words) != normalise(case.text)
        case _:
            return True


def standings(base: Asked, cases: Sequence[Case], say: Callable[[int], None] = lambda _: None) -> list[Told]:
    """Ask *base* every case; *say* hears now and then how many are done."""
    told = []
    for number, case in enumerate(cases, 1):
        told.append(_told(base, case))
        if number % _EVERY == 0 or number == len(cases):
            say(number)
    return told


def compared(cases: Sequence[Case], before: Sequence[Told], after: Sequence[Told]) -> Replay:
    """Weigh the knowledge after a change against the knowledge before it."""
    rows = list(zip(cases, before, after, strict=True))
    kept = [row for row in rows if row[0].kind is not Kind.OWN]
    own = [row for row in rows if row[0].kind is Kind.OWN]
    return Replay(
        cases=len(kept),
        first_before=sum(old.standing >= Standing.FIRST for _, old, _ in kept),
        first_after=sum(new.standing >= Standing.FIRST for _, _, new in kept),
        own=len(own),
        own_before=sum(old.standing >= Standing.FIRST for _, old, _ in own),
        own_after=sum(new.standing >= Standing.FIRST for _, _, new in own),
        asked_back=sum(old.standing is Standing.DIRECT and new.standing is Standing.FIRST for _, old, new in kept),
        flips=tuple(Flip(case.text, case.kind, old.words, new.words) for case, old, new in kept if _lost(old, new)),
    )


def _lost(old: Told, new: Told) -> bool:
    """Was answered with it and does not even put it first any more, or led there at all and no more.

    Where it was one of several to choose from, another place among them loses nobody their answer.
    """
    if old.standing is Standing.DIRECT:
        return new.standing < Standing.FIRST
    return new.standing < min(old.standing, Standing.OFFERED)


def _told(base: Asked, case: Case) -> Told:
    outcomes = _outcomes(base, case)
    best = max((_standing(outcome, case) for outcome in outcomes), default=Standing.MISSED)
    if not case.entry_id:
        best = min((_standing(outcome, case) for outcome in outcomes), default=Standing.DIRECT)
    return Told(best, "；".join(_words(base, outcome) for outcome in outcomes) or "当作闲聊")


def _outcomes(base: Asked, case: Case) -> tuple[Outcome, ...]:
    """Phrasings are looked up as they stand; what people wrote is read as a message."""
    if case.kind in (Kind.PHRASING, Kind.OWN):
        return (base.look_up(case.text),)
    return tuple(asked.outcome for asked in base.understand(case.text).asked)


def _standing(outcome: Outcome, case: Case) -> Standing:
    match outcome:
        case Answer(match=found):
            if case.avoid:
                return Standing.WRONG if found.entry_id == case.avoid else Standing.DIRECT
            return Standing.DIRECT if found.entry_id == case.entry_id else Standing.WRONG
        case Choice(options=options):
            if not case.entry_id:
                return Standing.DIRECT
            named = [option.entry_id for option in options]
            if case.entry_id not in named:
                return Standing.MISSED
            return Standing.FIRST if named[0] == case.entry_id else Standing.OFFERED
        case Unknown():
            return Standing.MISSED if case.entry_id else Standing.DIRECT


def _words(base: Asked, outcome: Outcome) -> str:
    match outcome:
        case Answer(match=found):
            return f"答“{_title(base, found.entry_id)}”"
        case Choice(options=options):
            return f"问是哪一个：{'、'.join(_title(base, option.entry_id) for option in options)}"
        case Unknown():
            return "答不上来"


def _title(base: Asked, entry_id: str) -> str:
    entry = base.entry(entry_id)
    if entry is None:
        return entry_id
    return f"{entry.title}（公开目录）" if isinstance(entry, Disclosure) else entry.title
