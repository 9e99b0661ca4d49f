"""What is taken away from the console: lists and reports as files that no spreadsheet runs, charts as pictures."""

import csv
import io
from xml.etree import ElementTree

import pytest

from casework.staff import Resident
from casework.tickets.desk import answer_directly, rate
from casework.tickets.model import Kind, Rating
from casework.tickets.report import DEFINITIONS
from documents.sheets import read_sheets
from tests.web.desk import ADMIN, DUTY, HANDLER, LEADER, OTHER, SUPERVISOR, ZHANG

EVIL = '=HYPERLINK("http://x","点我")</text><script>alert(1)</script>'


async def exported(browser, **filters: str):
    """Take a list; return the answer and the rows of its sheet."""
    answer = await browser.post("/export", **filters)
    assert answer.status == 200, await answer.text()
    (sheet,) = read_sheets("x.xlsx", await answer.read())
    return answer, sheet


async def test_a_filtered_list_is_taken_away_masked_and_noted(console):
    """What the filters show, nothing that would run, and the account log knows who took it."""
    wanted = await console.opened(words=f"{EVIL}，电话13800000000")
    await console.opened(Kind.HELP, words="别的事")
    browser = await console.browser(DUTY)

    answer, sheet = await exported(browser, list="open", kind="投诉")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    head = next(place for place, row in enumerate(sheet.rows) if row[0] == "编号")
    cells = dict(zip(sheet.rows[head], sheet.rows[head + 1], strict=True))
    assert cells["编号"] == wanted
    assert cells["诉求内容"].startswith("=HYPERLINK")
    assert not sheet.formulas
    everything = "".join("".join(row) for row in sheet.rows)
    assert "13800000000" not in everything
    assert "张三甲" not in everything
    assert "别的事" not in everything
    assert "赵值班" in everything
    assert "导出表格：全部未结，投诉，1件" in [note.what for note in await console.parts().staff.notes()]


@pytest.mark.parametrize("list_name", ["unit", "open", "overdue", "accept", "nonsense"])
async def test_another_units_officer_takes_nothing_away(console, list_name):
    """By any name of a list."""
    number = await console.handling()

    _, sheet = await exported(await console.browser(OTHER), list=list_name)

    assert number not in "".join("".join(row) for row in sheet.rows)


async def test_an_export_needs_the_token(console):
    """It writes into the log, so another site cannot ask for it."""
    browser = await console.browser(DUTY)
    browser.csrf = "wrong"

    assert (await browser.post("/export", list="open")).status == 403
    assert (await browser.get("/export")).status == 405


async def reported(console, who, by: str):
    """A town that would like to be a formula, one case done and one open; return the reader's browser."""
    number = await console.opened(town=EVIL)
    await console.handling()
    await console.do(lambda desk: answer_directly(desk, number, "好了", ADMIN))
    await console.do(lambda desk: rate(desk, number, Rating.GOOD, Resident(ZHANG.openid)))
    return await console.browser(who)


async def test_the_report_as_a_workbook_has_its_definitions_and_no_formula(console):
    """Counts are numbers; rates read as on the page; the total stands below."""
    browser = await reported(console, SUPERVISOR, "town")

    answer = await browser.get("/reports/table.xlsx?by=town")
    (sheet,) = read_sheets("x.xlsx", await answer.read())

    assert answer.headers["Content-Disposition"] == 'attachment; filename="tongbao-town-202601-202611.xlsx"'
    assert not sheet.formulas
    rows = {row[0]: row for row in sheet.rows}
    assert rows["镇街"][1:] == tuple(DEFINITIONS)
    assert rows[EVIL][1:4] == ("1", "100.0%", "100.0%")
    assert rows["合计"][1] == "2"
    for column, meaning in DEFINITIONS.items():
        assert f"{column}：{meaning}" in rows
    assert any("口径待核" in name for name in rows)


async def test_the_report_as_csv_says_the_same(console):
    """With an apostrophe before what would run."""
    browser = await reported(console, SUPERVISOR, "town")

    body = await (await browser.get("/reports/table.csv?by=town")).read()
    rows = {row[0]: row for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) if row}

    assert rows[f"'{EVIL}"][1] == "1"
    assert rows["合计"][1] == "2"
    assert rows["解决率"][1] == DEFINITIONS["解决率"]


@pytest.mark.parametrize("by", ["unit", "town", "month"])
@pytest.mark.parametrize("chart", ["count", "rates"])
async def test_a_chart_is_a_picture_that_runs_nothing(console, by, chart):
    """Well-formed, under a policy of its own, and a resident's words stay text."""
    browser = await reported(console, SUPERVISOR, by)
    assert f"/reports/chart/{chart}?by={by}" in await browser.text(f"/reports?by={by}")

    answer = await browser.get(f"/reports/chart/{chart}?by={by}")
    root = ElementTree.fromstring(await answer.text())

    assert answer.content_type == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert not [node for node in root.iter() if str(node.tag).endswith("}script")]
    assert not [node for node in root.iter() if any(name.lower().startswith("on") for name in node.attrib)]


async def test_files_and_charts_are_for_those_who_may_read_reports(console):
    """And hold no more than the page: a leader's are of the own unit."""
    await console.handling(unit="gongan")
    for path in ("table.xlsx", "table.csv", "chart/count"):
        assert (await (await console.browser(HANDLER)).get(f"/reports/{path}")).status == 403
    leader = await console.browser(LEADER)

    assert "公安局" not in await leader.text("/reports/chart/count")
    assert "公安局" not in await leader.text("/reports/table.csv")
    assert (await leader.get("/reports/chart/nonsense")).status == 404
