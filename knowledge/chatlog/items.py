"""A question being put together, and whether further words belong to it."""

import re
from dataclasses import dataclass

from knowledge.chatlog import notices, talk
from knowledge.chatlog.alike import repeats, same_case, same_thing, sides_of, strangers
from knowledge.chatlog.clauses import Unit
from knowledge.chatlog.matter_words import FAMILIES, GENERIC
from knowledge.chatlog.speech import Kind, strong_matters
from knowledge.text import bare, tidy

_LONGEST = 500
_GOES_ON = 6
"""Messages within which a question without a known matter goes on about the last one."""
AT_ONCE = 2
"""Messages within which the asker is taken to be still on the matter, whatever is said."""
_SAYS_SOMETHING = 4
_ME_TOO = re.compile(r"^(?:我|我们|我家|我们家|我们组|我们这|我们这边|我这|这边|我妈|我爸|俺们?)\w{0,4}也")
_ELSEWHERE = re.compile(r"对了|另外|还有|顺便|再|(?:我们)?(?:村|组|湾|小区|路|门口|河|塘|学校|隔壁|楼)")
"""How somebody begins who turns to another trouble."""
_ACTS = re.compile(r"(?:那|我|就|我们)*(?:要|想|要求)?(?:实名)?(?:举报|投诉|反映|告(?:他|到|状))(?![\u4e00-\u9fff]{4})")
"""What somebody means to do about the trouble just told."""
_REBUFFED = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:也|都|又|说)?(?:不管|不理|不认|不归\w{1,4}管|推来推去)[\u4e00-\u9fff]{0,2}[。!?~]*"
)
"""物业不管: whom the asker tried in vain."""
_TURNS = re.compile(r"对了|另外|还有(?!没有)|顺便|再(?:请)?问")
_STOPS = "。！？!?；;，,、~～…：: "


@dataclass(slots=True)
class Item:
    """A question being put together; *last* is the number of the message that added to it last."""

    asker: str
    parts: list[str]
    matters: frozenset[str]
    trouble: bool
    last: int

    def add(self, unit: Unit, number: int) -> None:
        """Take more words on the same matter, said in message *number*."""
        if not repeats(unit.text, self.text):
            self.parts.append(unit.text)
        self.matters |= unit.matters if unit.kind in (Kind.ASK, Kind.TROUBLE) else frozenset()
        self.last = number

    @property
    def text(self) -> str:
        """The words so far, in order, with a comma where a message ended without a sign."""
        joined = ""
        for part in self.parts:
            joined += ("" if not joined or joined[-1] in _STOPS else "，") + part
        return joined.strip().strip("，,、：: ")[:_LONGEST]


def goes_on(mine: Item, unit: Unit, number: int) -> bool:
    """Is a question or trouble in message *number* about the same matter, because it names none or what came of it?"""
    gap, tidied = number - mine.last, tidy(unit.text)
    told = bool(mine.matters) or len(talk.core_of(tidy(mine.text))) >= _SAYS_SOMETHING
    if gap == 0 and not (told and unit.matters - GENERIC):
        return True
    if gap <= _GOES_ON and ((mine.trouble and _ACTS.match(tidied)) or (mine.asker and _REBUFFED.fullmatch(tidied))):
        return True
    if unit.kind is Kind.TROUBLE:
        return _elaborates(mine, unit, gap)
    if unit.kind is not Kind.ASK or gap > _GOES_ON:
        return False
    if talk.NEEDS.fullmatch(tidied) or (gap <= AT_ONCE and talk.STEP.search(tidied)):
        return True
    if not mine.asker or _TURNS.match(tidied):
        return False
    before = tidy(mine.text)
    if talk.topics_in(tidied) & talk.topics_in(before) and not strangers(before, tidied):
        return True
    named = strong_matters(unit.text) & unit.matters
    return not named or (gap <= AT_ONCE and any(named <= family and mine.matters & family for family in FAMILIES))


def _elaborates(mine: Item, unit: Unit, gap: int) -> bool:
    """Is this trouble what comes of the matter before (拖拉机过不去), and not another one?"""
    tidied = tidy(unit.text)
    if gap <= AT_ONCE and talk.FOLLOWS.search(tidied):
        return True
    placed = bool(_ELSEWHERE.match(tidied)) and not mine.trouble
    near = _GOES_ON if mine.trouble else AT_ONCE
    if gap <= AT_ONCE and mine.asker and any(unit.matters <= family and mine.matters & family for family in FAMILIES):
        return True
    return not unit.matters and not placed and gap <= (near if mine.asker else 1)


def same_matter(item: Item, unit: Unit) -> bool:
    """One person, one matter: the same thing, unless it is another act on it."""
    if repeats(unit.text, item.text):
        return True
    if not unit.matters or not item.matters or not unit.matters <= item.matters:
        return False
    return not strangers(tidy(item.text), tidy(unit.text))


def is_repeat(item: Item, unit: Unit) -> bool:
    """Another person asks the same: same things, same side, nothing that sets the case apart."""
    if repeats(unit.text, item.text) and len(bare(unit.text)) > 3:
        return True
    if _ME_TOO.search(tidy(unit.text)) and unit.matters <= item.matters:
        return True
    if not unit.matters or unit.matters != item.matters or strangers(tidy(item.text), tidy(unit.text)):
        return False
    if item.trouble != (unit.kind is Kind.TROUBLE):
        return False
    if not same_thing(item.text, unit.text):
        return False
    if item.trouble:
        return True
    asked, here = sides_of(item.text), sides_of(unit.text)
    plain = bool(here) and asked == here and not notices.own_case(item.text + unit.text)
    return plain or (bool(asked & here or asked == here) and same_case(item.text, unit.text))


def me_too(text: str) -> bool:
    """Does somebody say that it is the same with them?"""
    return bool(_ME_TOO.search(tidy(text)))
