"""Who is told of what happens to several tickets at once: one message to a person, naming all their numbers.

Every ticket keeps its own number, clock and rating; only the message is one. What a village admin wrote down
is for different people, and each of these gets an own card.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casework.tickets.case import Desk, Notice
from casework.tickets.model import Source, Ticket

Told = Mapping[str, tuple[str, ...]]
"""Number of a ticket whose asker is told → further numbers the message speaks for."""


def told_once(desk: Desk, tickets: Sequence[Ticket]) -> Told:
    """Return which tickets are told of; the first one of a person speaks for their others."""
    groups: dict[str, list[str]] = {}
    for ticket in tickets:
        asker = desk.book.asker(ticket.number)
        alone = asker is None or not asker.openid or ticket.source is Source.VILLAGE
        groups.setdefault(ticket.number if asker is None or alone else asker.openid, []).append(ticket.number)
    return {numbers[0]: tuple(numbers[1:]) for numbers in groups.values()}


def spoken(notice: Notice | None, number: str, told: Told) -> Notice | None:
    """Return the notice as this ticket owes it: None where another one speaks for it."""
    if notice is None or number not in told:
        return None
    return replace(notice, also=told[number])


def speaker(number: str, told: Told) -> str:
    """Return the ticket whose message speaks for this one too, empty where it has its own."""
    return next((first for first, others in told.items() if number in others), "")
