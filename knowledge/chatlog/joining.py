"""Messages → questions: what one person says on one matter is one question, whoever speaks in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.chatlog import gossip, notices, turns
from knowledge.chatlog.brief import matter_in_few_words
from knowledge.chatlog.calls import units_heard
from knowledge.chatlog.clauses import Unit
from knowledge.chatlog.items import AT_ONCE, Item, answered, goes_on, is_repeat, me_too, same_matter, takes_up
from knowledge.chatlog.model import Message, Question
from knowledge.chatlog.names import is_officer
from knowledge.chatlog.speech import Kind, Listener
from knowledge.text import bare, tidy

_SHORT, _LONGEST_NOTICE, _TAKEN_UP, _SOME = 14, 200, 4, 2
_NEAR = 3
"""Messages within which a circumstance told first belongs to the question that follows."""
_NOTICED = 8
"""Messages after a notice within which a question that names nothing is about the notice."""
_SAYS_SOMETHING = 4
_STILL_OPEN = 12
"""Messages within which a circumstance told later belongs to the question before."""


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
    heard: list[tuple[int, str, str]] = field(default_factory=list)
    """What was answered: number, who, in plain words; messages that asked or complained are left out."""
    run: tuple[str, int] = ("", 0)
    """Who spoke last, and since which message without anybody in between."""
    noticed: int = -100
    notice: str = ""
    """The last message that told everybody of something, which others ask about, and its words."""
    listed: bool = False
    asked_back: int = -100
    """The last message in which somebody asked the asker for more (在哪一段)."""

    def take(self, message: Message) -> None:
        """Read one message."""
        whole = bare(tidy("".join(message.lines)))
        if message.quoted and any(whole.removesuffix("等") in old for old in self.seen):
            return
        self.seen.append(whole)
        self.number += 1
        if not message.speaker or message.speaker != self.run[0]:
            self.run = (message.speaker, self.number)
        self.listed = message.listed
        if message.listed:
            self._notice(message.answers)
        if notices.is_notice(message.lines) or (message.to_all and notices.tells_everybody(message.lines)):
            self._notice("，".join(message.lines))
            return
        if turns.takes_back(whole):
            self._take_back(message.speaker)
            return
        if turns.is_settled(whole):
            self.latest.pop(message.speaker, None)
        if anchor := answered(self.items, message):
            self.latest[message.speaker] = anchor
        if len(whole) <= _SHORT and turns.asks_for_more(message.lines):
            self.asked_back = self.number
        units = units_heard(message, self.listener, follows=self._goes_on(message.speaker))
        if not any(unit.kind in (Kind.ASK, Kind.TROUBLE) for unit in units):
            self.heard.append((self.number, message.speaker, tidy(" ".join(message.lines))))
        if not units and is_officer(message.speaker) and (message.quoted or not self.items):
            self._notice("，".join(message.lines))
        for unit in units:
            self._take_unit(message.speaker, unit)

    def _take_back(self, speaker: str) -> None:
        """Forget what somebody asked just before they said that it was meant for others."""
        mine = self.latest.get(speaker)
        if mine and mine in self.items and mine.asker == speaker and self.number - mine.last <= AT_ONCE:
            self.items.remove(mine)
            del self.latest[speaker]

    def _goes_on(self, speaker: str) -> bool:
        """Did this person ask just now?"""
        mine = self.latest.get(speaker)
        return mine is not None and mine.asker == speaker and self.number - mine.last <= AT_ONCE

    def _take_unit(self, speaker: str, unit: Unit) -> None:
        mine = self.latest.get(speaker)
        match unit.kind:
            case Kind.ASK | Kind.TROUBLE:
                self._take_question(speaker, unit)
            case Kind.SIDE:
                self._take_side(speaker, unit, mine)
            case Kind.MORE if mine and mine.asker == speaker:
                mine.add(unit, self.number)
            case Kind.FACT if mine and mine.asker == speaker and self._answers_back(unit):
                mine.add(unit, self.number)
            case Kind.FACT if mine and mine.asker == speaker and self._belongs(mine, unit, speaker):
                mine.add(unit, self.number)
            case Kind.MORE | Kind.FACT if mine is None and self.items and turns.tells_own_trouble(unit):
                self._open(speaker, unit)
            case Kind.FACT | Kind.MORE:
                if unit.matters and mine is None and not notices.answers(unit.text):
                    self._notice(unit.text)
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
        if mine and mine.asker == speaker and (goes_on(mine, unit, self.number) or self._takes_up(mine, unit)):
            mine.add(unit, self.number)
            return
        if self._was_asked(speaker, unit) or self._guesses(speaker, unit, mine):
            return
        self._open(speaker, unit)

    def _notice(self, text: str) -> None:
        """Remember what everybody was just told of."""
        self.noticed, self.notice = self.number, text[:_LONGEST_NOTICE]

    def _was_asked(self, speaker: str, unit: Unit) -> bool:
        """Did somebody else ask this before? What the speaker adds then belongs to that question."""
        other = next((item for item in self.items if item.asker != speaker and is_repeat(item, unit)), None)
        if other:
            self.latest[speaker] = other
        return other is not None

    def _takes_up(self, mine: Item, unit: Unit) -> bool:
        """Does the asker go on with what somebody answered them (要消防手续 – 消防手续哪里办)?"""
        told = [text for number, who, text in self.heard if who != mine.asker and number > mine.last]
        return self.number - mine.last <= _TAKEN_UP and takes_up(unit, told)

    def _guesses(self, speaker: str, unit: Unit, mine: Item | None) -> bool:
        """Is it an answer in the shape of a question (是不是要年审) to somebody else, or asked back (报警没)?"""
        if mine is None and turns.asks_back(unit.text):
            return True
        last = self.items[-1] if self.items else None
        return (
            (mine is None or mine.asker != speaker)
            and last is not None
            and last.asker != speaker
            and self.number - last.last <= AT_ONCE
            and (turns.guesses(unit.text) or turns.asks_which(unit.text, last.text, last.trouble))
        )

    def _take_side(self, speaker: str, unit: Unit, mine: Item | None) -> None:
        if self._guesses(speaker, unit, mine) or (mine is None and unit.core and self._was_asked(speaker, unit)):
            return
        if self._named_before(speaker):
            self._open(speaker, unit)
        elif mine and mine.asker == speaker:
            if turns.is_anothers(unit, mine.matters, 0 if speaker else self.number - mine.last):
                self._open(speaker, unit)
            else:
                mine.add(unit, self.number)
        elif turns.stands_alone(unit) or self.listed or (mine is None and turns.of_own_case(unit)):
            self._open(speaker, unit)
        elif mine:
            self._add_anothers_side(mine, unit, speaker)
        elif self.number - self.noticed <= _NOTICED and turns.asks_of_notice(unit, first=self._first_below()):
            self._open(speaker, unit)
        elif self.items and self.number - self.items[-1].last <= _NEAR:
            self._add_anothers_side(self.items[-1], unit, speaker)
        else:
            self.loose.append(Item(speaker, [unit.text], frozenset(), False, self.number))

    def _first_below(self) -> bool:
        """Has nothing been asked since the notice?"""
        return not self.items or self.items[-1].last < self.noticed

    def _add_anothers_side(self, item: Item, unit: Unit, speaker: str) -> None:
        """A side somebody else asks of the same matter is their question about it, unless it was asked before."""
        if turns.asks_beside(unit, item.text):
            self._open(speaker, unit)
            self.items[-1].about = item.about or matter_in_few_words(item.text)

    def _open(self, speaker: str, unit: Unit) -> None:
        before = [told for told in self.told.pop(speaker, []) if self._leads_to(told, unit, speaker)]
        matters = unit.matters or frozenset().union(*(named for _, _, named in before))
        item = Item(
            speaker, [*(text for _, text, _ in before), unit.text], matters, unit.kind is Kind.TROUBLE, self.number
        )
        if not matters and self.notice and self.number - self.noticed <= _NOTICED:
            about = matter_in_few_words(self.notice)
            item.about = about if self.listed or self.listener.hear(about).matters else ""
        self.items.append(item)
        self.latest[speaker] = item

    def _answers_back(self, unit: Unit) -> bool:
        """Is it what somebody just asked the asker (在哪一段 – 大桥下面)?"""
        return 0 < self.number - self.asked_back <= AT_ONCE and len(bare(unit.text)) <= _SHORT

    def _belongs(self, mine: Item, unit: Unit, speaker: str) -> bool:
        """Is a plain statement a circumstance of the speaker's question before it?"""
        if mine.last == self.number:
            return True
        others = any(item.asker != speaker and item.last > mine.last for item in self.items)
        if self.number - mine.last > _STILL_OPEN or ((others or not speaker) and notices.answers(unit.text)):
            return False
        gap = self.number - mine.last
        if speaker and gap <= AT_ONCE and not others and not gossip.IDLE_ASK.search(tidy(unit.text)):
            return len(bare(unit.text)) >= (_SAYS_SOMETHING if gap > 1 else _SOME)
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


def join(messages: Iterable[Message], listener: Listener) -> tuple[Question, ...]:
    """The questions of all messages, in the order they were first asked."""
    joiner = _Joiner(listener)
    for message in messages:
        joiner.take(message)
    found: Sequence[Item] = joiner.items or joiner.loose[:1]
    return tuple(Question(item.asker, item.text, item.about) for item in found if item.text)
