"""Read the rows of one catalog table: what each says, what was skipped, what cannot be taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.importing import cells as sense
from knowledge.importing.grid import Grid, cleaned, fault_of
from knowledge.importing.headers import Column, Header, label
from knowledge.reading.csv_lines import FORMULA

SAME = frozenset({"同上", "同上。", "同前", "同上行", "〃", "″", '"', "“", "”", "''", "同 上", "(同上)", "（同上）"})
_NOTE = re.compile(r"(?:注|备注|说明|附注|填表|填报|审核|审批|制表|联系人|联系电话|单位负责人|第\s*\d+\s*页|\*|※)")
_NUMBERS = re.compile(r"[\d①-⑳一二三四五六七八九十A-Za-z().（）]{1,4}\Z")
IDENTITY = ("一级事项", "二级事项")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One matter: values by our column names, the cell each was read from, and the first row it stands in."""

    values: dict[str, str]
    places: dict[str, str]
    row: int
    place: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that cannot be taken, and with it its row; *values* is what is known of the row."""

    place: str
    message: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that holds no matter: a note, a repeated header, a heading."""

    place: str
    why: str
    words: str


Line = TableRow | Rejected | Skipped


def read_lines(grid: Grid, header: Header) -> list[Line]:
    """Read everything below the header; rows that continue the one above are joined with it."""
    found: list[Line] = []
    first_level: list[str] = []
    for line in _lines(grid, header):
        before = found[-1] if found else None
        if not header.literal and not isinstance(line, Skipped):
            _carry_down(line.values, first_level)
        if isinstance(line, TableRow) and isinstance(before, TableRow) and _continues(grid, header, before, line):
            found[-1] = _together(before, line)
        else:
            found.append(line)
    return found


def _carry_down(values: dict[str, str], first_level: list[str]) -> None:
    """Fill in a first level that was written once for several rows below each other."""
    if values.get("一级事项"):
        first_level[:] = [values["一级事项"]]
    elif values.get("二级事项") and "一级事项" not in values:
        values["一级事项"] = values["二级事项"]
    elif values.get("二级事项") and first_level:
        values["一级事项"] = first_level[0]


def _lines(grid: Grid, header: Header) -> Iterator[Line]:
    above: dict[int, str] = {}
    for row in range(header.last + 1, len(grid.rows)):
        texts = [cleaned(text) for text in grid.rows[row]]
        filled = [(number, text) for number, text in enumerate(texts) if text]
        if not filled:
            continue
        why = _no_matter(grid, header, row, filled)
        if why:
            yield Skipped(grid.place(row, filled[0][0]), why, filled[0][1][:40].replace("\n", " "))
            continue
        yield _row(grid, header, row, texts, above)


def _no_matter(grid: Grid, header: Header, row: int, filled: list[tuple[int, str]]) -> str:
    words = frozenset(label(text) for _, text in filled)
    if len(words) > 1 and words <= frozenset().union(*header.labels):
        return "表头重复"
    if row == header.last + 1 and len(filled) > 2 and all(_NUMBERS.match(text) for _, text in filled):
        return "列号"
    own = {text for number, text in filled if grid.origin(row, number)[0] == row}
    if len(own) <= 2 and _NOTE.match(filled[0][1]) and len(filled[0][1]) > 2:
        return "注"
    first_column = filled[0][0]
    if len(words) == 1 and (len(filled) > 2 or header.columns.get(first_column, Column("")).field not in sense.LISTS):
        return "小标题"
    return ""


def _row(grid: Grid, header: Header, row: int, texts: list[str], above: dict[int, str]) -> TableRow | Rejected:
    parts: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    # A row without a name continues the one above: what it leaves out still stands there for 同上.
    named = any(texts[number] for number, column in header.columns.items() if column.field in IDENTITY)
    for number, column in header.columns.items():
        text, fault = _resolved(grid, (row, number), texts[number], above, literal=header.literal)
        place = grid.place(*grid.origin(row, number))
        value, unread = _understood(column, text, literal=header.literal)
        if fault or unread:
            faults.append((place, f"{column.field}：{fault or unread}"))
            continue
        if text or named:
            above[number] = text
        parts.setdefault(column.field, []).append(value)
        if value or column.field not in places:
            places[column.field] = place
    values = {name: sense.joined(name, pieces) if len(pieces) > 1 else pieces[0] for name, pieces in parts.items()}
    if not faults:
        return TableRow(values, places, row, grid.place(row, min(header.columns)))
    return Rejected(faults[0][0], "；".join(message for _, message in faults), values)


def _resolved(grid: Grid, at: tuple[int, int], text: str, above: dict[int, str], *, literal: bool) -> tuple[str, str]:
    """Return the text of a cell with 同上 filled in, and why it cannot be taken."""
    if grid.origin(*at) in grid.formulas:
        return "", "这一格是公式，请先粘贴成数值"
    if text in SAME:
        return (above[at[1]], "") if above.get(at[1]) else ("", "写着“同上”，上面没有可以照抄的")
    fault = fault_of(text)
    risky = text.removeprefix("'").startswith(FORMULA)
    if not fault and risky and (literal or text.removeprefix("'")[0] not in "-－"):
        fault = "不能用 = + - @ 开头，表格软件会当成公式"
    return ("", fault) if fault else (text, "")


def _understood(column: Column, text: str, *, literal: bool) -> tuple[str, str]:
    if literal:
        return text, ""
    try:
        return (sense.split(column, text) if column.option else sense.single(column.field, text)), ""
    except sense.UnreadableError as unread:
        return "", str(unread)


def _continues(grid: Grid, header: Header, before: TableRow, line: TableRow) -> bool:
    """Does *line* say more about the matter of *before*: its name is the same merged cell, or left out?"""
    if header.literal:
        return False
    names = [number for number, column in header.columns.items() if column.field in IDENTITY]
    if not any(line.values.get(name) for name in IDENTITY):
        return True
    return bool(names) and all(grid.origin(line.row, number)[0] <= before.row for number in names)


def _together(before: TableRow, line: TableRow) -> TableRow:
    values = dict(before.values)
    for name, value in line.values.items():
        if name not in IDENTITY and value != values.get(name):
            values[name] = sense.joined(name, [values.get(name, ""), value])
    return replace(before, values=values)
