"""Messages → questions: what one person says on one matter is one question, whoever speaks in between."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.chatlog import gossip, notices, talk
from knowledge.chatlog.alike import repeats, sides_of
from knowledge.chatlog.clauses import Unit, units_of
from knowledge.chatlog.items import AT_ONCE, Item, goes_on, is_repeat, me_too, same_matter
from knowledge.chatlog.model import Message, Question
from knowledge.chatlog.speech import Kind, Listener
from knowledge.model import Facet
from knowledge.text import bare, tidy

_SOME = 2
"""Characters of its own that make a question of somebody who has asked nothing yet."""
_NEAR = 3
"""Messages within which a circumstance told first belongs to the question that follows."""
_NOTICED = 8
"""Messages after a notice within which a question that names nothing is about the notice."""
_SAYS_SOMETHING = 4
_STILL_OPEN = 12
"""Messages within which a circumstance told later belongs to the question before."""
_SIDES = frozenset({Facet.PROXY, Facet.MATERIALS, Facet.FEE, Facet.TIME, Facet.PLACE, Facet.ONLINE, Facet.FORM})
_GUESS = re.compile(r"(?:那|你)?(?:是不是|会不会是?|该不会|莫不是|不会是)\w{1,8}[?。吧啊了]*$")
_ASKS_BACK = re.compile(
    r"(?:你|您)?(?:报警|报案|报|问|去|打|看|交|办|登记|反映|投诉|找)\w{0,3}(?:没有?|冇|了吗)[?。]*$"
)
_IF = re.compile(r"(?:那|那么)?(?:如果|要是|万一)")


@dataclass(slots=True)
class _Joiner:
    """Goes through the messages once; *loose* are sides of matters nobody named."""

    listener: Listener
    items: list[Item] = field(default_factory=list)
    latest: dict[str, Item] = field(default_factory=dict)
    told: dict[str, list[tuple[int, str, frozenset[str]]]] = field(default_factory=dict)
    loose: list[Item] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    number: int = 0
    run: tuple[str, int] = ("", 0)
    """Who spoke last, and since which message without anybody in between."""
    noticed: int = -100
    """The last message that told everybody of something, which others ask about."""

    def take(self, message: Message) -> None:
        """Read one message."""
        whole = bare(tidy("".join(message.lines)))
        if message.quoted and any(whole.removesuffix("等") in old for old in self.seen):
            return
        self.seen.append(whole)
        self.number += 1
        if not message.speaker or message.speaker != self.run[0]:
            self.run = (message.speaker, self.number)
        if message.listed:
            self.noticed = self.number
        if notices.is_notice(message.lines):
            self.noticed = self.number
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
                mine.add(unit, self.number)
            case Kind.FACT if mine and mine.asker == speaker and self._belongs(mine, unit, speaker):
                mine.add(unit, self.number)
            case Kind.FACT | Kind.MORE:
                if unit.matters and mine is None and not notices.answers(unit.text):
                    self.noticed = self.number
                self.told.setdefault(speaker, []).append((self.number, unit.text, unit.matters))
            case _:
                return

    def _take_question(self, speaker: str, unit: Unit) -> None:
        mine = self.latest.get(speaker)
        own = next((item for item in reversed(self.items) if item.asker == speaker and same_matter(item, unit)), None)
        if own:
            own.add(unit, self.number)
            self.latest[speaker] = own
            return
        if mine and mine.asker == speaker and goes_on(mine, unit, self.number):
            mine.add(unit, self.number)
            return
        other = next((item for item in self.items if item.asker != speaker and is_repeat(item, unit)), None)
        if other:
            self.latest[speaker] = other
            return
        if self._guesses(speaker, unit, mine):
            return
        self._open(speaker, unit)

    def _guesses(self, speaker: str, unit: Unit, mine: Item | None) -> bool:
        """Is it an answer in the shape of a question (是不是要年审) to somebody else, or asked back (报警没)?"""
        if mine is None and _ASKS_BACK.match(tidy(unit.text)):
            return True
        last = self.items[-1] if self.items else None
        return (
            mine is None
            and last is not None
            and last.asker != speaker
            and self.number - last.last <= AT_ONCE
            and bool(_GUESS.match(tidy(unit.text)))
        )

    def _take_side(self, speaker: str, unit: Unit, mine: Item | None) -> None:
        if self._named_before(speaker):
            self._open(speaker, unit)
        elif mine and mine.asker == speaker:
            mine.add(unit, self.number)
        elif self._stands_alone(unit):
            self._open(speaker, unit)
        elif mine:
            self._add_anothers_side(mine, unit)
        elif self.number - self.noticed <= _NOTICED and self._asks_of_notice(unit):
            self._open(speaker, unit)
        elif self.items and self.number - self.items[-1].last <= _NEAR:
            self._add_anothers_side(self.items[-1], unit)
        else:
            self.loose.append(Item(speaker, [unit.text], frozenset(), False, self.number))

    def _stands_alone(self, unit: Unit) -> bool:
        """May a side be somebody's first question, although it names no known matter?"""
        tidied = tidy(unit.text)
        contrasts = tidied.rstrip("?。 ").endswith("呢") or _IF.match(tidied)
        return len(unit.core) >= _SOME and talk.wonders(tidied) and not contrasts

    def _asks_of_notice(self, unit: Unit) -> bool:
        """Is this somebody's own case under a notice, or the first that is asked about it?"""
        first = not self.items or self.items[-1].last < self.noticed
        return notices.own_case(unit.text) or (first and bool(unit.core) and bool(sides_of(unit.text)))

    def _add_anothers_side(self, item: Item, unit: Unit) -> None:
        """A side somebody else asks about the same matter is answered with it."""
        sides = sides_of(unit.text) & _SIDES
        if sides and not unit.core and not sides & sides_of(item.text):
            item.add(unit, self.number)

    def _open(self, speaker: str, unit: Unit) -> None:
        before = [told for told in self.told.pop(speaker, []) if self._leads_to(told, unit, speaker)]
        matters = unit.matters or frozenset().union(*(named for _, _, named in before))
        item = Item(
            speaker, [*(text for _, text, _ in before), unit.text], matters, unit.kind is Kind.TROUBLE, self.number
        )
        self.items.append(item)
        self.latest[speaker] = item

    def _belongs(self, mine: Item, unit: Unit, speaker: str) -> bool:
        """Is a plain statement a circumstance of the speaker's question before it?"""
        if mine.last == self.number:
            return True
        others = any(item.asker != speaker and item.last > mine.last for item in self.items)
        if self.number - mine.last > _STILL_OPEN or (others and notices.answers(unit.text)):
            return False
        gap = self.number - mine.last
        if speaker and gap <= AT_ONCE and not others and not gossip.IDLE_ASK.search(tidy(unit.text)):
            return len(bare(unit.text)) >= _SAYS_SOMETHING
        if not unit.own or (others and not notices.own_case(unit.text)):
            return False
        return bool(speaker) or gap == 1

    def _leads_to(self, told: tuple[int, str, frozenset[str]], unit: Unit, speaker: str) -> bool:
        """Is something told before a circumstance of this question?"""
        number, text, matters = told
        if number == self.number:
            return True
        near = _NEAR if speaker else 1
        if (self.number - number > near and number < self.run[1]) or notices.answers(text):
            return False
        if matters & unit.matters or (matters and not unit.matters):
            return True
        near = number >= self.run[1] or self.number - number == 1
        return near and notices.own_case(text) and not me_too(text)

    def _named_before(self, speaker: str) -> bool:
        """Did the speaker just name a matter or tell of their own case, without asking?"""
        near = _NEAR if speaker else 1
        told = [item for item in self.told.get(speaker, []) if not notices.answers(item[1])]
        own = any(number >= self.run[1] and notices.own_case(text) for number, text, _ in told if speaker)
        return own or any(self.number - number <= near and matters for number, _, matters in told)

    def _anchor(self, message: Message) -> Item | None:
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
    found: Sequence[Item] = joiner.items or joiner.loose[:1]
    return tuple(Question(item.asker, item.text) for item in found if item.text)
