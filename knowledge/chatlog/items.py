"""A question being put together, and whether further words belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.chatlog import notices, talk
from knowledge.chatlog.alike import about_the_same, repeats, same_case, same_thing, sides_of, strangers, wants
from knowledge.chatlog.clauses import Unit
from knowledge.chatlog.matter_words import CIRCUMSTANCES, FAMILIES, GENERIC
from knowledge.chatlog.model import Message
from knowledge.chatlog.speech import Kind, strong_matters
from knowledge.text import bare, tidy

_LONGEST = 500
_GOES_ON = 6
"""Messages within which a question without a known matter goes on about the last one."""
_NEAR = 3
AT_ONCE = 2
"""Messages within which the asker is taken to be still on the matter, whatever is said."""
_SAYS_SOMETHING = 4
_SHORT_ECHO = 10
_ME_TOO = re.compile(r"^(?:我|我们|我家|我们家|我们组|我们这|我们这边|我这|这边|我妈|我爸|俺们?)\w{0,4}也")
_WHY_TOO = re.compile(
    r"怎么(?:回事|办|搞|了|还|又|不|没)?[啊呀呢?。]*$|咋(?:回事|办|了|整)|为什么|啥情况|什么情况|没有?[?。]*$"
)
_CARRIES_ON = re.compile(
    r"(?:不然|否则|要不然|因为|主要是?|就是(?!说)|反正|毕竟|结果|所以|特别是|尤其是|最好|至少|而且|再说|每次)"
)
"""How somebody goes on who adds to what they said."""
_REFERS = re.compile(r"(?:那)?(?:他|她|它|这个|那个|这种|这事|这样|那边|这边|其中|里面|他家|她家)(?!们村|们组)")
"""她那边户口本丢了: speaks of somebody or something just named."""
_CONDITION = re.compile(r"^(?:那|那么)?(?:如果|要是|万一|假如)|的话\S{0,8}(?:还|也|又|那|就|要|能|可以|扣|算)")
_ADDS_ALSO = re.compile(r"^[\u4e00-\u9fff]{1,6}?也(?:还|没|不|欠|坏|停|断|堵|漏)")
"""工资也还欠着: another thing, told beside the one before."""
_ELSEWHERE = re.compile(r"对了|另外|还有|顺便|再|(?:我们)?(?:村|组|湾|小区|路|门口|河|塘|学校|隔壁|楼)")
"""How somebody begins who turns to another trouble."""
_ACTS = re.compile(
    r"(?:那|我|就|我们)*(?:要|想|要求)?(?:实名)?(?:举报|投诉|反映|告(?:他|到|状))(?![\u4e00-\u9fff]{4})|"
    r"(?:那|我|就)*(?:能|可以|要不要|该不该|去)?(?:报警|报案|起诉|告他|告他们|投诉|举报|找\w{2,4}|打\d{3,5})\w{0,2}(?:有用|可以|行|能|管用?)(?:吗|不|么|"
    r"没)|(?:再不\w{1,6})?我?(?:就|要)?报警了|打(?:什么|哪个)电话"
)
"""What somebody means to do about the trouble just told."""
_REBUFFED = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:也|都|又|说)?(?:不管|不理|不认|不归\w{1,4}管|推来推去)[\u4e00-\u9fff]{0,2}[。!?~]*"
)
"""物业不管: whom the asker tried in vain."""
_TURNS = re.compile(r"对了|另外|还有(?!没有)|顺便|再(?:请)?问")
_ONLY_THEN = re.compile(r"才(?:能|可以|给|让|准|算)\w{1,3}[?。~ ]*$")
"""土地流转合同要几年的才能报: a condition of the matter before."""
_OWN_PEOPLE = re.compile(
    r"(?:我家?的?|家里的?)?(?:小孩|孩子|娃|崽|女儿|儿子|老人|老娘|老爹|爸妈|老婆|媳妇|婆婆)\w{0,6}(?:要|马上|快|在|才|刚)"
)
"""小孩要中考了: whom the trouble just told hurts."""
_FEW = 2
_STOPS = "。！？!?；;，,、~～…：: "


@dataclass(slots=True)
class Item:
    """A question being put together; *last* is the number of the message that added to it last.

    *about* is what somebody else asked before, where this is a side of it that names nothing itself.
    """

    asker: str
    parts: list[str]
    matters: frozenset[str]
    trouble: bool
    last: int
    about: str = ""

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
    if mine.asker and gap <= _GOES_ON and (_CARRIES_ON.match(tidied) or (gap <= _NEAR and _REFERS.match(tidied))):
        return True
    if unit.kind is Kind.TROUBLE:
        return _elaborates(mine, unit, gap)
    if unit.kind is not Kind.ASK or gap > _GOES_ON:
        return False
    if talk.NEEDS.fullmatch(tidied) or (gap <= AT_ONCE and talk.STEP.search(tidied)):
        return True
    if _ONLY_THEN.search(tidied):
        return True
    if _TURNS.match(tidied):
        return False
    if not mine.asker:
        return gap <= AT_ONCE and not strong_matters(unit.text) and len(unit.core) <= _FEW
    before = tidy(mine.text)
    if talk.topics_in(tidied) & talk.topics_in(before) and not strangers(before, tidied):
        return True
    named = strong_matters(unit.text) & unit.matters
    if _CONDITION.search(tidied):
        named -= CIRCUMSTANCES
    return not named or (gap <= AT_ONCE and any(named <= family and mine.matters & family for family in FAMILIES))


def _elaborates(mine: Item, unit: Unit, gap: int) -> bool:
    """Is this trouble what comes of the matter before (拖拉机过不去), and not another one?"""
    tidied = tidy(unit.text)
    if gap <= AT_ONCE and talk.FOLLOWS.search(tidied):
        return True
    if _ADDS_ALSO.match(tidied) and unit.matters - mine.matters:
        return False
    if _TURNS.match(tidied):
        return False
    if mine.asker and gap <= AT_ONCE and not (mine.matters and unit.matters) and _same_words(mine.text, unit.text):
        return True
    if mine.asker and mine.trouble and gap <= AT_ONCE and _OWN_PEOPLE.match(tidied) and not talk.names_trouble(tidied):
        return True
    placed = bool(_ELSEWHERE.match(tidied)) and not mine.trouble
    near = _GOES_ON if mine.trouble else AT_ONCE
    if gap <= AT_ONCE and mine.asker and any(unit.matters <= family and mine.matters & family for family in FAMILIES):
        return True
    return not unit.matters and not placed and gap <= (near if mine.asker else 1)


def _same_words(one: str, other: str) -> bool:
    """Is there a character beside the little words in both?"""
    return bool(set(talk.core_of(tidy(one))) & set(talk.core_of(tidy(other))))


def same_matter(item: Item, unit: Unit) -> bool:
    """One person, one matter: the same thing, unless it is another act on it."""
    if repeats(unit.text, item.text):
        return True
    if not unit.matters or not item.matters or not unit.matters <= item.matters:
        return False
    if unit.matters < item.matters and _TURNS.match(tidy(unit.text)) and unit.kind is Kind.ASK:
        return False
    return not strangers(tidy(item.text), tidy(unit.text))


def is_repeat(item: Item, unit: Unit) -> bool:
    """Another person asks the same: same things, same side, nothing that sets the case apart."""
    if repeats(unit.text, item.text) and len(bare(unit.text)) > 3:
        return True
    if _ME_TOO.search(tidy(unit.text)) and unit.matters <= item.matters and not _asks_own(unit):
        return True
    if _in_other_words(item, unit):
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


def _in_other_words(item: Item, unit: Unit) -> bool:
    """Do two people want to know the same of the same thing, neither of them for a case of their own?"""
    wanted = wants(unit.text)
    if item.trouble or unit.kind not in (Kind.ASK, Kind.SIDE) or not wanted or wanted != wants(item.text):
        return False
    if strangers(tidy(item.text), tidy(unit.text)) or any(map(_own_case, (item.text, unit.text))):
        return False
    here, before = unit.matters - GENERIC, item.matters - GENERIC
    if here and before and here != before:
        return (here <= before or before <= here) and same_thing(item.text, unit.text)
    return (here == before and same_thing(item.text, unit.text)) or about_the_same(item.text, unit.text)


def _own_case(text: str) -> bool:
    """Own people or age; 生了三胎 alone is everybody's."""
    return notices.own_case(re.sub("生[了完]", "", text))


def _asks_own(unit: Unit) -> bool:
    """我家的树也算钱吗: asks about something of its own, although it says 也."""
    tidied = tidy(unit.text)
    asks = unit.kind in (Kind.ASK, Kind.SIDE) and talk.asks(tidied) and not _WHY_TOO.search(tidied)
    return asks and bool(talk.core_of(tidied))


def me_too(text: str) -> bool:
    """Does somebody say that it is the same with them?"""
    return bool(_ME_TOO.search(tidy(text)))


def takes_up(unit: Unit, told: Sequence[str]) -> bool:
    """Does a question name what somebody else just said? 不是，是修路的事 puts right and is left out."""
    named, short = talk.topics_in(tidy(unit.text)), len(bare(unit.text)) <= _SHORT_ECHO
    if unit.kind is not Kind.ASK or not named:
        return False
    said = [talk.topics_in(text) for text in told if not text.startswith(("不", "没"))]
    return any(named <= topics or (short and named & topics) for topics in said)


def answered(items: Sequence[Item], message: Message) -> Item | None:
    """The speaker's own question that this message quotes."""
    if not message.answers:
        return None
    mine = [item for item in items if item.asker == message.speaker]
    return next((item for item in mine if repeats(message.answers, item.text)), None)
