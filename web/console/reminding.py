"""The reminders page: what somebody of this role and unit was reminded of, while it is still open."""

from dataclasses import dataclass

from aiohttp import web

from casework.china_time import day_of
from casework.limits_settings import Inner, InnerLimits
from casework.staff import Role, Staff
from casework.tickets.case import DESK_UNIT
from casework.tickets.model import Stage
from knowledge.masking import mask
from web.console.pages import page
from web.console.parts import PARTS
from web.console.ports import GivenReminder, Reader
from web.console.viewer import VIEWER
from web.console.words import Light, light_of

_WORDS = {
    "accept": "今天之内要受理",
    "accept_late": "受理时限过了，还没受理",
    "sign": "今天之内要签收",
    "sign_late": "签收时限过了，还没签收",
    "half": "时间过了一半",
    "four_fifths": "时间过了八成",
    "before_rest": "期限前最后一个工作日，后面是休息日",
    "overdue": "已经超期",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder, ready to show."""

    reminder: GivenReminder
    why: str
    words: str
    light: Light


def readers_of(staff: Staff) -> tuple[Reader, ...]:
    """Return in which capacities this person is reminded."""
    match staff.role:
        case Role.HANDLER:
            return (Reader("unit", staff.unit),) if staff.unit else ()
        case Role.LEADER:
            return (Reader("unit", staff.unit), Reader("leader", staff.unit)) if staff.unit else ()
        case Role.DUTY:
            return (Reader("unit", DESK_UNIT),)
        case Role.SUPERVISOR | Role.ADMIN:
            return (Reader("supervisor", ""), Reader("leader", DESK_UNIT))
        case Role.REVIEWER:
            return ()


def _why(occasion: str, inner: InnerLimits) -> str:
    """Return why somebody is reminded; an inner limit is told with its value, and as an example while it is one."""
    limit = {"accept": Inner.ACCEPT, "sign": Inner.SIGN}.get(occasion.removesuffix("_late"))
    words = _WORDS.get(occasion, occasion)
    return words if limit is None else f"{words}。内部{inner.settings[limit].shown}"


async def show_reminders(request: web.Request) -> web.StreamResponse:
    """The newest first; one ticket may stand here for several reasons, but for each reason of a moment once."""
    parts, staff = request.config_dict[PARTS], request[VIEWER].staff
    today = day_of(parts.now())
    given = await parts.lists.reminders(readers_of(staff))
    found = {(one.ticket, one.occasion, one.at): one for one in given}.values()
    inner = await parts.cases.read(lambda desk: desk.inner)
    lines = [
        Line(
            one,
            _why(one.occasion, inner),
            mask(one.words),
            light_of(one.due, today, Stage.ACCEPTED, True),
        )
        for one in found
    ]
    return page(request, "reminders.html", lines=lines)
