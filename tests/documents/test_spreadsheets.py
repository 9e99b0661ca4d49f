"""Tables out: they open, text stays text, nothing runs."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings, strategies as st

from documents.sheets import read_sheets
from documents.spreadsheets import Table, disarmed, write_csv, write_table, write_workbook

ATTACKS = ['=HYPERLINK("http://x.example","点我")', "+1+1", "-1", "@SUM(A1)", "＝1", "\t=1", "https://x.example"]


def test_a_table_reads_back_as_it_was_written() -> None:
    data = write_table(("单位", "件数"), [("民政局", 3), ("公安局", 0)], "十一月通报", ("注：自然日",))
    (sheet,) = read_sheets("x.xlsx", data)

    assert sheet.rows[:4] == (("十一月通报", ""), ("单位", "件数"), ("民政局", "3"), ("公安局", "0"))
    assert sheet.rows[-1][0] == "注：自然日"


def test_no_text_becomes_a_formula_or_a_link() -> None:
    data = write_table(("词",), [(attack,) for attack in ATTACKS], "", ())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert [row[0] for row in read_sheets("x.xlsx", data)[0].rows[1:]] == ATTACKS


def test_a_csv_cell_that_would_run_gets_an_apostrophe() -> None:
    rows = list(csv.reader(io.StringIO(write_csv(("词",), [(one,) for one in ATTACKS]).decode("utf-8-sig"))))

    assert all(row[0].startswith(("'", "https")) for row in rows[1:])


@settings(max_examples=100)
@given(st.text())
def test_no_text_comes_out_of_the_csv_as_a_formula(text: str) -> None:
    shown = str(disarmed(text)).lstrip()

    assert not shown.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_sheets_of_the_same_long_name_are_told_apart() -> None:
    tables = [Table("国有土地上房屋征收与补偿领域基层政务公开标准目录/甲[1]" * 2, ("a",), []) for _ in range(3)]
    names = [sheet.name for sheet in read_sheets("x.xlsx", write_workbook(tables))]

    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_workbook_without_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_workbook([])
