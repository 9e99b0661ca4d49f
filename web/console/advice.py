"""What a ticket page proposes: a unit with its reason, the same matter elsewhere, an answer with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz

from casework.tickets.duplicates import Demand, Duplicate, likely_duplicates
from casework.tickets.model import Kind, Stage, Ticket
from knowledge import cards
from knowledge.model import Answer, Choice, Entry, Outcome, Unknown
from web.console.ports import Candidate, Knowledge

MOST = 3
_BAR = 0.2
"""Below this score an entry is not worth an officer's look."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry of the knowledge base that may answer the case; *text* carries its source."""

    entry_id: str
    title: str
    text: str
    score: int


def suggestions(knowledge: Knowledge, words: str) -> tuple[Suggestion, ...]:
    """Return entries that may answer *words*, the best first."""
    if not words.strip():
        return ()
    scored: dict[str, float] = {}
    for asked in knowledge.understand(words[:500]).asked:
        for entry_id, score in _matches(asked.outcome):
            scored[entry_id] = max(score, scored.get(entry_id, 0.0))
    best = sorted(scored, key=lambda entry_id: -scored[entry_id])
    found = ((entry_id, knowledge.entry(entry_id)) for entry_id in best if scored[entry_id] >= _BAR)
    return tuple(_suggestion(entry, scored[entry_id]) for entry_id, entry in found if entry is not None)[:MOST]


def _matches(outcome: Outcome) -> list[tuple[str, float]]:
    match outcome:
        case Answer(found, confidence, others):
            return [(found.entry_id, max(found.score, confidence)), *((m.entry_id, m.score) for m in others)]
        case Choice(options):
            return [(option.entry_id, option.score) for option in options]
        case Unknown(others):
            return [(other.entry_id, other.score) for other in others]


def _suggestion(entry: Entry, score: float) -> Suggestion:
    return Suggestion(entry.id, entry.title, cards.short(entry), round(min(score, 1.0) * 100))


def same_matter(ticket: Ticket, words: str, others: Sequence[Candidate]) -> tuple[Duplicate, ...]:
    """Return open tickets that may be the same matter."""
    new = Demand(ticket.number, words, ticket.town, ticket.received)
    known = (Demand(one.number, one.words, one.town, one.received) for one in others)
    return likely_duplicates(new, known, closeness)[:MOST]


def closeness(one: str, other: str) -> float:
    """Return how close two demands are in words, from 0 to 1."""
    return fuzz.ratio(one, other) / 100


_ANY = "您反映的问题收悉。"
_CANNED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CONSULT: ("您好，您问的事，答复如下：\n",),
        Kind.HELP: (
            f"{_ANY}我们已联系负责的单位，处理情况是：\n",
            "您的事要补充材料才能办，请回复“补充”，写明：\n",
        ),
        Kind.SUGGEST: ("谢谢您的建议。已经转给负责的单位研究，答复如下：\n",),
        Kind.COMPLAIN: (f"{_ANY}经核实，情况是：\n处理结果：\n", f"{_ANY}经到现场查看，处理情况是：\n"),
        Kind.REPORT: ("您反映的线索已依法核查。核查情况：\n",),
    }
)
_AT_END = "还有不清楚的，直接在这里回复“补充”。"
_AGAIN = "上次答复没让您满意，对不住。这次重新办理的情况是：\n"


def canned(ticket: Ticket) -> tuple[str, ...]:
    """Return beginnings of answers that fit the kind and the stage; what was found out, people write."""
    again = (_AGAIN,) if ticket.reopenings and ticket.stage is not Stage.MERGED else ()
    return (*again, *_CANNED.get(ticket.kind, ()), _AT_END)
