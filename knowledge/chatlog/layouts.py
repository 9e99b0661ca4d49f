"""Rarer layouts of a copied chat, written as 昵称 时间 and 昵称: 话, which the reader knows.

Mail exports label sender, time and words; some tools number every message; a screenshot read by a
phone has the time above the nickname. Each is taken for what it is only where the whole paste keeps to it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from knowledge.chatlog import gossip, talk
from knowledge.chatlog.names import TEXTY, is_name, leads_on, looks_personal
from knowledge.chatlog.noise import is_rule
from knowledge.chatlog.speakers import Form, cue_in
from knowledge.chatlog.stamps import CLOCK, is_time, narrow
from knowledge.text import bare, tidy

_SENDER = re.compile(
    r"^\s*(?:发件人|发送人|发送者|发言人|发信人|昵称|from|sender)\s*[:：]\s*(?P<value>\S.*)$", re.IGNORECASE
)
_WHEN = re.compile(
    r"^\s*(?:时间|日期|发送时间|发送日期|发言时间|date|time|sent)\s*[:：]\s*(?P<value>\S.*)$", re.IGNORECASE
)
_WORDS = re.compile(
    r"^\s*(?:内容|消息|正文|消息内容|聊天内容|content|message|text)\s*[:：]\s*(?P<value>.*)$", re.IGNORECASE
)
_MAIL = re.compile(r"\s*[<(（＜][^<>()（）]*@[^<>()（）]*[>)）＞]\s*$|^[\w.+-]+@[\w.-]+$")
_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,3})\s*[.、．)）\s]\s*(?P<rest>[^\d\s].*)$")
_UNKNOWN_TIME = "2000-01-01 00:00"
_SHORT_SAID = re.compile(r"[了的吗呢吧啊]$|^已|^\W*$|^[\d+]+$")
_FEWEST_LINES = 4
_AT_LEAST = 2
_LONGEST_NAME = 12


def plain_layout(lines: Sequence[str]) -> list[str]:
    """The same lines, in a layout the reader knows."""
    return _names_marked(_times_below(_without_numbers(_labels_read(lines))))


def _labels_read(lines: Sequence[str]) -> list[str]:
    """发件人: / 时间: / 内容: in front of every message become a nickname with a time and the words."""
    senders = [found["value"] for line in lines if (found := _SENDER.match(line))]
    labelled = any(_WORDS.match(line) for line in lines)
    if not any(_MAIL.sub("", sender).strip() for sender in senders) or not (labelled or len(senders) >= _AT_LEAST):
        return list(lines)
    written: list[str] = []
    head = -1
    for line in lines:
        sender, when, words = _SENDER.match(line), _WHEN.match(line), _WORDS.match(line)
        if sender:
            head = len(written)
            written.append(f"{_MAIL.sub('', sender['value']).strip()} {_UNKNOWN_TIME}")
        elif when and head >= 0 and is_time(narrow(when["value"])):
            written[head] = f"{written[head].removesuffix(_UNKNOWN_TIME)}{when['value'].strip()}"
        else:
            written.append(words["value"] if words else line)
    return written


def _without_numbers(lines: Sequence[str]) -> list[str]:
    """``1 张三: 话`` without the number, where every line that names a speaker has the next one."""
    found = {place: shape for place, line in enumerate(lines) if (shape := _numbered_cue(line))}
    counts = [int(shape["number"]) for shape in found.values()]
    others = sum(_names_speaker(line) for place, line in enumerate(lines) if place not in found)
    if len(counts) < _AT_LEAST or counts != list(range(counts[0], counts[0] + len(counts))) or others:
        return list(lines)
    return [found[place]["rest"] if place in found else line for place, line in enumerate(lines)]


def _numbered_cue(line: str) -> re.Match[str] | None:
    shape = _NUMBERED.match(line)
    return shape if shape and _names_speaker(shape["rest"]) else None


def _names_speaker(line: str) -> bool:
    cue = cue_in(line)
    return cue is not None and cue.fair and bool(cue.said) and not TEXTY.search(cue.speaker)


def _times_below(lines: Sequence[str]) -> list[str]:
    """A time over a nickname over the words: the time goes behind the nickname."""
    written = [line.strip() for line in lines if line.strip()]
    times = [place for place, line in enumerate(written) if is_time(narrow(line)) and re.search(CLOCK, narrow(line))]
    if len(times) < _AT_LEAST or times[0] != 0 or not all(_is_block(written, place) for place in times):
        return list(lines)
    heads = {place + 1 for place in times}
    return [
        f"{line} {written[place - 1]}" if place in heads else line
        for place, line in enumerate(written)
        if place not in times
    ]


def _names_marked(lines: Sequence[str]) -> list[str]:
    """Nicknames alone on their lines, without a time: one of them comes again, and the paste begins with one."""
    written = [line.strip() for line in lines if line.strip() and not is_time(narrow(line)) and not is_rule(line)]
    if len(written) < _FEWEST_LINES or any(_has_cue(line) for line in written):
        return list(lines)
    again = {line for line, times in Counter(written).items() if times > 1 and _is_bare_name(line)}
    heads = again | {line for line in written if looks_personal(line)}
    over = [line in heads and below not in heads for line, below in pairwise(written)]
    if not again or written[0] not in heads or sum(over) != sum(line in heads for line in written):
        return list(lines)
    return [f"{line.strip()} {_UNKNOWN_TIME}" if line.strip() in heads else line for line in lines]


def _has_cue(line: str) -> bool:
    cue = cue_in(line)
    return cue is not None and cue.fair


def _is_bare_name(line: str) -> bool:
    """Can the line be nothing but a nickname?"""
    plain = is_name(line) and len(line) <= _LONGEST_NAME and not (TEXTY.search(line) or leads_on(line))
    tidied = tidy(line)
    return (
        plain
        and not gossip.REACTION.fullmatch(bare(tidied))
        and not talk.asks(tidied)
        and not _SHORT_SAID.search(tidied)
    )


def _is_block(written: Sequence[str], place: int) -> bool:
    """Stands a bare nickname below this time, and words below the nickname?"""
    name, words = [*written[place + 1 : place + 3], "", ""][:2]
    if not name or not words or is_time(narrow(words)) or len(name) > _LONGEST_NAME or not is_name(name):
        return False
    cue = cue_in(name)
    plain = cue is None or cue.form is Form.BRACKET
    return plain and not gossip.REACTION.fullmatch(bare(tidy(name))) and not (TEXTY.search(name) or leads_on(name))
