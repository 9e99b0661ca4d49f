"""A paste put together from two chats: some lines name speakers with a time, some with a colon."""

from collections.abc import Sequence
from itertools import groupby

from knowledge.chatlog import talk
from knowledge.chatlog.names import TEXTY, ends_in_sign, leads_on, looks_personal
from knowledge.chatlog.speakers import Cue, Form, cue_in
from knowledge.text import tidy

_AT_LEAST = 2
_LONGEST = 10
_SIGNED = 6


def names_in_runs(lines: Sequence[str]) -> frozenset[str]:
    """Names with a colon on lines that follow each other, where these lines are no part of a message with a time.

    They are its part where they stand right below its head. Above the first head, or below its words, they are
    people where one of the names reads like one or comes again.
    """
    cues = [cue_in(line) for line in lines if line.strip()]
    found: set[str] = set()
    place = 0
    for colons, group in groupby(cues, key=_is_colon):
        run = [cue.speaker for cue in group if cue] if colons else []
        before = cues[place - 1] if place else None
        headed = before is not None and before.form is Form.STAMPED
        known = before is None or len(set(run)) < len(run) or any(looks_personal(name) for name in run)
        if len(run) >= _AT_LEAST and known and not headed:
            found.update(run)
        place = next((at for at in range(place, len(cues)) if _is_colon(cues[at]) != colons), len(cues))
    return frozenset(found)


def signed_name(name: str) -> bool:
    """Does it read like a nickname with a sign behind it (张三丰！)?"""
    return ends_in_sign(name) and len(name) <= _SIGNED and not (TEXTY.search(name) or talk.asks(tidy(name)))


def _is_colon(cue: Cue | None) -> bool:
    if cue is None or cue.form is not Form.COLON or not cue.fair or not cue.said:
        return False
    return len(cue.speaker) <= _LONGEST and not TEXTY.search(cue.speaker) and not leads_on(cue.speaker)
