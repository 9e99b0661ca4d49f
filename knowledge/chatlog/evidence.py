"""How a paste as a whole is written: which of the lines that look like a header are one.

One line alone says little: people write colons and clock times in their messages, and call
themselves 张三！ or 通知. What counts is which shape the paste keeps to, which names come
again, and who is called with @ or quoted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.chatlog import gossip, talk
from knowledge.chatlog.mixing import names_in_runs, signed_name
from knowledge.chatlog.names import (
    TEXTY,
    clean_name,
    ends_in_sign,
    is_bare_label,
    is_label,
    is_name,
    is_numbering,
    leads_on,
    looks_personal,
    may_be_name,
)
from knowledge.chatlog.speakers import Cue, Form, cue_in, lead_of
from knowledge.chatlog.stamps import CLOCK, is_day_word, is_time, narrow
from knowledge.text import bare, tidy

_CLOCK_NAME = re.compile(CLOCK)
_PREFIX = re.compile(r"[^:]{1,24}(?::[^:]{1,12}){0,2}(?=:)")
_CALLED = re.compile(r"[@＠]([^\s@＠:：，。]{1,16})(?=[\s\u2005])")
_QUOTED = re.compile(r"[「『]\s*([^「」『』\n]{1,24}?)\s*[:：]")
_INITIAL = re.compile(r"[A-Za-z\d]{1,3}|[\u4e00-\u9fff]{1,2}")
_SECOND = re.compile(r"(?P<name>[^\s:，。,]{1,8}):(?=\s*\S)(?![0-5]\d)")
_MOSTLY = 0.6
_HALF = 0.4
_AT_LEAST, _SHORT_ODD = 2, 16
_VALUE = re.compile(r"^[\d\s:：./\-~至到年月日点时分上下午号元]+$|^\d{1,4}[年月.:/-]")
_SPEAKS = re.compile(r"我|你|您|谢|哈|[吗吧呢啊哦了呀嘛不没]$")
_ASKED, _ANSWERED = frozenset({"问", "q", "Q", "提问", "问题"}), frozenset({"答", "a", "A", "回答", "答复", "回复"})


@dataclass(frozen=True, slots=True)
class Style:
    """What the paste keeps to: how many lines of each form, which names are known for sure.

    *share* is the part of the written lines that begin with something and a colon, *company* says
    that one of them begins with what reads like a name, or two with the same, as in no form; *stamps* are
    the shapes of times that stand beside at least two names.
    """

    stamped: int
    colons: int
    inline: int
    brackets: int
    empty: int
    share: float
    company: bool
    names: frozenset[str]
    long_names: tuple[str, ...]
    stamps: frozenset[str]
    asked_and_answered: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Style":
        """Count the forms over all lines."""
        cues = [cue for cue in map(cue_in, lines) if cue]
        forms = Counter(cue.form for cue in cues)
        inline = [cue for cue in cues if cue.form is Form.COLON]
        written = sum(not is_time(narrow(line)) for line in lines)
        speakers = {cue.speaker for cue in cues}
        sure = _sure(cues) | _called(lines) | names_in_runs(lines)
        return cls(
            forms[Form.STAMPED],
            forms[Form.COLON],
            forms[Form.INLINE],
            forms[Form.BRACKET],
            sum(not cue.said for cue in inline),
            len(inline) / max(1, written),
            any(cue.fair for cue in inline) or len({cue.speaker for cue in inline}) < len(inline),
            frozenset(sure),
            tuple(_names_with_colon(lines, sure)),
            _stamps(lines),
            bool(speakers & _ASKED and speakers & _ANSWERED),
        )

    def speaker_of(self, line: str) -> Cue | None:
        """The speaker a line names, if in a paste of this style it names one."""
        lead = lead_of(narrow(line.strip()))
        long = self._long_name(line.strip()[lead:], led=lead > 0)
        if long:
            return long
        cue = cue_in(line)
        return _with_second_part(cue) if cue and self._counts(cue) else None

    def _long_name(self, line: str, *, led: bool) -> Cue | None:
        """A name that holds colons itself, with a colon and words behind it."""
        for name in self.long_names:
            rest = line[len(name) :]
            if led and narrow(line) == name:
                return Cue(Form.STAMPED, clean_name(line), "", dated=True)
            if narrow(line).startswith(name) and re.match(r"\s*[:：](?![0-5]\d)", rest):
                return Cue(Form.COLON, clean_name(line[: len(name)]), rest.lstrip().lstrip(":：").strip())
        return None

    def _counts(self, cue: Cue) -> bool:
        if cue.dated:
            return True
        if not cue.fair:
            return self._odd_counts(cue)
        if cue.speaker in self.names:
            return True
        match cue.form:
            case Form.STAMPED if self.stamped > 1 and _CLOCK_NAME.fullmatch(narrow(cue.speaker)):
                return True
            case Form.STAMPED if cue.speaker.isdigit():
                return cue.stamp in self.stamps
            case Form.STAMPED:
                return not (is_day_word(cue.speaker) or (self.colons > 2 * self.stamped and len(cue.speaker) > 4))
            case Form.INLINE:
                return self.inline > 1 and self.inline >= self.colons + self.stamped
            case Form.COLON:
                return self._colon_counts(cue)
            case _:
                return True

    def _colon_counts(self, cue: Cue) -> bool:
        if self.stamped > max(0, self.colons // 2):
            return looks_personal(cue.speaker)
        if not cue.said and leads_on(cue.speaker) and not self._alone_on_lines:
            return False
        return not TEXTY.search(cue.speaker) or (self.colons > 2 and len(cue.speaker) <= 6)

    def _odd_counts(self, cue: Cue) -> bool:
        """Is a name that reads like no name one all the same?"""
        match cue.form:
            case Form.STAMPED | Form.INLINE:
                only_clock = not re.search(r"[^\d:\s]", cue.stamp)
                again = cue.stamp in self.stamps and not (only_clock and is_day_word(cue.speaker))
                return again or (not only_clock and not cue.said and signed_name(cue.speaker))
            case Form.BRACKET:
                return self.brackets > 1 and bool(cue.said) and self._speaks(cue)
            case Form.COLON if self.stamped > max(0, self.colons // 2):
                return False
            case Form.COLON if is_numbering(cue.speaker):
                return cue.speaker in self.names
            case Form.COLON if is_label(cue.speaker):
                return is_bare_label(cue.speaker) and (
                    self._alone_on_lines or (self.share >= _MOSTLY and self.company and self._speaks(cue))
                )
            case Form.COLON if ends_in_sign(cue.speaker) and len(cue.speaker) <= _SHORT_ODD:
                return bool(cue.said) or cue.speaker in self.names or self._alone_on_lines
            case _:
                fits = self.share >= _MOSTLY and self.colons >= _AT_LEAST and not TEXTY.search(cue.speaker)
                return (bool(cue.said) and (fits or cue.speaker in self.names)) or self._alone_on_lines

    @property
    def _alone_on_lines(self) -> bool:
        """Does the paste write 昵称: on a line and the words below it?"""
        return self.empty >= _AT_LEAST and self.empty * 2 > self.colons and self.share >= _HALF

    def _speaks(self, cue: Cue) -> bool:
        """Do the words behind a label talk to somebody, as no entry of a notice does?"""
        if self.asked_and_answered and cue.speaker in _ASKED | _ANSWERED:
            return False
        tidied = tidy(cue.said)
        if not tidied or _VALUE.search(tidied):
            return False
        heard = talk.asks(tidied) or talk.names_trouble(tidied) or bool(_SPEAKS.search(tidied))
        return heard or bool(gossip.REACTION.fullmatch(bare(tidied))) or self.share == 1.0


def _with_second_part(cue: Cue) -> Cue:
    """``A:建材小王: 话``: a very short first part belongs to what stands before the second colon."""
    found = _SECOND.match(narrow(cue.said)) if cue.form is Form.COLON and _INITIAL.fullmatch(cue.speaker) else None
    if not found or not is_name(found["name"]) or TEXTY.search(found["name"]) or leads_on(found["name"]):
        return cue
    name = f"{cue.speaker}:{cue.said[: found.end('name')]}"
    return replace(cue, speaker=name, said=cue.said[found.end() :].strip())


def _sure(cues: Sequence[Cue]) -> set[str]:
    """Names that speak twice or with a date."""
    spoken = Counter(cue.speaker for cue in cues)
    return {cue.speaker for cue in cues if cue.dated or spoken[cue.speaker] > 1}


def _stamps(lines: Sequence[str]) -> frozenset[str]:
    """The shapes of times that stand beside a name at least twice, each time over words without one."""
    shapes = [cue.stamp if (cue := cue_in(line)) and not cue.said else "" for line in lines]
    over = Counter(here for here, below in pairwise(shapes) if here and here != below)
    return frozenset(shape for shape, times in over.items() if times >= _AT_LEAST)


def _called(lines: Iterable[str]) -> set[str]:
    """Names after @ that end in a blank, and names in front of quoted words."""
    return {found for line in lines for shape in (_CALLED, _QUOTED) for found in shape.findall(line)}


def _names_with_colon(lines: Sequence[str], sure: set[str]) -> list[str]:
    """Nicknames that hold a colon themselves (narrowed), the longest first.

    They are seen with a time, or twice in front of a further colon, or the paste divides names
    and words by another colon than the one inside the name.
    """
    begins = Counter(begin for line in lines for begin in _beginnings(narrow(line).strip()))
    begins.update(rest for line in lines if (rest := _led_rest(narrow(line).strip())))
    kept = {begin for begin, times in begins.items() if times > 1}
    kept |= {narrow(name) for name in sure if ":" in narrow(name)}
    return sorted(kept | _by_divider(lines), key=len, reverse=True)


def _beginnings(narrowed: str) -> list[str]:
    """Every beginning of a line that ends in front of a second or third colon."""
    found = _PREFIX.match(narrowed[lead_of(narrowed) :])
    parts = found.group().split(":") if found else []
    begins = [":".join(parts[:size]) for size in range(2, len(parts) + 1)]
    return [begin for begin in begins if _is_long_name(begin)]


def _led_rest(narrowed: str) -> str:
    """What stands behind a time in front of the line, if it can be a name that holds colons."""
    lead = lead_of(narrowed)
    rest = narrowed[lead:].strip()
    return rest if lead and ":" in rest and _is_long_name(rest) else ""


def _by_divider(lines: Sequence[str]) -> set[str]:
    """Names that hold the colon which the other lines do not use behind a name."""
    firsts = Counter(found.group() for line in lines if (found := re.search(r"[:：] ?", line)))
    (divider, times), *others = firsts.most_common() or [("", 0)]
    if times < _AT_LEAST or not others or times <= sum(count for _, count in others):
        return set()
    cut = [line.strip().split(divider, 1)[0] for line in lines if divider in line]
    return {narrow(name) for name in cut if re.search("[:：]", name) and _is_long_name(narrow(name))}


def _is_long_name(narrowed: str) -> bool:
    """May this be a name that holds colons: short parts, no time of day, no words that announce?"""
    parts = narrowed.split(":")
    if (
        len(narrowed) > _SHORT_ODD
        or not may_be_name(narrowed)
        or re.search(r"\d:\d|\d \d{1,2}$|[午天一二三四五六日] ?\d{1,2}$", narrowed)
    ):
        return False
    return all(not TEXTY.search(part) and (is_name(part) or part.isalnum()) for part in parts)
