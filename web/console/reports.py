"""通报: 高安's own columns per unit, 镇/街道 or month; every figure opens its tickets."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right
from casework.tickets.facts import CaseFacts
from casework.tickets.report import DEFINITIONS, Figure, Grouping, Row, by_month, by_town, by_unit, figures, tally
from web.console.pages import need, page
from web.console.parts import PARTS, ConsoleParts
from web.console.queries import scope_of

_GROUPS: dict[str, tuple[str, Grouping, str]] = {
    "unit": ("承办单位", by_unit, "还没派单"),
    "town": ("镇街", by_town, "没写镇街"),
    "month": ("登记月份", by_month, ""),
}
TOTAL = "合计"
CHARTS = {"count": "办件数量", "rates": "按期办结率、解决率和满意率"}
MOST_BARS = 12
"""More names than this cannot be read under one axis; the busiest are drawn."""
OWN_WORDING = (
    "本市自己的口径待核。重新办理的，按最后一次办结和最后的期限算；没办结的不进各项率。并单的件，算在主件的承办单位。"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: the grouping and the months, both included."""

    by: str
    start: date
    end: date

    def link(self, path: str = "/reports", **more: str) -> str:
        """Return an address of this report."""
        months = {"by": self.by, "from": f"{self.start:%Y-%m}", "to": f"{self.end:%Y-%m}"}
        return f"{path}?{urlencode({**months, **more})}"


async def show_report(request: web.Request) -> web.StreamResponse:
    """The table with its charts and definitions."""
    found = await read_report(request)
    asked, parts = found.asked, request.config_dict[PARTS]
    return page(
        request,
        "reports.html",
        asked=asked,
        label=found.label,
        groups=[(key, label) for key, (label, _, _) in _GROUPS.items()],
        rows=found.rows,
        total=figures(found.facts) if len(found.rows) > 1 else (),
        own_wording=OWN_WORDING,
        charts=CHARTS,
        cut=MOST_BARS if asked.by != "month" and len(found.rows) > MOST_BARS else 0,
        months=months(day_of(parts.now()), asked),
        definitions=DEFINITIONS,
        columns=tuple(DEFINITIONS),
    )


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its reader may see it: *rows* are (name, name shown, figures)."""

    asked: Asked
    label: str
    facts: Sequence[CaseFacts]
    rows: tuple[tuple[str, str, tuple[Figure, ...]], ...]


async def read_report(request: web.Request) -> Report:
    """Make the report that the address asks for; its reader's scope is part of it."""
    viewer, parts = need(request, Right.REPORT), request.config_dict[PARTS]
    asked = read_asked(request, day_of(parts.now()))
    label, grouping, _ = _GROUPS[asked.by]
    facts = await parts.lists.facts(asked.start, asked.end, scope_of(viewer.staff))
    rows = await asyncio.to_thread(tally, facts, grouping)
    return Report(asked, label, facts, tuple(_shown(row, asked.by, parts) for row in rows))


def _shown(row: Row, by: str, parts: ConsoleParts) -> tuple[str, str, tuple[Figure, ...]]:
    return row.name, shown_name(row.name, by, parts), row.figures


async def show_figure(request: web.Request) -> web.StreamResponse:
    """The tickets behind one figure."""
    viewer, parts = need(request, Right.REPORT), request.config_dict[PARTS]
    asked = read_asked(request, day_of(parts.now()))
    name, column = request.query.get("name", ""), request.query.get("column", "")
    if column not in DEFINITIONS:
        raise web.HTTPNotFound
    facts = await parts.lists.facts(asked.start, asked.end, scope_of(viewer.staff))
    grouping = _GROUPS[asked.by][1]
    chosen = facts if name == TOTAL else [case for case in facts if grouping(case) == name]
    figure = next(one for one in figures(chosen) if one.label == column)
    return page(
        request,
        "figure.html",
        asked=asked,
        title=name if name == TOTAL else shown_name(name, asked.by, parts),
        figure=figure,
        definition=DEFINITIONS[column],
        missing=missing(figure),
    )


def read_asked(request: web.Request, today: date) -> Asked:
    """Read grouping and months; what is missing or wrong is this year."""
    by = request.query.get("by", "unit")
    start = _month(request.query.get("from", "")) or date(today.year, 1, 1)
    last = _month(request.query.get("to", "")) or today.replace(day=1)
    if last < start:
        start, last = last, start
    following = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Asked(by if by in _GROUPS else "unit", start, following - timedelta(days=1))


def _month(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def months(today: date, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the months to choose from, newest first: four years back, and what was asked for."""
    places = {today.year * 12 + today.month - 1 - back for back in range(48)}
    places |= {one.year * 12 + one.month - 1 for one in (asked.start, asked.end)}
    return tuple(
        (f"{place // 12}-{place % 12 + 1:02d}", f"{place // 12}年{place % 12 + 1}月")
        for place in sorted(places, reverse=True)
    )


def shown_name(name: str, by: str, parts: ConsoleParts) -> str:
    """Return the name of a row."""
    if not name:
        return _GROUPS[by][2]
    return parts.directory.name_of(name) if by == "unit" else name


def missing(figure: Figure) -> tuple[str, ...]:
    """Return the tickets a rate leaves out."""
    counted = set(figure.tickets)
    return tuple(number for number in figure.out_of or () if number not in counted)
