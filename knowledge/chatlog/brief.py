"""A question in few words."""

import re

from knowledge.chatlog import talk
from knowledge.chatlog.speech import Kind, Listener
from knowledge.text import strip_courtesies, tidy

_CLAUSE = re.compile(r"[^，,。！？!?；;\s]+[？?]?")
_OPENING = re.compile(
    r"^(?:另外|还有(?:就是|个事)?|对了|顺便|我?(?:想)?(?:请)?问(?:一?下|个事)?|那个|有没有人(?:晓得|知道)|"
    r"谁知道|大家|书记|主任)+[，,：:\s]*"
)
_FIRST = (Kind.ASK, Kind.TROUBLE, Kind.SIDE, Kind.MORE, Kind.FACT, Kind.TALK)


def in_few_words(text: str) -> str:
    """The clause that asks, without greetings; a clause that names the matter before one that does not."""
    listener = Listener()
    clauses = [listener.hear(clause) for clause in _CLAUSE.findall(text)]
    named = [clause for clause in clauses if clause.matters]
    best = min(named or clauses, key=lambda clause: _FIRST.index(clause.kind), default=None)
    if best is None:
        return ""
    words = _OPENING.sub("", best.text).strip("，,。；; ")
    return words if talk.core_of(tidy(words)) else strip_courtesies(best.text).strip()
