"""The report's raw material read off stored tickets: only the few fields it needs, since a year holds thousands.

Says the same as ``casework.tickets.facts.facts_of`` of the whole ticket, in a third of the time; a test
holds it to that.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from casework.china_time import day_of, start_of
from casework.tickets.facts import CaseFacts
from casework.tickets.model import Kind, Rating
from storage.ticket_rows import conditions
from storage.times import to_ms
from web.console.queries import Query, Scope


@dataclass(frozen=True, slots=True)
class _Clock:
    received: datetime
    extensions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Due:
    due: date


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a stored ticket holds, as far as the report counts it."""

    number: str
    kind: Kind
    clock: _Clock
    due: _Due
    town: str
    unit: str
    dispatches: int
    closed_at: datetime | None
    resolved: bool | None
    rating: Rating | None
    reopenings: int
    earlier: tuple[_Clock, ...]


_KEPT = TypeAdapter(_Kept)


def facts(connection: sqlite3.Connection, start: date, end: date, scope: Scope) -> Sequence[CaseFacts]:
    """Return the facts of readable tickets registered from *start* to *end*, both included."""
    where, values = conditions(Query(), scope)
    rows = connection.execute(
        f"SELECT t.body FROM tickets t WHERE {where} AND t.received_ms >= :start AND t.received_ms < :end"  # noqa: S608
        " ORDER BY t.number",
        {**values, "start": to_ms(start_of(start)), "end": to_ms(start_of(end + timedelta(days=1)))},
    )
    return [_facts(_KEPT.validate_json(row["body"])) for row in rows]


def _facts(kept: _Kept) -> CaseFacts:
    clocks = (*kept.earlier, kept.clock)
    return CaseFacts(
        number=kept.number,
        received=day_of(clocks[0].received),
        kind=kept.kind,
        town=kept.town,
        due=kept.due.due,
        unit=kept.unit,
        dispatches=kept.dispatches,
        extensions=sum(len(clock.extensions) for clock in clocks),
        reopenings=kept.reopenings,
        closed=None if kept.closed_at is None else day_of(kept.closed_at),
        resolved=kept.resolved,
        rating=kept.rating,
    )
