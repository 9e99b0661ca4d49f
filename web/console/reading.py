"""Everything the ticket page shows of one case, read in one go and masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.china_time import day_of, short_date
from casework.clock import due_of
from casework.due_words import due_days_lines, due_sentence
from casework.ports import NoticeDetails, NoticeKind
from casework.staff import Staff
from casework.tickets.case import Desk, merged_into
from casework.tickets.desk import is_overdue, may_see_asker, read_as_staff
from casework.tickets.events import Recorded
from casework.tickets.model import Asker, CaseText, Source, Stage, TextKind, Ticket
from casework.tickets.routing import Directory
from casework.tickets.telling import told_once
from handlers import wording
from knowledge.masking import mask
from web.console.masks import mask_name, mask_phone
from web.console.offers import offered
from web.console.ports import NoticeState
from web.console.words import GONE, Light, Step, light_of, notice_words, step_of

_SHOWN_ABOVE = (TextKind.DEMAND, TextKind.PLACE, TextKind.WHEN, TextKind.SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A pending request for more time: why, and the date if it is granted."""

    reason: str
    due: date


@dataclass(frozen=True, slots=True)
class Case:
    """A case as one transaction saw it."""

    ticket: Ticket
    texts: tuple[CaseText, ...]
    log: tuple[Recorded, ...]
    asker: Asker | None
    merged: tuple[str, ...]
    offers: frozenset[str]
    light: Light
    overdue: bool
    may_see_asker: bool
    limits: tuple[str, ...]
    asked: AskedTime | None
    earlier: tuple[date, ...]
    also: tuple[str, ...]
    """Merged tickets of the same person, which one message speaks for."""

    @property
    def waits(self) -> bool:
        """Does the case wait for the answer of the one it was merged into?"""
        return self.ticket.stage is Stage.MERGED


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The due date with its reasons."""

    sentence: str
    days: tuple[str, ...]
    basis: str
    provisional: bool
    earlier: tuple[str, ...]
    """The dates of earlier rounds, before each 重办."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who asked, masked; *reachable* says that notices can reach them by WeChat."""

    name: str
    phone: str
    reachable: bool
    erased: bool


def gather(desk: Desk, number: str, staff: Staff) -> Case:
    """Read one case for one member of staff.

    Raises:
        TransitionRefused: there is none, or it is not theirs to read.
    """
    ticket = read_as_staff(desk, number, staff)
    merged = merged_into(desk, number)
    return Case(
        ticket=ticket,
        texts=tuple(desk.book.texts(number)),
        log=tuple(desk.book.history(number)),
        asker=desk.book.asker(number),
        merged=tuple(found.number for found in merged),
        offers=offered(desk, ticket, staff),
        light=light_of(ticket.due.due, day_of(desk.now), ticket.stage, ticket.is_open),
        overdue=is_overdue(ticket, desk.now),
        may_see_asker=may_see_asker(staff, ticket),
        limits=tuple(setting.shown for setting in desk.inner.settings.values()),
        asked=_asked_time(desk, ticket),
        earlier=tuple(due_of(clock, desk.calendar).due for clock in ticket.earlier),
        also=told_once(desk, (ticket, *merged))[number],
    )


def _asked_time(desk: Desk, ticket: Ticket) -> AskedTime | None:
    ask = ticket.extension_ask
    if ask is None:
        return None
    words = next((text.body for text in desk.book.texts(ticket.number) if text.id == ask.reason_id), GONE)
    return AskedTime(words, due_of(ticket.clock.extended(ask.days), desk.calendar).due)


def clockwork(case: Case) -> Clockwork:
    """Return the clock of a ticket in words."""
    due, rounds = case.ticket.due, enumerate(case.earlier, 1)
    earlier = tuple(f"第{place}次办理：期限 {short_date(day)}" for place, day in rounds)
    return Clockwork(due_sentence(due), due_days_lines(due), due.basis, due.provisional, earlier)


def who(asker: Asker | None) -> Who:
    """Return who asked, masked; never the openid."""
    if asker is None:
        return Who("", "", reachable=False, erased=True)
    return Who(mask_name(asker.name), mask_phone(asker.phone), bool(asker.openid), erased=False)


def said(case: Case) -> tuple[tuple[str, str], ...]:
    """Return what the asker wrote as (what it is, words), personal numbers masked."""
    return tuple((text.kind.value, mask(text.body)) for text in case.texts if text.kind in _SHOWN_ABOVE)


def demand_of(texts: Sequence[CaseText]) -> str:
    """Return the words of the demand itself."""
    return "\n".join(text.body for text in texts if text.kind is TextKind.DEMAND)


def picture_ids(case: Case) -> tuple[str, ...]:
    """Return the ids of the case's pictures."""
    return tuple(text.body for text in case.texts if text.kind is TextKind.PICTURE)


def timeline(
    case: Case, names: Mapping[str, str], notices: Sequence[NoticeState], directory: Directory
) -> tuple[Step, ...]:
    """Return the history, newest first, each step with what became of its notice."""
    bodies = {text.id: _quoted(text) for text in case.texts}
    states = {notice.event: notice_words(notice.state) for notice in notices}
    steps = []
    for recorded in reversed(case.log):
        step = step_of(recorded, names, bodies, directory)
        words, code = states.get(recorded.key, ("", ""))
        steps.append(Step(step.at, step.who, step.what, step.quote, words, code))
    return tuple(steps)


def _quoted(text: CaseText) -> str:
    """What the asker said is masked; what staff wrote may name an office's number."""
    if text.kind is TextKind.PICTURE:
        return "（图片）"
    return mask(text.body) if text.kind in _SHOWN_ABOVE else text.body


def preview(case: Case, words: str, *, closes: bool) -> str:
    """Return what the asker's phone will show; a village admin gets a card to paste."""
    ticket = case.ticket
    details = NoticeDetails(ticket.number, ticket.kind, ticket.due, ticket.unit, "", None, closes, case.also)
    if ticket.source is Source.VILLAGE:
        return wording.village_notice(NoticeKind.ANSWERED, details, demand_of(case.texts), words)
    return wording.notice(NoticeKind.ANSWERED, details, words)
