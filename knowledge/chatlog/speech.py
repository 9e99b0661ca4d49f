"""What one clause of a chat is: a question that stands alone, a side of one, trouble, a circumstance, or talk."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.chat import chat_in
from knowledge.chatlog import gossip, talk, wishes
from knowledge.chatlog.matter_words import CIRCUMSTANCES, GENERIC, MATTERS
from knowledge.demand import demand_in
from knowledge.facets import facets_of
from knowledge.model import Chat, Facet
from knowledge.text import bare, tidy

_MATTERS = tuple((name, re.compile(words)) for name, words in MATTERS.items())
_PAPER = re.compile(
    r"(?:带|要|拿|交|复印|用|凭|需要|提供|准备|(?<![我你他她妈爸人家])的)(?!\w{0,4}开)\w{0,6}(?:户口本|户口簿|户口|身份证|结婚证|残疾证|"
    r"社保卡|一卡通|医保卡|低保证|银行卡|房产证|死亡证明|出生证明?|驾照|照片|住院发票|发票|病历|诊断证明|"
    r"收入证明|住院清单|证明)(?!怎么|去哪|在哪|丢|掉|被|锁|过期|失效|用不|坏)"
    r"|没有?\w{0,6}(?:证|证明|发票|合同|收据|协议|户口本|卡)(?=了?(?:怎么办|咋办|咋整|怎么弄|能|可以|行|办得))"
    r"|(?<![办补换领])(?:户口本|户口簿|身份证|结婚证|银行卡|社保卡|医保卡|照片|出生证明?)(?:原件|复印件|"
    r"要带|要不要|要复印|拿去|也要|带了|带去|正反面|就行|就可以|可以吗|行吗)"
)
_ATTRIBUTE = re.compile(
    r"(?:外地|外省|外县|外村|本地|本村|农村|城镇|城市|农业|非农|农转非|集体)户口|户口(?:还|都|"
    r"又)?(?:没迁过来|没迁|没转|没落|在|"
    r"不在|是)|村小学?后面|小学(?:后面|旁边|门口|对面)|学校(?:后面|旁边|门口|对面)"
)
"""Words of matters that here only say who or where somebody is."""
_OPEN_ENDED = re.compile(
    r"(?:的\w{0,3}|了\w{0,2}|人|户|女|军人|学生|家庭|职工|数)(?:还|也|都|又)?(?:可以|可不可以|能|能不能|算|算不算|行|行不行|够|有没有|要|要不要|是不是|有)"
    r"(?:申请|帮|做|去|打|用|考|上|进|办|办理|领|享受|报|交|评|参加|买|补|拿|数|上)?(?:吗|么|不|没有?|呢|\?|的)*$"
)
"""离婚的可以申请吗: a circumstance and a verb whose object was named before."""
_THANKS = re.compile(r"(?:好的?|嗯|行|那)?(?:谢谢|多谢|感谢|辛苦了?|麻烦了?)\w{0,5}")
_HARMED = re.compile(
    r"找谁赔|谁来?赔|把我\w{0,8}(?:踩|吃|撞|占|挖|压|毁|砍|偷|咬|打|砸|堵|挡|淹)|(?:丢|扔|倒|排|埋)(?:到|在|进)"
)
_ERRANDS = frozenset({"快递", "公交", "食品"})
"""Matters a neighbour is asked to help with, too."""
_ENOUGH = 4
"""Characters of its own that make a question without a known matter stand alone."""


class Kind(Enum):
    """How a clause counts."""

    ASK = auto()
    SIDE = auto()
    TROUBLE = auto()
    MORE = auto()
    FACT = auto()
    TALK = auto()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its words as written, what it is, which matters it names, which sides it asks about.

    *core* is what is left without little words; *own* says it is told from the speaker's own life.
    """

    text: str
    kind: Kind
    matters: frozenset[str]
    facets: frozenset[Facet]
    core: str
    own: bool = False
    sharp: bool = False
    """It asks with a question word or mark and does not merely go on (要…吗)."""

    @property
    def main(self) -> frozenset[str]:
        """The matters that tell it from others."""
        return self.matters - GENERIC or self.matters


@dataclass(frozen=True, slots=True)
class Listener:
    """Reads clauses; *names* are words that mark a matter of government beside the built-in ones."""

    names: re.Pattern[str] | None = None

    @classmethod
    def knowing(cls, words: Collection[str]) -> "Listener":
        """A listener that also knows these titles and aliases (of at least three characters)."""
        plain = sorted({bare(tidy(word)) for word in words if 3 <= len(bare(tidy(word))) <= 16}, key=len, reverse=True)
        return cls(re.compile("|".join(map(re.escape, plain))) if plain else None)

    def hear(self, text: str) -> Clause:
        """What this clause is."""
        tidied = tidy(text).strip(" ,，、:：")
        matters = _matters_in(tidied)
        core = talk.core_of(tidied)
        known = bool(matters) or bool(self.names and self.names.search(tidied))
        kind = _kind(tidied, matters, known, core)
        own = bool(talk.OWN.search(tidied))
        sharp = kind is Kind.ASK and talk.asks(tidied) and not talk.BARE_SIDE.search(tidied)
        return Clause(text, kind, matters, frozenset(facets_of(tidied)), core, own, sharp or kind is Kind.TROUBLE)


