"""Calls for action: 求助, 建议, 投诉, 举报, also where they look like questions.

A demand names trouble (路灯坏了没人修) or asks government to do something; a question
how to complain, apply or report is none. The words stand in ``data/demand.toml``.
"""

import re

from knowledge.model import DemandKind
from knowledge.wordlists import patterns

# Tried in this order: what is against the law is a report even where it also hurts somebody.
_KINDS: tuple[tuple[DemandKind, str], ...] = (
    ("举报", "report"),
    ("建议", "suggest"),
    ("投诉", "complain"),
    ("求助", "help"),
)
_NAMED = re.compile(r"我要(求助|建议|投诉|举报)|^(求助|建议|投诉|举报)[:：,，\s]")


def demand_in(tidied: str) -> DemandKind | None:
    """The kind of action *tidied* calls for, or ``None`` where it is a question or something else."""
    words = patterns("demand")
    if named := _NAMED.search(tidied):
        return _kind_called(named)
    if words["how_to"].search(tidied):
        return None
    found = next((kind for kind, key in _KINDS if words[key].search(tidied)), None)
    if found and words["sure_question"].search(tidied) and not words["outcry"].search(tidied):
        return None
    return found


def named_demand(tidied: str) -> DemandKind | None:
    """The kind a message names itself (我要投诉…), unless it asks how that is done."""
    words = patterns("demand")
    named = _NAMED.search(tidied)
    if named and not words["how_to"].search(tidied) and not words["sure_question"].search(tidied):
        return _kind_called(named)
    return "求助" if words["register"].search(tidied) else None


def has_question_form(tidied: str) -> bool:
    """Whether *tidied* has the form of a question."""
    return bool(patterns("demand")["question_form"].search(tidied))


def _kind_called(named: re.Match[str]) -> DemandKind:
    said = named.group(1) or named.group(2)
    return next(kind for kind, _ in _KINDS if kind == said)
