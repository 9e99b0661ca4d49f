"""Ticked lists (■政府网站 □政府公报), split columns with √, and lists that are only written down."""

import re
from collections.abc import Iterable

TICKED = "■☑☒▣◼√✓✔●▲★"
UNTICKED = "□☐◻▢○◯×✗✘"
_MARKS = TICKED + UNTICKED
_PREFIXED = re.compile(rf"([{_MARKS}])([^{_MARKS}]*)")
_SUFFIXED = re.compile(rf"([^{_MARKS}]*)([{_MARKS}])")
_YES = frozenset({*TICKED, "是", "有", "对", "v", "V", "y", "Y", "1"})
_NO = frozenset({*UNTICKED, "否", "无", "n", "N", "0", ""})
_EMPTY_BRACKETS = re.compile(r"[（(][\s_＿…]*[)）]")
_OUTSIDE_BRACKETS = r"(?![^（(《「]*[)）》」])"
_BREAKS = re.compile(rf"[；;\n]+{_OUTSIDE_BRACKETS}")
_BREAKS_OF_WORDS = re.compile(rf"[；;、，,\s]+{_OUTSIDE_BRACKETS}")
_BULLET = re.compile(
    r"(?:[•·●▪◆\-－—]+\s*|[0-9]{1,2}[.．、)）](?![0-9])\s*|[（(][0-9一二三四五六七八九十]{1,3}[)）]\s*|[①-⑳]\s*)"
)
_BOOKS = re.compile(r"》[、，, \n]*(?=《)")


# Boxes set in a symbol font arrive as its letters (R and £ in Wingdings 2, þ and ¨ in Wingdings) or as private ones.
_SYMBOL_FONT = str.maketrans(
    {"\uf052": "☑", "\uf0fe": "☑", "þ": "☑", "\uf0a3": "□", "\uf0a8": "□", "\uf06f": "□", "£": "□", "¨": "□"}
)
_LETTER_BOX = re.compile(r"(?<![A-Za-z])R(?=\s*[\u4e00-\u9fff])")


def boxes(text: str) -> str:
    """Return a cell of boxes with the letters of symbol fonts turned into the boxes people saw."""
    return _LETTER_BOX.sub("☑", text.translate(_SYMBOL_FONT))


def has_marks(text: str) -> bool:
    """Does the cell hold boxes or ticks?"""
    return any(mark in text for mark in _MARKS)


def ticked(text: str) -> tuple[str, ...]:
    """Return the labels that are ticked; the mark may stand before or behind its label."""
    behind = text.strip()[0] not in _MARKS
    pairs = [(m, w) for w, m in _SUFFIXED.findall(text)] if behind else _PREFIXED.findall(text)
    return tuple(label for mark, words in pairs if mark in TICKED and (label := tidy(words)))


def tidy(label: str) -> str:
    """Return a label without fill-in lines, empty brackets and stray signs around it."""
    words = _EMPTY_BRACKETS.sub("", label)
    words = re.sub(r"[_＿]+", "", words)
    return re.sub(r"\s+", "", words).strip("；;、，,。:： ")


def answer(text: str) -> bool | None:
    """Is a cell of a split column ticked? None when it holds something else."""
    sign = text.strip().strip("（）() ")
    if sign in _YES:
        return True
    return False if sign in _NO else None


def without_tick(text: str) -> str:
    """Return what stands beside a tick: the 申请人 of ``√（申请人）``."""
    return text.strip().lstrip(_MARKS).strip().strip("（）()").strip()


def sentences(text: str) -> tuple[str, ...]:
    """Split a cell of several contents at line ends and ；, without numbers and bullets in front."""
    return _distinct(_BULLET.sub("", part.strip(), count=1).strip() if _BULLET.match(part.strip()) else part.strip()
                     for part in _BREAKS.split(text))  # fmt: skip


def documents(text: str) -> tuple[str, ...]:
    """Split a cell of several laws and documents."""
    return sentences(_BOOKS.sub("》\n", text))


def words(text: str) -> tuple[str, ...]:
    """Split a cell of short names."""
    if has_marks(text):
        return _distinct(ticked(text))
    return _distinct(_BULLET.sub("", tidy(part), count=1) for part in _BREAKS_OF_WORDS.split(text))


def _distinct(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip("；; ") for part in parts if part.strip("；;。 ")))
