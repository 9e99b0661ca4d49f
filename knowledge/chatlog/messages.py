"""Lines of a copied chat → messages with their speakers, in order."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.chatlog import gossip
from knowledge.chatlog.addresses import addressed, without_addresses
from knowledge.chatlog.chains import chain_entry, chain_title, is_chain_head, numbered_names
from knowledge.chatlog.evidence import Style
from knowledge.chatlog.layouts import plain_layout
from knowledge.chatlog.mentions import calls_everybody, mentioned, without_mentions
from knowledge.chatlog.model import Message
from knowledge.chatlog.names import is_label, is_name, looks_personal, may_be_name
from knowledge.chatlog.noise import is_rule, is_system, without_link_titles, without_signs, without_voice_signs
from knowledge.chatlog.notices import is_notice
from knowledge.chatlog.quotes import Line, Piece, Quote, pieces_of
from knowledge.chatlog.speakers import Cue, Form, cue_in
from knowledge.chatlog.stamps import SURE, is_time, narrow
from knowledge.text import bare, tidy

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_RECEIPT = re.compile(r"(?:已?收到|好的?|知道了?|明白了?|了解|ok|1|\+1|嗯+|行|参加|报名)+")
_DEEPEST = 3
_LONGEST_NAME = 20


def messages_in(lines: Sequence[str]) -> tuple[Message, ...]:
    """What was said, by whom; words of the program and of nobody are left out."""
    spoken = _read(lines, 0)
    names = frozenset(item.speaker for item in spoken if item.speaker)
    return tuple(cleaned for item in spoken if (cleaned := _cleaned(item, names)).lines)


def voices_in(lines: Sequence[str]) -> frozenset[str]:
    """Everybody who speaks, is quoted or is called, also where nothing of what they said is kept.

    Somebody called 通知 is left out: the word is cut from the head of a line, but stays in 停水通知.
    """
    spoken = _read(lines, 0)
    names = frozenset(item.speaker for item in spoken if item.speaker)
    called = (name for item in spoken for line in item.lines for name in (*mentioned(line, names), *addressed(line)))
    return frozenset(name for name in (*names, *called) if not is_label(name))


def _read(lines: Sequence[str], depth: int) -> list[Message]:
    """Messages with their lines as written."""
    plain = plain_layout([_INVISIBLE.sub("", line).rstrip() for line in lines])
    seen = [without_voice_signs(line) for line in plain]
    kept = [line for line in seen if is_rule(line) or not is_system(line)]
    joined = _with_stamps_joined(kept)
    reader = _Reader(Style.of([line for line in joined if line.strip()]), depth, numbered_names(joined))
    for piece in pieces_of(joined):
        reader.take(piece)
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """Reads pieces one by one and holds the message being written."""

    style: Style
    depth: int
    numbered: bool
    speaker: str = ""
    chain: bool = False
    title: str = ""
    """What the 接龙 is about."""
    unsigned: bool = False
    """The paste begins without a name: lines without one are then nobody's, not a continuation."""
    answers: str = ""
    held: list[str] = field(default_factory=list)
    done: list[Message] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        """Add one piece to what was read."""
        match piece:
            case Quote():
                self._take_quote(piece)
            case Line(text) if not text.strip() or is_time(text):
                return
            case Line(text):
                self._take_line(text)

    def finish(self) -> list[Message]:
        """Everything that was read."""
        self._close()
        return self.done

    def _take_line(self, text: str) -> None:
        if is_chain_head(text):
            self._close()
            self.chain, self.title = True, chain_title(text)
            return
        entry = chain_entry(text) if self.chain or self.numbered else None
        if entry and (self.chain or looks_personal(entry[0])):
            self._close()
            self.done.append(Message(entry[0], (entry[1],), listed=True, answers=self.title))
            return
        cue = self.style.speaker_of(text)
        self.unsigned = self.unsigned or (cue is None and not self.done and not self.held and not self.speaker)
        if cue:
            self._begin(cue)
        elif self.chain:
            self.title = self.title or text.strip()
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        """Unsigned lines are a message each; a signed message goes on over many lines."""
        if (
            self.speaker
            and self.held
            and not self.style.stamped
            and (self.unsigned or text.lstrip().startswith(("@", "＠")) or self._somebody_else(text))
        ):
            self._close()
            self.speaker = ""
        if not self.speaker:
            self._close()
        self.held.append(text)

    def _somebody_else(self, text: str) -> bool:
        """Does an unsigned 收到 below a notice show that the lines from here on are other people's?"""
        receipt = bool(_RECEIPT.fullmatch(bare(tidy(without_signs(text)))))
        told = any(calls_everybody(line) for line in self.held) or is_notice(tuple(self.held))
        self.unsigned = self.unsigned or (receipt and told)
        return receipt and told

    def _begin(self, cue: Cue) -> None:
        self._close()
        self.chain = False
        self.speaker = cue.speaker
        if is_chain_head(cue.said):
            self.chain = True
        elif cue.said:
            self.held.append(cue.said)

    def _take_quote(self, quote: Quote) -> None:
        before = self.style.speaker_of(quote.before + "话") if quote.before.strip() else None
        if before:
            self._begin(replace(before, said=""))
        elif not self._goes_on():
            self._close()
            self.speaker = ""
        mine = self.held
        self.held = []
        quoted = _read(quote.lines, self.depth + 1) if self.depth < _DEEPEST else []
        self.done += [replace(item, quoted=True) for item in quoted]
        self.held = mine
        self.answers = " ".join(quoted[-1].lines) if quoted else ""

    def _goes_on(self) -> bool:
        """Does a quote without a name belong to the speaker above? Only where names stand on lines of their own."""
        return not self.held or self.style.stamped > 0

    def _close(self) -> None:
        if self.held:
            self.done.append(Message(self.speaker, tuple(self.held), answers=self.answers))
        self.held, self.answers = [], ""


