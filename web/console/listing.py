"""The work list page, and the small piece of it that refreshes by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Staff
from casework.tickets.model import Kind, Stage
from knowledge.masking import mask
from web.console.pages import FormData, page
from web.console.parts import PARTS
from web.console.ports import TicketRow
from web.console.queries import PAGE_SIZE, scope_of
from web.console.viewer import VIEWER
from web.console.words import Light, light_of
from web.console.worklists import WorkList, default_list, lists_for, narrowed

_DONE = {"password": "密码已修改。别处的登录都已退出。"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; every filter lives there, so that it can be kept and sent on."""

    key: str
    kind: str
    town: str
    words: str
    page: int

    def link(self, **changed: object) -> str:
        """Return the address with some of it changed."""
        parts = {"list": self.key, "kind": self.kind, "town": self.town, "q": self.words, "page": self.page}
        wanted = {**parts, **changed}
        if wanted["page"] == 1:
            wanted.pop("page")
        return "/?" + urlencode({name: value for name, value in wanted.items() if value})

    @property
    def refresh(self) -> str:
        """Return the address of the piece that refreshes."""
        return "/refresh" + self.link()[1:]

    @property
    def narrows(self) -> bool:
        """Is any filter set?"""
        return bool(self.kind or self.town or self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, ready to show."""

    row: TicketRow
    words: str
    unit: str
    light: Light

    @property
    def phone(self) -> bool:
        """Is there a result that only a telephone can bring to the asker?"""
        told = {Stage.ANSWERED.value, Stage.CLOSED.value, Stage.DECLINED.value}
        return self.row.away and self.row.stage in told


async def show_list(request: web.Request) -> web.StreamResponse:
    """The work list: counts of all lists, and one of them by due date."""
    parts, viewer = request.config_dict[PARTS], request[VIEWER]
    today = day_of(parts.now())
    lists = {found.key: found for found in lists_for(viewer.staff, today)}
    asked = read_asked(request, lists, viewer.staff)
    query = narrowed(lists[asked.key].query, asked.kind, asked.town, asked.words, asked.page)
    scope = scope_of(viewer.staff)
    found = await parts.lists.page(query, scope)
    counts = await parts.lists.counts({key: one.query for key, one in lists.items() if key != "done"}, scope)
    lines = [
        Line(
            row,
            mask(row.words),
            parts.directory.name_of(row.unit) if row.unit else "",
            light_of(row.due, today, Stage(row.stage), row.is_open),
        )
        for row in found.rows
    ]
    return page(
        request,
        "list.html",
        lists=tuple(lists.values()),
        asked=asked,
        chosen=lists[asked.key],
        counts=counts,
        lines=lines,
        total=found.total,
        mark=found.mark,
        pages=-(-found.total // PAGE_SIZE),
        kinds=tuple(Kind),
        towns=parts.towns,
        today=today,
        told=_DONE.get(request.query.get("done", ""), ""),
    )


async def refresh(request: web.Request) -> web.StreamResponse:
    """The counts, and whether the list shown has changed since; the list itself is left alone."""
    parts, viewer = request.config_dict[PARTS], request[VIEWER]
    lists = {found.key: found for found in lists_for(viewer.staff, day_of(parts.now()))}
    asked = read_asked(request, lists, viewer.staff)
    query = narrowed(lists[asked.key].query, asked.kind, asked.town, asked.words, asked.page)
    scope = scope_of(viewer.staff)
    found = await parts.lists.page(query, scope)
    counts = await parts.lists.counts({key: one.query for key, one in lists.items() if key != "done"}, scope)
    changed = found.mark != request.query.get("mark", "")
    return page(
        request,
        "refresh.html",
        lists=tuple(lists.values()),
        asked=asked,
        counts=counts,
        changed=changed,
        at=parts.now(),
    )


def read_asked(
    request: web.Request, lists: Mapping[str, WorkList], staff: Staff, sent: FormData | None = None
) -> Asked:
    """Read the filters from the address, or from a form; what is unknown or too long is left out."""
    form = sent or FormData({name: value[:100] for name, value in request.query.items()})
    key = form.text("list")
    number = form.text("page")
    town = form.text("town")
    kind = form.text("kind")
    return Asked(
        key=key if key in lists else default_list(staff),
        kind=kind if kind in {one.value for one in Kind} else "",
        town=town if town in request.config_dict[PARTS].towns else "",
        words=form.text("q"),
        page=min(int(number), 10_000) if number.isascii() and number.isdigit() and int(number) > 0 else 1,
    )
