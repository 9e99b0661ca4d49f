"""Several questions in one message: each gets its line, and what is not told at once is opened by number."""

from dataclasses import dataclass, replace

from handlers import wording
from handlers.services import Said, Services, Told
from handlers.state import Choosing
from handlers.turn import Reply
from knowledge import cards
from knowledge.model import Answer, Asked, Choice, Entry, Facet

MOST_ANSWERED = 3
MOST_SIDES = 4


@dataclass(frozen=True, slots=True)
class Answered:
    """An entry and every side that was asked of it."""

    entry: Entry
    facets: tuple[Facet, ...]


def entries_in(services: Services, asked: tuple[Asked, ...]) -> list[Answered]:
    """The entries answered, each once, with every side that was asked of it."""
    found: dict[str, Answered] = {}
    for item in asked:
        if not isinstance(item.outcome, Answer):
            continue
        entry = services.knowledge.entry(item.outcome.match.entry_id)
        if entry is None:
            continue
        before = found.get(entry.id, Answered(entry, ()))
        asked_of = item.sides or ((item.facet,) if item.facet else ())
        facets = tuple(dict.fromkeys((*before.facets, *asked_of)))[:MOST_SIDES]
        found[entry.id] = Answered(entry, facets)
    return list(found.values())


def one_by_one(services: Services, asked: tuple[Asked, ...], answered: list[Answered], question_id: str) -> Said:
    """A line for each matter, the first three told, the others and what is asked back opened by number."""
    by_entry = {item.entry.id: item for item in answered}
    told: dict[str, str] = {}
    for item in asked:
        match item.outcome:
            case Answer(match=found) if found.entry_id in by_entry:
                only = by_entry[found.entry_id]
                line = cards.one_line(only.entry, only.facets[0] if only.facets else None)
                told.setdefault(
                    found.entry_id, line if len(told) < MOST_ANSWERED else wording.by_number(only.entry.title)
                )
            case Choice():
                told.setdefault(f"?{item.clause}", wording.several_fit(item.clause))
            case _:
                told.setdefault(f"?{item.clause}", wording.not_known(item.clause))
    lines = [f"{place}. {line}" for place, line in enumerate(told.values(), 1)]
    first = _first_told(services, asked[0])
    return Said(
        wording.several(lines),
        replace(first, also=tuple(entry_id for entry_id in by_entry if entry_id != first.entry_id)),
        pending=Choosing(tuple(told)),
        entry_id=answered[0].entry.id if answered else "",
        question_id=question_id,
    )


def _first_told(services: Services, first: Asked) -> Told:
    """What the first of several questions came to."""
    match first.outcome:
        case Answer(match=found) if entry := services.knowledge.entry(found.entry_id):
            return Told("answer", entry.id, domain=entry.domain, unit=entry.origin.unit)
        case Choice(options=options):
            return Told("choice", choices=tuple(match.entry_id for match in options))
        case _:
            return Told("unknown", kind="咨询")


def has_choice(asked: tuple[Asked, ...]) -> bool:
    """Must one of these be asked back?"""
    return any(isinstance(item.outcome, Choice) for item in asked)


def with_note(said: Said, open_clauses: list[str]) -> Said:
    """*said*, and what has no answer among what was asked."""
    if not open_clauses:
        return said
    note = "\n".join(wording.not_known(clause) for clause in open_clauses[:MOST_ANSWERED])
    return replace(said, reply=Reply(f"{said.reply.text}\n{note}", said.reply.taps))
