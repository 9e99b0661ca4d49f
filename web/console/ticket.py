"""The ticket page on one screen: see the case, preview the answer, act, look behind the mask."""

import asyncio

from aiohttp import web

from casework.staff import Staff
from casework.tickets import routing
from casework.tickets.case import NoSuchTicket, NotAllowed
from casework.tickets.desk import NUMBER, TransitionRefused, look_at_asker, renew_code
from casework.tickets.model import Asker, Kind, Lawfulness, PauseReason, Rating, Route, Stage, TextKind
from casework.tickets.status import plain_status
from web.console import advice, reading
from web.console.acts import ACTS, LONGEST_WORDS, on_page_as_seen
from web.console.pages import FormData, FormError, page, see_other, sorry
from web.console.parts import PARTS
from web.console.reading import Case
from web.console.viewer import VIEWER


async def show_ticket(request: web.Request) -> web.StreamResponse:
    """The page of one ticket."""
    number = number_of(request)
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    act = ACTS.get(request.query.get("done", ""))
    return await _page(request, case, told=act.told(reachable=reading.who(case.asker).reachable) if act else "")


async def act(request: web.Request) -> web.StreamResponse:
    """Do what a form of the page asks; what is refused comes back with the reason and the words typed."""
    number, name = number_of(request), request.match_info["act"]
    form, staff = FormData(await request.post()), request[VIEWER].staff
    found = ACTS.get(name)
    if found is None:
        raise web.HTTPNotFound
    try:
        work = on_page_as_seen(found.read(form), form.number("revision", "页面版本"))
        _check_units(request, form)
        await request.config_dict[PARTS].cases.run(lambda desk: work(desk, number, staff))
    except (FormError, TransitionRefused) as error:
        return await _refused(request, number, error, form, name)
    return see_other(f"/tickets/{number}?done={name}")


async def show_preview(request: web.Request) -> web.StreamResponse:
    """The answer as the phone will show it; nothing is stored."""
    number, form = number_of(request), FormData(await request.post())
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    try:
        words = form.text("words", LONGEST_WORDS)
    except FormError as error:
        return page(request, "preview.html", text="", long=False, error=f"{error}。")
    text, long = _on_phone(request, case, words)
    return page(request, "preview.html", text=text, long=long, error="")


async def look(request: web.Request) -> web.StreamResponse:
    """Show who asked, in full, for a reason that is logged with the looker's name."""
    number, staff, form = number_of(request), request[VIEWER].staff, FormData(await request.post())
    try:
        why = form.needed("why", "查看的理由", 200)
        asker = await request.config_dict[PARTS].cases.run(lambda desk: look_at_asker(desk, number, why, staff))
    except (FormError, TransitionRefused) as error:
        return await _refused(request, number, error, form, "look")
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    return await _page(request, case, told="已记下您查看的理由。", asker=asker)


async def renew(request: web.Request) -> web.StreamResponse:
    """Give the asker a new 查询码 and show it once, to be read out."""
    number, staff, form = number_of(request), request[VIEWER].staff, FormData(await request.post())
    parts = request.config_dict[PARTS]
    code = parts.new_code()
    hashed = await asyncio.to_thread(parts.hash_code, code)
    try:
        work = on_page_as_seen(
            lambda desk, number, staff: renew_code(desk, number, code, lambda _: hashed, staff),
            form.number("revision", "页面版本"),
        )
        await parts.cases.run(lambda desk: work(desk, number, staff))
    except (FormError, TransitionRefused) as error:
        return await _refused(request, number, error, form, "code")
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    return await _page(request, case, told="查询码已重开，旧的作废。", code=code)


