"""Tickets of the city's 12345 from a file: looked at first, each bad cell named, each number once."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import aiohttp
import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from casework.china_time import SHANGHAI
from casework.tickets.model import Kind, Source
from documents.sheets import Sheet, read_sheets
from documents.spreadsheets import write_csv, write_table
from tests.web.desk import DUTY, HANDLER, SUPERVISOR
from web.console.import_cells import letters, moment_of
from web.console.import_heads import HEADINGS
from web.console.import_rows import MOST_ROWS, TableError, cells_of, read_rows

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
TOWNS = ("瑞州街道", "八景镇")
HEAD = ("外部编号", "种类", "诉求内容", "镇街", "地点", "收到时间")
GOOD = ("YC20261120-001", "投诉", "东门口的路灯坏了三天", "瑞州街道", "东门口", "2026-11-23 10:20")


def reading(*rows: Sequence[str], head: Sequence[str] = HEAD):
    """Read a table as a file would give it."""
    width = max(map(len, (head, *rows)))
    return read_rows([Sheet("表", tuple((*row, *[""] * (width - len(row))) for row in (head, *rows)))], TOWNS, NOW)


async def send(browser, name: str, body: bytes):
    """Choose a file and ask for the preview."""
    form = aiohttp.FormData()
    form.add_field("csrf", browser.csrf)
    form.add_field("file", io.BytesIO(body), filename=name)
    return await browser.client.post("/import/preview", data=form, allow_redirects=False)


def carried(page: str) -> str:
    """What the preview carries in its form."""
    return page.split('name="rows" value="')[1].split('"')[0].replace("&#34;", '"').replace("&amp;", "&")


async def everything(console):
    """Every open ticket."""
    return await console.do(lambda desk: list(desk.book.open_tickets()))


async def test_a_file_is_looked_at_then_opened_and_a_second_time_changes_nothing(console):
    """The external number is kept and found; the clock began when the other system received it."""
    browser = await console.browser(DUTY)
    body = write_table(HEAD, [GOOD, ("YC-2", "求助", "家里停水，电话13800000000", "", "", "")], "某平台导出", ())

    page = await (await send(browser, "某平台.xlsx", body)).text()
    assert "13800000000" not in page.split('name="rows"')[0] + page.split("读到的诉求")[1]
    assert await everything(console) == []
    done = await (await browser.post("/import", rows=carried(page))).text()

    assert "新登记2件" in done
    assert done.count("<code>0417</code>") == 2
    tickets = {ticket.external_number: ticket for ticket in await everything(console)}
    assert tickets["YC20261120-001"].source is Source.IMPORT
    assert tickets["YC20261120-001"].received == datetime(2026, 11, 23, 10, 20, tzinfo=SHANGHAI)
    assert tickets["YC-2"].received == console.now
    number = tickets["YC20261120-001"].number
    assert number in await browser.text("/?q=YC20261120-001")
    assert "登记（导入，11月23日收到）" in await browser.text(f"/tickets/{number}")

    page = await (await send(browser, "某平台.xlsx", body)).text()
    assert "登记过" in page
    assert 'name="rows"' not in page
    again = await (await browser.post("/import", rows=carried(await preview_of(browser)))).text()
    assert "原来就有" not in again
    before = await everything(console)
    assert {ticket.external_number: ticket for ticket in before} | tickets == {
        ticket.external_number: ticket for ticket in before
    }


async def preview_of(browser) -> str:
    """A preview with one ticket that is new."""
    return await (await send(browser, "x.csv", write_csv(HEAD, [("YC-9", "建议", "多种树", "", "", "")]))).text()


async def test_the_same_form_sent_twice_opens_once(console):
    """By a double click or a page sent again."""
    browser = await console.browser(DUTY)
    rows = carried(await preview_of(browser))

    first = await (await browser.post("/import", rows=rows)).text()
    second = await (await browser.post("/import", rows=rows)).text()

    assert "新登记1件" in first
    assert "新登记0件；1件原来就有，没有改动" in second
    assert "<code>" not in second
    assert len(await everything(console)) == 1
    notes = [note.what for note in await console.parts().staff.notes()]
    assert "导入外部诉求：新登记0件，原来就有1件" in notes


async def test_bad_cells_are_named_and_their_rows_left_out(console):
    """With the name a spreadsheet gives the cell; the other rows can be opened."""
    browser = await console.browser(DUTY)
    rows = [GOOD, ("YC-2", "报怨", "x", "瑞州街道", "", ""), ("YC-3", "投诉", "", "某镇", "", "昨天")]

    page = await (await send(browser, "表.csv", write_csv(HEAD, rows))).text()

    for words in ("<b>B3</b>", "“报怨”不认识", "<b>C4</b>", "没有填", "<b>D4</b>", "<b>F4</b>", "“昨天”看不懂"):
        assert words in page
    assert "<b>2</b>行有4处要改" in page
    assert "导入这1件" in page


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("x.csv", "姓名,电话\n张三甲,1".encode(), "缺少“外部编号”、“种类”、“诉求内容”"),
        ("x.xlsx", b"PK\x03\x04nonsense", "打不开"),
        ("x.csv", write_csv(HEAD, []), "表头下面没有内容"),
        ("x.csv", b"", "没有找到表头"),
        ("x.csv", b"\xff\xfe\x00", "请"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why(console, name, body, words):
    """In Chinese, on the same page."""
    answer = await send(await console.browser(DUTY), name, body)

    assert answer.status == 422
    assert words in await answer.text()


async def test_a_file_over_the_limit_and_none_at_all_get_a_page(console):
    """Nothing is read that is too large."""
    browser = await console.browser(DUTY)

    assert (await send(browser, "x.csv", b"x" * 5_000_000)).status == 413
    assert "请选择要导入的文件" in await (await browser.post("/import/preview")).text()
    assert (await browser.post("/intake", what="x" * 300_000)).status == 413


@pytest.mark.parametrize("rows", ["", "[]", "{}", "[[1]]", "[" * 100, "[null]"])
async def test_a_form_that_no_preview_wrote_is_refused(console, rows):
    """And opens nothing."""
    browser = await console.browser(DUTY)

    answer = await browser.post("/import", rows=rows)

    assert answer.status == 422
    assert await everything(console) == []


@pytest.mark.parametrize("who", [HANDLER, SUPERVISOR], ids=lambda who: who.role)
async def test_only_who_registers_demands_may_import(console, who):
    """By any of its addresses."""
    browser = await console.browser(who)

    for path in ("/import", "/import/template.xlsx"):
        assert (await browser.get(path)).status == 403
    assert (await send(browser, "x.csv", write_csv(HEAD, [GOOD]))).status == 403
    assert (await browser.post("/import", rows="[]")).status == 403


async def test_the_empty_table_has_the_headings_that_are_read(console):
    """Filled in, it can be imported."""
    body = await (await (await console.browser(DUTY)).get("/import/template.xlsx")).read()

    assert read_sheets("x.xlsx", body)[0].rows == (tuple(HEADINGS),)


def test_titles_above_and_other_words_for_the_headings_are_read() -> None:
    """As platforms write them."""
    sheet = Sheet(
        "1", (("某市平台", "", ""), ("工单编号", "工单内容", "诉求 类型"), ("A1", "停水", "求助类"), ("", "", ""))
    )

    found = read_rows([Sheet("说明", (("看第二张表",),)), sheet], TOWNS, NOW)

    assert [(row, one.external_number, one.kind) for row, one in found.openings] == [(3, "A1", Kind.HELP)]


@pytest.mark.parametrize(
    ("changed", "place", "why"),
    [
        ({0: "1.23457E+16"}, "A2", "约数"),
        ({0: "20261120123456700"}, "A2", "约数"),
        ({0: "=1+1"}, "A2", "符号"),
        ({0: ""}, "A2", "没有填"),
        ({5: "2026-11-25 00:00"}, "F2", "还晚"),
        ({5: "2024-11-25"}, "F2", "一年以前"),
        ({5: "2026-02-30"}, "F2", "看不懂"),
        ({2: "长" * 3001}, "C2", "最多3000个字"),
    ],
)
def test_a_cell_that_would_be_guessed_at_is_a_bad_one(changed, place, why) -> None:
    """Named, with the reason."""
    cells = [changed.get(column, cell) for column, cell in enumerate(GOOD)]

    (fault,) = reading(cells).faults

    assert fault.place == place
    assert why in fault.why


def test_a_number_twice_in_a_file_is_named_the_second_time() -> None:
    """The first one stands."""
    found = reading(GOOD, GOOD)

    assert len(found.openings) == 1
    assert found.faults[0].why == "和第2行重复"


def test_too_many_rows_are_refused() -> None:
    """So that one import stays a matter of seconds."""
    with pytest.raises(TableError, match="最多导入500件"):
        reading(*[(f"Y{number}", "咨询", "x") for number in range(MOST_ROWS + 1)], head=HEAD[:3])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({1: "业务咨询"}, ("kind", Kind.CONSULT)),
        ({1: "意见建议"}, ("kind", Kind.SUGGEST)),
        ({1: "求 助 类"}, ("kind", Kind.HELP)),
        ({1: "投诉件"}, ("kind", Kind.COMPLAIN)),
        ({3: "江西省宜春市高安市八景镇"}, ("town", "八景镇")),
        ({3: "八景镇人民政府"}, ("town", "八景镇")),
        ({3: "　瑞州街道办　"}, ("town", "瑞州街道")),
        ({3: "高安市"}, ("town", "")),
        ({6: "１３８００００００００"}, ("phone", "13800000000")),
        ({6: "13800000000/0795-5200000"}, ("phone", "13800000000、0795-5200000")),
        ({6: "匿名"}, ("phone", "")),
    ],
)
def test_cells_are_read_as_platforms_write_them(changed, expected) -> None:
    """Where it can mean one thing only."""
    cells = [changed.get(column, cell) for column, cell in enumerate((*GOOD, "13800000000"))]

    ((_, opening),) = reading(cells, head=(*HEAD, "来电号码")).openings

    assert getattr(opening, expected[0]) == expected[1]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({1: "投诉举报"}, "不认识"),
        ({1: "表扬"}, "不用办的，删掉这一行"),
        ({3: "瑞州街道、八景镇"}, "不在镇街名单里"),
        ({3: "某某镇"}, "不在镇街名单里"),
        ({6: "1.38E+10"}, "约数"),
        ({6: "问邻居"}, "不像电话号码"),
    ],
)
def test_what_could_mean_two_things_is_a_bad_cell(changed, why) -> None:
    """Nobody's kind, place or number is made up."""
    cells = [changed.get(column, cell) for column, cell in enumerate((*GOOD, "13800000000"))]

    (fault,) = reading(cells, head=(*HEAD, "来电号码")).faults

    assert why in fault.why


