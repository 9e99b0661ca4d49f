"""Tickets as lines of a list: the conditions that select them, and what a line shows."""

from casework.tickets.model import Stage, Ticket
from web.console.ports import TicketRow
from web.console.queries import Query, Scope

SUMMARY_LENGTH = 80


def conditions(query: Query, scope: Scope) -> tuple[str, dict[str, object]]:
    """Return the WHERE clause over ``tickets t`` and its parameters; the scope is always part of it."""
    parts: list[tuple[str, dict[str, object]]] = [
        _scoped(scope),
        *_staged(query),
        *_dated(query),
        *_worded(query),
    ]
    simple = {
        "t.unit = :lead_unit": query.lead_unit,
        "t.kind = :kind": query.kind,
        "t.town = :town": query.town,
    }
    parts += [(sql, {sql.rpartition(":")[2]: value}) for sql, value in simple.items() if value]
    values: dict[str, object] = {}
    for _, more in parts:
        values |= more
    return " AND ".join(sql for sql, _ in parts), values


def _scoped(scope: Scope) -> tuple[str, dict[str, object]]:
    if scope.everything:
        return "1 = 1", {}
    if not scope.unit:
        return "1 = 0", {}
    # The subquery runs once, over the few tickets that have helpers. Quotes make the match exact.
    helped = "SELECT h.number FROM tickets h WHERE h.co_units <> '[]' AND h.co_units LIKE :own_helps ESCAPE '!'"
    return f"(t.unit = :own OR t.number IN ({helped}))", {
        "own": scope.unit,
        "own_helps": f'%"{escaped(scope.unit)}"%',
    }


def _staged(query: Query) -> list[tuple[str, dict[str, object]]]:
    parts: list[tuple[str, dict[str, object]]] = []
    if query.stages:
        names = [f"stage{place}" for place, _ in enumerate(query.stages)]
        marks = ", ".join(f":{name}" for name in names)
        parts.append(
            (
                f"t.stage IN ({marks})",
                {name: stage.value for name, stage in zip(names, query.stages, strict=True)},
            )
        )
    if query.is_open is not None:
        # The plus keeps the planner to the small index where there is one.
        column = "+t.is_open" if query.asks_extension or query.supervised else "t.is_open"
        parts.append((f"{column} = :is_open", {"is_open": int(query.is_open)}))
    if query.asks_extension:
        parts.append(("t.asks_extension = 1", {}))
    if query.supervised:
        parts.append(("t.supervised = 1", {}))
    return parts


def _dated(query: Query) -> list[tuple[str, dict[str, object]]]:
    """A ticket whose clock stands still is due on no day."""
    parts: list[tuple[str, dict[str, object]]] = []
    if query.due_on is not None:
        parts.append(("t.due_date = :due_on", {"due_on": query.due_on.isoformat()}))
    if query.due_before is not None:
        parts.append(("t.due_date < :due_before", {"due_before": query.due_before.isoformat()}))
    if parts:
        parts.append(("t.stage <> :paused", {"paused": Stage.PAUSED.value}))
    return parts


def _worded(query: Query) -> list[tuple[str, dict[str, object]]]:
    parts: list[tuple[str, dict[str, object]]] = []
    if query.touched_by:
        parts.append(
            (
                "EXISTS (SELECT 1 FROM ticket_events e WHERE e.actor = :actor AND e.ticket = t.number)",
                {"actor": f"staff:{query.touched_by}"},
            )
        )
    if query.words:
        parts.append(
            (
                # The kind is written out, as in the index of the demands.
                "(t.number LIKE :words ESCAPE '!' OR t.external_number LIKE :words ESCAPE '!' OR EXISTS"
                " (SELECT 1 FROM case_texts w WHERE w.ticket = t.number AND w.kind = '诉求内容'"
                " AND w.body LIKE :words ESCAPE '!'))",
                {"words": f"%{escaped(query.words)}%"},
            )
        )
    return parts


def escaped(words: str) -> str:
    """Return *words* so that LIKE takes them letter by letter (ESCAPE '!')."""
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def row_of(ticket: Ticket, words: str, longest: int = SUMMARY_LENGTH, *, away: bool = False) -> TicketRow:
    """Return the line of one ticket with at most *longest* characters of what was asked."""
    return TicketRow(
        number=ticket.number,
        kind=ticket.kind.value,
        stage=ticket.stage.value,
        town=ticket.town,
        unit=ticket.unit,
        due=ticket.due.due,
        received=ticket.received,
        words=" ".join(words.split())[:longest],
        urged=ticket.urged,
        supervised=ticket.supervised,
        asks_extension=ticket.extension_ask is not None,
        external_number=ticket.external_number,
        reopenings=ticket.reopenings,
        rating=ticket.rating.value if ticket.rating else "",
        is_open=ticket.is_open,
        away=away,
    )
