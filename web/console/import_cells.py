"""Single cells of another system's table, read where they can mean one thing only."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from casework.china_time import SHANGHAI
from casework.tickets.model import Kind

LONGEST_PHONES = 60
_EXTERNAL = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff/_.()（）#-]{0,59}")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+|\d{15}0{2,}")
_WHEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时点](\d{1,2})分?(?::(\d{1,2})(?:\.\d+)?)?秒?)?"
)
_FINISHED = re.compile(r"办结|归档|关闭|完结|办理完成|撤销|撤诉|作废")
_NOT_YET = re.compile(r"未|待|申请")
_SERIAL = re.compile(r"[45]\d{4}(?:\.\d+)?")
_SERIAL_FROM = datetime(1899, 12, 30, tzinfo=SHANGHAI)
_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]")
_APART = re.compile(r"[/、,;]")
_NOTHING = frozenset({"", "无", "没有", "匿名", "不详", "未知", "-", "--", "/"})
_WIDER = re.compile(r"(江西省|江西)?(宜春市|宜春)?(高安市|高安)?(本市|全市)?")
"""Larger than a 镇/街道: says nothing of which one."""
_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "业务咨询": Kind.CONSULT,
        "政策咨询": Kind.CONSULT,
        "意见建议": Kind.SUGGEST,
        **{kind.value: kind for kind in Kind},
    }
)
"""The kinds, and what other platforms call one that can be no other; “投诉举报” could be two."""


class CellError(Exception):
    """The cell cannot be used; the text says why, in Chinese."""


def external_of(words: str) -> str:
    """Return the other system's number.

    Raises:
        CellError: a spreadsheet has rounded it, or no number is written so.
    """
    number = unicodedata.normalize("NFKC", words).replace(" ", "")
    _refuse_rounded(number)
    if number and not _EXTERNAL.fullmatch(number):
        raise CellError(f"“{number[:20]}”里有编号不会用的符号")
    return number


def kind_of(words: str) -> Kind:
    """Return the kind.

    Raises:
        CellError: it is none, or could be two.
    """
    bare = _bare(words)
    found = _KINDS.get(bare) or _KINDS.get(bare.removesuffix("类").removesuffix("件"))
    if found is None:
        kinds = "、".join(kind.value for kind in Kind)
        raise CellError(f"“{bare}”不认识，应为{kinds}之一；不用办的，删掉这一行")
    return found


def town_of(words: str, towns: Sequence[str]) -> str:
    """Return the one 镇/街道 that is named, whatever stands around it; nothing where a whole city is named.

    Raises:
        CellError: none of *towns* is named, or more than one.
    """
    bare = _bare(words)
    named = [town for town in towns if town in bare]
    if len(named) == 1:
        return named[0]
    if bare in _NOTHING or _WIDER.fullmatch(bare):
        return ""
    raise CellError(f"“{bare[:20]}”不在镇街名单里；不清楚的空着")


def town_in(words: str, towns: Sequence[str]) -> str:
    """Return the one 镇/街道 that a place names, nothing where it names none or several."""
    named = [town for town in towns if town in _bare(words)]
    return named[0] if len(named) == 1 else ""


def is_finished(state: str) -> bool:
    """Does the other system say that it has finished with it?"""
    bare = _bare(state)
    return bool(_FINISHED.search(bare)) and not _NOT_YET.search(bare)


def phones_of(words: str) -> str:
    """Return the number, or the numbers, in plain digits.

    Raises:
        CellError: a spreadsheet has rounded it, or it is no number.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    if plain in _NOTHING:
        return ""
    _refuse_rounded(plain)
    parts = [part.strip() for part in _APART.split(plain) if part.strip()]
    if not all(map(_PHONE.fullmatch, parts)):
        raise CellError("看着不像电话号码，只填数字；没有的空着")
    return "、".join(parts)


def moment_of(words: str) -> datetime | None:
    """Return the moment on the Shanghai clock; a date alone is its first minute.

    A bare number of a spreadsheet (days since the end of 1899) is a moment too: so a date looks whose
    cell lost its format.
    """
    plain = unicodedata.normalize("NFKC", words).strip().removesuffix("+08:00")
    if _SERIAL.fullmatch(plain):
        return _SERIAL_FROM + timedelta(seconds=round(float(plain) * 86400))
    found = _WHEN.fullmatch(plain)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return None


def letters(column: int) -> str:
    """Return the name a spreadsheet gives to a column that counts from 0: A … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _bare(words: str) -> str:
    """Return the words with full-width signs folded and no space in them."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _refuse_rounded(number: str) -> None:
    if _ROUNDED.fullmatch(number):
        raise CellError(f"“{number}”像是被表格软件改成了约数，请把这一栏设成文本后重新填")
