"""代录: a demand brought to the counter or by phone, put down for somebody by the duty desk."""

import re
from dataclasses import dataclass

from aiohttp import web

from casework.staff import Right
from casework.tickets.desk import Opening, TransitionRefused, open_ticket
from casework.tickets.model import Kind, Source, TextKind
from web.console.pages import FormData, FormError, need, page
from web.console.parts import PARTS, ConsoleParts

_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,18}[0-9]")
_WAYS = (Source.COUNTER, Source.PHONE)
_FIELDS = ("kind", "source", "what", "where", "when", "town", "name", "phone", "external")


@dataclass(frozen=True, slots=True)
class PutDown:
    """What the officer reads out: the number and the 查询码, which is shown once."""

    number: str
    code: str


async def show_intake(request: web.Request) -> web.StreamResponse:
    """The empty form."""
    need(request, Right.INTAKE)
    return _page(request, {})


async def put_down(request: web.Request) -> web.StreamResponse:
    """Open the ticket; what is wrong comes back with everything typed."""
    viewer, parts = need(request, Right.INTAKE), request.config_dict[PARTS]
    form = FormData(await request.post())
    try:
        opening, code = read_opening(form, parts), parts.new_code()
        ticket = await parts.cases.run(lambda desk: open_ticket(desk, opening, code, parts.hash_code, viewer.staff))
    except (FormError, TransitionRefused) as error:
        typed = {name: form.text(name, 100_000) for name in _FIELDS}
        return _page(request, typed, status=422, error=f"{error}。")
    return _page(request, {}, done=PutDown(ticket.number, code))


def read_opening(form: FormData, parts: ConsoleParts) -> Opening:
    """Read the form.

    Raises:
        FormError: a field cannot be used.
    """
    what = form.needed("what", "诉求内容", 3000)
    texts = ((TextKind.DEMAND, what), (TextKind.PLACE, form.text("where")), (TextKind.WHEN, form.text("when")))
    phone, town = form.text("phone", 20), form.text("town")
    if phone and not _PHONE.fullmatch(phone):
        raise FormError("电话号码看着不对，只填数字")
    if town and town not in parts.towns:
        raise FormError("请从列表里选镇街")
    source = form.choice("source", "来源", Source)
    if source not in _WAYS:
        raise FormError("请选择来源")
    return Opening(
        kind=form.choice("kind", "种类", Kind),
        texts=tuple((kind, words) for kind, words in texts if words),
        phone=phone,
        name=form.text("name", 30),
        town=town,
        source=source,
        external_number=form.text("external", 60),
    )


def _page(
    request: web.Request, typed: dict[str, str], status: int = 200, error: str = "", done: PutDown | None = None
) -> web.Response:
    return page(
        request,
        "intake.html",
        status=status,
        typed={name: typed.get(name, "") for name in _FIELDS},
        error=error,
        done=done,
        kinds=tuple(Kind),
        ways=_WAYS,
        towns=request.config_dict[PARTS].towns,
    )
