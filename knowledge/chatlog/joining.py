"""Messages → questions: what one person says on one matter is one question, whoever speaks in between."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.chatlog import gossip, notices, talk
from knowledge.chatlog.alike import repeats, same_case, same_thing, sides_of, strangers
from knowledge.chatlog.clauses import Unit, units_of
from knowledge.chatlog.matter_words import GENERIC
from knowledge.chatlog.model import Message, Question
from knowledge.chatlog.speech import Kind, Listener
from knowledge.model import Facet
from knowledge.text import bare, tidy

_LONGEST = 500
_SOME = 2
"""Characters of its own that make a question of somebody who has asked nothing yet."""
_NEAR = 3
"""Messages within which a circumstance told first belongs to the question that follows."""
_GOES_ON = 6
"""Messages within which a question without a known matter goes on about the last one."""
_AT_ONCE = 2
"""Messages within which the asker is taken to be still on the matter, whatever is said."""
_SAYS_SOMETHING = 4
_STILL_OPEN = 12
"""Messages within which a circumstance told later belongs to the question before."""
_SIDES = frozenset({Facet.PROXY, Facet.MATERIALS, Facet.FEE, Facet.TIME, Facet.PLACE, Facet.ONLINE, Facet.FORM})
_ME_TOO = re.compile(r"^(?:我|我们|我家|我们家|我们组|我们这|我们这边|我这|这边|我妈|我爸|俺们?)\w{0,4}也")
_STOPS = "。！？!?；;，,、~～…：: "


@dataclass(slots=True)
class _Item:
    """A question being put together; *last* is the number of the message that added to it last."""

    asker: str
    parts: list[str]
    matters: frozenset[str]
    trouble: bool
    last: int

    @property
    def text(self) -> str:
        """The words so far, in order, with a comma where a message ended without a sign."""
        joined = ""
        for part in self.parts:
            joined += ("" if not joined or joined[-1] in _STOPS else "，") + part
        return joined.strip().strip("，,、：: ")[:_LONGEST]


@dataclass(slots=True)
class _Joiner:
    """Goes through the messages once; *loose* are sides of matters nobody named."""

    listener: Listener
    items: list[_Item] = field(default_factory=list)
    latest: dict[str, _Item] = field(default_factory=dict)
    told: dict[str, list[tuple[int, str, frozenset[str]]]] = field(default_factory=dict)
    loose: list[_Item] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    number: int = 0
    fresh: bool = False

    def take(self, message: Message) -> None:
        """Read one message."""
        whole = bare(tidy("".join(message.lines)))
        if message.quoted and any(whole.removesuffix("等") in old for old in self.seen):
            return
        self.seen.append(whole)
        self.number += 1
        self.fresh = False
        if notices.is_notice(message.lines):
            return
        anchor = self._anchor(message)
        if anchor:
            self.latest[message.speaker] = anchor
        for unit in units_of(message.lines, self.listener):
            self._take_unit(message.speaker, unit)

    def _take_unit(self, speaker: str, unit: Unit) -> None:
        mine = self.latest.get(speaker)
        match unit.kind:
            case Kind.ASK | Kind.TROUBLE:
                self._take_question(speaker, unit)
            case Kind.SIDE:
                self._take_side(speaker, unit, mine)
            case Kind.MORE if mine and mine.asker == speaker:
                self._add(mine, unit)
            case Kind.FACT if mine and mine.asker == speaker and self._belongs(mine, unit, speaker):
                self._add(mine, unit)
            case Kind.FACT | Kind.MORE:
                self.told.setdefault(speaker, []).append((self.number, unit.text, unit.matters))
            case _:
                return

    def _take_question(self, speaker: str, unit: Unit) -> None:
        mine = self.latest.get(speaker)
        own = next((item for item in reversed(self.items) if item.asker == speaker and _same_matter(item, unit)), None)
        if own:
            self._add(own, unit)
            self.latest[speaker] = own
            return
        if mine and mine.asker == speaker and self._goes_on(mine, unit):
            self._add(mine, unit)
            return
        other = next((item for item in self.items if item.asker != speaker and _is_repeat(item, unit)), None)
        if other:
            self.latest[speaker] = other
            return
        if unit.matters or unit.kind is Kind.TROUBLE or talk.concerns_all(tidy(unit.text)):
            self._open(speaker, unit)

    def _take_side(self, speaker: str, unit: Unit, mine: _Item | None) -> None:
        if self._named_before(speaker):
            self._open(speaker, unit)
        elif mine and mine.asker == speaker:
            self._add(mine, unit)
        elif self._stands_alone(unit):
            self._open(speaker, unit)
        elif mine:
            self._add_anothers_side(mine, unit)
        elif self.items and self.number - self.items[-1].last <= _NEAR:
            self._add_anothers_side(self.items[-1], unit)
        else:
            self.loose.append(_Item(speaker, [unit.text], frozenset(), False, self.number))

    def _stands_alone(self, unit: Unit) -> bool:
        """May a side be somebody's first question, although it names no known matter?"""
        tidied = tidy(unit.text)
        enough = _SOME if sides_of(unit.text) else _SOME + 1
        return len(unit.core) >= enough and talk.concerns_all(tidied) and not talk.GOES_ON.search(tidied)

    def _add_anothers_side(self, item: _Item, unit: Unit) -> None:
        """A side somebody else asks about the same matter is answered with it."""
        sides = sides_of(unit.text) & _SIDES
        if sides and not unit.core and not sides & sides_of(item.text):
            self._add(item, unit)

    def _open(self, speaker: str, unit: Unit) -> None:
        before = [told for told in self.told.pop(speaker, []) if self._leads_to(told, unit, speaker)]
        matters = unit.matters or frozenset().union(*(named for _, _, named in before))
        item = _Item(
            speaker, [*(text for _, text, _ in before), unit.text], matters, unit.kind is Kind.TROUBLE, self.number
        )
        self.items.append(item)
        self.latest[speaker] = item
        self.fresh = True

    def _add(self, item: _Item, unit: Unit) -> None:
        if not repeats(unit.text, item.text):
            item.parts.append(unit.text)
        item.matters |= unit.matters if unit.kind in (Kind.ASK, Kind.TROUBLE) else frozenset()
        item.last = self.number

    def _belongs(self, mine: _Item, unit: Unit, speaker: str) -> bool:
        """Is a plain statement a circumstance of the speaker's question before it?"""
        if mine.last == self.number:
            return True
        if self.number - mine.last > _STILL_OPEN or notices.answers(unit.text):
            return False
        others = any(item.asker != speaker and item.last > mine.last for item in self.items)
        gap = self.number - mine.last
        if speaker and gap <= _AT_ONCE and not others and not gossip.IDLE_ASK.search(tidy(unit.text)):
            return len(bare(unit.text)) >= _SAYS_SOMETHING
        if not unit.own or (others and not notices.own_case(unit.text)):
            return False
        return bool(speaker) or gap == 1

    def _goes_on(self, mine: _Item, unit: Unit) -> bool:
        """A question that names no matter, soon after one that did, is about the same."""
        if mine.last == self.number and not (mine.matters and unit.matters):
            return True
        if unit.kind is not Kind.ASK or self.number - mine.last > _GOES_ON:
            return False
        needs = bool(talk.NEEDS.fullmatch(tidy(unit.text)))
        return needs or (bool(mine.asker) and not unit.matters - GENERIC and bool(mine.matters))

    def _leads_to(self, told: tuple[int, str, frozenset[str]], unit: Unit, speaker: str) -> bool:
        """Is something told before a circumstance of this question?"""
        number, text, matters = told
        if number == self.number:
            return True
        near = _NEAR if speaker else 1
        if self.number - number > near or notices.answers(text):
            return False
        if matters & unit.matters or (matters and not unit.matters):
            return True
        return self.number - number == 1 and notices.own_case(text) and not _ME_TOO.search(tidy(text))

    def _named_before(self, speaker: str) -> bool:
        """Did the speaker just name a matter, without asking?"""
        near = _NEAR if speaker else 1
        told = self.told.get(speaker, [])
        return any(
            self.number - number <= near and matters and not notices.answers(text) for number, text, matters in told
        )

    def _anchor(self, message: Message) -> _Item | None:
        """The speaker's own question that this message quotes."""
        if not message.answers:
            return None
        mine = [item for item in self.items if item.asker == message.speaker]
        return next((item for item in mine if repeats(message.answers, item.text)), None)


