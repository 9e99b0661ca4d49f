"""Bring a resident's words into one plain form, so that equal questions look equal.

Everything here is pure: the same text always gives the same result.
"""

import re
import unicodedata

import opencc

_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe0f]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_OPENING = re.compile(
    r"^(?:你好呀?|您好呀?|你们好|大家好|领导好?|各位领导|尊敬的\w{0,6}领导|哈喽|hello|在吗|在不在|"
    r"有人吗|(?:亲|嗨|hi|客服|小编|小编你好|同志|老师|领导)(?=[\s,，。.!！:：~])|麻烦(?:你|您)|打扰(?:一下|了)?|不好意思|请教(?:一下|下)?|请问(?:一下|下)?|"
    r"问(?:一下|下|问)|咨询(?:一下|下)?|(?:我)?想(?:要)?(?:问|咨询|了解|知道)(?:一下|下|问)?|帮(?:我|忙)(?:看|查|问)(?:一下|下)|"
    r"那个|嗯|额|就是说|是这样的|[\s,，。.!！?？:：;；、~…])+"
)
_FAREWELLS = [
    "谢谢",
    "谢谢你",
    "谢谢您",
    "谢谢了",
    "谢谢啦",
    "谢谢大家",
    "多谢",
    "多谢了",
    "感谢",
    "麻烦了",
    "麻烦你了",
    "麻烦您了",
    "辛苦了",
    "你辛苦了",
    "您辛苦了",
    "拜托",
    "拜托了",
    "急",
    "在线等",
    "求解答",
    "求回复",
    "求告知",
    "求解",
    "望回复",
    "望告知",
    "盼复",
]
_TAIL = r"[\s,，。.!！?？:：;；、~…啊呀呢吧嘛哦哈哇噢诶]"
# Run on the reversed text: anchored at its start, so a long tail costs no backtracking.
_CLOSING = re.compile("(?:" + "|".join(sorted((word[::-1] for word in _FAREWELLS), reverse=True)) + f"|{_TAIL})+")
_NUMERAL = re.compile(
    r"[零〇一二两三四五六七八九十百千万]{1,9}(?=周岁|岁|元|块钱|万元|天|个月|个人|个小孩|个孩子|周|年|月|亩|平米|平方|口人|级|孩|胎)"
)
_LEFT_ALONE = frozenset({"一", "千", "万", "百", "千万", "万万"})
# Ages, months and people are nearly always below a hundred, and cn2an is slow to import.
_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{digit}十" for digit in _ONES[2:]))
_SMALL = {f"{_TENS[number // 10]}{_ONES[number % 10]}": str(number) for number in range(1, 100)}
_SMALL["两"] = "2"


def tidy(text: str) -> str:
    """One width, one case, simplified characters, single spaces; punctuation stays."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    return _SPACE.sub(" ", _TO_SIMPLIFIED.convert(plain)).strip()


def strip_courtesies(tidied: str) -> str:
    """Drop greetings and thanks at both ends; what would leave nothing is kept whole."""
    body = _OPENING.sub("", tidied)
    tail = _CLOSING.match(body[::-1])
    return (body[: len(body) - tail.end()] if tail else body) or tidied


def arabic_numerals(tidied: str) -> str:
    """Write counted numerals (六十岁, 三个月) with digits; words such as 一次性 stay."""
    return _NUMERAL.sub(_digits, tidied)


def bare(tidied: str) -> str:
    """Only letters, digits and characters, as the index holds them."""
    return _NOT_WORD.sub("", tidied)


def normalise(text: str) -> str:
    """The form that is indexed and looked up."""
    return bare(arabic_numerals(strip_courtesies(tidy(text))))


def _digits(found: re.Match[str]) -> str:
    numeral = found.group()
    if numeral in _LEFT_ALONE:
        return numeral
    if numeral in _SMALL:
        return _SMALL[numeral]
    from cn2an import cn2an  # loads for a tenth of a second, and hardly any message needs it

    try:
        return str(int(cn2an(numeral, "smart")))
    except ValueError:
        return numeral
