"""村务: every 镇 and its villages, the register of groups and admins, and what is due; all filters in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import quote, urlencode

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right
from casework.village import desk as door
from casework.village.admins import Admin
from casework.village.desk import VillageDesk
from casework.village.duties import DueBy, Overdue, Standing
from casework.village.overview import PlaceState, town_state
from web.console.pages import FormData, FormError, page
from web.console.parts import PARTS
from web.console.viewer import VIEWER
from web.console.village_ports import Villages
from web.console.words import Light

T = TypeVar("T")
VIEWS = {"places": "村和社区", "admins": "村群管理员", "due": "到期和逾期"}
WEEKS = {
    "owed": "等管理员下次来说话时给",
    "uncertain": "不确定是否送达，下次来说话时再给",
    "sending": "正在发送",
    "sent": "已发到微信",
    "given": "已随回复给出",
    "dropped": "没有给出，已由新的代替",
}


@dataclass(frozen=True, slots=True)
class TownLine:
    """One 镇/街道 of the city's table."""

    town: str
    places: int
    with_admin: int
    due: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DueLine:
    """One item of one village that is due or overdue."""

    state: PlaceState
    standing: DueBy | Overdue
    light: Light


async def show_villages(request: web.Request) -> web.StreamResponse:
    """The city's towns; with ``?town=`` that 镇's villages, admins or what is due."""
    return await town_page(request)


async def begin_town(request: web.Request) -> web.StreamResponse:
    """Count a whole town from one day."""
    staff, form = request[VIEWER].staff, FormData(await request.post())
    town = form.text("town")
    try:
        since = read_date(form.text("since"), "起算日")
        count = await run(request, lambda desk: door.begin_town(desk, town, since, staff))
    except (FormError, door.VillageRefused) as error:
        if isinstance(error, door.NotYours):
            raise web.HTTPForbidden from None
        return await town_page(request, town=town, status=422, error=f"{error}。")
    return await town_page(
        request, town=town, told=f"{count}个村和社区从{since.isoformat()}起算。原来有起算日的没有改。"
    )


async def town_page(
    request: web.Request, *, town: str = "", status: int = 200, told: str = "", error: str = ""
) -> web.Response:
    """Render the overview: of one town where there is one, else of all the reader may see."""
    parts, viewer = request.config_dict[PARTS], request[VIEWER]
    wanted, view = town or request.query.get("town", ""), request.query.get("view", "places")
    towns = await read(request, lambda desk: door.readable_towns(desk, viewer.staff))
    if not towns:
        raise web.HTTPForbidden
    chosen = wanted if wanted in towns else towns[0] if len(towns) == 1 else ""
    view = view if view in VIEWS else "places"
    states, admins = await read(request, lambda desk: _look(desk, chosen, view))
    weeks = await villages_of(request).weeks([one.id for one in admins if one.active]) if view == "admins" else {}
    today = day_of(parts.now())
    due = [DueLine(state, one, standing_light(one, today)) for state in states for one in state.owed]
    return page(
        request,
        "villages.html",
        status=status,
        told=told,
        error=error,
        towns=towns,
        chosen=chosen,
        view=view,
        views=VIEWS,
        link=link,
        place_link=place_link,
        lines=() if chosen else await read(request, lambda desk: _town_lines(desk, towns)),
        states=states,
        admins=sorted(admins, key=lambda one: (not one.active, one.village, one.since)),
        weeks={admin: (WEEKS.get(week.state, week.state), week.at) for admin, week in weeks.items()},
        due=sorted(due, key=lambda line: (not isinstance(line.standing, Overdue), _by(line.standing))),
        unsettled=sum(not state.settled for state in states),
        today=today,
        may_act=viewer.may(Right.VILLAGES),
        may_set=viewer.may(Right.SETTINGS),
        qr=await villages_of(request).qr(""),
        short=short_id,
    )


def _look(desk: VillageDesk, town: str, view: str) -> tuple[tuple[PlaceState, ...], tuple[Admin, ...]]:
    if not town:
        return (), ()
    return town_state(desk, town), tuple(desk.admins.of_town(town)) if view == "admins" else ()


def _town_lines(desk: VillageDesk, towns: tuple[str, ...]) -> list[TownLine]:
    lines = []
    for town in towns:
        states = town_state(desk, town)
        lines.append(
            TownLine(
                town,
                len(states),
                sum(bool(one.admins) for one in states),
                sum(one.due for one in states),
                sum(one.overdue for one in states),
            )
        )
    return lines


def _by(standing: DueBy | Overdue) -> date:
    return standing.since if isinstance(standing, Overdue) else standing.by


def standing_light(standing: Standing, today: date) -> Light:
    """Return the light of one item: colour, sign and words say the same."""
    match standing:
        case Overdue(missed=missed):
            return Light("late", "!", f"逾期{missed}期")
        case DueBy(by=by):
            left = (by - today).days
            words = "今天到期" if left == 0 else f"还有{left}天"
            return Light("today" if left == 0 else "soon" if left <= 7 else "fine", "◆" if left == 0 else "◇", words)
    code = "fine" if standing.last else "done"
    return Light(code, "✓" if standing.last else "·", "已公开" if standing.last else "没有记录")


def link(**parts: str) -> str:
    """Return the address of the overview with some filters."""
    return "/villages?" + urlencode({name: value for name, value in parts.items() if value})


def place_link(path: str) -> str:
    """Return the address of a village's page."""
    town, _, name = path.partition("/")
    return f"/villages/{quote(town)}/{quote(name)}"


def short_id(admin_id: str) -> str:
    """Return how an admin is called here: neither openid nor nickname is shown."""
    return f"管理员{admin_id[:6]}"


def read_date(text: str, label: str) -> date:
    """Read a day of a form.

    Raises:
        FormError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormError(f"{label}要写成 2026-11-24 这样") from None


def villages_of(request: web.Request) -> Villages:
    """Return the village work of this installation, or a page that there is none here."""
    villages = request.config_dict[PARTS].villages
    if villages is None:
        raise web.HTTPNotFound
    return villages


async def read(request: web.Request, work: Callable[[VillageDesk], T]) -> T:
    """Read at the village desk; who may not, gets a page that says so."""
    try:
        return await villages_of(request).read(work)
    except door.NotYours:
        raise web.HTTPForbidden from None
    except door.NoSuchPlace:
        raise web.HTTPNotFound from None


async def run(request: web.Request, work: Callable[[VillageDesk], T]) -> T:
    """Change something at the village desk."""
    return await villages_of(request).run(work)
