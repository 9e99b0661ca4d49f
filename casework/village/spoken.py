"""Written text as it is read over a loudspeaker: no digit and no sign is left to guess at.

A pure rewriting, rule by rule: dates, times, telephone numbers and the like first, since
they would be misread as quantities, then every number that is left.
"""

import re
from collections.abc import Callable

from casework.village.numerals import number_words, phone_words, year_words

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_WIDE = str.maketrans("０１２３４５６７８９％￥", "0123456789%¥")
_WIDE_BETWEEN = re.compile(r"(?<=\d)[．：－／](?=\d)")
_NARROW = {"．": ".", "：": ":", "－": "-", "／": "/"}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNITS = {
    "平方米": ("㎡", "m²", "m2"),
    "立方米": ("m³", "m3"),
    "公里": ("km",),
    "公斤": ("kg", "KG"),
    "厘米": ("cm",),
    "毫米": ("mm",),
    "毫升": ("mL", "ml"),
    "度": ("kWh",),
    "摄氏度": ("℃",),
}
_MEASURES = (
    "个件份人名位户口次天周年岁种项条张页本册元角分块亩里米斤吨升台辆头只"
    "棵家所间栋套类批步针片倍度平立公千百万亿毫厘小组村"
)
_TO = r"\s*(?:-|—+|–|~|～|至)\s*"
_HOTLINE = r"(?:110|119|120|122|114|100\d{2}|12\d{3}|95\d{3}|96\d{3,4})"
_CALLED = re.compile(r"(?:电话|手机|热线|号码|账号|账户|卡号|微信号|拨打|致电)$")
_DIGITS_ONLY = r"(?=室|房间|国道|省道|县道|乡道|路公交)"
_ORDER = re.compile(r"(^|[。；：:\n]\s*)(\d{1,2})[.、．)）]\s*(?=[^\d\s])")


def spoken(text: str, *, after: str = "") -> str:
    """Return *text* as it is read aloud; *after* is what was said just before it, such as a label.

    After a word like 电话 or 账号 digits are read one by one. Web addresses keep their
    letters: nobody can listen to them, so they belong on the sheet.
    """
    said = _WIDE_BETWEEN.sub(lambda found: _NARROW[found[0]], text.translate(_WIDE))
    if _CALLED.search(after):
        said = re.sub(r"\d[\d -]{2,}\d", lambda found: phone_words(found[0]), said)
    said = _ORDER.sub(lambda found: f"{found[1]}第{number_words(found[2])}，", said)
    for pattern, say in _RULES:
        said = pattern.sub(say, said)
    return said


def _date(found: re.Match[str]) -> str:
    year, month, day = found[1], found[2], found[3]
    return f"{year_words(year)}年{number_words(month)}月" + (f"{number_words(day)}日" if day else "")


def _dashed_date(found: re.Match[str]) -> str:
    month, day = int(found[3]), int(found[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{year_words(found[1])}年{number_words(str(month))}月{number_words(str(day))}日"


def _time(found: re.Match[str]) -> str:
    hour, minute = str(int(found[1])), found[2]
    if minute == "00":
        return f"{number_words(hour)}点"
    return f"{number_words(hour)}点{number_words(minute) if minute[0] != '0' else '零' + number_words(minute[1])}分"


def _money(found: re.Match[str]) -> str:
    return _amount(found[1]) + "元"


def _yuan(found: re.Match[str]) -> str:
    return _amount(found[1]) + found[2]


def _amount(number: str) -> str:
    """Drop the zeros behind the point: 30.00 is thirty."""
    return number_words(number.rstrip("0").rstrip(".") if "." in number else number, counting=True)


def _bracketed_year(found: re.Match[str]) -> str:
    return f"{found[1]}{year_words(found[2])}{found[3]}"


def _percent(found: re.Match[str]) -> str:
    return {"%": "百分之", "‰": "千分之"}[found[2]] + number_words(found[1])


def _percent_range(found: re.Match[str]) -> str:
    return f"百分之{number_words(found[1])}到百分之{number_words(found[2])}"


def _fraction(found: re.Match[str]) -> str:
    return f"{number_words(found[2])}分之{number_words(found[1])}"


def _digits(found: re.Match[str]) -> str:
    return phone_words(found[0])


def _counted(found: re.Match[str]) -> str:
    number, measure = found[1], found[2]
    return number_words(number, counting=measure != "" and measure in _MEASURES) + measure


def _unit(written: str, said: str) -> Rule:
    return (
        re.compile(rf"({_NUMBER})\s*{re.escape(written)}(?![A-Za-z])"),
        lambda found: number_words(found[1], counting=True) + said,
    )


_RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d{2})(-|/|\.)(\d{1,2})\2(\d{1,2})(?!\d)"), _dashed_date),
    (re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"), _date),
    (re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?=年)"), lambda found: year_words(found[1])),
    (re.compile(r"([〔\[（(])((?:19|20)\d{2})([〕\]）)])"), _bracketed_year),
    (re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?![\d:])"), _time),
    (re.compile(r"(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|1[3-9]\d(?:[- ]?\d{4}){2}|[48]00(?:-?\d{3,4}){2})(?!\d)"), _digits),
    (re.compile(rf"(?<![\d.,]){_HOTLINE}(?![\d.,]|\s*[{_MEASURES}%‰号楼栋组月日])"), _digits),
    (re.compile(rf"(?<!\d)\d{{3,4}}{_DIGITS_ONLY}"), _digits),
    (re.compile(rf"({_NUMBER})%?{_TO}({_NUMBER})%"), _percent_range),
    (re.compile(rf"({_NUMBER})\s*([%‰])"), _percent),
    (re.compile(rf"(?<=[\d日月年点分周岁天元])(?<!^){_TO}(?=\d)"), lambda found: "到"),
    (re.compile(rf"(?<=[点分日月]){_TO}(?=[零一二三四五六七八九十两〇])"), lambda found: "到"),
    (re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])"), _fraction),
    (re.compile(rf"¥\s*({_NUMBER})\s*元?"), _money),
    (re.compile(rf"({_NUMBER})\s*(元|万元|亿元)"), _yuan),
    (re.compile(rf"(?<!\d)-(?={_NUMBER}\s*(?:℃|摄氏度|度))"), lambda found: "零下"),
    *(_unit(written, said) for said, forms in _UNITS.items() for written in forms),
    (re.compile(r"第(\d+)"), lambda found: "第" + number_words(found[1])),
    (re.compile(r"(\d+)\s*(?=[月日号楼时点])"), lambda found: number_words(found[1])),
    (re.compile(rf"({_NUMBER})\s*([^\d\s]|$)"), _counted),
    (re.compile(_NUMBER), lambda found: number_words(found[0])),
)
