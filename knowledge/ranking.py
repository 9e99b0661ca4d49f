"""The two small models of the matcher: which entry is best, and how likely it is right."""

from dataclasses import dataclass
from math import log1p

import numpy as np

from knowledge.features import Longs, Query
from knowledge.index import Floats, Index

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
    """Candidate entries, best first: entry numbers, scores, the row that fitted and the features of that row."""

    entries: tuple[int, ...]
    scores: tuple[float, ...]
    rows: tuple[int, ...]
    features: Floats


def best_per_entry(index: Index, rows: Longs, features: Floats, scores: Floats, edges: Floats | None = None) -> Ranked:
    """Keep each entry's best row, its score moved by the entry's edge.

    *rows* come ordered, and ties go to the lower one, so results never vary.
    """
    owners = index.row_entry.take(rows)
    moved: list[float] = (scores if edges is None else scores + edges.take(owners)).tolist()
    own: list[float] = scores.tolist()
    entries: list[int] = owners.tolist()
    best: dict[int, int] = {}
    for place, entry in enumerate(entries):
        if entry not in best or own[place] > own[best[entry]]:
            best[entry] = place
    order = sorted(best.values(), key=lambda place: (-moved[place], -own[place], place))
    return Ranked(
        entries=tuple([entries[place] for place in order]),
        scores=tuple([moved[place] for place in order]),
        rows=tuple(rows.take(order).tolist()),
        features=features.take(order, axis=0),
    )


def evidence(ranked: Ranked, query: Query) -> tuple[float, ...]:
    """What the confidence models look at, in the order of ``CONFIDENCE``."""
    scores = ranked.scores
    best = scores[0]
    second = scores[1] if len(scores) > 1 else best - _LEAD
    rest = sum(scores[2:5]) / len(scores[2:5]) if len(scores) > 2 else second
    return (best, min(best - second, _LEAD), min(best - rest, 1.5 * _LEAD), log1p(len(query.plain)), 1.0)
