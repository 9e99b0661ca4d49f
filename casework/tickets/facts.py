"""What the report needs to know of one ticket: folded from its log, or read off the stored ticket.

The two must agree; a property test holds them to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from casework.china_time import day_of
from casework.tickets import events, merging_events, timing_events
from casework.tickets.events import Recorded
from casework.tickets.model import Kind, Rating, Ticket


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One line of the report's raw material. *rating* is the last one given."""

    number: str
    received: date
    kind: Kind
    town: str
    due: date
    unit: str = ""
    dispatches: int = 0
    extensions: int = 0
    reopenings: int = 0
    closed: date | None = None
    resolved: bool | None = None
    rating: Rating | None = None


def facts_of(ticket: Ticket) -> CaseFacts:
    """Read the facts off a stored ticket."""
    clocks = (*ticket.earlier, ticket.clock)
    return CaseFacts(
        number=ticket.number,
        received=day_of(ticket.received),
        kind=ticket.kind,
        town=ticket.town,
        due=ticket.due.due,
        unit=ticket.unit,
        dispatches=ticket.dispatches,
        extensions=sum(len(clock.extensions) for clock in clocks),
        reopenings=ticket.reopenings,
        closed=None if ticket.closed_at is None else day_of(ticket.closed_at),
        resolved=ticket.resolved,
        rating=ticket.rating,
    )


def facts_from_log(log: Iterable[Recorded]) -> CaseFacts | None:
    """Fold the log of one ticket, oldest first; None for a log that does not begin with its opening."""
    facts: CaseFacts | None = None
    for recorded in log:
        facts = _begun(recorded) if facts is None else _after(facts, recorded)
        if facts is None:
            return None
    return facts


def _begun(recorded: Recorded) -> CaseFacts | None:
    match recorded.event:
        case events.TicketOpened(kind, _, town, due, _, received):
            return CaseFacts(recorded.ticket, day_of(received or recorded.at), kind, town, due)
        case _:
            return None


def _after(facts: CaseFacts, recorded: Recorded) -> CaseFacts:
    match recorded.event:
        case events.KindChanged(_, new, due):
            return replace(facts, kind=new, due=due)
        case events.Dispatched(unit):
            return replace(facts, unit=unit, dispatches=facts.dispatches + 1)
        case merging_events.Merged(_, unit):
            return replace(facts, unit=unit or facts.unit)
        case merging_events.TakenAlong(_, unit) | merging_events.Unmerged(_, unit):
            return replace(facts, unit=unit)
        case timing_events.Resumed(due):
            return replace(facts, due=due)
        case timing_events.ExtensionApproved(_, due):
            return replace(facts, due=due, extensions=facts.extensions + 1)
        case timing_events.DueRecomputed(_, new):
            return replace(facts, due=new)
        case events.Closed(resolved):
            return replace(facts, closed=day_of(recorded.at), resolved=resolved, rating=None)
        case events.Rated(rating):
            return replace(facts, rating=rating)
        case events.Reopened(due=due):
            return replace(facts, due=due, closed=None, resolved=None, reopenings=facts.reopenings + 1)
        case _:
            return facts
