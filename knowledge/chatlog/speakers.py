"""Who is speaking: the ways a line of a copied chat names its speaker.

``cue_in`` reads one line for itself; whether a doubtful cue counts is decided by the whole
paste (``evidence.Style``), because people write colons and clock times in their messages too.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.chatlog.decorations import GROUP_WORD, TAG
from knowledge.chatlog.names import NOTICE_WORD, TEXTY, clean_name, is_name, may_be_name
from knowledge.chatlog.noise import is_face
from knowledge.chatlog.stamps import SURE, WHEN, is_day_word, is_time, named_by_day, narrow


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
    """A line that names a speaker; *said* are the words on the same line; *dated* ones are never doubted.

    *fair* says that the name reads like one; others (张三！, 通知) need the evidence of the paste.
    *stamp* is the shape of the time beside the name, with every digit written as 0.
    """

    form: Form
    speaker: str
    said: str
    dated: bool = False
    fair: bool = True
    stamp: str = ""


_LEAD = re.compile(rf"(?:\[\s*{WHEN}\s*\]|\(\s*{WHEN}\s*\)|{WHEN}(?=\s))[\s,]*")
_TRAIL = re.compile(
    rf"(?P<name>\S.{{0,39}}?)(?:\s+\(?\[?\s*|\s*[(\[]\s*|(?=(?:19|20)\d\d[-/.年]))(?P<when>{WHEN})\s*[)\]]?\s*(?::\s*(?P<said>.*))?"
)
_SURE = re.compile(SURE)
_INLINE = re.compile(rf"(?P<name>\S.{{0,23}}?)\s+(?P<when>{WHEN})\s+(?P<said>\S.*)")
_COLON = re.compile(r"(?P<name>[^:]{1,30}):\s*(?P<said>.*)")
_BRACKET = re.compile(
    r"[\[【](?P<name>(?:[^\[\]【】]|\[[^\[\]]{1,12}\]|【[^【】]{1,12}】){1,20})[\]】]\s*:?\s*(?P<said>.*)"
)
_OFFICE = re.compile(r"[长员主]$|干部$")
"""A 群主 or 组长 is somebody, a 三组 is not."""
_LONGEST_LED = 16


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
    if not may_be_name(rest) or is_time(rest) or not lead.group().strip():
        return None
    fair = sure and is_name(rest) and len(rest) <= _LONGEST_LED and not TEXTY.search(rest)
    dated = fair and lead.group().count(":") > 1
    return Cue(Form.STAMPED, clean_name(rest_raw), "", dated, fair, f"{_shape(lead.group())}…")


def lead_of(narrowed: str) -> int:
    """How many characters a time in front of a line takes."""
    lead = _LEAD.match(narrowed)
    return lead.end() if lead else 0


def _trailed(raw: str, narrowed: str) -> Cue | None:
    """``昵称 昨天 10:23`` alone or with a colon and words, or with the words behind blanks."""
    found = _TRAIL.fullmatch(narrowed)
    if found and may_be_name(found["name"]) and not found["name"].rstrip().endswith(":"):
        name, fair = clean_name(raw[: found.end("name")]), is_name(found["name"])
        said = raw[found.start("said") :] if found["said"] else ""
        dated = bool(_SURE.search(found["when"])) or found["said"] is not None
        return Cue(Form.STAMPED, name, said, dated and fair, fair, _shape(found["when"]))
    inline = _INLINE.fullmatch(narrowed)
    if inline and is_name(inline["name"]) and not is_day_word(inline["name"]):
        sure = bool(_SURE.search(inline["when"]))
        return Cue(Form.INLINE, clean_name(raw[: inline.end("name")]), raw[inline.start("said") :], sure)
    return None


def _bracketed(raw: str, narrowed: str) -> Cue | None:
    """``[昵称] 话`` and ``【昵称】话``; 【组】昵称 belongs to the other forms."""
    found = _BRACKET.fullmatch(narrowed)
    if not found or _tagged(raw, narrowed):
        return None
    name, said = raw[found.start("name") : found.end("name")].strip(), raw[found.start("said") :]
    if is_face(name) or not may_be_name(name):
        return None
    if NOTICE_WORD.fullmatch(name) or not is_name(name):
        return Cue(Form.BRACKET, clean_name(name), said, fair=False)
    if re.fullmatch(GROUP_WORD, name) and not (said and _OFFICE.search(name)):
        return (
            Cue(Form.BRACKET, "", said)
            if not is_name(said) or TEXTY.search(said) or len(said) > 8
            else Cue(Form.BRACKET, said, "")
        )
    return Cue(Form.BRACKET, clean_name(name), said)


def _tagged(raw: str, narrowed: str) -> bool:
    """Is the bracket a 【组】 in front of a nickname with a colon?"""
    tag = TAG.match(raw)
    return bool(tag) and _with_colon(raw[tag.end() :], narrowed[tag.end() :]) is not None if tag else False


def _with_colon(raw: str, narrowed: str) -> Cue | None:
    """``昵称: 话``; a nickname may itself hold a colon when the paste says so elsewhere."""
    found = _COLON.fullmatch(narrowed)
    if not found or found["said"].startswith("//") or _clock_at(narrowed, found.end("name")):
        return None
    name, fair = raw[: found.end("name")], is_name(found["name"])
    if not fair and not may_be_name(name):
        return None
    return Cue(Form.COLON, clean_name(name), raw[found.start("said") :], fair=fair) if clean_name(name) else None


def _clock_at(narrowed: str, colon: int) -> bool:
    """Is the colon inside a clock time?"""
    return bool(re.search(r"\d{1,2}$", narrowed[:colon])) and bool(re.match(r":[0-5]\d(?!\d)", narrowed[colon:]))


def _shape(when: str) -> str:
    """A time without its figures."""
    return re.sub(r"\d", "0", when)
