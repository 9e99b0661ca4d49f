"""Which buttons a ticket page shows: what the stage, the role and the limits allow now.

The desk checks everything again; this only keeps buttons away that would be refused.
"""

from collections.abc import Mapping
from types import MappingProxyType

from casework.staff import Right, Staff, may
from casework.tickets.case import Desk, may_act_for
from casework.tickets.desk import Action, NotAllowed, actions_for, is_overdue, may_still_send_back
from casework.tickets.dispatching import refuse_unsupervised
from casework.tickets.model import Stage, Ticket

_NEEDS: Mapping[str, tuple[Action, Right]] = MappingProxyType(
    {
        "accept": (Action.ACCEPT, Right.INTAKE),
        "decline": (Action.DECLINE, Right.INTAKE),
        "kind": (Action.CHANGE_KIND, Right.INTAKE),
        "classify": (Action.CLASSIFY, Right.INTAKE),
        "dispatch": (Action.DISPATCH, Right.DISPATCH),
        "sign": (Action.SIGN, Right.HANDLE),
        "begin": (Action.BEGIN, Right.HANDLE),
        "send_back": (Action.SEND_BACK, Right.HANDLE),
        "answer": (Action.ANSWER, Right.ANSWER),
        "close": (Action.CLOSE, Right.CLOSE),
        "pause": (Action.PAUSE, Right.PAUSE),
        "resume": (Action.RESUME, Right.PAUSE),
        "ask_extension": (Action.ASK_EXTENSION, Right.ASK_EXTENSION),
        "decide_extension": (Action.DECIDE_EXTENSION, Right.APPROVE_EXTENSION),
        "merge": (Action.MERGE, Right.MERGE),
        "unmerge": (Action.UNMERGE, Right.MERGE),
        "call": (Action.CALL, Right.RETURN_CALL),
        "reopen": (Action.REOPEN, Right.REOPEN),
    }
)


def offered(desk: Desk, ticket: Ticket, staff: Staff) -> frozenset[str]:
    """Return the names of what this person may do to the ticket now."""
    if not may_act_for(staff, ticket.unit):
        return frozenset()
    open_actions = frozenset(actions_for(ticket))
    names = {name for name, (action, right) in _NEEDS.items() if action in open_actions and may(staff, right)}
    names -= _barred(desk, ticket, staff)
    if _may_answer_directly(ticket, staff):
        names.add("answer_directly")
    if may(staff, Right.INTAKE):
        names |= {"external", "code"}
    return frozenset(names)


def _barred(desk: Desk, ticket: Ticket, staff: Staff) -> set[str]:
    """Return what the stage allows and something else forbids."""
    barred = set()
    ask = ticket.extension_ask
    if is_overdue(ticket, desk.now):
        barred |= {"pause", "ask_extension"}
    if ask is not None:
        barred.add("ask_extension")
    if ask is None or ask.asked_by == staff.login:
        barred.add("decide_extension")
    if ticket.stage is Stage.RETURNED and not may(staff, Right.SEE_ALL):
        barred |= {"pause", "ask_extension"}  # the unit that sent it back waits for the next dispatch
    if not may_still_send_back(desk, ticket):
        barred.add("send_back")
    if ticket.stage is Stage.MERGED:
        barred |= {"answer", "close"}
    if not _may_send(ticket, staff):
        barred.add("dispatch")
    return barred


def _may_send(ticket: Ticket, staff: Staff) -> bool:
    try:
        refuse_unsupervised(ticket, staff)
    except NotAllowed:
        return False
    return True


def _may_answer_directly(ticket: Ticket, staff: Staff) -> bool:
    rights = (Right.CLOSE, Right.ANSWER, Right.INTAKE)
    return (
        ticket.is_open
        and ticket.stage is not Stage.MERGED
        and all(may(staff, right) for right in rights)
        and _may_send(ticket, staff)
    )
