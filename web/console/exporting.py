"""A filtered list to take away as a workbook: masked as on the page, and noted with who took it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date

from aiohttp import web

from casework.china_time import day_of
from casework.tickets.model import Stage
from casework.tickets.routing import Directory
from documents.spreadsheets import Value, write_table
from knowledge.masking import mask
from web.console.listing import Asked, read_asked
from web.console.pages import FormData, attachment, full_moment
from web.console.parts import PARTS
from web.console.ports import Page, TicketRow
from web.console.queries import scope_of
from web.console.report_files import XLSX
from web.console.viewer import VIEWER
from web.console.words import light_of
from web.console.worklists import WorkList, lists_for, narrowed

MOST = 5000
LONGEST_DEMAND = 500
HEADERS = (
    "编号",
    "外部编号",
    "种类",
    "阶段",
    "镇街",
    "承办单位",
    "登记时间",
    "到期日",
    "期限",
    "催办次数",
    "重办次数",
    "评价",
    "诉求内容",
)


async def export(request: web.Request) -> web.StreamResponse:
    """The list as its filters show it, whole; the account log keeps who took how much of what."""
    parts, viewer = request.config_dict[PARTS], request[VIEWER]
    today = day_of(parts.now())
    lists = {found.key: found for found in lists_for(viewer.staff, today)}
    asked = read_asked(request, lists, viewer.staff, FormData(await request.post()))
    query = narrowed(lists[asked.key].query, asked.kind, asked.town, asked.words, 1)
    found = await parts.lists.whole(query, scope_of(viewer.staff), MOST, LONGEST_DEMAND)
    by, what = viewer.account.login, described(asked, lists)
    await parts.staff.note(by, f"导出表格：{what}，{len(found.rows)}件", by)
    notes = notes_of(found, what, f"{viewer.account.name} {full_moment(parts.now())}")
    lines = await asyncio.to_thread(table, found.rows, parts.directory, today)
    body = await asyncio.to_thread(write_table, HEADERS, lines, what, notes)
    return attachment(body, f"suqiu-{asked.key}-{today:%Y%m%d}.xlsx", XLSX)


def described(asked: Asked, lists: Mapping[str, WorkList]) -> str:
    """Return the list and its filters in words."""
    words = f"含“{mask(asked.words)}”" if asked.words else ""
    return "，".join(filter(None, (lists[asked.key].label, asked.kind, asked.town, words)))


def notes_of(found: Page, what: str, whom: str) -> tuple[str, ...]:
    """Return what stands under the table."""
    cut = f"清单共{found.total}件，这里只有前{len(found.rows)}件。" if found.total > len(found.rows) else ""
    masked = f"诉求内容里的电话、证件号等已遮盖，最多{LONGEST_DEMAND}字。不要转到别处。"
    return tuple(filter(None, (f"{what}；导出人 {whom}", cut, masked)))


def table(rows: Sequence[TicketRow], directory: Directory, today: date) -> list[tuple[Value, ...]]:
    """Return the lines of the workbook."""
    return [
        (
            row.number,
            row.external_number,
            row.kind,
            row.stage,
            row.town,
            directory.name_of(row.unit) if row.unit else "",
            full_moment(row.received),
            row.due.isoformat(),
            light_of(row.due, today, Stage(row.stage), row.is_open).words,
            row.urged,
            row.reopenings,
            row.rating,
            mask(row.words),
        )
        for row in rows
    ]
