"""Find the header of a catalog table, one row or several, and what each column means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.importing.grid import Grid, cleaned
from knowledge.reading.tables import COLUMNS

SEARCHED = 40
DEEPEST = 4
ENOUGH = 3
IGNORED = ("序号", "备注")
WHOLE = "公开事项"
"""With two columns below it a group; alone it is the only name a matter has."""

_CONTAINED = (
    ("公开内容", ("公开内容", "公开要素", "内容要素", "内容(要素)", "公开信息内容")),
    ("依据", ("依据",)),
    ("时限", ("时限",)),
    ("主体", ("主体",)),
    ("渠道", ("渠道", "载体")),
    ("公开对象", ("公开对象",)),
    ("公开方式", ("公开方式",)),
    ("层级", ("层级",)),
)
_STARTING = (
    ("公开对象", "全社会", ("全社会", "社会公众")),
    ("公开对象", "特定群体", ("特定群体", "特定人群", "特定对象")),
    ("公开方式", "主动", ("主动",)),
    ("公开方式", "依申请", ("依申请",)),
)
_LEVELS = (("县级", "县区"), ("乡级", "乡镇街"), ("村级", "村社"))
_LEVEL_LABEL = re.compile(r"[县市区乡镇街道村社居、/及和（）()]+(?:一)?级?\Z")
_SIGNS = re.compile(r"[\s:：*＊]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: which of our columns it fills; *option* is the label a tick in it stands for."""

    field: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the data begin and what the columns mean; *unused* are labels nobody asked for, by cell."""

    first: int
    last: int
    columns: dict[int, Column]
    labels: tuple[frozenset[str], ...]
    unused: tuple[str, ...]

    @property
    def literal(self) -> bool:
        """Is it a table of ours (with 编号), whose cells are taken as they stand?"""
        return any(column.field == "编号" for column in self.columns.values())


def find_header(grid: Grid) -> Header | None:
    """Return the header of *grid*, None where there is none."""
    for first in range(min(SEARCHED, len(grid.rows))):
        fields = {column.field for text in grid.rows[first] if (column := meaning(label(text)))}
        if len(fields) >= ENOUGH:
            return _header(grid, first)
    return None


def label(text: str) -> str:
    """Return a header cell as it is compared."""
    return _SIGNS.sub("", cleaned(text)).replace("（", "(").replace("）", ")")


def meaning(words: str) -> Column | None:
    """Return what a single label means."""
    if words in COLUMNS:
        return Column(words)
    for field, option, starts in _STARTING:
        if words.startswith(starts):
            return Column(field, option)
    if re.match(r"(公开事项)?\(?一级(?:公开)?(?:事项|目录|分类)?\)?\Z|(公开)?事项(类别|分类)\Z", words):
        return Column("一级事项")
    if re.match(r"(公开事项)?\(?二级(?:公开)?(?:事项|目录|分类)?\)?\Z|(公开)?事项名称\Z", words):
        return Column("二级事项")
    if _LEVEL_LABEL.match(words) and len(words) <= 8:
        return Column(
            "层级", "；".join(level for level, signs in _LEVELS if any(sign in words for sign in signs)) or "县级"
        )
    return next((Column(field) for field, parts in _CONTAINED if any(part in words for part in parts)), None)


def _header(grid: Grid, first: int) -> Header:
    last = first
    while last + 1 < min(len(grid.rows), first + DEEPEST) and _continues(grid, first, last + 1):
        last += 1
    rows = [[label(text) for text in grid.rows[row]] for row in range(first, last + 1)]
    columns: dict[int, Column] = {}
    unused: list[str] = []
    for number in range(len(rows[0])):
        path = _path(rows, number)
        column = _of_path(path)
        if column is not None:
            columns[number] = column
        elif path == (WHOLE,):
            columns[number] = Column("一级事项")
        elif path and path[-1] not in IGNORED:
            unused.append(f"{path[-1]}（{grid.place(last, number)}）")
    labels = tuple(frozenset(filter(None, row)) for row in rows)
    return Header(first, last, columns, labels, tuple(unused))


def _continues(grid: Grid, first: int, row: int) -> bool:
    """Is *row* a further header row? Every cell of it is a label, or covered by one above."""
    labels = [label(text) for text in grid.rows[row]]
    filled = [(number, words) for number, words in enumerate(labels) if words]
    own = [number for number, words in filled if grid.origin(row, number)[0] > first]
    if not own:
        return bool(filled) and all(grid.origin(row, number)[0] <= first for number, _ in filled)
    above = [label(text) for text in grid.rows[first]]
    return all(
        number not in own or meaning(words) is not None or _parent(above, number) == "渠道" for number, words in filled
    )


def _path(rows: Sequence[Sequence[str]], number: int) -> tuple[str, ...]:
    """Return the labels over a column from the top, a group label carried to the right where it was not merged."""
    found: list[str] = []
    for depth, row in enumerate(rows):
        words = row[number]
        below = any(lower[number] for lower in rows[depth + 1 :])
        if not words and below:
            words = next((row[left] for left in range(number, -1, -1) if row[left]), "")
        if words and words not in found:
            found.append(words)
    return tuple(found)


def _of_path(path: tuple[str, ...]) -> Column | None:
    if not path:
        return None
    parent, own = meaning(path[0]), meaning(path[-1])
    if len(path) > 1 and parent and parent.field == "渠道" and (own is None or not own.option):
        return Column("渠道", path[-1])
    return own or (parent if len(path) > 1 else None)


def _parent(above: Sequence[str], number: int) -> str:
    words = next((above[left] for left in range(number, -1, -1) if above[left]), "")
    column = meaning(words)
    return column.field if column else ""