def join(messages: Iterable[Message], listener: Listener) -> tuple[Question, ...]:
    """The questions of all messages, in the order they were first asked."""
    joiner = _Joiner(listener)
    for message in messages:
        joiner.take(message)
    found: Sequence[_Item] = joiner.items or joiner.loose[:1]
    return tuple(Question(item.asker, item.text) for item in found if item.text)


def _same_matter(item: _Item, unit: Unit) -> bool:
    """One person, one matter: the same thing, unless it is another act on it."""
    if repeats(unit.text, item.text):
        return True
    if not unit.matters or not item.matters or not unit.matters <= item.matters:
        return False
    return not strangers(tidy(item.text), tidy(unit.text))


def _is_repeat(item: _Item, unit: Unit) -> bool:
    """Another person asks the same: same things, same side, nothing that sets the case apart."""
    if repeats(unit.text, item.text) and len(bare(unit.text)) > 3:
        return True
    if _ME_TOO.search(tidy(unit.text)) and unit.matters <= item.matters:
        return True
    if not unit.matters or unit.matters != item.matters or strangers(tidy(item.text), tidy(unit.text)):
        return False
    if item.trouble != (unit.kind is Kind.TROUBLE):
        return False
    if not same_thing(item.text, unit.text):
        return False
    if item.trouble:
        return True
    asked, here = sides_of(item.text), sides_of(unit.text)
    return (asked == here or bool(asked & here)) and same_case(item.text, unit.text)