def _cleaned(message: Message, names: frozenset[str]) -> Message:
    """The message with only the person's own words."""
    told = without_link_titles(list(message.lines))
    to_all = any(calls_everybody(line) for line in told)
    said = (without_addresses(without_signs(without_mentions(line, names))) for line in told)
    return replace(message, lines=tuple(line for line in said if line), to_all=to_all)


def _with_stamps_joined(lines: Sequence[str]) -> list[str]:
    """Write a nickname and the time on the line below it as one line."""
    twice = frozenset(name for name, times in Counter(line.strip() for line in lines).items() if times > 1)
    places = [place for place in range(1, len(lines)) if _stamp_under_name(lines, place, twice)]
    fair = [place for place in places if is_name(lines[place - 1])]
    many = len(places) > 1 and (bool(fair) or _kept_to(lines, places))
    sure = {place for place in places if many or _surely_named(lines[place - 1].strip(), lines[place])}
    joined = [
        f"{lines[place - 1].strip()} {line.strip()}" if place in sure else line for place, line in enumerate(lines)
    ]
    return [line for place, line in enumerate(joined) if place + 1 not in sure]


def _kept_to(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Is every time of the paste one that stands under something like a name?"""
    return len(places) == sum(is_time(line) for line in lines)


def _surely_named(name: str, stamp: str) -> bool:
    """One line over a time is a nickname if it reads like a name, or if the time has a date and it is no reaction."""
    dated = bool(re.search(SURE, narrow(stamp)))
    said = gossip.REACTION.fullmatch(bare(tidy(name))) or not is_name(name)
    return looks_personal(name) or (dated and not said)


def _stamp_under_name(lines: Sequence[str], place: int, twice: frozenset[str]) -> bool:
    """Is this line a time, under something like a name and over words?"""
    name = lines[place - 1].strip()
    below = next((line for line in lines[place + 1 :] if line.strip()), "")
    if (
        not is_time(lines[place])
        or is_rule(lines[place][:4])
        or not below
        or not may_be_name(name)
        or len(name) > _LONGEST_NAME
    ):
        return False
    if place > 1 and is_time(lines[place - 2]):
        return False
    here, cue = cue_in(name), cue_in(below)
    if is_time(name) or (here and here.form is not Form.COLON) or (here and here.said and name not in twice):
        return False
    return not (cue and cue.form is Form.STAMPED)
