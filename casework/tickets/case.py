"""The desk itself: what every use case needs, who may touch which ticket, and how a change is put down."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.china_time import day_of
from casework.clock import Clock, due_of
from casework.limits import DEFAULT_RULES, LimitRule
from casework.limits_settings import InnerLimits
from casework.ports import NoticeDetails, NoticeKind, Notices, TicketBook
from casework.staff import Actor, CodeHolder, Resident, Right, Staff, System, may
from casework.tickets.events import Event, Recorded
from casework.tickets.model import CaseText, Kind, Route, Stage, TextKind, Ticket
from casework.tickets.transitions import TransitionRefused
from casework.workdays import WorkCalendar

DESK_UNIT = "zhiban"
"""The unit code of the duty desk itself, which answers without a department."""


class NoSuchTicket(TransitionRefused):
    """No ticket of this number, or none this person may know of: the two look alike on purpose."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有找到编号 {number}，请核对编号，或用查询码查询")


class NotAllowed(TransitionRefused):
    """The person's role or unit does not allow it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a use case works with; made anew for each unit of work, at one moment *now*."""

    book: TicketBook
    notices: Notices
    calendar: WorkCalendar
    now: datetime
    rules: Mapping[str, LimitRule] = field(default_factory=lambda: DEFAULT_RULES)
    inner: InnerLimits = field(default_factory=InnerLimits)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the asker is told of a change; NoticeDetails without what the ticket knows anyway."""

    kind: NoticeKind
    text_id: str = ""
    route: Route | None = None
    closed: bool = False
    also: tuple[str, ...] = ()


def load(desk: Desk, number: str) -> Ticket:
    """Return the ticket of this number, or refuse."""
    ticket = desk.book.get(number)
    if ticket is None:
        raise NoSuchTicket(number)
    return ticket


def load_for_staff(desk: Desk, number: str, by: Staff, right: Right) -> Ticket:
    """Return a ticket *by* may act on with *right*: the role carries it, and the ticket is their unit's.

    Only the leading unit acts; a helping unit reads.
    """
    ticket = load(desk, number)
    if not may(by, right):
        raise NotAllowed(f"您的角色（{by.role}）不能{right}")
    if not may(by, Right.SEE_ALL) and not may_act_for(by, ticket.unit):
        raise NotAllowed(f"{number}不归您的单位办理")
    return ticket


def may_act_for(by: Staff, unit: str) -> bool:
    """Does *by* act for this unit? A supervisor or administrator acts for all."""
    return may(by, Right.SEE_ALL) or (by.unit != "" and by.unit == unit)


def load_for_asker(desk: Desk, number: str, by: Resident | CodeHolder) -> Ticket:
    """Return a ticket to the one who asked, or to the holder of its 查询码; to nobody else."""
    ticket = load(desk, number)
    if isinstance(by, CodeHolder):
        if by.number == number:
            return ticket
        raise NoSuchTicket(number)
    asker = desk.book.asker(number)
    if asker is None or not asker.openid or asker.openid != by.openid:
        raise NoSuchTicket(number)
    return ticket


def merged_into(desk: Desk, number: str) -> tuple[Ticket, ...]:
    """Return the tickets that wait for the answer of *number*."""
    return tuple(found for found in desk.book.merged_into(number) if found.stage is Stage.MERGED)


def put_down(desk: Desk, by: Actor, ticket: Ticket, event: Event, notice: Notice | None = None) -> Ticket:
    """Save the changed ticket, log the event, owe the notice; return the ticket as saved."""
    saved = replace(ticket, revision=ticket.revision + 1)
    desk.book.save(saved)
    recorded = record(desk, by, saved, event)
    if notice is not None:
        owe(desk, saved, recorded.key, notice)
    return saved


def record(desk: Desk, by: Actor, saved: Ticket, event: Event) -> Recorded:
    """Append *event* as number *revision* of the ticket."""
    recorded = Recorded(saved.number, saved.revision, desk.now, actor_word(by), event)
    desk.book.append(recorded)
    return recorded


def owe(desk: Desk, ticket: Ticket, event: str, notice: Notice) -> None:
    """Owe a notice to the asker, if there is still an openid to send it to."""
    asker = desk.book.asker(ticket.number)
    if asker is None or not asker.openid:
        return
    details = NoticeDetails(
        ticket.number, ticket.kind, ticket.due, ticket.unit, notice.text_id, notice.route, notice.closed, notice.also
    )
    desk.notices.owe(asker.openid, ticket.number, event, notice.kind, details)


def write(desk: Desk, by: Actor, ticket: Ticket, kind: TextKind, body: str, part: int = 0) -> str:
    """Put words down and return their id, which no event of the ticket has used before.

    *part* tells texts apart that are written with one event.

    Raises:
        TransitionRefused: there are no words.
    """
    need_words(kind, body)
    text_id = f"{ticket.number}/{ticket.revision + 1}.{part}"
    desk.book.add_text(CaseText(text_id, ticket.number, kind, body.strip(), actor_word(by), desk.now))
    return text_id


def need_words(kind: TextKind, body: str) -> None:
    """Refuse words that are none."""
    if not body.strip():
        raise TransitionRefused(f"{kind}不能为空")


def actor_word(by: Actor) -> str:
    """Return how an actor is written into the log; never an openid."""
    match by:
        case Staff(login):
            return f"staff:{login}"
        case Resident():
            return "resident"
        case CodeHolder():
            return "code"
        case System(part):
            return f"system:{part}"


def on_clock(desk: Desk, ticket: Ticket, clock: Clock) -> Ticket:
    """Return the ticket with this clock and the date it gives."""
    return replace(ticket, clock=clock, due=due_of(clock, desk.calendar))


def rule_for(desk: Desk, kind: Kind) -> LimitRule:
    """Return the legal limit in force for *kind*."""
    return desk.rules[kind.value]


def is_overdue(ticket: Ticket, now: datetime) -> bool:
    """Is an open ticket past 24:00 of its due date? One whose clock stands still is not."""
    return ticket.is_open and ticket.stage is not Stage.PAUSED and day_of(now) > ticket.due.due
