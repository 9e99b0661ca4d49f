"""What all speakers of a paste carry beside their nicknames: 用户 甲, 甲说, 甲(家长).

One such affix may be a part of somebody's nickname; the same kind on everybody is none.
"""

import re
from collections.abc import Sequence

from knowledge.chatlog.decorations import VERB
from knowledge.chatlog.names import TEXTY, clean_name
from knowledge.chatlog.speakers import Cue, Form, cue_in

_VERB_GLUED = re.compile(rf"^(?P<name>.{{1,15}}?){VERB}$")
_FIRST_WORD = re.compile(r"^(?:用户|网友|群友|成员|村民|业主|家长|居民|昵称|发言人|群成员)[\s:：·\-]\s*(?P<name>\S.*)$")
_IN_BRACKETS = re.compile(r"^(?P<name>[^()（）]{1,15}?)\s*[(（][^()（）]{1,14}[)）]$")
_AFFIXES = (_VERB_GLUED, _FIRST_WORD, _IN_BRACKETS)
_KINDS = {_VERB_GLUED: 2, _FIRST_WORD: 99, _IN_BRACKETS: 99}
"""How many different affixes of a kind a paste may hold."""
_AT_LEAST, _MANY = 2, 0.8


def affixes_off(lines: Sequence[str], written: Sequence[str]) -> list[str]:
    """Lines whose speakers all carry the same kind of affix (用户 甲, 甲说, 甲(家长)), without it."""
    read = set(written)
    found = {place: cue for place, line in enumerate(lines) if line in read and (cue := _cue_before_words(line))}
    for affix in _AFFIXES:
        bare = {place: name for place, cue in found.items() if (name := _without(affix, cue.speaker))}
        kinds = {
            cue.speaker.replace(name, "", 1) for cue, name in ((found[place], name) for place, name in bare.items())
        }
        if len(set(bare.values())) < _AT_LEAST or len(bare) < _MANY * len(found) or len(kinds) > _KINDS[affix]:
            continue
        return [
            _renamed(line, found[place], bare[place]) if place in bare else line for place, line in enumerate(lines)
        ]
    return list(lines)


def _cue_before_words(line: str) -> Cue | None:
    cue = cue_in(line)
    return cue if cue and cue.fair and cue.form is not Form.BRACKET and not TEXTY.search(cue.speaker) else None


def _without(affix: re.Pattern[str], name: str) -> str:
    found = affix.match(name)
    return clean_name(found["name"]) if found else ""


def _renamed(line: str, cue: Cue, name: str) -> str:
    return line.replace(cue.speaker, name, 1)
