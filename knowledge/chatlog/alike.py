"""Are two questions about the same matter?"""

import re

from knowledge.chatlog import talk
from knowledge.chatlog.matter_words import MATTERS, SAME_WORDS, STRANGERS
from knowledge.facets import facets_of
from knowledge.model import Facet
from knowledge.text import bare, tidy

_ALL_MATTERS = re.compile("|".join(MATTERS.values()))
_STRANGERS = tuple((re.compile(one), re.compile(other)) for one, other in STRANGERS)
_WHY = re.compile(r"怎么(?:又|还|回事|停|没|不|就|这么|搞的)|咋(?:又|还|回事|没|不)")
_CLOCK = re.compile(r"几点|多晚|啥时")
_WANTS = tuple(
    (name, re.compile(words))
    for name, words in (
        (
            "get",
            r"(?:给|补|奖|领|拿|发|有|赔|报|贴)(?:到|销)?(?:多少|几多|好多|几|些?什么)?(?:钱|元|块|万|千|百)|奖励|"
            r"(?:补|赔|报|奖|发|给|领)(?:到|销)?(?:多少|几多|好多)|(?:多少|几多|好多)(?:补贴|补助|赔偿|奖金)|"
            r"(?:补贴|补助|津贴|粮补|地力)\w{0,4}(?:多少|几多|好多|几块|几钱)",
        ),
        ("pay", r"多少钱|几多钱|好多钱|几块|收费|费用|要钱|免费|(?:交|缴|收|花)(?:多少|几多|好多)|多少(?:元|一个?人)"),
        (
            "when",
            r"什么时候|啥时|几时|几号|何时|哪天|多久|几天|几点|截止|到期|最迟|最晚|(?:到账|发|下来|到)(?:了)?(?:没|吗)",
        ),
        ("where", r"哪里|哪儿|在哪|去哪|到哪|何里|找谁|哪个(?:地方|部门|窗口|单位)|什么地方|归谁|谁管"),
        ("papers", r"材料|带什么|带啥|要什么|要哪些|资料|证件|手续|准备(?:什么|啥|哪些)"),
        (
            "how",
            r"怎么(?:申请|办|弄|搞|报|领|交|缴|认证|查|开|补|申报|参加|报名|评)|怎样|如何|咋(?:办|弄|搞|申请|交)|流程|步骤",
        ),
        (
            "who",
            r"条件|资格|什么人|哪些人|哪种人|符合|(?:能|可以|可不可以|能不能)\w{0,6}(?:申请|评|享受|办|领)|几岁|多大|多少岁",
        ),
        ("why", r"为什么|为啥|怎么(?:又|还|涨|停|少|没|不)|咋(?:又|还|涨|停|少|没|不)"),
        ("again", r"每年|年年|重新|年审|续|一年一次|几年一"),
        ("online", r"网上|手机|微信|线上|赣服通"),
        ("proxy", r"代办|帮\w{0,4}(?:办|领|交)|本人|亲自|回不来|走不动"),
    )
)
_MOSTLY = 0.4
_REPEATED = 0.62
_FAR = 3


def strangers(one: str, other: str) -> bool:
    """Do the two (tidied) texts name actions that make them two matters (paying in, being paid)?"""
    for first, second in _STRANGERS:
        if _only(first, second, one) and _only(second, first, other):
            return True
        if _only(second, first, one) and _only(first, second, other):
            return True
    return False


def repeats(said: str, before: str) -> bool:
    """Is *said* nearly the same sentence as *before*, or a part of it?"""
    new, old = bare(tidy(said)), bare(tidy(before))
    if not new or new in old:
        return True
    return _overlap(new, old) >= _REPEATED


def same_thing(one: str, other: str) -> bool:
    """Do both name a matter by the same word, or by words that mean the same?"""
    return bool(_things(one) & _things(other))


def thing_in(text: str) -> str:
    """The first word of ours for a matter in the text, or nothing."""
    found = _ALL_MATTERS.search(tidy(text))
    return found.group() if found else ""


def sides_of(text: str) -> frozenset[Facet]:
    """The sides a question asks about; clock times are a side too, "why" is none."""
    tidied = _WHY.sub("", tidy(text))
    found = frozenset(facets_of(tidied))
    return found | {Facet.TIME} if _CLOCK.search(tidied) else found


def wants(text: str) -> frozenset[str]:
    """What is wanted to know, in few kinds that neighbours put in different words: money to get, when, where, how."""
    tidied = tidy(text)
    found = frozenset(name for name, words in _WANTS if words.search(tidied))
    return found - {"pay"} if "get" in found else found


def about_the_same(one: str, other: str) -> bool:
    """Do most of the words beside the little ones stand in both texts?"""
    mine, theirs = talk.topics_in(tidy(one)), talk.topics_in(tidy(other))
    shared = len(mine & theirs)
    return shared > 0 and shared >= _MOSTLY * min(len(mine), len(theirs))


def same_case(one: str, other: str) -> bool:
    """Beside the shared matter: do the two texts add nothing that sets them apart?"""
    mine, theirs = _rest(one), _rest(other)
    alone, others = len(mine - theirs), len(theirs - mine)
    return (
        not (min(alone, others) >= 2 or (max(alone, others) > _FAR and min(alone, others) >= 1))
        and max(alone, others) <= 2 * _FAR
    )


def _things(text: str) -> set[str]:
    found = set(_ALL_MATTERS.findall(tidy(text)))
    return {next((same for same in SAME_WORDS if re.search(same, word)), word) for word in found}


def _only(words: re.Pattern[str], others: re.Pattern[str], text: str) -> bool:
    return bool(words.search(text)) and not others.search(text)


def _rest(text: str) -> set[str]:
    """Characters of the text that name neither the matter nor a side of it."""
    return set(talk.core_of(_ALL_MATTERS.sub("", tidy(text))))


def _overlap(one: str, other: str) -> float:
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or {text}
