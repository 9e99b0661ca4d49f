"""Tables in: every kind of file, and hostile ones refused with a sentence."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings, strategies as st

from documents.sheets import read_sheets
from documents.spreadsheets import write_table
from documents.unpacking import SheetError

SHEET = "xl/worksheets/sheet1.xml"


def made(fill: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book.add_worksheet("表"))
    return out.getvalue()


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


SOUND = write_table(("a",), [("甲",)], "", ())


def test_a_merged_range_fills_every_cell_it_covers() -> None:
    """Also those beyond the last cell that holds anything."""
    (sheet,) = read_sheets("x.xlsx", made(lambda sheet: sheet.merge_range("B2:C4", "合并")))

    assert sheet.rows[3] == ("", "合并", "合并")
    assert sheet.merged == (((1, 1), (3, 2)),)


def test_formula_cells_are_known() -> None:
    (sheet,) = read_sheets("x.xlsx", made(lambda sheet: sheet.write_formula("C7", "=1+1", None, 2)))

    assert sheet.formulas == {(6, 2)}


def test_whole_numbers_have_no_decimal_point() -> None:
    (sheet,) = read_sheets("x.xlsx", made(lambda sheet: sheet.write_row(0, 0, [1, 2.5, True, "0012"])))

    assert sheet.rows == (("1", "2.5", "√", "0012"),)


def test_a_hidden_sheet_is_not_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("看得见").write(0, 0, "甲")
        book.add_worksheet("藏着").hide()

    assert [sheet.name for sheet in read_sheets("x.xlsx", out.getvalue())] == ["看得见"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_usual_encoding(encoding: str) -> None:
    (sheet,) = read_sheets("表.csv", "一级事项,二级事项\n甲,乙\n丙\n".encode(encoding))

    assert sheet.rows == (("一级事项", "二级事项"), ("甲", "乙"), ("丙", ""))


def test_an_unclosed_quote_names_the_row() -> None:
    with pytest.raises(SheetError, match="第 2 行"):
        read_sheets("x.csv", b'a,b\n"c,d\n')


def huge(parts: dict[str, bytes]) -> None:
    parts["xl/media/x.xml"] = b" " * 90_000_000


def far_cell(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(b'r="A2"', b'r="XFD1048576"')


def far_merge(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET].replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


def many_merges(parts: dict[str, bytes]) -> None:
    ranges = b'<mergeCell ref="A1:ZZ20000"/>'.replace(b"ZZ", b"CV") * 2000
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")


def doctype(parts: dict[str, bytes]) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts[SHEET] = parts[SHEET].replace(b"<worksheet", declared + b"<worksheet", 1)


def long_texts(parts: dict[str, bytes]) -> None:
    """One long text that stands in every cell."""
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 200))
    parts[SHEET] = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"


def no_workbook(parts: dict[str, bytes]) -> None:
    del parts["xl/workbook.xml"]


@pytest.mark.parametrize("change", [huge, far_cell, far_merge, many_merges, doctype, long_texts, no_workbook])
def test_a_hostile_workbook_is_refused_with_a_sentence(change: Callable[[dict[str, bytes]], None]) -> None:
    with pytest.raises(SheetError) as caught:
        read_sheets("x.xlsx", repacked(SOUND, change))

    assert str(caught.value)


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(SheetError, match="太大"):
        read_sheets("x.xlsx", b"PK\x03\x04" + bytes(10_000_001))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_file_never_does_more_than_refuse(at: int, noise: bytes) -> None:
    try:
        read_sheets("x.xlsx", SOUND[:at] + noise + SOUND[at + len(noise) :])
    except SheetError:
        return


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")]))
def test_any_bytes_are_a_table_or_refused(data: bytes, start: bytes) -> None:
    try:
        read_sheets("x.xlsx", start + data)
    except SheetError:
        return
