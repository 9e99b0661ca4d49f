"""The papers of several guides as one list, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_UNKNOWN = frozenset({"", "待核", "待补"})


class PaperLike(Protocol):
    """What is read of a paper."""

    @property
    def name(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def copies(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def forms(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """One paper of a 一件事; *steps* are the numbers of the guides that ask for it, from 1."""

    name: str
    form: str
    copies: str
    origin: str
    forms: str
    steps: tuple[int, ...]


def shared_papers(guides: Sequence[tuple[str, Sequence[PaperLike]]]) -> tuple[SharedPaper, ...]:
    """Return every paper of *guides* (title, papers) once, in the order first asked for.

    An original and a copy of the same paper are two papers. Copies are never added up:
    where guides differ, each guide's number is said with its step.
    """
    asked: dict[tuple[str, str], list[tuple[int, PaperLike]]] = {}
    for step, (_, papers) in enumerate(guides, 1):
        for paper in papers:
            asked.setdefault((paper.name, paper.form), []).append((step, paper))
    return tuple(_merged(name, form, uses) for (name, form), uses in asked.items())


def _merged(name: str, form: str, uses: Sequence[tuple[int, PaperLike]]) -> SharedPaper:
    return SharedPaper(
        name=name,
        form=form,
        copies=_said([(step, paper.copies) for step, paper in uses]),
        origin=_said([(step, paper.origin) for step, paper in uses]),
        forms=_said([(step, paper.forms) for step, paper in uses]),
        steps=tuple(dict.fromkeys(step for step, _ in uses)),
    )


def _said(values: Sequence[tuple[int, str]]) -> str:
    """One value when all agree, else each different one with its steps."""
    steps: dict[str, list[int]] = {}
    for step, value in values:
        steps.setdefault(value, []).append(step)
    known = {value: used for value, used in steps.items() if value not in _UNKNOWN}
    if len(steps) == 1 or not known:
        return values[0][1]
    missing = [step for value, used in steps.items() if value in _UNKNOWN for step in used]
    told = [f"第{_numbers(used)}件：{value.rstrip('。；')}" for value, used in known.items()]
    return "；".join(told + ([f"第{_numbers(missing)}件：待核"] if missing else []))


def _numbers(steps: Sequence[int]) -> str:
    return "、".join(str(step) for step in sorted(set(steps)))
