"""答复 and 办结, also for everyone whose ticket was merged into this one."""

from dataclasses import replace

from casework.ports import NoticeKind
from casework.staff import Right, Staff
from casework.tickets.case import DESK_UNIT, Desk, Notice, load_for_staff, merged_into, need_words, put_down, write
from casework.tickets.dispatching import dispatched, refuse_unsupervised
from casework.tickets.events import Accepted, Answered, Closed, HandlingBegun, Signed
from casework.tickets.model import Stage, TextKind, Ticket
from casework.tickets.telling import Told, speaker, spoken, told_once
from casework.tickets.timing import resumed
from casework.tickets.transitions import Action, TransitionRefused, moved

_UNDISPATCHED = frozenset({Stage.ACCEPTED, Stage.RETURNED})


def answer(desk: Desk, number: str, words: str, by: Staff) -> Ticket:
    """答复: the resident, and everyone merged into the ticket, is owed the words."""
    ticket = _not_merged(load_for_staff(desk, number, by, Right.ANSWER), Action.ANSWER)
    moved(ticket, Action.ANSWER)
    return _answer_all(desk, ticket, words, by, closes=False)


def close(desk: Desk, number: str, resolved: bool, by: Staff) -> Ticket:
    """办结; *resolved* is the officer's judgement, the resident's is the rating."""
    ticket = _not_merged(load_for_staff(desk, number, by, Right.CLOSE), Action.CLOSE)
    moved(ticket, Action.CLOSE)
    return _close_all(desk, ticket, resolved, by, Notice(NoticeKind.CLOSED))


def answer_directly(desk: Desk, number: str, words: str, by: Staff, resolved: bool = True) -> Ticket:
    """Answer and close from any open stage in one go; the stages between are logged, the resident
    gets one notice. For the duty desk and administrators, who stand in for the unit."""
    load_for_staff(desk, number, by, Right.CLOSE)
    load_for_staff(desk, number, by, Right.ANSWER)
    ticket = _not_merged(load_for_staff(desk, number, by, Right.INTAKE), Action.ANSWER)
    if not ticket.is_open:
        raise TransitionRefused(f"{number}现在是“{ticket.stage}”，不能答复")
    need_words(TextKind.ANSWER, words)
    if (ticket.before or ticket.stage) in _UNDISPATCHED:
        refuse_unsupervised(ticket, by)
    ticket = _answer_all(desk, _brought_to_handling(desk, ticket, by), words, by, closes=True)
    return _close_all(desk, ticket, resolved, by, None)


def _not_merged(ticket: Ticket, action: Action) -> Ticket:
    if ticket.stage is Stage.MERGED:
        raise TransitionRefused(f"{ticket.number}已并入{ticket.merged_into}，请在那一件{action}")
    return ticket


def _brought_to_handling(desk: Desk, ticket: Ticket, by: Staff) -> Ticket:
    """Walk the ticket through the stages between, silently for the resident."""
    if ticket.stage is Stage.PAUSED:
        ticket = resumed(desk, ticket, by, None)
    if ticket.stage is Stage.REGISTERED:
        ticket = put_down(desk, by, moved(ticket, Action.ACCEPT), Accepted())
    if ticket.stage in _UNDISPATCHED:
        unit = by.unit or DESK_UNIT
        ticket = dispatched(desk, by, ticket, unit, (), "值班席直接答复", None)
    if ticket.stage is Stage.DISPATCHED:
        ticket = put_down(desk, by, moved(ticket, Action.SIGN), Signed(ticket.unit))
    if ticket.stage is Stage.SIGNED:
        ticket = put_down(desk, by, moved(ticket, Action.BEGIN), HandlingBegun(ticket.unit))
    return ticket


def _answer_all(desk: Desk, ticket: Ticket, words: str, by: Staff, closes: bool) -> Ticket:
    merged = merged_into(desk, ticket.number)
    told = told_once(desk, (ticket, *merged))
    for one in merged:
        _answer_one(desk, one, words, by, closes, told)
    return _answer_one(desk, ticket, words, by, closes, told)


def _answer_one(desk: Desk, ticket: Ticket, words: str, by: Staff, closes: bool, told: Told) -> Ticket:
    """Each ticket has an own copy of the words, so that one can be erased without the other."""
    answered = moved(ticket, Action.ANSWER)
    text_id = write(desk, by, ticket, TextKind.ANSWER, words)
    answered = replace(answered, answer_id=text_id, answered_at=desk.now, extension_ask=None)
    notice = spoken(Notice(NoticeKind.ANSWERED, text_id, closed=closes), ticket.number, told)
    return put_down(desk, by, answered, Answered(text_id, by.unit, speaker(ticket.number, told)), notice)


def _close_all(desk: Desk, ticket: Ticket, resolved: bool, by: Staff, notice: Notice | None) -> Ticket:
    """Whatever is merged by now was merged before the answer and has it."""
    merged = merged_into(desk, ticket.number)
    told = told_once(desk, (ticket, *merged))
    for one in merged:
        _close_one(desk, one, resolved, by, notice, told)
    return _close_one(desk, ticket, resolved, by, notice, told)


def _close_one(desk: Desk, ticket: Ticket, resolved: bool, by: Staff, notice: Notice | None, told: Told) -> Ticket:
    closed = replace(
        moved(ticket, Action.CLOSE), closed_at=desk.now, resolved=resolved, rating=None, extension_ask=None
    )
    event = Closed(resolved, by.unit, speaker(ticket.number, told) if notice else "")
    return put_down(desk, by, closed, event, spoken(notice, ticket.number, told))
