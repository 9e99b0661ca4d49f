"""One village: its groups and admins, what it made public and owes, its QR sheet, and what was done."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right, Staff
from casework.village import desk as door
from casework.village.codes import IssuedCode, make_code
from casework.village.desk import VillageDesk
from casework.village.duties import Publication, Settings, Standing, frequency_of
from casework.village.duty_items import DutyItem, Frequency
from casework.village.log import LogLine
from casework.village.overview import PlaceState, place_state
from casework.village.publications import known_forms
from knowledge.masking import mask
from web.console.pages import FormData, FormError, page
from web.console.parts import PARTS
from web.console.publishing import names_of
from web.console.viewer import VIEWER
from web.console.villages import (
    WEEKS,
    link,
    place_link,
    read,
    read_date,
    run,
    short_id,
    standing_light,
    villages_of,
)
from web.console.words import Light

ADMIN_WORD = "村里的管理员"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the list with its light, how often it is published here, and where it may be."""

    standing: Standing
    light: Light
    often: str
    forms: tuple[str, ...]

    @property
    def item(self) -> DutyItem:
        """The item itself."""
        return self.standing.item


@dataclass(frozen=True, slots=True)
class Look:
    """Everything of one village that the page shows."""

    state: PlaceState
    published: tuple[Publication, ...]
    codes: tuple[IssuedCode, ...]
    log: tuple[LogLine, ...]


async def show_place(request: web.Request) -> web.StreamResponse:
    """One village."""
    return await _page(request)


async def change_place(request: web.Request) -> web.StreamResponse:
    """Do what a form of the page asks; a code is shown in the answer and nowhere else."""
    path, staff, form = path_of(request), request[VIEWER].staff, FormData(await request.post())
    code = ""
    try:
        match request.match_info["act"]:
            case "code":
                code = make_code(secrets.randbelow)
                told = await run(request, _issuing(path, code, form.text("replaces", 64), staff))
            case "qr":
                return await _made_qr(request, path, staff)
            case name if name in _ACTS:
                told = await run(request, _ACTS[name](path, form, staff))
            case _:
                raise web.HTTPNotFound
    except (FormError, door.VillageRefused) as error:
        return await _refused(request, error)
    return await _page(request, told=told, code=code)


async def _refused(request: web.Request, error: FormError | door.VillageRefused) -> web.Response:
    if isinstance(error, door.NotYours):
        raise web.HTTPForbidden
    return await _page(request, status=409, error=f"{error}。")


async def _made_qr(request: web.Request, path: str, staff: Staff) -> web.Response:
    await read(request, lambda desk: door.place_for(desk, path, staff, Right.VILLAGES))
    made = await villages_of(request).make_qr(path)
    if not made.link:
        return await _page(request, status=409, error=f"{made.refused}。")
    await run(request, lambda desk: door.note(desk, path, staff, "QrMade"))
    return await _page(request, told="二维码做好了，可以下载单子。")


def _issuing(path: str, code: str, replaces: str, staff: Staff) -> Callable[[VillageDesk], str]:
    def work(desk: VillageDesk) -> str:
        door.issue_code(desk, path, code, staff, replaces)
        return "新的人用了这个码，原来的管理员就换下。" if replaces else "绑定码发好了。"

    return work


def _withdrawing(path: str, form: FormData, staff: Staff) -> Callable[[VillageDesk], str]:
    hashed = form.needed("hashed", "绑定码", 64)

    def work(desk: VillageDesk) -> str:
        door.withdraw_code(desk, path, hashed, staff)
        return "绑定码收回了，谁也用不了。"

    return work


def _releasing(path: str, form: FormData, staff: Staff) -> Callable[[VillageDesk], str]:
    admin = form.needed("admin", "管理员", 64)

    def work(desk: VillageDesk) -> str:
        gone = door.release_admin(desk, path, admin, staff)
        return f"已解除{short_id(gone.id)}。他自己问事照常。"

    return work