async def show_picture(request: web.Request) -> web.StreamResponse:
    """A picture of this very ticket, as a download that no browser runs."""
    number, wanted = number_of(request), request.match_info["picture"]
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    found = await request.config_dict[PARTS].pictures.get(wanted) if wanted in reading.picture_ids(case) else None
    if found is None or found.content_type not in {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"}:
        raise web.HTTPNotFound
    extension = found.content_type.rpartition("/")[2]
    place = reading.picture_ids(case).index(wanted) + 1
    return web.Response(
        body=found.body,
        content_type=found.content_type,
        headers={"Content-Disposition": f'attachment; filename="{number}-{place}.{extension}"'},
    )


def _on_phone(request: web.Request, case: Case, words: str) -> tuple[str, bool]:
    """Return what the phone shows of an answer, and whether it shows only the beginning."""
    if not words:
        return "", False
    whole = reading.preview(case, words, closes="answer_directly" in case.offers)
    shown = request.config_dict[PARTS].fits(whole)
    return shown, len(shown) < len(whole)


def number_of(request: web.Request) -> str:
    """Return the ticket number of the address."""
    number = request.match_info["number"]
    if not NUMBER.fullmatch(number):
        raise web.HTTPNotFound
    return number


def _check_units(request: web.Request, form: FormData) -> None:
    """A unit must be one of the directory; the desk knows no directory."""
    units = request.config_dict[PARTS].directory.units
    for code in (form.text("unit"), *form.all("co_units")):
        if code and code not in units:
            raise FormError("单位不在单位表里，请重新选择")


async def _read(request: web.Request, number: str) -> Case | web.Response:
    staff: Staff = request[VIEWER].staff
    try:
        return await request.config_dict[PARTS].cases.read(lambda desk: reading.gather(desk, number, staff))
    except NoSuchTicket:
        return sorry(request, 404, f"没有编号 {number} 的诉求，请核对编号。")
    except NotAllowed as error:
        return sorry(request, 403, f"{error}，您不能查看。")


async def _refused(request: web.Request, number: str, error: Exception, form: FormData, name: str) -> web.Response:
    case = await _read(request, number)
    if isinstance(case, web.Response):
        return case
    status = 403 if isinstance(error, NotAllowed) else 409 if isinstance(error, TransitionRefused) else 422
    typed = form.text("words", 100_000)
    return await _page(request, case, status=status, error=f"{error}。", typed=typed, opened=name)


async def _page(
    request: web.Request,
    case: Case,
    *,
    status: int = 200,
    told: str = "",
    error: str = "",
    typed: str = "",
    opened: str = "",
    asker: Asker | None = None,
    code: str = "",
) -> web.Response:
    shown, long = _on_phone(request, case, typed)
    return page(
        request,
        "ticket.html",
        status=status,
        told=told,
        error=error,
        typed=typed,
        opened=opened,
        answered=request.query.get("done") in {"answer", "answer_directly"},
        asker=asker,
        code=code,
        full=tuple((t.kind.value, t.body) for t in case.texts if t.kind is not TextKind.PICTURE) if asker else (),
        shown=shown,
        long=long,
        choices=_CHOICES,
        **await _case(request, case),
        **await _advice(request, case),
    )


async def _case(request: web.Request, case: Case) -> dict[str, object]:
    """Return what the page shows of the case itself."""
    parts, ticket = request.config_dict[PARTS], case.ticket
    names = {account.login: account.name for account in await parts.staff.everyone()}
    notices = await parts.lists.notices(ticket.number)
    ids = reading.picture_ids(case)
    states = await parts.pictures.states(ids)
    answering = bool(case.offers & {"answer", "answer_directly"})
    return {
        "case": case,
        "ticket": ticket,
        "plain": plain_status(ticket),
        "clock": reading.clockwork(case),
        "who": reading.who(case.asker),
        "said": reading.said(case),
        "pictures": tuple((picture, states.get(picture, "lost")) for picture in ids),
        "steps": reading.timeline(case, names, notices, parts.directory),
        "unit": parts.directory.name_of(ticket.unit) if ticket.unit else "",
        "first_unit": parts.directory.name_of(ticket.first_unit) if ticket.first_unit != ticket.unit else "",
        "helpers": tuple(map(parts.directory.name_of, ticket.co_units)),
        "units": tuple(parts.directory.units.values()),
        "canned": advice.canned(ticket) if answering else (),
        "may_answer": answering,
        "may_correct": bool(case.offers & {"kind", "classify", "external"}),
    }


_CHOICES = {
    "kinds": tuple(Kind),
    "classes": tuple(Lawfulness),
    "routes": tuple(Route),
    "pauses": tuple(PauseReason),
    "ratings": tuple(Rating),
    "paused": Stage.PAUSED,
}


async def _advice(request: web.Request, case: Case) -> dict[str, object]:
    """Return what the page proposes, as far as the reader can act on it."""
    parts, words = request.config_dict[PARTS], reading.demand_of(case.texts)
    town = case.ticket.town
    proposal = routing.propose(words, town, parts.directory) if "dispatch" in case.offers else None
    answering = case.offers & {"answer", "answer_directly"}
    # In a thread: looking a question up must not delay a resident's reply.
    suggested = await asyncio.to_thread(advice.suggestions, parts.knowledge(), words) if answering else ()
    others = await parts.lists.candidates(town, case.ticket.number) if "merge" in case.offers else ()
    twins = await asyncio.to_thread(advice.same_matter, case.ticket, words, others)
    return {"proposal": proposal, "suggestions": suggested, "twins": twins}
