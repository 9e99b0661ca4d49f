"""通知稿: one approved text for the group, the loudspeaker and the board; the list, and beginning one."""

import secrets
from dataclasses import dataclass

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right
from casework.village import desk as door, texts as rules
from casework.village.desk import VillageDesk
from casework.village.places import plain_path
from casework.village.texts import TextRefused, TextState, VillageText
from web.console import notice_form
from web.console.pages import FormData, FormError, need, page, see_other
from web.console.parts import PARTS
from web.console.publishing import names_of
from web.console.viewer import VIEWER
from web.console.village_files import issuer_of
from web.console.villages import link, read, run


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in the list."""

    text: VillageText
    author: str
    where: str


async def show_notices(request: web.Request) -> web.StreamResponse:
    """All notices of the reader's towns, by state; what waits for review first for who may review."""
    viewer = need(request, Right.VILLAGES, Right.APPROVE_NOTICE, Right.SEE_ALL)
    found = await read(request, lambda desk: desk.texts.of_towns(door.readable_towns(desk, viewer.staff)))
    names = await names_of(request)
    order = [TextState.SUBMITTED, TextState.DRAFT, TextState.APPROVED, TextState.WITHDRAWN]
    groups = [
        (state, [NoticeLine(one, names.get(one.author, one.author), where(one)) for one in found if one.state is state])
        for state in order
    ]
    return page(
        request, "notices.html", groups=groups, total=len(found), may_write=viewer.may(Right.VILLAGES), link=link
    )


async def new_notice(request: web.Request) -> web.StreamResponse:
    """The empty form."""
    viewer, parts = need(request, Right.VILLAGES), request.config_dict[PARTS]
    scope, today = request.query.get("scope", "")[:60], day_of(parts.now())
    town = scope.partition("/")[0]
    own = parts.directory.name_of(viewer.account.unit) if viewer.account.unit else ""
    issuer = issuer_of(request, town) if town else own
    return await form_page(request, notice_form.EMPTY | {"scope": scope, "date": today.isoformat(), "issuer": issuer})


async def add_notice(request: web.Request) -> web.StreamResponse:
    """Begin a notice."""
    viewer, form = need(request, Right.VILLAGES), FormData(await request.post())
    made = f"notice-{day_of(request.config_dict[PARTS].now()):%Y%m%d}-{secrets.token_hex(3)}"
    try:
        content, scope = notice_form.read(form), form.needed("scope", "发给哪里", 60)
        town, _, name = scope.partition("/")

        def work(desk: VillageDesk) -> None:
            door.check_town(desk, town, viewer.staff, Right.VILLAGES)
            village = door.place_for(desk, scope, viewer.staff).path if name else ""
            text = rules.begin(made, town, village, content, viewer.staff)
            desk.texts.save(text, "起草", viewer.account.login, desk.now)

        await run(request, work)
    except door.NotYours:
        raise web.HTTPForbidden from None
    except (FormError, TextRefused, door.VillageRefused) as error:
        return await form_page(request, notice_form.typed(form), f"{error}。")
    return see_other(f"/villages/notices/{made}?done=saved")


def where(text: VillageText) -> str:
    """Say whom a notice is for."""
    return plain_path(text.village) if text.village else f"{text.town}全部村和社区"


async def form_page(request: web.Request, typed: dict[str, str], error: str = "") -> web.Response:
    """Render the form with what was typed."""
    return page(
        request,
        "notice_new.html",
        status=422 if error else 200,
        typed=typed,
        error=error,
        scopes=await scopes_of(request),
        fields=notice_form.FIELDS,
    )


async def scopes_of(request: web.Request) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return where a notice may go: each readable town, and its villages, as (town, [(value, label)])."""
    staff = request[VIEWER].staff

    def work(desk: VillageDesk) -> list[tuple[str, list[tuple[str, str]]]]:
        towns = door.readable_towns(desk, staff)
        return [
            (town, [(town, f"{town}全部"), *((p.path, p.name) for p in desk.places if p.town == town)])
            for town in towns
        ]

    return await read(request, work)
