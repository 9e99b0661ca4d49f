"""Tables for people to open in Excel or WPS: values in, bytes out; knows no case.

Text stays text: nothing that looks like a formula or an address is ever made one.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
_NARROW, _WIDE = 8, 42
_SHEET_NAME_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: *title* above, *notes* under the rows; all rows as long as *headers*."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    notes: Sequence[str] = ()


def write_table(headers: Sequence[str], rows: Sequence[Sequence[Value]], title: str, notes: Sequence[str]) -> bytes:
    """Return an XLSX file with one table."""
    return write_workbook([Table(title or "表", headers, rows, title, notes)])


def write_workbook(tables: Sequence[Table]) -> bytes:
    """Return an XLSX file with one sheet a table.

    Raises:
        ValueError: there is no table.
    """
    if not tables:
        raise ValueError("a workbook needs at least one table")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        names: set[str] = set()
        for table in tables:
            _write(book, table, _sheet_name(table.name, names))
    return out.getvalue()


def write_csv(headers: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a CSV file that Excel reads as UTF-8; a text that would be run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (headers, *rows):
        writer.writerow([disarmed(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def disarmed(value: Value) -> Value:
    """Return *value* so that no spreadsheet program runs it."""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def _write(book: xlsxwriter.Workbook, table: Table, name: str) -> None:
    sheet = book.add_worksheet(name)
    border = {"border": 1, "text_wrap": True, "valign": "top"}
    cell = book.add_format(border)
    head = book.add_format({**border, "bold": True, "valign": "vcenter", "bg_color": "#E8EEF4"})
    top = 0
    if table.title:
        sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
        top = 1
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    for number, row in enumerate((table.headers, *table.rows), top):
        for column, value in enumerate(row):
            _put(sheet, number, column, value, head if number == top else cell)
    for number, note in enumerate(table.notes, top + len(table.rows) + 1):
        sheet.write_string(number, 0, note)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)


def _put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, style: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _widths(table: Table) -> list[int]:
    widths = []
    for column, header in enumerate(table.headers):
        longest = max((_breadth(str(row[column])) for row in table.rows), default=0)
        widths.append(min(max(longest + 2, _breadth(header) + 2, _NARROW), _WIDE))
    return widths


def _breadth(text: str) -> int:
    return max(sum(1 if char.isascii() else 2 for char in line) for line in text.split("\n"))


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_SHEET_NAME_SIGNS).strip()[:31] or "表"
    chosen, number = base, 2
    while chosen.casefold() in taken:
        chosen, number = f"{base[:27]} {number}", number + 1
    taken.add(chosen.casefold())
    return chosen
