"""How an unknown program writes who speaks, learnt from the paste itself.

Lines that begin alike, with a short varying part between the same marks, show a header: ``阿牛 > 话``,
``| 09:01 | 阿牛 | 话 |``, ``—— 阿牛 ——`` over the words. What they share is the shape (marks, with every
time, number and tag made one sign), what varies is the nickname. A shape counts only where it holds for
most of the paste and its names come again or read like names; it is then written as 昵称 时间: 话,
which the reader knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.chatlog import gossip, talk
from knowledge.chatlog.affixes import affixes_off
from knowledge.chatlog.decorations import TAG, VERB
from knowledge.chatlog.names import TEXTY, clean_name, is_label, is_name, leads_on, looks_personal
from knowledge.chatlog.noise import is_face, is_rule, is_system
from knowledge.chatlog.speakers import Form, cue_in
from knowledge.chatlog.stamps import WHEN, is_time, narrow
from knowledge.text import bare, tidy

UNKNOWN_TIME = "2000-01-01 00:00"
_T = rf"(?:[\[(【<]\s*{WHEN}\s*[\])】>]|(?<![\d:])(?:\d\d:)?{WHEN})"
_ROLES = "村民|家长|教师|老师|学生|业主|群主|管理员|干部|成员|志愿者|党员|群友|网友"
_ID = rf"[\[(【](?:\d{{3,12}}|[^\s()\[\]【】]{{0,6}}[组队村部]|{_ROLES})[\])】]"
_MARKS = r":>》»|｜丨│┃/／\\\t=→⇒➜☞—–\-―】\]」』)}〕〗〉,;\"*_·•\u25a0-\u25ff"
_OPEN = r"\[(【〔〖<〈《「『{*_•·●○▪■◆◇▶►→☞※+|｜丨│┃\-—–―=\t\"\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d"
_NUMBER = (
    r"(?:No\.?\s*)?\d{1,4}(?:[.、)#]|\s*\||楼\s)(?!\d)|#\d{1,4}|[\[(【]\d{1,3}[\])】]|[①-⑳]|"
    r"[一二三四五六七八九十]{1,2}、"
)
_FROM = r"(?:消息)?(?:来自|发自)\s*[:：]?\s*[@＠]?"
_TAGGED = rf"{TAG.pattern}(?=\s*\S)"
_LEAD = re.compile(rf"(?:{_T}|{_FROM}|{_TAGGED}|{_NUMBER}|[{_OPEN}\s])*")
_OWN_SIGNS = re.compile("[*~_\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
"""Signs a nickname may begin with."""
_NO_NAME = re.compile(r"[\[\]【】()（）「」『』<>《》|｜\t:：]|\d[*\d]+$")
_SAYS = rf"(?:\s+{VERB}|\s*的(?:消息|发言|留言|话))\s*(?=:|$)"
_GLUE = re.compile(rf"(?:{_T}|{_ID}|{_SAYS}|[{_MARKS}\s])+")
_TIMES, _IDS, _BLANKS = re.compile(_T), re.compile(_ID), re.compile(r" +")
_CLOSES = {"[": "]", "【": "】", "(": ")", "<": ">", "《": "》", "「": "」", "『": "』", "{": "}", "|": "|", "\t": "\t"}
_NO_LEAD = re.compile(r"^[@#＠＃>》]")
_TITLES = re.compile(
    r"昵称|时间|日期|内容|姓名|发言人|发送人|消息|序号|name|time|message|sender|date|content|user", re.IGNORECASE
)
_LONGEST_NAME, _READ, _AT_LEAST, _TAG_LENGTH = 16, 44, 2, 4
_MOSTLY, _MANY, _SOME = 0.6, 0.8, 0.25
_BLANK_ONLY, _SHORT = "X ", 8
_DASHES, _NEVER_ALONE = frozenset("-/·*—–"), frozenset(["", "_", ",", ";", '"'])


@dataclass(frozen=True, slots=True)
class _Head:
    """One way to read the beginning of a line: its shape, the nickname and what follows."""

    shape: str
    name: str
    said: str
    number: str


def headers_learnt(lines: Sequence[str]) -> list[str]:
    """The same lines, with headers of an unknown kind that the paste keeps to written as 昵称 时间: 话."""
    written = [place for place, line in enumerate(lines) if _is_written(line)]
    if len(written) < _AT_LEAST:
        return list(lines)
    found: dict[str, dict[int, _Head]] = defaultdict(dict)
    for place in written:
        for head in _heads(lines[place]):
            found[head.shape].setdefault(place, head)
    fits = [heads for heads in found.values() if _fits(heads, lines, written)]
    if not fits:
        return affixes_off(lines, [lines[place] for place in written])
    best = max(fits, key=lambda heads: (len(heads), -len({head.name for head in heads.values()})))
    over = all(len(head.said) <= _TAG_LENGTH for head in best.values()) and _over_words(best, written)
    plain = [
        _rewritten(best[place], over=over) if place in best else line
        for place, line in enumerate(lines)
        if place in best or not _is_title(line)
    ]
    return affixes_off(plain, [line for line in plain if _is_written(line)])


def _is_written(line: str) -> bool:
    narrowed = narrow(line).strip()
    return bool(narrowed) and not (is_time(narrowed) or is_rule(line) or is_system(line) or _is_title(line))


def _is_title(line: str) -> bool:
    """Is it the first row of a table, or the line under it?"""
    cells = [cell for cell in re.split(r"[|｜\t,]", line.strip()) if cell.strip()]
    ruled = "|" in line and not re.sub(r"[|:\-\s]", "", line)
    return ruled or (len(cells) >= _AT_LEAST and all(_TITLES.fullmatch(cell.strip()) for cell in cells))


def _heads(line: str) -> Iterator[_Head]:
    """The ways to read the beginning of a line as marks, a nickname, marks and words."""
    raw = line.strip()
    text = "".join("\t" if sign == "\t" else other for sign, other in zip(raw, narrow(raw), strict=True))
    match = _LEAD.match(text)
    ahead = match.end() if match else 0
    if _NO_LEAD.match(text):
        return
    for lead in (ahead, 0) if _OWN_SIGNS.fullmatch(text[:ahead]) else (ahead,):
        for glue in [*_GLUE.finditer(text, lead + 1, _READ), None]:
            start, end = (glue.start(), glue.end()) if glue else (len(text), len(text))
            name = text[lead:start]
            if glue is not None and not _divides(text, glue):
                continue
            if not 0 < len(name.strip()) <= _LONGEST_NAME or (glue is None and not lead) or _NO_NAME.search(name):
                break
            shape = _shape(text[:lead], text[start:end], alone=end == len(text))
            if shape:
                number = re.search(_NUMBER, _TIMES.sub(" ", text[:lead]))
                yield _Head(shape, clean_name(raw[lead:start]), raw[end:].strip(), number.group() if number else "")


def _divides(text: str, glue: re.Match[str]) -> bool:
    """Is this run of marks one that may stand between a nickname and words, and no hyphen inside them?"""
    marks = glue.group()
    sign = marks.strip()
    if sign in _DASHES:
        return marks.startswith(" ") and marks.endswith(" ")
    if sign in _NEVER_ALONE:
        return "\t" in marks or not sign
    clock = re.search(r"\d$", text[: glue.start()]) and re.match(r":[0-5]\d", text[glue.start() :])
    return not clock


def _shape(lead: str, glue: str, *, alone: bool) -> str:
    """Marks around a nickname with every time and number made one sign; nothing where it is a known or no header."""
    before, behind = _general(lead), _general(glue)
    opened = next((sign for sign in reversed(before) if sign in _CLOSES), "")
    if opened and opened not in "|\t" and _CLOSES[opened] not in behind:
        return ""
    plain = not before.strip() and behind.replace("I", "").strip() in {":", ""}
    if plain and not (glue.startswith("  ") or "\t" in glue or glue == " "):
        return ""
    return f"{before}X{behind if glue == ' ' else behind.rstrip(' ')}{'.' if alone else ''}"


def _general(marks: str) -> str:
    plain = re.sub(_NUMBER, "N", _IDS.sub("I", _TIMES.sub("T", marks)))
    return _BLANKS.sub(" ", plain).strip("\ufe0f\u200d")


def _fits(heads: dict[int, _Head], lines: Sequence[str], written: Sequence[int]) -> bool:
    """Does the paste keep to this shape, around what can be nicknames?"""
    found = list(heads.values())
    names = [head.name for head in found]
    if len(names) < _AT_LEAST or not _are_names(names) or _is_known(heads, lines) or _is_list(found):
        return False
    people, share = set(names), len(heads) / len(written)
    again = len(people) < len(names)
    if found[0].shape == _BLANK_ONLY:
        return again and share == 1.0 and all(map(_is_short_name, names)) and not any(map(cue_in, lines))
    if found[0].shape.split("X")[0].strip("TN. ") and len(people) < _AT_LEAST:
        return False
    if not again and sum(map(looks_personal, people)) < _AT_LEAST and share < _MANY:
        return False
    if all(not head.said or (len(head.said) <= _TAG_LENGTH and "|" in _barred(head.shape)) for head in found):
        return _over_words(heads, written)
    return sum(bool(head.said) for head in found) >= _MANY * len(found) and share >= _MOSTLY


def _is_short_name(name: str) -> bool:
    return len(name) <= _SHORT and not _reads_like_words(name)


def _is_list(found: Sequence[_Head]) -> bool:
    """Has every line another number, as the items of a list have?"""
    people, numbers = {head.name for head in found}, {head.number for head in found}
    if not found[0].number or "T" in found[0].shape:
        return False
    return len(people) == len(numbers) == len(found)


def _barred(shape: str) -> str:
    return shape.replace("｜", "|")


def _are_names(names: Sequence[str]) -> bool:
    if any(not name or is_label(name) or is_face(name) for name in names):
        return False
    fair = [name for name in names if is_name(name) and not _reads_like_words(name)]
    return len(fair) >= _MANY * len(names)


def _reads_like_words(name: str) -> bool:
    tidied = tidy(name)
    if TEXTY.search(name) or talk.asks(tidied) or gossip.REACTION.fullmatch(bare(tidied)):
        return True
    return leads_on(name) and not looks_personal(name)


def _is_known(heads: dict[int, _Head], lines: Sequence[str]) -> bool:
    """Does the reader know this shape already?"""
    for place, head in heads.items():
        cue = cue_in(lines[place])
        if cue is None or cue.form is Form.COLON or cue.speaker != head.name or not cue.fair:
            return False
    return True


def _over_words(heads: dict[int, _Head], written: Sequence[int]) -> bool:
    """Does every such line stand over one that is none?"""
    last = written[-1]
    over = all(not (here in heads and below in heads) for here, below in pairwise(written))
    return (
        over
        and last not in heads
        and any(place in heads for place in written[:2])
        and len(heads) >= _SOME * len(written)
    )


def _rewritten(head: _Head, *, over: bool) -> str:
    if over:
        return f"{head.name} {UNKNOWN_TIME}"
    said = re.sub(r"\s*[|｜\t]\s*$", "", head.said).strip('"')
    return f"{head.name} {UNKNOWN_TIME}: {said}" if said else f"{head.name} {UNKNOWN_TIME}"
