"""Personal numbers out of free text, before it is logged, stored for statistics or shown to others.

Masks phones, identity numbers, bank cards, plates, WeChat ids and e-mail addresses. When in
doubt a long number is masked; what stays readable is short, dated or public: service numbers,
ticket numbers, dates, amounts. Masking twice changes nothing more.
"""

import re

from stdnum.cn import ric

PHONE, IDENTITY, CARD, PLATE, WECHAT, EMAIL, NUMBER = (
    "〔电话〕", "〔证件号〕", "〔卡号〕", "〔车牌〕", "〔微信号〕", "〔邮箱〕", "〔号码〕",
)  # fmt: skip

MOST_GROUPS = 8
"""Digit groups one number may be split into."""

_DIGIT = r"[0-9０-９]"
_GAP = r"[ \t\u3000·.\-－—–_/()（）]{0,2}"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_WORD = rf"{_LETTER}0-9０-９"

_TICKET = r"GA\d{8}-\d{4}(?!\d)"
_DATE = re.compile(r"(?:19|20)\d{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SERVICE = re.compile(r"110|119|120|122|114|123\d\d|9[56]\d{3}")
"""Public service numbers: emergency, 123xx hotlines, 95xxx and 96xxx."""

_NUMBER = re.compile(
    rf"{_TICKET}|(?<![{_WORD}])(?:[+＋(（]{{0,2}}){_DIGIT}(?:{_GAP}{_DIGIT}){{6,}}"
    rf"(?:{_GAP}[XxＸｘ×](?![{_WORD}]))?"
)
_GROUP = re.compile(rf"{_DIGIT}+(?:[XxＸｘ×])?")
_AMOUNT = re.compile(r"(?:\.\d+)?[ \t]{0,2}(?:元|块|万|亿|平|㎡|斤|公斤|吨|人|户|头|亩|公里|米|%)")
_PLATE = re.compile(
    rf"[{_PROVINCE}][{_LETTER}][ \t·.\-－]{{0,2}}"
    rf"(?:[{_WORD}]{{4,5}}[挂学警港澳]|[{_WORD}]{{5,6}}(?![{_WORD}]))"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}[@＠][A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+")
_WECHAT = re.compile(
    r"((?:微信号码|微信号|微信ID|微信id|微信|加微|wx号|wx|WX|QQ号|QQ|qq号|qq)(?:是|为|叫)?[ \t:：]{0,3})"
    r"([A-Za-z0-9][A-Za-z0-9_\-]{4,})"
)
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-8]\d{6,7}|[48]00\d{7}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_IDENTITY = re.compile(
    r"(?=.{15,18}\Z)[1-8]\d{4,6}(?:(?:19|20)\d{2}|\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2,4}x?"
)
"""Region, birthday, serial: also where a digit is missing or too many, a slip of the pen."""
_WIDE = str.maketrans("０１２３４５６７８９ＸｘX×", "0123456789xxxx")
_LOOKS_PERSONAL = re.compile(rf"{_DIGIT}|[@＠]|微信|wx|WX|[Qq]{{2}}|加微")
"""Most sentences hold none of these and are returned at once."""


def mask(text: str) -> str:
    """Return *text* with personal numbers replaced by what kind they were, such as 〔电话〕."""
    if not _LOOKS_PERSONAL.search(text):
        return text
    masked = _EMAIL.sub(EMAIL, text)
    masked = _WECHAT.sub(lambda found: found[1] + WECHAT, masked)
    masked = _PLATE.sub(PLATE, masked)
    return _NUMBER.sub(_masked_run, masked)


def _masked_run(found: re.Match[str]) -> str:
    """Mask within a run of digits and gaps, which may hold several numbers and dates."""
    run = found.group()
    if run.startswith("GA"):
        return run
    groups = list(_GROUP.finditer(run))
    amount = bool(_AMOUNT.match(found.string, found.end()))
    parts: list[str] = []
    start = end = 0
    while start < len(groups):
        size, kind = _number_at(run, groups[start : start + MOST_GROUPS], amount)
        first, last = groups[start], groups[start + size - 1]
        words = kind or run[first.start() : last.end()]
        parts.append((_gap(run[end : first.start()]) if kind else run[end : first.start()]) + words)
        start, end = start + size, last.end()
    return "".join(parts) + run[end:]


def _gap(between: str) -> str:
    """Return what stands before a masked number, without a bracket or plus that belonged to it."""
    return between.rstrip("+＋(（")


def _number_at(run: str, groups: list[re.Match[str]], amount: bool) -> tuple[int, str]:
    """Return how many of *groups* make up the first number, and its kind or nothing to keep it."""
    date = _DATE.match(run, groups[0].start())
    if date:
        return sum(1 for group in groups if group.end() <= date.end()), ""
    pieces = [group.group().translate(_WIDE) for group in groups]
    service = bool(_SERVICE.fullmatch(pieces[0]))
    for size in range(len(pieces), 1, -1):
        joined = "".join(pieces[:size])
        kind = _strict_kind(joined)
        if kind and (not service or ric.is_valid(joined.upper())):
            return size, kind
    single = pieces[0]
    last = len(groups) == 1
    return 1, _strict_kind(single) or ("" if amount and last else _loose_kind(single))


def _strict_kind(digits: str) -> str:
    """Name what *digits* are by their form, or nothing."""
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return PHONE
    if _IDENTITY.fullmatch(digits):
        return IDENTITY
    return CARD if len(digits) in range(16, 20) and digits[0] in "3456" else ""


def _loose_kind(digits: str) -> str:
    """Name a number that stands alone: everything longer than a date or an amount is masked."""
    if _COMPACT_DATE.fullmatch(digits):
        return ""
    if _LOCAL.fullmatch(digits):
        return PHONE
    if len(digits) in range(15, 19):
        return IDENTITY
    return NUMBER if len(digits) > len("20261124") else ""
