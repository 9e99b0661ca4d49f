"""Quotes in a copied chat: 「昵称：…」 with a line of dashes, and other ways to show what is replied to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.chatlog.names import is_name
from knowledge.chatlog.noise import is_rule
from knowledge.chatlog.stamps import is_time, narrow

_OPEN, _CLOSE = "「『", "」』"
_BEFORE = re.compile(r"^(?:.{0,40}[:：])?\s*(?:引用|回复)?\s*$")
_INNER = re.compile(r"\s*[「『]?\s*(?P<name>[^:：「」]{1,30})[:：]")
_REPLY_LINE = re.compile(
    r"^\s*(?:[>＞》]+\s*|(?:[\[［【(（]\s*)?(?:引用|"
    r"回复)(?:了)?(?:\s*[\]］】)）])?\s*[:：]?\s*)(?P<inner>[@＠]?[^:：\s>]{1,24}\s?[:：].+?)[\])）】]?$"
)
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is no quote."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted lines; *before* stands on the line in front (a nickname), *ruled* says that dashes followed."""

    before: str
    lines: tuple[str, ...]
    ruled: bool


Piece = Line | Quote


def pieces_of(lines: Sequence[str]) -> list[Piece]:
    """Tell quotes from other lines; dashes that belong to a quote are gone, the words after them stay lines."""
    found: list[Piece] = []
    place = 0
    while place < len(lines):
        quote, after, place = _quote_at(lines, place)
        if quote is None:
            found += _single(lines[place])
            place += 1
            continue
        found.append(quote)
        if after.strip():
            found.append(Line(after))
    return found


def _single(line: str) -> list[Piece]:
    """A line on its own, which may be a quote of the newer kind (引用 昵称：…, > 昵称：…)."""
    reply = _REPLY_LINE.match(line)
    if reply and not is_time(reply["inner"]) and is_name(reply["inner"].split("：")[0].split(":")[0]):
        return [Quote("", (reply["inner"],), ruled=False)]
    return [] if is_rule(line) else [Line(line)]


def _quote_at(lines: Sequence[str], place: int) -> tuple[Quote | None, str, int]:
    """The quote that begins on this line, the words behind its end, and the next line to read."""
    line = lines[place]
    opening = next((at for at, sign in enumerate(line) if sign in _OPEN), -1)
    if opening < 0 or not _BEFORE.match(line[:opening]):
        return None, "", place
    closing = _closing(lines, place, opening)
    if closing is None:
        return None, "", place
    last, end = closing
    inner = [*lines[place:last], lines[last][:end]]
    inner[0] = inner[0][opening + 1 :]
    after = lines[last][end + 1 :]
    ruled_at = _rule_after(lines, last, after)
    named = _INNER.match(narrow(inner[0]))
    if ruled_at is None and not (named and is_name(named["name"])):
        return None, "", place
    next_line = last + 1 if ruled_at is None else ruled_at + 1
    kept_after = "" if ruled_at is not None else after
    return Quote(line[:opening], tuple(inner), ruled_at is not None), kept_after, next_line


def _closing(lines: Sequence[str], place: int, opening: int) -> tuple[int, int] | None:
    """Line and column of the bracket that closes the quote; nested quotes are passed over.

    A quote cut off by the client has none: it ends where the dashes stand.
    """
    depth = 0
    for number in range(place, min(len(lines), place + _MOST_LINES)):
        start = opening if number == place else 0
        for column in range(start, len(lines[number])):
            depth += (lines[number][column] in _OPEN) - (lines[number][column] in _CLOSE)
            if depth == 0:
                return number, column
    for number in range(place + 1, min(len(lines), place + _MOST_LINES)):
        if is_rule(lines[number]):
            return number - 1, len(lines[number - 1])
    return None


def _rule_after(lines: Sequence[str], last: int, after: str) -> int | None:
    """The line of dashes under a quote, if the next written line is one."""
    if after.strip():
        return None
    for number in range(last + 1, min(len(lines), last + 3)):
        if is_rule(lines[number]):
            return number
        if lines[number].strip():
            return None
    return None