def test_a_workbook_as_a_hotline_exports_it_is_read(tmp_path) -> None:
    """A merged title, a line on the export, real dates and numbers in their cells, full-width signs, a sum below."""
    file = tmp_path / "工单.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("工单列表")
    dated, whole = book.add_format({"num_format": "yyyy/m/d h:mm"}), book.add_format({"num_format": "0"})
    sheet.merge_range("A1:H1", "某市12345政务服务便民热线转办工单（高安市）")
    sheet.merge_range("A2:H2", "导出时间：2026-11-24 08:00　　导出人：张三甲")
    sheet.write_row(2, 0, ("序号", "工单编号", "工单类型", "工单内容", "所属区域", "来电时间", "来电人", "来电号码"))
    sheet.write_row(3, 0, (1, 20261123000123, "投诉", "路灯坏了", "高安市瑞州街道"))
    sheet.write_datetime(3, 5, datetime(2026, 11, 23, 10, 20), dated)
    sheet.write_row(3, 6, ("张三甲",))
    sheet.write_number(3, 7, 13800000000, whole)
    sheet.write_row(4, 0, (2, "ＹＣ２０２６－１", "求助类", "停水", "", 46348.4375, "", 13800000000))
    sheet.write_row(5, 0, ("合计", "", "", "共2件"))
    book.close()

    found = read_rows(read_sheets(file.name, file.read_bytes()), TOWNS, NOW)

    assert found.faults == ()
    first, second = (opening for _, opening in found.openings)
    assert (first.external_number, first.town, first.phone) == ("20261123000123", "瑞州街道", "13800000000")
    assert first.received == datetime(2026, 11, 23, 10, 20, tzinfo=SHANGHAI)
    assert (second.external_number, second.kind, second.phone) == ("YC2026-1", Kind.HELP, "13800000000")
    assert second.received == datetime(2026, 11, 22, 10, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("46348.4375", datetime(2026, 11, 22, 10, 30)),
        ("2026-11-22T10:30:00+08:00", datetime(2026, 11, 22, 10, 30)),
        ("13800000000", None),
        ("2026-11-23 10:20", datetime(2026, 11, 23, 10, 20)),
        ("2026-11-23 10:20:30", datetime(2026, 11, 23, 10, 20, 30)),
        ("2026/1/3 9:05", datetime(2026, 1, 3, 9, 5)),
        ("2026年11月23日 10时20分", datetime(2026, 11, 23, 10, 20)),
        ("2026.11.23", datetime(2026, 11, 23)),
        ("２０２６－１１－２３", datetime(2026, 11, 23)),
        ("11-23", None),
        ("2026-11-23 25:00", None),
    ],
)
def test_moments_as_tables_write_them(words, moment) -> None:
    """On the Shanghai clock."""
    assert moment_of(words) == (moment and moment.replace(tzinfo=SHANGHAI))


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    """Past Z there are two letters."""
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


