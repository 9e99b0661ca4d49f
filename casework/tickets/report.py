"""通报: 高安's own columns per unit, 镇/街道 and month, each figure with the tickets behind it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casework.tickets.facts import CaseFacts
from casework.tickets.model import Rating

Grouping = Callable[[CaseFacts], str]

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "办件数量": "本期登记的诉求件数，按登记月份计",
        "提前办结率": "办结日早于到期日的件数÷已办结件数",
        "解决率": "办结时注明已解决的件数÷已办结件数",
        "重新派发次数": "第一次派单之后再派单的次数合计",
        "延期次数": "批准延期的次数合计",
        "按期办结率": "办结日不晚于到期日的件数÷已办结件数",
        "满意率": "最近一次评价为满意或基本满意的件数÷已评价件数",
    }
)
"""The column and what it means here, printed under the table; the city's own wording is 待核.

A re-opened case counts by its last closing and its last date; what is open has no result yet.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: the tickets counted, one entry per count, and what they are a share of, if anything."""

    label: str
    tickets: tuple[str, ...]
    out_of: tuple[str, ...] | None = None

    @property
    def share(self) -> float | None:
        """Return the rate, or None for a plain count and where there is nothing to share."""
        return len(self.tickets) / len(self.out_of) if self.out_of else None

    @property
    def shown(self) -> str:
        """Return what the table shows: 12, 87.5% or —."""
        if self.out_of is None:
            return str(len(self.tickets))
        return "—" if self.share is None else f"{self.share:.1%}"


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, town or month."""

    name: str
    figures: tuple[Figure, ...]


def by_unit(facts: CaseFacts) -> str:
    """Group by the unit it was last dispatched to, a merged one by that of its main ticket; empty before dispatch."""
    return facts.unit


def by_town(facts: CaseFacts) -> str:
    """Group by 镇/街道; empty where none was given."""
    return facts.town


def by_month(facts: CaseFacts) -> str:
    """Group by the month of registration: 2026-02."""
    return f"{facts.received:%Y-%m}"


def tally(cases: Iterable[CaseFacts], grouping: Grouping) -> tuple[Row, ...]:
    """Return one row per group, by name."""
    groups: dict[str, list[CaseFacts]] = {}
    for case in cases:
        groups.setdefault(grouping(case), []).append(case)
    return tuple(Row(name, figures(groups[name])) for name in sorted(groups))


def figures(cases: Iterable[CaseFacts]) -> tuple[Figure, ...]:
    """Return the columns of 通报 over some cases, in the order of DEFINITIONS."""
    cases = tuple(cases)
    closed = tuple(case for case in cases if case.closed is not None)
    rated = tuple(case for case in closed if case.rating is not None)
    done = _numbers(closed)
    return (
        Figure("办件数量", _numbers(cases)),
        Figure("提前办结率", _numbers(c for c in closed if c.closed and c.closed < c.due), done),
        Figure("解决率", _numbers(c for c in closed if c.resolved), done),
        Figure("重新派发次数", _repeated(cases, lambda case: max(0, case.dispatches - 1))),
        Figure("延期次数", _repeated(cases, lambda case: case.extensions)),
        Figure("按期办结率", _numbers(c for c in closed if c.closed and c.closed <= c.due), done),
        Figure("满意率", _numbers(c for c in rated if c.rating is not Rating.BAD), _numbers(rated)),
    )


def _numbers(cases: Iterable[CaseFacts]) -> tuple[str, ...]:
    return tuple(case.number for case in cases)


def _repeated(cases: Iterable[CaseFacts], times: Callable[[CaseFacts], int]) -> tuple[str, ...]:
    return tuple(case.number for case in cases for _ in range(times(case)))
