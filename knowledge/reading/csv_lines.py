"""CSV rows that know the line they start on, even when a cell holds line breaks."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger

FORMULA = tuple("=+-@\t\r＝＋－＠")
"""A cell that starts so is run as a formula by Excel or WPS; the wide forms too, in a Chinese locale."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record by column name, and the line it starts on."""

    cells: dict[str, str]
    line: int

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds several, separated by ；."""
        return tuple(part.strip() for part in self.cells[column].split("；") if part.strip())


def read_rows(file: TextFile, columns: Sequence[str] | None, ledger: Ledger) -> Iterator[Row]:
    """Yield the rows below the header; with *columns* the header must hold exactly these."""
    records = _records(file, ledger)
    _, header = next(records, (1, []))
    if not _header_is_sound(file, header, columns, ledger):
        return
    for line, values in records:
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(header):
            message = f"这一行有 {len(values)} 格，表头有 {len(header)} 格，检查逗号和引号"
            ledger.error(file.name, line, "整行", message)
            continue
        cells = {name: value.strip() for name, value in zip(header, values, strict=True)}
        _check_cells(file, line, dict(zip(header, values, strict=True)), ledger)
        yield Row(cells, line)


def _records(file: TextFile, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    start = 1
    try:
        for values in reader:
            yield start, values
            start = reader.line_num + 1
    except csv.Error as broken:
        ledger.error(file.name, start, "整行", f"表格写法有错，检查引号（{broken}）")


def _header_is_sound(file: TextFile, header: list[str], columns: Sequence[str] | None, ledger: Ledger) -> bool:
    names = [name.strip() for name in header]
    header[:] = names
    if not names:
        ledger.error(file.name, 1, "表头", "文件是空的")
        return False
    doubled = sorted({name for name in names if names.count(name) > 1})
    missing = [name for name in columns or () if name not in names]
    unknown = [name for name in names if columns is not None and name not in columns]
    for name in doubled:
        ledger.error(file.name, 1, name or "表头", "这一列写了两次" if name else "表头有空格子")
    for name in missing:
        ledger.error(file.name, 1, name, "缺少这一列")
    for name in unknown:
        ledger.error(file.name, 1, name or "表头", "没有这一列，检查列名有没有写错")
    return not (doubled or missing or unknown)


def _check_cells(file: TextFile, line: int, cells: dict[str, str], ledger: Ledger) -> None:
    for name, value in cells.items():
        if value.startswith(FORMULA) or value.strip().startswith(FORMULA):
            ledger.error(file.name, line, name, "不能用 = + - @ 开头，表格软件会当成公式")
