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
        said = named.group(1) or named.group(2)
        return next(kind for kind, _ in _KINDS if kind == said)
    if words["how_to"].search(tidied):
        return None
    found = next((kind for kind, key in _KINDS if words[key].search(tidied)), None)
    if found and words["sure_question"].search(tidied) and not words["outcry"].search(tidied):
        return None
    return found


def only_asks(tidied: str) -> bool:
    """Whether *tidied* has the form of a question and none of the words of outcry."""
    words = patterns("demand")
    return bool(words["question_form"].search(tidied)) and not words["outcry"].search(tidied)
