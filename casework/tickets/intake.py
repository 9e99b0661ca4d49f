"""How a ticket begins and what the asker may add: open, change kind, accept, decline, supplement, urge."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.china_time import day_of
from casework.clock import Clock, due_of
from casework.ports import HashCode, NoticeKind
from casework.staff import Actor, CodeHolder, Resident, Right, Staff, System, may
from casework.tickets.case import (
    Desk,
    NotAllowed,
    Notice,
    load_for_asker,
    load_for_staff,
    on_clock,
    put_down,
    record,
    rule_for,
    write,
)
from casework.tickets.events import (
    Accepted,
    Classified,
    Declined,
    ExternalNumberSet,
    KindChanged,
    Supplemented,
    TicketOpened,
    Urged,
)
from casework.tickets.merging import free_merged
from casework.tickets.model import Asker, Kind, Lawfulness, Route, Source, Stage, TextKind, Ticket
from casework.tickets.reading import need_code
from casework.tickets.transitions import Action, TransitionRefused, moved

NUMBER = re.compile(r"GA\d{8}-\d{4,}")


@dataclass(frozen=True, slots=True)
class Opening:
    """What was confirmed: the kind, and the words and pictures in the order they came.

    *openid* is empty for somebody who came to the counter or phoned. *received* is for an import
    only: the moment when the other system received it, from which its clock runs.
    """

    kind: Kind
    texts: tuple[tuple[TextKind, str], ...]
    openid: str = ""
    phone: str = ""
    name: str = ""
    town: str = ""
    domain: str = ""
    source: Source = Source.ACCOUNT
    external_number: str = ""
    village: str = ""
    received: datetime | None = None


def ticket_number(day: date, sequence: int) -> str:
    """Return GA20260213-0001; past 9999 a day the number grows a digit rather than repeat."""
    return f"GA{day:%Y%m%d}-{sequence:04d}"


def open_ticket(desk: Desk, opening: Opening, code: str, hash_code: HashCode, by: Actor) -> Ticket:
    """Open a ticket; its clock starts now, when the resident confirms, or when another system received it.

    *code* is the 查询码: four random digits, handed in and stored hashed only.
    """
    _check_opening(opening, code, by)
    _check_received(opening, desk.now)
    day = day_of(desk.now)
    clock = Clock(rule_for(desk, opening.kind), opening.received or desk.now)
    ticket = Ticket(
        number=ticket_number(day, desk.book.next_sequence(day)),
        kind=opening.kind,
        clock=clock,
        due=due_of(clock, desk.calendar),
        source=opening.source,
        town=opening.town,
        domain=opening.domain,
        external_number=opening.external_number,
        village=opening.village,
    )
    opened = replace(ticket, revision=1)
    asker = Asker(opened.number, opening.openid, opening.phone, opening.name, hash_code(code))
    desk.book.add(opened, asker)
    for part, (kind, body) in enumerate(opening.texts):
        write(desk, by, ticket, kind, body, part)
    due = opened.due
    event = TicketOpened(opened.kind, opened.source, opened.town, due.due, due.provisional, opening.received)
    record(desk, by, opened, event)
    return opened


def _check_opening(opening: Opening, code: str, by: Actor) -> None:
    if not any(kind is TextKind.DEMAND and body.strip() for kind, body in opening.texts):
        raise TransitionRefused("还没有写明诉求内容")
    need_code(code)
    match by:
        case Resident(openid) if openid and openid == opening.openid:
            return
        case Staff() if may(by, Right.INTAKE) and opening.source is not Source.ACCOUNT:
            return
        case System():
            return
        case _:
            raise NotAllowed("不能替别人登记诉求")


def _check_received(opening: Opening, now: datetime) -> None:
    if opening.received is None:
        return
    if opening.source is not Source.IMPORT:
        raise TransitionRefused("只有导入的诉求可以写别处收到的时间")
    if opening.received > now:
        raise TransitionRefused("收到时间比现在还晚")


def change_kind(desk: Desk, number: str, kind: Kind, by: Staff | Resident) -> Ticket:
    """Correct the kind and recount from receipt; the asker may until it is accepted."""
    if isinstance(by, Staff):
        ticket = load_for_staff(desk, number, by, Right.INTAKE)
    else:
        ticket = load_for_asker(desk, number, by)
        if ticket.stage is not Stage.REGISTERED:
            raise TransitionRefused("诉求已经受理，种类由工作人员更正，可回复“补充”说明")
    ticket = moved(ticket, Action.CHANGE_KIND)
    if ticket.kind is kind:
        raise TransitionRefused(f"{number}已经是{kind}")
    changed = on_clock(desk, replace(ticket, kind=kind), ticket.clock.under(rule_for(desk, kind)))
    event = KindChanged(ticket.kind, kind, changed.due.due)
    moves = changed.due.due != ticket.due.due and isinstance(by, Staff)
    return put_down(desk, by, changed, event, Notice(NoticeKind.DUE_MOVED) if moves else None)


def classify(desk: Desk, number: str, lawfulness: Lawfulness, by: Staff) -> Ticket:
    """Put a ticket into one of 高安's three classes; no resident hears of it."""
    ticket = moved(load_for_staff(desk, number, by, Right.INTAKE), Action.CLASSIFY)
    return put_down(desk, by, replace(ticket, lawfulness=lawfulness), Classified(lawfulness))


def set_external_number(desk: Desk, number: str, external: str, by: Staff) -> Ticket:
    """Note the number the city's own 12345 system gave to the same demand."""
    ticket = load_for_staff(desk, number, by, Right.INTAKE)
    noted = replace(ticket, external_number=external.strip())
    return put_down(desk, by, noted, ExternalNumberSet(noted.external_number))


def accept(desk: Desk, number: str, by: Staff) -> Ticket:
    """受理."""
    ticket = moved(load_for_staff(desk, number, by, Right.INTAKE), Action.ACCEPT)
    return put_down(desk, by, ticket, Accepted(), Notice(NoticeKind.ACCEPTED))


def decline(desk: Desk, number: str, route: Route, reason: str, by: Staff) -> Ticket:
    """不予受理: only with the legal way to go and a reason; what was merged into it goes on by itself."""
    ticket = moved(load_for_staff(desk, number, by, Right.INTAKE), Action.DECLINE)
    reason_id = write(desk, by, ticket, TextKind.REASON, reason)
    free_merged(desk, ticket)
    notice = Notice(NoticeKind.DECLINED, reason_id, route)
    return put_down(desk, by, replace(ticket, route=route), Declined(route, reason_id), notice)


def supplement(
    desk: Desk, number: str, body: str, by: Resident | CodeHolder, kind: TextKind = TextKind.SUPPLEMENT
) -> Ticket:
    """补充: add words or a picture while the ticket is open. The clock does not move."""
    ticket = moved(load_for_asker(desk, number, by), Action.SUPPLEMENT)
    if kind not in {TextKind.SUPPLEMENT, TextKind.PICTURE}:
        raise TransitionRefused("只能补充文字或图片")
    return put_down(desk, by, ticket, Supplemented(write(desk, by, ticket, kind, body)))


def urge(desk: Desk, number: str, by: Resident | CodeHolder) -> Ticket:
    """催办: counted and shown to staff."""
    ticket = moved(load_for_asker(desk, number, by), Action.URGE)
    urged = replace(ticket, urged=ticket.urged + 1)
    return put_down(desk, by, urged, Urged(urged.urged))
