"""Tables from outside as plain text cells: XLSX, XLS and CSV, merged ranges filled in."""

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

import python_calamine as calamine

from documents.unpacking import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, SheetError, unpack

Range = tuple[tuple[int, int], tuple[int, int]]
Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
_XLSX, _XLS = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet. *rows* all have the same width and start at A1; covered cells of a merged
    range hold its text. *merged* and *formulas* count from 0."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Range, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_sheets(name: str, data: bytes) -> tuple[Sheet, ...]:
    """Read every visible sheet of a file; what kind of file it is, its bytes say.

    Raises:
        SheetError: it cannot be read, or is larger than a catalog can be.
    """
    if len(data) > LARGEST_FILE:
        raise SheetError(f"文件太大，最多 {LARGEST_FILE // 1_000_000} MB")
    if data.startswith(_XLSX):
        unpacked = unpack(data)
        sheets = _workbook(unpacked.data)
        return tuple(Sheet(s.name, s.rows, s.merged, unpacked.formulas.get(s.name, frozenset())) for s in sheets)
    if data.startswith(_XLS):
        return _workbook(data)
    return (Sheet(name.rpartition(".")[0] or name, _csv_rows(data)),)


def _workbook(data: bytes) -> tuple[Sheet, ...]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            return tuple(_sheet(book.get_sheet_by_name(title)) for title in shown)
    except SheetError:
        raise
    except calamine.PasswordError:
        raise SheetError("文件加了密码，请去掉密码再导入") from None
    except BaseException as error:
        # A panic of the Rust reader arrives as pyo3's PanicException, which is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise SheetError("表格打不开，请用 Excel 或 WPS 另存为 .xlsx 再导入") from None


def _sheet(sheet: calamine.CalamineSheet) -> Sheet:
    if sheet.end and (sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS):
        raise SheetError(f"表“{sheet.name[:20]}”太大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列")
    merged = tuple(sheet.merged_cell_ranges or ())
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(sheet.name, _filled(rows, merged), merged)


def _filled(rows: list[list[str]], merged: Iterable[Range]) -> tuple[tuple[str, ...], ...]:
    merged = [one for one in merged if one[1][0] < MOST_ROWS and one[1][1] < MOST_COLUMNS and rows]
    height = max([len(rows), *(one[1][0] + 1 for one in merged)])
    width = max([len(rows[0]) if rows else 0, *(one[1][1] + 1 for one in merged)])
    covered = sum((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in merged)
    if height * width > MOST_CELLS or covered > MOST_CELLS:
        raise SheetError("表格太大，请拆成几个文件")
    grid = [row + [""] * (width - len(row)) for row in rows] + [[""] * width for _ in range(height - len(rows))]
    for (top, left), (bottom, right) in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                grid[row][column] = grid[top][left]
    return tuple(tuple(row) for row in grid)


def _text(cell: Cell) -> str:
    match cell:
        case bool():
            return "√" if cell else ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case _:
            return str(cell)


def _csv_rows(data: bytes) -> tuple[tuple[str, ...], ...]:
    text = _decoded(data)
    first = text[: text.find("\n")]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise SheetError(f"表格太大：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列")
    except csv.Error as error:
        raise SheetError(f"第 {len(rows) + 1} 行写法有错，检查引号（{error}）") from None
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise SheetError("表格太大，请拆成几个文件")
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("文件不是表格，也不是 UTF-8 或 GBK 编码的 CSV")
