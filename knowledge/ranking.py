"""The two small models of the matcher: which entry is best, and how likely it is right."""

from dataclasses import dataclass
from math import log1p

import numpy as np

from knowledge.features import FEATURES, Query
from knowledge.index import Floats, Index, Ints

CONFIDENCE = ("best", "lead", "lead over the rest", "length", "bias")
_LEAD = 8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Ranking weights by feature and where they came from."""

    rank: tuple[float, ...]
    made_from: str = ""

    def array(self) -> Floats:
        """As a vector in the order of ``FEATURES``."""
        return np.array(self.rank, np.float32)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidate entries, best first: entry numbers, scores, the row that fitted and its features."""

    entries: Ints
    scores: Floats
    rows: Ints
    features: Floats


NOTHING = Ranked(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int32), np.empty((0, len(FEATURES))))


def best_per_entry(index: Index, rows: Ints, features: Floats, scores: Floats) -> Ranked:
    """Keep each entry's best row; *rows* come ordered, and ties go to the lower one, so results never vary."""
    order = np.argsort(-scores, kind="stable")
    first: dict[int, int] = {}
    for place, entry in enumerate(index.row_entry[rows[order]].tolist()):
        first.setdefault(entry, place)
    kept = order[list(first.values())]
    return Ranked(index.row_entry[rows[kept]], scores[kept], rows[kept], features[kept])


def shifted(ranked: Ranked, edges: Floats) -> Ranked:
    """The same candidates with the score of each entry moved by its edge."""
    scores = ranked.scores + edges[ranked.entries]
    order = np.argsort(-scores, kind="stable")
    return Ranked(ranked.entries[order], scores[order], ranked.rows[order], ranked.features[order])


def evidence(ranked: Ranked, query: Query) -> Floats:
    """What the confidence models look at, in the order of ``CONFIDENCE``."""
    scores = ranked.scores.tolist()
    best = scores[0]
    second = scores[1] if len(scores) > 1 else best - _LEAD
    rest = sum(scores[2:5]) / len(scores[2:5]) if len(scores) > 2 else second
    return np.array([best, min(best - second, _LEAD), min(best - rest, 1.5 * _LEAD), log1p(len(query.plain)), 1.0])
