"""通报 to take away and to look at: the table as XLSX and CSV, and charts that a page shows as pictures."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from casework.tickets.report import DEFINITIONS, Figure, figures
from documents.charts import Series, bar_chart, line_chart
from documents.spreadsheets import Value, write_csv, write_table
from web.console.pages import attachment
from web.console.reports import CHARTS, MOST_BARS, OWN_WORDING, TOTAL, Report, read_report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RATES = ("按期办结率", "解决率", "满意率")
# A picture of ours has its style inside; it runs nothing and loads nothing, also when opened by itself.
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


async def download_csv(request: web.Request) -> web.StreamResponse:
    """The table as CSV that a spreadsheet opens and never runs."""
    report = await read_report(request)
    notes = [(), *DEFINITIONS.items(), (OWN_WORDING,)]
    body = write_csv((report.label, *DEFINITIONS), [*_lines(report), *notes])
    return attachment(body, f"{_file_name(report)}.csv", "text/csv")


async def download_xlsx(request: web.Request) -> web.StreamResponse:
    """The table as a workbook with its definitions under it."""
    report = await read_report(request)
    asked = report.asked
    title = f"通报（按{report.label}，{asked.start:%Y-%m} 至 {asked.end:%Y-%m} 登记的诉求）"
    notes = [*(f"{column}：{meaning}" for column, meaning in DEFINITIONS.items()), OWN_WORDING]
    body = await asyncio.to_thread(write_table, (report.label, *DEFINITIONS), _lines(report), title, notes)
    return attachment(body, f"{_file_name(report)}.xlsx", XLSX)


async def show_chart(request: web.Request) -> web.StreamResponse:
    """One chart of the report as a picture."""
    which = request.match_info["chart"]
    if which not in CHARTS:
        raise web.HTTPNotFound
    report = await read_report(request)
    svg = await asyncio.to_thread(draw, report, which)
    return web.Response(text=svg, content_type="image/svg+xml", headers={"Content-Security-Policy": _PICTURE_POLICY})


def draw(report: Report, which: str) -> str:
    """Return a chart as SVG: lines over months, bars for units and towns."""
    rows = charted(report)
    names = [name for name, _ in rows]
    draws = line_chart if report.asked.by == "month" and len(rows) > 1 else bar_chart
    if which == "count":
        values = tuple(len(_of("办件数量", found).tickets) for _, found in rows)
        return draws(CHARTS[which], names, [Series("办件数量", values)], "件")
    series = [Series(label, tuple(_percent(_of(label, found)) for _, found in rows)) for label in _RATES]
    return draws(CHARTS[which], names, series, "%")


def charted(report: Report) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return the rows a chart shows: all months in their order, else the busiest units or towns."""
    rows = [(shown, found) for _, shown, found in report.rows]
    if report.asked.by == "month":
        return rows
    return sorted(rows, key=lambda row: -len(_of("办件数量", row[1]).tickets))[:MOST_BARS]


def _of(label: str, found: Sequence[Figure]) -> Figure:
    return next(figure for figure in found if figure.label == label)


def _percent(figure: Figure) -> float | None:
    return None if figure.share is None else round(figure.share * 100, 1)


def _lines(report: Report) -> list[tuple[Value, ...]]:
    lines = [(shown, *map(_cell, found)) for _, shown, found in report.rows]
    return [*lines, (TOTAL, *map(_cell, figures(report.facts)))] if len(lines) > 1 else lines


def _cell(figure: Figure) -> Value:
    """A count is a number that can be added up; a rate is what the page shows."""
    return len(figure.tickets) if figure.out_of is None else figure.shown


def _file_name(report: Report) -> str:
    return f"tongbao-{report.asked.by}-{report.asked.start:%Y%m}-{report.asked.end:%Y%m}"
