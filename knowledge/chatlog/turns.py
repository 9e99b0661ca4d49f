"""What a message does to the one before it: asks back, guesses at the answer, takes it back.

Functions take text as it was written.
"""

import re

from knowledge.chatlog import notices, talk
from knowledge.chatlog.alike import sides_of
from knowledge.chatlog.clauses import Unit
from knowledge.model import Facet
from knowledge.text import bare, tidy

_ASKS_FOR_MORE = re.compile(
    r"(?:在|是|说)?(?:哪里|哪儿|何里|哪个|哪一?(?:段|块|组|盏|户|家|条|处|边|栋|个)|几组|几队|几栋|谁家|多大年纪|多大|几岁|什么时候的事|具体)"
)
"""What an asker is asked in turn: where, whose, how old."""
_SETTLED = re.compile(
    r"(?:好了|谢谢|不好意思)?[，, ]?(?:已经?|现在|刚刚?)"
    r"(?:找到|解决|修好|来电|来水|通|搞定|办好|到账|收到|弄好|好|领到)了(?!没|吗|么)"
)
_SIDES = frozenset({Facet.PROXY, Facet.MATERIALS, Facet.FEE, Facet.TIME, Facet.PLACE, Facet.ONLINE, Facet.FORM})
_WHOLE_SENTENCE = 7
_SOME, _FEW = 2, 1
"""Characters of its own that make a question of somebody who has asked nothing yet."""
_WRONG_GROUP = re.compile(r"^(?:不好意思|抱歉|哎呀)?发错(?:群|了)")
_GUESS = re.compile(
    r"(?:那|你)?(?:先|去)?(?:看看|看下|看一下|检查一?下|查查|查一?下|问问|问一?下)?(?:是不是|会不会是?|该不会|莫不是|不会是|有没有)\w{1,10}[?。吧啊了]*$"
)
_ASKS_BACK = re.compile(
    r"(?:你|您)?(?:报警|报案|报|问|去|打|看|交|办|登记|反映|投诉|找)\w{0,6}(?:没有?|冇|了吗)[?。]*$"
)
_WHICH = re.compile(
    r"(?:你)?(?:在|是|说|讲)?的?(?:是)?(?:(?:(?P<bare>哪里|哪儿|何里|哪)|哪个(?:位置|地方|路段)|哪一?[段块盏户家条处边栋]|几组|哪个?组|谁家)|"
    r"(?:哪个|哪条|什么|啥|哪家|哪种)(?P<thing>(?!位置|地方)\w{1,4}?))(?:的|啊|呀|呢|那里|位置)?[?。~\s]*"
)
_NOBODY_CAME = re.compile(r"(?:还|都|也|一直)没(?:有)?(?:人)?(?:来|给|发|修|弄|看|问)")
_MY_HOME = re.compile(r"(?:我|俺)(?:家|妈|爸|们家|们组|婆婆|公公|奶奶|爷爷)(?!\w{0,3}也)")
_WHAT_IF = re.compile(r"^\w{2,8}(?:会|要)(?:怎样|怎么样|咋样|如何|罚)")
_TURNS = re.compile(r"另外|对了|顺便|还有(?!没有)\w{2,}")
_WHY = re.compile(r"(?:怎么|咋)(?:又|还)|为什么|凭什么")
_IF = re.compile(r"(?:那|那么)?(?:如果|要是|万一)")


def asks_for_more(lines: tuple[str, ...]) -> bool:
    """Is an asker asked in turn where it is, whose it is, how old they are?"""
    return any(_ASKS_FOR_MORE.search(tidy(line)) for line in lines)


def asks_which(text: str, before: str, trouble: bool) -> bool:
    """哪个水库: is the asker of *before* asked in turn which one is meant, or where the *trouble* is?"""
    found = _WHICH.fullmatch(tidy(text))
    if not found:
        return False
    if found["thing"]:
        return found["thing"] in before
    return trouble or not found["bare"]


def is_anothers(unit: Unit, matters: frozenset[str], gap: int) -> bool:
    """Is a side no part of the question before: 还有寄宿的话有没有补助, or own people *gap* unsigned messages on?"""
    if gap > 1 and notices.own_case(unit.text):
        return True
    return bool(_TURNS.match(tidy(unit.text)) and unit.matters - matters and len(unit.core) >= _SOME)


def takes_back(text: str) -> bool:
    """发错群了: what stood before was meant for others."""
    return bool(_WRONG_GROUP.search(tidy(text)))


def is_settled(text: str) -> bool:
    """已经找到了: what the speaker asked before is over."""
    return bool(_SETTLED.match(tidy(text)))


def guesses(text: str) -> bool:
    """An answer in the shape of a question (是不是要年审)."""
    return bool(_GUESS.match(tidy(text)))


def asks_back(text: str) -> bool:
    """报警没: the asker is asked whether they did something about it."""
    return bool(_ASKS_BACK.match(tidy(text)))


def wonders_why(text: str) -> bool:
    """怎么又停: asks for the reason."""
    return bool(_WHY.search(tidy(text)))


def ends_asking(text: str) -> bool:
    """Does it end as a question does?"""
    return tidy(text).rstrip("。~ ").endswith(("吗", "么", "不", "没", "呢", "?", "冇"))


def stands_alone(unit: Unit) -> bool:
    """May a side be somebody's first question, although it names no known matter? 那老人呢 and 如果不在家 may not."""
    tidied = tidy(unit.text)
    contrasts = tidied.rstrip("?。 ").endswith("呢") or _IF.match(tidied)
    return len(unit.core) >= _SOME and talk.wonders(tidied) and not contrasts


def wonders_at_length(unit: Unit) -> bool:
    """Is it a whole sentence with a question word?"""
    return bool(unit.core) and talk.wonders(tidy(unit.text)) and len(bare(unit.text)) >= _WHOLE_SENTENCE


def asks_of_notice(unit: Unit, *, first: bool) -> bool:
    """Is this somebody's own case under a notice, or the *first* that is asked about it?"""
    if wonders_at_length(unit) or notices.own_case(unit.text):
        return True
    return first and bool(sides_of(unit.text) or wonders_why(unit.text))


def asks_beside(unit: Unit, before: str) -> bool:
    """Is somebody else's side of a matter a question of its own, and none that *before* asks already?"""
    if is_question_of_its_own(unit):
        return True
    sides = sides_of(unit.text) & _SIDES
    bare_side = bool(sides) and len(unit.core) <= _FEW and not sides & sides_of(before)
    return bare_side and not asks_for_more((unit.text,))


def is_question_of_its_own(unit: Unit) -> bool:
    """Is it a whole sentence that ends as a question does, or a short one that asks what happens (不交会怎样)?"""
    what = _WHAT_IF.search(tidy(unit.text)) is not None
    return what or (bool(unit.core) and ends_asking(unit.text) and len(bare(unit.text)) >= _WHOLE_SENTENCE)


def tells_own_trouble(unit: Unit) -> bool:
    """我家报了名没人来: does somebody tell of trouble of their own, beside what others asked?"""
    tidied = tidy(unit.text)
    trouble = talk.names_trouble(tidied) or bool(_NOBODY_CAME.search(tidied))
    return trouble and bool(_MY_HOME.match(tidied)) and bool(unit.core)


def of_own_case(unit: Unit) -> bool:
    """Does somebody ask whether it holds for their own people (我家的树也算钱吗)?"""
    return is_question_of_its_own(unit) and notices.own_case(unit.text)
