"""Who is speaking: the ways a line of a copied chat names its speaker.

``cue_in`` reads one line for itself; whether a doubtful cue counts is decided by the whole
paste (``Style``), because people write colons and clock times in their messages too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.chatlog.names import GROUP_WORD, NOTICE_WORD, TAG, TEXTY, clean_name, is_name, looks_personal
from knowledge.chatlog.noise import is_face
from knowledge.chatlog.stamps import CLOCK, SURE, WHEN, is_day_word, is_time, named_by_day, narrow


class Form(Enum):
    """How a line names its speaker."""

    STAMPED = auto()
    """A nickname with a time, words behind a colon or on the next lines."""
    INLINE = auto()
    """A nickname, a time and the words, divided by blanks only."""
    COLON = auto()
    BRACKET = auto()


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that names a speaker; *said* are the words on the same line; *dated* ones are never doubted."""

    form: Form
    speaker: str
    said: str
    dated: bool = False


_LEAD = re.compile(rf"(?:\[\s*{WHEN}\s*\]|\(\s*{WHEN}\s*\)|{WHEN}(?=\s))[\s,]*")
_TRAIL = re.compile(
    rf"(?P<name>\S.{{0,39}}?)(?:\s+\(?\[?\s*|\s*[(\[]\s*|(?=(?:19|20)\d\d[-/.年]))(?P<when>{WHEN})\s*[)\]]?\s*(?::\s*(?P<said>.*))?"
)
_SURE = re.compile(SURE)
_INLINE = re.compile(rf"(?P<name>\S.{{0,23}}?)\s+(?P<when>{WHEN})\s+(?P<said>\S.*)")
_COLON = re.compile(r"(?P<name>[^:]{1,30}):\s*(?P<said>.*)")
_COLON_TWICE = re.compile(r"(?P<name>[^:]{1,12}:[^:\d]{1,12}):\s*(?P<said>.*)")
_BRACKET = re.compile(r"[\[【](?P<name>[^\[\]【】]{1,20})[\]】]\s*:?\s*(?P<said>.*)")


def cue_in(line: str) -> Cue | None:
    """How *line* names a speaker, if it does; doubtful ones included."""
    narrowed = narrow(line).strip()
    raw = line.strip() if len(line.strip()) == len(narrowed) else narrowed
    if named_by_day(narrowed):
        return Cue(Form.STAMPED, named_by_day(narrowed), "", dated=True)
    if not narrowed or is_time(narrowed):
        return None
    return _led(raw, narrowed) or _trailed(raw, narrowed) or _bracketed(raw, narrowed) or _with_colon(raw, narrowed)


def _led(raw: str, narrowed: str) -> Cue | None:
    """``2026-11-24 10:23 昵称: 话``, ``[10:23] 昵称：话`` and a name alone behind a date."""
    lead = _LEAD.match(narrowed)
    if not lead:
        return None
    rest_raw, rest = raw[lead.end() :], narrowed[lead.end() :]
    colon = _with_colon(rest_raw, rest)
    if colon:
        return Cue(Form.STAMPED, colon.speaker, colon.said, dated=True)
    sure = bool(_SURE.search(lead.group())) and lead.group().count(":") >= 1
    if sure and is_name(rest) and len(rest) <= 16 and not TEXTY.search(rest):
        return Cue(Form.STAMPED, clean_name(rest_raw), "", dated=lead.group().count(":") >= 2)
    return None


def _trailed(raw: str, narrowed: str) -> Cue | None:
    """``昵称 昨天 10:23`` alone or with a colon and words, or with the words behind blanks."""
    found = _TRAIL.fullmatch(narrowed)
    if found and is_name(found["name"]):
        said = raw[found.start("said") :] if found["said"] else ""
        dated = bool(_SURE.search(found["when"])) or found["said"] is not None
        return Cue(Form.STAMPED, clean_name(raw[: found.end("name")]), said, dated)
    inline = _INLINE.fullmatch(narrowed)
    if inline and is_name(inline["name"]) and not is_day_word(inline["name"]):
        sure = bool(_SURE.search(inline["when"]))
        return Cue(Form.INLINE, clean_name(raw[: inline.end("name")]), raw[inline.start("said") :], sure)
    return None