def strong_matters(text: str) -> frozenset[str]:
    """Matters named by words that are no mere step, price or place of another matter."""
    return _matters_in(talk.WEAK_MATTER.sub(" ", tidy(text))) - GENERIC


def _matters_in(tidied: str) -> frozenset[str]:
    """Matters named; papers to bring name none."""
    named = _named_in(tidied)
    return frozenset() if named <= CIRCUMSTANCES and _OPEN_ENDED.search(tidied) else named


def _named_in(tidied: str) -> frozenset[str]:
    rest = _PAPER.sub(" ", _ATTRIBUTE.sub(" ", tidied))
    return frozenset(name for name, words in _MATTERS if words.search(rest))


def _kind(tidied: str, matters: frozenset[str], known: bool, core: str) -> Kind:
    if _is_talk(tidied, known):
        return Kind.TALK
    if wishes.looks_for_office(tidied):
        return Kind.ASK
    if talk.asks(tidied):
        return _asking_kind(tidied, matters, known, core)
    if known and talk.CONFIRMS.search(tidied) and not talk.CONFIRMS.match(tidied) and not gossip.ADVICE.search(tidied):
        return Kind.ASK
    if talk.HEARSAY.match(tidied) or tidied.rstrip("。!~ ").endswith("吧"):
        return Kind.FACT
    if wishes.wants_something(tidied, known=known):
        return Kind.ASK
    if wishes.alarms(tidied):
        return Kind.TROUBLE
    public = known or bool(talk.PUBLIC_THING.search(tidied))
    if talk.names_trouble(tidied) or demand_in(tidied) or (public and talk.hints_at_trouble(tidied)):
        if gossip.ADVICE.search(tidied):
            return Kind.MORE
        if gossip.TO_YOU.search(tidied):
            return Kind.TALK
        broken = talk.BROKEN.search(tidied) and not talk.BELONGINGS.search(tidied)
        if public or (len(core) >= _ENOUGH and broken) or (len(core) >= _ENOUGH and talk.OUTCRY.search(tidied)):
            return Kind.TROUBLE
        return Kind.MORE
    if talk.presses(tidied):
        return Kind.MORE
    if known and (talk.WISH.search(tidied) or talk.EITHER_OF.search(tidied)):
        return Kind.ASK
    return Kind.FACT


def _asking_kind(tidied: str, matters: frozenset[str], known: bool, core: str) -> Kind:
    if (
        not (matters - GENERIC - _ERRANDS - {"驾照"})
        and not talk.HEARSAY.search(tidied)
        and not talk.wonders(tidied.rstrip("? "))
        and not talk.says_asking(tidied)
    ):
        return Kind.TALK
    if talk.presses(tidied) and not talk.wonders(tidied) and not matters:
        return Kind.MORE
    if gossip.POINTS.search(tidied) and not (talk.wonders(tidied) or talk.either_or(tidied)):
        return Kind.TALK
    if talk.CONTRAST.search(tidied):
        return Kind.SIDE
    if gossip.COUNTER.search(tidied) and not talk.SELF.search(tidied):
        return Kind.TALK
    if gossip.FAVOUR.search(tidied) and not (matters - GENERIC - _ERRANDS):
        return Kind.TALK
    if gossip.IDLE_ASK.search(tidied) and not (matters - GENERIC) and not _HARMED.search(tidied):
        return Kind.TALK
    if talk.GOES_ON.search(tidied) and not (matters - GENERIC):
        return Kind.SIDE
    if talk.BARE_SIDE.search(tidied) and not (matters - GENERIC) and len(core) <= _ENOUGH:
        return Kind.SIDE
    return Kind.ASK if known or len(core) >= _ENOUGH else Kind.SIDE


def _is_talk(tidied: str, known: bool) -> bool:
    """Greetings, thanks, reactions, adverts, calls to the whole group."""
    plain = bare(tidied)
    if (
        not plain
        or gossip.REACTION.fullmatch(plain)
        or _THANKS.fullmatch(plain)
        or gossip.LEAD_IN.fullmatch(plain)
        or gossip.SOLICITS.search(tidied)
        or gossip.ERRAND.search(tidied)
        or talk.GOING_ON.search(tidied)
        or gossip.RHETORICAL.search(tidied)
    ):
        return True
    if gossip.LAUGHS.search(tidied):
        return True
    if gossip.CALL.search(tidied) and not talk.asks(tidied):
        return True
    if chat_in(tidied) in {Chat.INJECTION, Chat.GREETING, Chat.THANKS, Chat.FAREWELL}:
        return True
    return not known and chat_in(tidied) in {Chat.NOISE, Chat.IDENTITY, Chat.INSULT}
