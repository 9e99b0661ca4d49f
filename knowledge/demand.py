"""Calls for action: 求助, 建议, 投诉, 举报, also where they look like questions.

A demand names trouble (路灯坏了没人修) or asks government to do something; a question
how to complain, apply or report is none, nor is a story that ends by asking what the rules
are (这样算不算工伤). The words stand in ``data/demand.toml``, sentences of each kind under
``data/intent``. The kinds are told apart by what is wanted and of whom:

- 举报: somebody breaks a law, a rule of safety or discipline (偷排, 违建, 无证, 赌博, 骗保,
  假货, 超载, 干部贪占) and is to be found out, whether or not the writer is hurt by it.
- 投诉: somebody known (a shop, an office, the 物业, a neighbour, a bus) treats the writer or
  people badly: rude, slow, passing them around, keeping money, noisy, smelly, and is to answer
  for it. What such a party only leaves broken is 投诉 where the party is blamed.
- 求助: something is broken, missing or dangerous, or somebody is in need, and help or repair
  is wanted; nobody is blamed, or blame is beside the point.
- 建议: nothing has gone wrong that must be mended now; something is proposed that would be
  better from now on (装, 建, 增加, 改, 延长, 应该, 最好), also as a question (能不能装个…).

Where two fit, the law decides before the conduct, the conduct before the need; a proposal
that closes a story of need (请派人来修) is the need.
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
