"""导入: tickets of the city's 12345 from a file; looked at first, then opened, each external number once."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from casework.staff import Right
from casework.tickets.desk import Desk, Imported, Opening, TransitionRefused, import_ticket
from casework.tickets.model import Kind
from documents.sheets import Sheet, read_sheets
from documents.spreadsheets import write_table
from documents.unpacking import SheetError
from knowledge.masking import mask
from web.console.import_heads import HEADINGS, NEEDED
from web.console.import_rows import MOST_FAULTS, MOST_ROWS, BadCell, Reading, TableError, cells_of, read_rows
from web.console.pages import FormData, FormError, attachment, need, page
from web.console.parts import PARTS, ConsoleParts
from web.console.report_files import XLSX
from web.console.viewer import Viewer

AT_ONCE = 20
"""Tickets opened in one transaction: residents' messages wait no longer than for so many."""
_LONGEST_FIELD = 4_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview; *known* is our number of a ticket that is there already."""

    row: int
    opening: Opening
    words: str
    known: str


async def show_import(request: web.Request) -> web.StreamResponse:
    """The form for a file."""
    need(request, Right.INTAKE)
    return _page(request)


async def download_template(request: web.Request) -> web.StreamResponse:
    """An empty table with the headings."""
    need(request, Right.INTAKE)
    return attachment(write_table(tuple(HEADINGS), (), "", ()), "daoru.xlsx", XLSX)


async def preview(request: web.Request) -> web.StreamResponse:
    """What the file would open, what is there already, and every cell that cannot be used; nothing is opened."""
    need(request, Right.INTAKE)
    parts, sent = request.config_dict[PARTS], (await request.post()).get("file")
    if not isinstance(sent, web.FileField):
        return _page(request, status=422, error="请选择要导入的文件。")
    try:
        data = sent.file.read()
        sheets = await asyncio.to_thread(read_sheets, sent.filename, data)
        reading = await asyncio.to_thread(read_rows, sheets, parts.towns, parts.now())
    except (SheetError, TableError) as error:
        return _page(request, status=422, error=f"{error}。")
    if not reading.openings and not reading.faults:
        return _page(request, status=422, error="表头下面没有内容。")
    known = await parts.lists.of_external([opening.external_number for _, opening in reading.openings])
    lines = [_line(row, opening, known) for row, opening in reading.openings]
    fresh = [line.opening for line in lines if not line.known]
    carried = json.dumps([tuple(HEADINGS), *map(cells_of, fresh)]) if fresh else ""
    return _page(request, lines=lines, faults=reading.faults, fresh=len(fresh), carried=carried, reading=reading)


async def take_in(request: web.Request) -> web.StreamResponse:
    """Open what the preview showed; it is checked again, since it comes from a browser."""
    viewer, parts = need(request, Right.INTAKE), request.config_dict[PARTS]
    try:
        table = _carried(FormData(await request.post()).text("rows", _LONGEST_FIELD))
        reading = await asyncio.to_thread(read_rows, (table,), parts.towns, parts.now())
    except (FormError, TableError) as error:
        return _page(request, status=422, error=f"{error}。")
    if reading.faults:
        return _page(request, status=422, error="内容和预览时不一样了，请重新选择文件。", faults=reading.faults)
    done, refused = await _opened(parts, viewer, [opening for _, opening in reading.openings])
    new = sum(one.new for one in done)
    by = viewer.account.login
    await parts.staff.note(by, f"导入外部诉求：新登记{new}件，原来就有{len(done) - new}件", by)
    again = f"{refused}。没有导入完，把原来的文件再导入一次就行，登记过的不会重复。"
    return _page(request, status=409 if refused else 200, error=again if refused else "", done=done)


async def _opened(parts: ConsoleParts, viewer: Viewer, openings: Sequence[Opening]) -> tuple[tuple[Imported, ...], str]:
    """Open in small transactions; return what is there now, and why it stopped, if it did."""
    done: list[Imported] = []
    codes = [parts.new_code() for _ in openings]
    hashes = await asyncio.to_thread(lambda: [parts.hash_code(code) for code in codes])
    ready = list(zip(openings, codes, hashes, strict=True))
    for start in range(0, len(ready), AT_ONCE):
        some = ready[start : start + AT_ONCE]

        def work(desk: Desk, some: Sequence[tuple[Opening, str, str]] = some) -> list[Imported]:
            return [
                import_ticket(desk, opening, code, partial(_given, hashed), viewer.staff)
                for opening, code, hashed in some
            ]

        try:
            done += await parts.cases.run(work)
        except TransitionRefused as error:
            return tuple(done), str(error)
    return tuple(done), ""


def _given(hashed: str, _: str) -> str:
    """Hashing is slow on purpose, so it was done outside of the transaction."""
    return hashed


def _line(row: int, opening: Opening, known: Mapping[str, str]) -> Line:
    words = " ".join(opening.texts[0][1].split())
    return Line(row, opening, mask(words)[:80], known.get(opening.external_number, ""))


def _carried(text: str) -> Sheet:
    """Read back what the preview put into the page.

    Raises:
        FormError: it is not what a preview writes.
    """
    try:
        rows = json.loads(text)
    except ValueError:
        rows = None
    width = len(HEADINGS)
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == width for row in rows):
        raise FormError("请先选择文件看预览，再导入")
    return Sheet("导入", tuple(tuple(str(cell) for cell in row) for row in rows))


def _page(
    request: web.Request,
    *,
    status: int = 200,
    error: str = "",
    lines: Sequence[Line] = (),
    faults: Sequence[BadCell] = (),
    fresh: int = 0,
    carried: str = "",
    done: Sequence[Imported] = (),
    reading: Reading | None = None,
) -> web.Response:
    return page(
        request,
        "import.html",
        status=status,
        error=error,
        lines=lines,
        faults=faults[:MOST_FAULTS],
        all_faults=len(faults),
        bad_rows=len({fault.row for fault in faults}),
        fresh=fresh,
        carried=carried,
        done=done,
        reading=reading,
        new=sum(one.new for one in done),
        headings=HEADINGS,
        needed=NEEDED,
        kinds=tuple(kind.value for kind in Kind),
        most=MOST_ROWS,
    )
