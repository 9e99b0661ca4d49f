"""Dates and times as chat programs write them beside a nickname.

Patterns are for text whose digits, colons and brackets were made narrow first (``narrow``).
"""

import re

_WIDE = str.maketrans("０１２３４５６７８９：（）［］／－．　\u2005\xa0\t", "0123456789:()[]/-.    ")
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_FULL_DATE = r"(?:19|20)\d{2} ?(?:[-/.]|年) ?\d{1,2} ?(?:[-/.]|月) ?\d{1,2} ?[日号]?"
_SHORT_DATE = rf"\d{{1,2}} ?月 ?\d{{1,2}} ?[日号]|\d{{1,2}}[-/]\d{{1,2}}|[今昨前][天日]|(?:上|本|这)?{_WEEKDAY}"
_PART = r"(?:上午|下午|晚上|凌晨|早上|早晨|清晨|中午|傍晚|夜间|半夜|[AaPp][Mm])"
CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d|:\d)(?: ?[AaPp][Mm])?"
DATED = rf"(?:(?:{_FULL_DATE}|{_SHORT_DATE})[ ,T]*(?:{_WEEKDAY})?[ ,]*(?:{_PART} ?)?{CLOCK})"
WHEN = rf"(?:{DATED}|(?:{_PART} ?)?{CLOCK}|{_FULL_DATE}(?: ?{_WEEKDAY})?|刚刚|\d{{1,2}} ?(?:分钟|小时)前)"
SURE = rf"(?:{DATED}|{_FULL_DATE})"

_ALONE = re.compile(rf"[-—─_=~·*\s]*[\[(]?\s*(?:{WHEN}|{_FULL_DATE}|{_SHORT_DATE})\s*[\])]?[-—─_=~·*\s]*")
_DAY_TWICE = re.compile(
    rf"(?P<name>今天|昨天|前天|(?:星期|周)[一二三四五六日天])\s+(?=今天|昨天|前天|星期|周|\d){DATED}"
)
_DAY_WORDS = re.compile(
    rf"(?:今天|明天|后天|昨天|前天|今晚|明晚|明早|今早|{_WEEKDAY}|{_PART}|每天|早|晚|大概|大约|约|是|在|到|从|的|{_SHORT_DATE}|{_FULL_DATE}|[\d\s:/.\-])+"
)


def named_by_day(narrowed: str) -> str:
    """The nickname of somebody who is called like a day (周一 昨天 08:00), or nothing."""
    found = _DAY_TWICE.fullmatch(narrowed)
    return found["name"] if found else ""


def narrow(line: str) -> str:
    """The same line, character for character, with digits, colons, brackets and spaces made narrow."""
    return line.translate(_WIDE)


def is_time(narrowed: str) -> bool:
    """Is the whole line a date or a time, as between two messages?"""
    bare = narrowed.strip()
    return bool(bare) and bool(_ALONE.fullmatch(bare)) and not _DAY_TWICE.fullmatch(bare)


def is_day_word(text: str) -> bool:
    """Do these words only say when (明天, 周一上午)?"""
    return bool(_DAY_WORDS.fullmatch(text))
