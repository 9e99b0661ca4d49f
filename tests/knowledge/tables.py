"""Catalog tables as counties keep them, small enough to read in a test."""

from collections.abc import Iterable, Sequence

from knowledge.importing.grid import Grid, Range, grid_of
from knowledge.importing.importer import Import, Known, import_grids
from knowledge.importing.preview import Preview, Terms
from knowledge.tables_text import Row, rows_in
from tests.knowledge.sample import HEADER, ROWS

EXISTING = rows_in(HEADER + ROWS)
HEAD = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道",
    "公开对象",
    "公开方式",
    "层级",
)
FIRST = ("1", "最低生活保障", "审批信息", "低保对象名单", "《某办法》第三条（已由《新办法》取代）", "10个工作日内",
         "县级民政部门", "政府网站、公示栏", "全社会", "主动", "县级、乡级")  # fmt: skip


def grid(rows: Sequence[Sequence[str]], merged: Iterable[Range] = (), name: str = "社会救助") -> Grid:
    """A sheet of rows as long as the longest; covered cells of merged ranges are filled."""
    width = max(len(row) for row in rows)
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    merged = tuple(merged)
    for (top, left), (bottom, right) in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells[row][column] = cells[top][left]
    return grid_of(name, cells, merged)


def row(*changed: tuple[int, str]) -> tuple[str, ...]:
    """The first existing matter as a city writes it, some cells changed by their column."""
    cells = list(FIRST)
    for column, text in changed:
        cells[column] = text
    return tuple(cells)


def imported(
    *grids: Grid,
    terms: Terms | None = None,
    existing: Sequence[Row] = EXISTING,
    used: Sequence[str] = (),
    name: str = "x",
) -> Import:
    """What importing would do to the small catalog."""
    return import_grids(grids, name, terms or Terms(""), Known(lambda _: existing, lambda _: used))


def previewed(*rows: Sequence[str], **options: object) -> Preview:
    """The preview of one plain table with the usual header."""
    (found,) = imported(grid([HEAD, *rows]), **options).previews  # type: ignore[arg-type]  # passed on as given
    return found
