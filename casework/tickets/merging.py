"""并单 and 拆单: one answer for many askers, each with own number, notices, clock and rating.

The unit of the one is the unit of all: it reads what each asker wrote, and the report counts
what it has on its hands. Merging buys no time: a merged ticket's clock runs on untouched by pauses and extensions of
the ticket it was merged into, so unmerging finds it as it was.
"""

from dataclasses import replace

from casework.staff import Actor, Right, Staff, System
from casework.tickets.case import Desk, Notice, load_for_staff, merged_into, put_down
from casework.tickets.merging_events import Merged, TakenAlong, Unmerged
from casework.tickets.model import Stage, Ticket
from casework.tickets.telling import Told, speaker, spoken
from casework.tickets.transitions import Action, TransitionRefused, can, moved


def merge(desk: Desk, number: str, into: str, by: Staff) -> Ticket:
    """Merge ticket *number* into the open ticket *into*; chains are refused."""
    ticket = load_for_staff(desk, number, by, Right.MERGE)
    target = load_for_staff(desk, into, by, Right.MERGE)
    if number == into:
        raise TransitionRefused("不能把一件并入它自己")
    if target.stage is Stage.MERGED:
        raise TransitionRefused(f"{into}已并入{target.merged_into}，请并入{target.merged_into}")
    if not can(target, Action.MERGE):
        raise TransitionRefused(f"{into}现在是“{target.stage}”，不能并入")
    if merged_into(desk, number):
        raise TransitionRefused(f"已有其他件并入{number}，请先拆单")
    merged = replace(
        moved(ticket, Action.MERGE),
        merged_into=into,
        extension_ask=None,
        unit=target.unit or ticket.unit,
        own_unit=ticket.unit,
    )
    return put_down(desk, by, merged, Merged(into, target.unit))


def unmerge(desk: Desk, number: str, by: Staff) -> Ticket:
    """Let a merged ticket go its own way again, in its old stage and on its own clock."""
    return _unmerged(desk, load_for_staff(desk, number, by, Right.MERGE), by)


def take_along(desk: Desk, target: Ticket, by: Actor, notice: Notice | None, told: Told) -> None:
    """Whoever merged into a ticket that was just dispatched goes to the same unit, and hears of it once."""
    for ticket in merged_into(desk, target.number):
        taken = replace(ticket, unit=target.unit)
        event = TakenAlong(target.number, target.unit, speaker(taken.number, told) if notice else "")
        put_down(desk, by, taken, event, spoken(notice, taken.number, told))


def free_merged(desk: Desk, target: Ticket) -> None:
    """Unmerge everything from a ticket that will not be answered: its asker left, or it was declined."""
    for ticket in merged_into(desk, target.number):
        _unmerged(desk, ticket, System("unmerge"))


def _unmerged(desk: Desk, ticket: Ticket, by: Actor) -> Ticket:
    apart = replace(moved(ticket, Action.UNMERGE), merged_into="", unit=ticket.own_unit, own_unit="")
    return put_down(desk, by, apart, Unmerged(ticket.merged_into, apart.unit))
