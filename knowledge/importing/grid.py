"""A sheet as plain cells, and how one cell is named and cleaned."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.reading.files import HIDDEN

Place = tuple[int, int]
Range = tuple[Place, Place]
LONGEST_CELL = 3_000
NOTHING = frozenset({"/", "\\", "-", "－", "—", "——", "--", "一一", "暂无"})
"""What people write into a cell they leave empty."""

_WIDE = {
    code: code - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(*span)
}
_NARROW = str.maketrans(
    {**{chr(k): chr(v) for k, v in _WIDE.items()}, "\u3000": " ", "\xa0": " ", "\u200b": "", "\ufeff": ""}
)
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of equal width from A1, covered cells of merged ranges filled; all counts from 0."""

    name: str
    rows: Sequence[Sequence[str]]
    origins: Mapping[Place, Place] = field(default_factory=dict)
    """For every cell of a merged range its first one."""
    formulas: frozenset[Place] = frozenset()

    def origin(self, row: int, column: int) -> Place:
        """Return the cell a covered cell gets its text from, itself if it is not covered."""
        return self.origins.get((row, column), (row, column))

    def place(self, row: int, column: int) -> str:
        """Return how people find a cell: ``表!C7``."""
        return f"{self.name}!{letters(column)}{row + 1}"


def grid_of(
    name: str, rows: Sequence[Sequence[str]], merged: Iterable[Range] = (), formulas: frozenset[Place] = frozenset()
) -> Grid:
    """Put a sheet together from its rows and the merged ranges in it."""
    origins = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    return Grid(name, rows, origins, formulas)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cleaned(text: str) -> str:
    """Return a cell with narrow digits and letters, single spaces and no empty lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").translate(_NARROW).split("\n")
    kept = [line for raw in lines if (line := _SPACES.sub(" ", raw).strip())]
    whole = "\n".join(kept)
    return "" if whole in NOTHING else whole


def fault_of(text: str) -> str:
    """Return why a cleaned cell cannot be taken, or nothing."""
    if HIDDEN.search(text):
        return "有看不见的控制字符，请删掉重打"
    return f"字太多，最多 {LONGEST_CELL} 个" if len(text) > LONGEST_CELL else ""