CELL = st.text(max_size=12) | st.sampled_from([*GOOD, "建议", "姓名", "2026-11-23", "八景镇"])


@given(st.lists(st.lists(CELL, min_size=6, max_size=6), max_size=6))
def test_any_cells_are_read_or_named_and_what_is_read_reads_the_same_again(rows) -> None:
    """No row is lost, and the preview's form holds what the file held."""
    found = reading(*rows)
    read, bad = {row for row, _ in found.openings}, {fault.row for fault in found.faults}
    sums = {
        number
        for number, row in enumerate(rows, 2)
        if next((cell.strip() for cell in row if cell.strip()), "") in {"合计", "总计", "小计"}
    }
    filled = {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}

    assert read.isdisjoint(bad)
    assert read | bad == filled - sums
    again = reading(*(cells_of(one) for _, one in found.openings), head=tuple(HEADINGS))
    assert [one for _, one in again.openings] == [one for _, one in found.openings]
    assert all(one.received is None or NOW - one.received < timedelta(days=367) for _, one in found.openings)


HOTLINE = (
    "*工单编号",
    "来电人",
    "联系电话（必填）",
    "诉求类型",
    "诉求标题",
    "诉求内容",
    "事发地点",
    "受理时间",
    "办结时限",
    "承办单位",
    "办理状态",
)
ROW = (
    "YC1",
    "张三甲",
    "13800000000",
    "投诉",
    "路灯",
    "路灯坏了",
    "高安市瑞州街道东门口",
    "2026-11-23 10:20",
    "2026-12-01",
)


