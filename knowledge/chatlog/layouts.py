"""Rarer layouts of a copied chat, written as 昵称 时间 and 昵称: 话, which the reader knows.

Some tools number every message; a screenshot read by a
phone has the time above the nickname. Each is taken for what it is only where the whole paste keeps to it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from knowledge.chatlog import gossip, talk
from knowledge.chatlog.induction import UNKNOWN_TIME, headers_learnt
from knowledge.chatlog.labels import labels_read
from knowledge.chatlog.names import TEXTY, is_name, leads_on, looks_personal
from knowledge.chatlog.noise import is_rule
from knowledge.chatlog.replies import replies_marked
from knowledge.chatlog.speakers import Form, cue_in
from knowledge.chatlog.stamps import CLOCK, is_time, narrow
from knowledge.text import bare, tidy

_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,3})\s*[.、．)）\s]\s*(?P<rest>[^\d\s].*)$")
_SHORT_SAID = re.compile(r"[了的吗呢吧啊]$|^已|^\W*$|^[\d+]+$")
_FEWEST_LINES = 4
_AT_LEAST = 2
_LONGEST_NAME = 12


def plain_layout(lines: Sequence[str]) -> list[str]:
    """The same lines, in a layout the reader knows."""
    return _names_marked(_times_below(_without_numbers(headers_learnt(labels_read(replies_marked(lines))))))


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
    heads = (
        again | _over_blocks(lines) | {line for line in written if looks_personal(line) and not talk.asks(tidy(line))}
    )
    over = [line in heads and below not in heads for line, below in pairwise(written)]
    if any(line.strip() in heads and is_time(narrow(below)) for line, below in pairwise(filter(str.strip, lines))):
        return list(lines)
    if not again or written[0] not in heads or sum(over) != sum(line in heads for line in written):
        return list(lines)
    return [f"{line.strip()} {UNKNOWN_TIME}" if line.strip() in heads else line for line in lines]


def _over_blocks(lines: Sequence[str]) -> set[str]:
    """The first lines of blocks between blank lines, where each block has such a line and words below it."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", "\n".join(lines).strip())]
    firsts = [block[0].strip() for block in blocks]
    fair = len(blocks) > _AT_LEAST and all(len(block) > 1 and _is_bare_name(block[0].strip()) for block in blocks)
    return set(firsts) if fair and len(set(firsts)) < len(firsts) else set()


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
