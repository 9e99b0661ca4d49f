"""From the cells of one row to our columns: ticks, split columns and lists become what we keep."""

import re
from collections.abc import Callable, Sequence

from knowledge.importing import marks
from knowledge.importing.headers import Column

LISTS = ("公开内容", "依据", "渠道", "层级")
TICKABLE = ("渠道", "公开对象", "公开方式", "层级")
_SOME = re.compile(r"(特定(?:群体|人群|对象))(?:\(请写明\)|（请写明）)?[:：]\s*(.+)\Z", re.DOTALL)
_LEVELS = (("县级", "县市区"), ("乡级", "乡镇街"), ("村级", "村社"))


class UnreadableError(Exception):
    """A cell says something nobody can be sure of; the text says what was expected."""


def single(field: str, text: str) -> str:
    """Return what the one column of *field* says."""
    if field in TICKABLE:
        text = marks.boxes(text)
    return _SINGLE.get(field, _line)(text) if text else ""


def split(column: Column, text: str) -> str:
    """Return what a cell of a split column adds to its field: the column's label, or nothing.

    Raises:
        UnreadableError: the cell is neither ticked nor empty, and words make no sense there.
    """
    yes = marks.answer(text)
    if yes is not None:
        return column.option if yes else ""
    beside = marks.tidy(marks.without_tick(text))
    if column.option == "特定群体":
        return f"特定群体（{beside}）" if beside and beside != column.option else column.option
    if beside == column.option:
        return column.option if text[0] in marks.TICKED or not marks.has_marks(text) else ""
    if column.field == "渠道":
        return beside if column.option.startswith("其他") else f"{column.option}（{beside}）"
    raise UnreadableError(f"这一列只打√或留空，写的是“{text[:20]}”")


def joined(field: str, parts: Sequence[str]) -> str:
    """Put together what several columns or several rows say about *field*."""
    pieces = [piece for part in parts for piece in (part.split("；") if field in LISTS else [part]) if piece]
    return "；".join(dict.fromkeys(pieces))


def _line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()


def _contents(text: str) -> str:
    return "；".join(marks.sentences(text))


def _documents(text: str) -> str:
    return "；".join(marks.documents(text))


def _bodies(text: str) -> str:
    return "；".join(part for line in text.split("\n") for part in marks.words(line)) if "\n" in text else _line(text)


def _words(text: str) -> str:
    return "；".join(marks.words(text))


def _audience(text: str) -> str:
    parts = marks.ticked(text) if marks.has_marks(text) else (text,)
    return "；".join(f"特定群体（{_line(some[2])}）" if (some := _SOME.match(part)) else _line(part) for part in parts)


def _method(text: str) -> str:
    words = "；".join(marks.ticked(text)) if marks.has_marks(text) else text
    found = [kind for kind in ("主动", "依申请") if kind in words]
    return "；".join(found) if found else _line(words)


def _levels(text: str) -> str:
    words = "；".join(marks.ticked(text)) if marks.has_marks(text) else text
    found = [level for level, signs in _LEVELS if any(sign in words for sign in signs)]
    return "；".join(found) if found else _line(words)


_SINGLE: dict[str, Callable[[str], str]] = {
    "公开内容": _contents,
    "依据": _documents,
    "主体": _bodies,
    "渠道": _words,
    "公开对象": _audience,
    "公开方式": _method,
    "层级": _levels,
}