def test_the_columns_of_a_hotlines_export_are_mapped_and_the_rest_is_named() -> None:
    """The town stands in the place; what is not read is told, so that nobody takes it for taken over."""
    found = reading((*ROW, "市城管局", "办理中"), head=HOTLINE)

    ((_, opening),) = found.openings
    assert found.faults == ()
    assert (opening.external_number, opening.town, opening.name, opening.phone) == (
        "YC1",
        "瑞州街道",
        "张三甲",
        "13800000000",
    )
    assert set(found.mapped) == {
        ("工单编号", "外部编号"),
        ("来电人", "姓名"),
        ("联系电话", "电话"),
        ("诉求类型", "种类"),
        ("事发地点", "地点"),
        ("受理时间", "收到时间"),
    }
    assert found.unread == ("诉求标题", "办结时限", "承办单位")


@pytest.mark.parametrize("state", ["已办结", "办结归档", "已关闭", "超期办结", "作废"])
def test_what_the_other_system_has_finished_is_not_opened_again(state) -> None:
    """Its cell is named; the officer who wants it nevertheless clears it."""
    found = reading((*ROW, "市城管局", state), head=HOTLINE)

    assert found.openings == ()
    ((place, why),) = [(fault.place, fault.why) for fault in found.faults]
    assert place == "K2"
    assert state in why


@pytest.mark.parametrize("state", ["办理中", "未办结", "待办结", "申请办结", "已派单", ""])
def test_what_is_not_finished_is_opened(state) -> None:
    """Words that only sound like an end are none."""
    assert len(reading((*ROW, "市城管局", state), head=HOTLINE).openings) == 1


def test_a_place_that_names_two_towns_names_none() -> None:
    """No town is guessed."""
    row = [*ROW, "", ""]
    row[6] = "瑞州街道到八景镇的路上"
    ((_, opening),) = reading(row, head=HOTLINE).openings
    assert opening.town == ""


async def test_the_preview_names_the_columns_it_did_not_read(console):
    """Before anything is opened."""
    browser = await console.browser(DUTY)
    body = write_table(HOTLINE, [(*ROW, "市城管局", "办理中")], "某平台导出", ())

    page = await (await send(browser, "工单.xlsx", body)).text()

    assert "诉求标题、办结时限、承办单位" in page
    assert "“事发地点”当作地点" in page
    done = await (await browser.post("/import", rows=carried(page))).text()
    assert "新登记1件" in done
