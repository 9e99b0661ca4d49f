"""登记 on behalf of somebody in a village group: a ticket marked 代录, its asker known to the admin alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casework.china_time import day_of
from casework.staff import Resident
from casework.tickets.desk import Opening, open_ticket
from casework.tickets.model import Kind, Source, TextKind, Ticket
from casework.village.admins import Admin
from casework.village.places import plain_path
from handlers import wording
from handlers.services import Said, Services, Told
from handlers.state import Village
from handlers.turn import Turn
from handlers.village_card import State
from handlers.village_open import answer_in_group

_REGISTER = re.compile(r"(?:代)?登记[\s:：,，、]*((?:第?\d{1,2}[\s,，、和条个号]*)*|全部)")
_NUMBERS = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Registered:
    """One ticket: the number of its question on the card, and the 查询码."""

    place: int
    ticket: Ticket
    code: str


def numbers_in(words: str) -> tuple[int, ...] | None:
    """The questions named after 登记, none for all that are open, or ``None`` where the words are no 登记."""
    found = _REGISTER.fullmatch(words.strip(' \t\n。.!！“”"'))
    return tuple(dict.fromkeys(int(number) for number in _NUMBERS.findall(found[1]))) if found else None


def register(turn: Turn, services: Services, pending: Village, admin: Admin, wanted: Sequence[int]) -> Said:
    """Open a ticket for each wanted question, or for each that has no answer; a 举报 is never taken."""
    told = Told("ticket", kind=Kind.CONSULT.value)
    count = len(pending.questions)
    if strange := [place for place in wanted if not 1 <= place <= count]:
        return Said(wording.no_such_question(strange[0], count), told, keep=True)
    private = [place for place in wanted if not pending.questions[place - 1]]
    places = wanted or _open_places(turn, services, pending, admin)
    fresh = [place for place in places if pending.questions[place - 1] and place not in pending.done]
    opened = [_opened(turn, services, pending, admin, place) for place in fresh]
    if not opened:
        return Said(wording.nothing_to_register(bool(private), bool(pending.done)), told, keep=True)
    done = replace(pending, done=(*pending.done, *fresh))
    lines = [(one.place, pending.questions[one.place - 1], one.ticket, one.code) for one in opened]
    return Said(wording.registered_for_others(lines, bool(private)), told, pending=done)


def _open_places(turn: Turn, services: Services, pending: Village, admin: Admin) -> list[int]:
    """The numbers of the questions that have no answer yet."""
    today, village = day_of(turn.now), admin.village
    return [
        place
        for place, words in enumerate(pending.questions, 1)
        if words and answer_in_group(words, services, village, today)[0].state is State.OPEN
    ]


def _opened(turn: Turn, services: Services, pending: Village, admin: Admin, place: int) -> Registered:
    words = pending.questions[place - 1]
    understood = services.knowledge.understand(words)
    opening = Opening(
        Kind(understood.demand or Kind.CONSULT.value),
        ((TextKind.DEMAND, words), (TextKind.PLACE, plain_path(admin.village))),
        turn.openid,
        town=admin.village.partition("/")[0],
        domain=understood.domain,
        source=Source.VILLAGE,
        village=admin.village,
    )
    code = services.new_code()
    ticket = open_ticket(services.desk, opening, code, services.hash_code, Resident(turn.openid))
    askers = services.village.aliases.last(turn.openid, turn.now)
    if len(askers) == len(pending.questions):
        services.village.aliases.put(ticket.number, turn.openid, askers[place - 1])
    if pending.logged[place - 1 : place] not in ((), ("",)):
        services.questions.join_ticket(pending.logged[place - 1], ticket.number)
    return Registered(place, ticket, code)
