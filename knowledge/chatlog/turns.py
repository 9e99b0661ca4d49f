"""What a message does to the one before it: asks back, guesses at the answer, takes it back.

Functions take text as it was written.
"""

import re

from knowledge.chatlog import notices, talk
from knowledge.chatlog.clauses import Unit
from knowledge.text import bare, tidy

_ASKS_FOR_MORE = re.compile(
    r"(?:在|是|说)?(?:哪里|哪儿|何里|哪个|哪一?(?:段|块|组|盏|户|家|条|处|边|栋|个)|几组|几队|几栋|谁家|多大年纪|多大|几岁|什么时候的事|具体)"
)
"""What an asker is asked in turn: where, whose, how old."""
_SETTLED = re.compile(
    r"(?:好了|谢谢|不好意思)?[，, ]?(?:已经?|现在|刚刚?)"
    r"(?:找到|解决|修好|来电|来水|通|搞定|办好|到账|收到|弄好|好|领到)了(?!没|吗|么)"
)
_WHOLE_SENTENCE = 7
_SOME = 2
"""Characters of its own that make a question of somebody who has asked nothing yet."""
_WRONG_GROUP = re.compile(r"^(?:不好意思|抱歉|哎呀)?发错(?:群|了)")
_GUESS = re.compile(
    r"(?:那|你)?(?:先|去)?(?:看看|看下|看一下|检查一?下|查查|查一?下|问问|问一?下)?(?:是不是|会不会是?|该不会|莫不是|不会是|有没有)\w{1,10}[?。吧啊了]*$"
)
_ASKS_BACK = re.compile(
    r"(?:你|您)?(?:报警|报案|报|问|去|打|看|交|办|登记|反映|投诉|找)\w{0,6}(?:没有?|冇|了吗)[?。]*$"
)
_WHY = re.compile(r"(?:怎么|咋)(?:又|还)|为什么|凭什么")
_IF = re.compile(r"(?:那|那么)?(?:如果|要是|万一)")


def asks_for_more(lines: tuple[str, ...]) -> bool:
    """Is an asker asked in turn where it is, whose it is, how old they are?"""
    return any(_ASKS_FOR_MORE.search(tidy(line)) for line in lines)


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


def is_question_of_its_own(unit: Unit) -> bool:
    """Is it a whole sentence that ends as a question does?"""
    return bool(unit.core) and ends_asking(unit.text) and len(bare(unit.text)) >= _WHOLE_SENTENCE


def of_own_case(unit: Unit) -> bool:
    """Does somebody ask whether it holds for their own people (我家的树也算钱吗)?"""
    return is_question_of_its_own(unit) and notices.own_case(unit.text)