def _bracketed(raw: str, narrowed: str) -> Cue | None:
    """``[昵称] 话`` and ``【昵称】话``; 【组】昵称 belongs to the other forms."""
    found = _BRACKET.fullmatch(narrowed)
    if not found:
        return None
    name, said = raw[found.start("name") : found.end("name")].strip(), raw[found.start("said") :]
    if is_face(name) or NOTICE_WORD.fullmatch(name) or not is_name(name):
        return None
    if _with_colon(raw, narrowed) and TAG.match(raw):
        return None
    if re.fullmatch(GROUP_WORD, name):
        return (
            Cue(Form.BRACKET, "", said)
            if not is_name(said) or TEXTY.search(said) or len(said) > 8
            else Cue(Form.BRACKET, said, "")
        )
    return Cue(Form.BRACKET, clean_name(name), said)


def _with_colon(raw: str, narrowed: str) -> Cue | None:
    """``昵称: 话``; a nickname may itself hold one colon when the paste says so elsewhere."""
    found = _COLON.fullmatch(narrowed)
    if not found or not is_name(found["name"]) or found["said"].startswith("//"):
        return None
    name = raw[: found.end("name")]
    if _clock_at(narrowed, found.end("name")):
        return None
    return Cue(Form.COLON, clean_name(name), raw[found.start("said") :]) if clean_name(name) else None


def _clock_at(narrowed: str, colon: int) -> bool:
    """Is the colon inside a clock time?"""
    return bool(re.search(r"\d{1,2}$", narrowed[:colon])) and bool(re.match(r":[0-5]\d(?!\d)", narrowed[colon:]))


@dataclass(frozen=True, slots=True)
class Style:
    """How the paste as a whole is written: which forms count, which names are known for sure."""

    stamped: int
    colons: int
    inline: int
    names: frozenset[str]
    long_names: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Style":
        """Count the forms over all lines; names that speak twice or with a date are known."""
        cues = [cue for cue in map(cue_in, lines) if cue]
        spoken = Counter(cue.speaker for cue in cues)
        sure = {cue.speaker for cue in cues if cue.dated or spoken[cue.speaker] > 1}
        forms = Counter(cue.form for cue in cues)
        return cls(
            forms[Form.STAMPED],
            forms[Form.COLON],
            forms[Form.INLINE],
            frozenset(sure | _mentioned(lines)),
            tuple(_names_with_colon(lines, sure)),
        )

    def speaker_of(self, line: str) -> Cue | None:
        """The speaker a line names, if in a paste of this style it names one."""
        for name in self.long_names:
            if line.strip().startswith(name) and re.match(r"\s*[:：]", line.strip()[len(name) :]):
                return Cue(Form.COLON, clean_name(name), line.strip()[len(name) :].lstrip().lstrip(":：").strip())
        cue = cue_in(line)
        return cue if cue and self._counts(cue) else None

    def _counts(self, cue: Cue) -> bool:
        if cue.dated or cue.speaker in self.names:
            return True
        match cue.form:
            case Form.STAMPED if self.stamped > 1 and _CLOCK_NAME.fullmatch(narrow(cue.speaker)):
                return True
            case Form.STAMPED:
                return not (is_day_word(cue.speaker) or (self.colons > 2 * self.stamped and len(cue.speaker) > 4))
            case Form.INLINE:
                return self.inline > 1 and self.inline >= self.colons + self.stamped
            case Form.COLON if self.stamped > max(0, self.colons // 2):
                return looks_personal(cue.speaker)
            case Form.COLON:
                return not TEXTY.search(cue.speaker) or (self.colons > 2 and len(cue.speaker) <= 6)
            case _:
                return True


_CLOCK_NAME = re.compile(CLOCK)


def _mentioned(lines: Iterable[str]) -> set[str]:
    """Names after @ that end in a blank."""
    return {found for line in lines for found in re.findall(r"[@＠]([^\s@＠:：，。]{1,16})(?=[\s\u2005])", line)}


def _names_with_colon(lines: Sequence[str], sure: set[str]) -> list[str]:
    """Nicknames that hold a colon themselves: seen with a time, or twice in front of a second colon."""
    twice = Counter(found["name"] for line in lines if (found := _COLON_TWICE.fullmatch(narrow(line).strip())))
    kept = {name for name, times in twice.items() if times > 1 and is_name(name)}
    return sorted(kept | {name for name in sure if ":" in name or "：" in name}, key=len, reverse=True)