def _marking(path: str, form: FormData, staff: Staff) -> Callable[[VillageDesk], str]:
    item, day = form.needed("item", "公开事项", 20), read_date(form.text("day"), "公开日期")
    channel = mask(form.text("other", 20) or form.text("channel", 20))

    def work(desk: VillageDesk) -> str:
        made = door.mark_published(desk, path, item, day, channel, staff)
        return f"记下了：{made.published_on.isoformat()}在{made.channel}公开。居民问起来就这样答。"

    return work


def _taking_back(path: str, form: FormData, staff: Staff) -> Callable[[VillageDesk], str]:
    publication, why = form.needed("publication", "公开标记", 64), form.text("words", 100)

    def work(desk: VillageDesk) -> str:
        door.take_back_mark(desk, path, publication, why, staff)
        return "标记撤销了，照片也删了。"

    return work


def _settling(path: str, form: FormData, staff: Staff) -> Callable[[VillageDesk], str]:
    since, busy = read_date(form.text("since"), "起算日"), form.ticked("busy")
    given = (one.partition(":") for one in form.all("often"))
    chosen = {item: Frequency(often) for item, _, often in given if often in set(Frequency)}

    def work(desk: VillageDesk) -> str:
        door.settle_rules(desk, path, Settings(since, busy, chosen), staff)
        return "起算日和频次已保存，到期和逾期按新的算。"

    return work


_ACTS: dict[str, Callable[[str, FormData, Staff], Callable[[VillageDesk], str]]] = {
    "withdraw_code": _withdrawing,
    "release": _releasing,
    "publish": _marking,
    "take_back": _taking_back,
    "settle": _settling,
}


def path_of(request: web.Request) -> str:
    """Return the village the address names."""
    return f"{request.match_info['town']}/{request.match_info['name']}"


def _look(desk: VillageDesk, path: str, staff: Staff) -> Look:
    place = door.place_for(desk, path, staff)
    codes = [code for code in desk.codes.issued() if code.village == path and code.used_at is None]
    waiting = tuple(code for code in codes if code.withdrawn_at is None and code.valid_until > desk.now)
    published = tuple(desk.publications.of_village(path))
    return Look(place_state(desk, place), published, waiting, desk.log.lines(path))


def _lines(state: PlaceState, request: web.Request) -> list[ItemLine]:
    today = day_of(request.config_dict[PARTS].now())
    return [
        ItemLine(
            one,
            standing_light(one, today),
            frequency_of(one.item, state.settings).value,
            known_forms(one.item.forms),
        )
        for one in state.standings
    ]


def _actor(actor: str, names: dict[str, str]) -> str:
    kind, _, who = actor.partition(":")
    return names.get(who, who) if kind == "staff" else ADMIN_WORD if kind == "admin" else "系统"


async def _page(
    request: web.Request, *, status: int = 200, told: str = "", error: str = "", code: str = ""
) -> web.Response:
    viewer, path = request[VIEWER], path_of(request)
    look = await read(request, lambda desk: _look(desk, path, viewer.staff))
    names = await names_of(request)
    lines = _lines(look.state, request)
    titles = {line.item.id: line.item.title for line in lines}
    return page(
        request,
        "village.html",
        status=status,
        told=told,
        error=error,
        code=code,
        state=look.state,
        place=look.state.place,
        here=place_link(path),
        back=link(town=look.state.place.town),
        lines=lines,
        published=[(titles.get(one.item, one.item), one, _actor(one.by, names)) for one in look.published],
        codes=look.codes,
        log=[(line, _actor(line.actor, names)) for line in look.log],
        weeks=await villages_of(request).weeks([one.id for one in look.state.admins]),
        week_words=WEEKS,
        qr=await villages_of(request).qr(path),
        today=day_of(request.config_dict[PARTS].now()),
        may_act=viewer.may(Right.VILLAGES),
        frequencies=tuple(one.value for one in Frequency),
        short=short_id,
        channels=("村务信息公开栏", "村民微信群", "村村通广播"),
    )
