"""Turn ranking scores into chances, and chances into answer, choice or unknown.

The figures are fitted on the index's own phrasings each time it is built: a hidden
phrasing should be found, a question whose whole entry is hidden should not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from math import exp
from operator import mul

import numpy as np
from numpy.typing import NDArray

from knowledge.encoding import Encoder, cosines
from knowledge.features import Longs, Query, candidates, compare, read_query, without_rows
from knowledge.fitting import Hiding, eligible_rows
from knowledge.index import Floats, Index, Ints
from knowledge.logistic import Doubles, chances, fit_logistic
from knowledge.ranking import Ranked, Weights, best_per_entry, evidence
from knowledge.segment import Segmenter
from knowledge.thresholds import Thresholds

_FEWEST = 60


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two logistic models over the evidence, and the chance from which an answer is given."""

    right: tuple[float, ...]
    listed: tuple[float, ...]
    answer_at: float
    choice_at: float


# Used when an index has too few phrasings to fit its own: what our catalogs give, a little more careful.
UNFITTED = Calibration(
    right=(0.25, 0.4, 0.15, 0.45, -4.7), listed=(0.27, 0.0, 0.33, 0.45, -3.2), answer_at=0.8, choice_at=0.5
)


def chance(weights: tuple[float, ...], found: tuple[float, ...]) -> float:
    """The probability that *weights* give to the evidence *found*."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, sum(map(mul, found, weights))))))


def rank(
    query: Query, index: Index, weights: Floats, keep: int, edges: Floats | None = None, hidden: Ints | None = None
) -> Ranked | None:
    """Rank the candidates of *query*; ``None`` where no row shares anything with it.

    *edges* move the score of each entry; *hidden* rows do not exist.
    """
    return rank_rows(query, index, candidates(query, index, keep, hidden), weights, edges)


def rank_rows(query: Query, index: Index, rows: Longs, weights: Floats, edges: Floats | None = None) -> Ranked | None:
    """Rank the entries of *rows*."""
    if rows.size == 0:
        return None
    features = compare(query, index, rows)
    return best_per_entry(index, rows, features, features @ weights, edges)


def calibrate(
    index: Index,
    segmenter: Segmenter,
    weights: Weights,
    thresholds: Thresholds,
    encoder: Encoder | None = None,
    edges: Floats | None = None,
) -> Calibration:
    """Fit both models and the answer threshold on hidden phrasings and hidden entries.

    *edges* are the usual score shifts of the entries, the same that questions get.
    """
    trials = list(_trials(index, segmenter, weights, thresholds, encoder, edges))
    if sum(1 for _, place, _ in trials if place >= 0) < _FEWEST:
        return UNFITTED
    inputs = np.array([found for found, _, _ in trials], np.float64)
    places = np.array([place for _, place, _ in trials])
    importance = np.array([share for _, _, share in trials])
    right = fit_logistic(inputs, (places == 0).astype(float), importance)
    listed = fit_logistic(inputs, ((places >= 0) & (places < thresholds.options)).astype(float), importance)
    sure = chances(inputs, right)
    return Calibration(
        right=tuple(float(value) for value in right),
        listed=tuple(float(value) for value in listed),
        answer_at=_answer_at(sure, places == 0, importance, thresholds.precision),
        choice_at=thresholds.choice_chance,
    )


def _trials(
    index: Index,
    segmenter: Segmenter,
    weights: Weights,
    thresholds: Thresholds,
    encoder: Encoder | None,
    edges: Floats | None,
) -> Iterator[tuple[tuple[float, ...], int, float]]:
    vector, keep, hiding = weights.array(), thresholds.candidates, Hiding(index)
    unknown = thresholds.unknown_share / (1 - thresholds.unknown_share)
    drawn = eligible_rows(index, thresholds.fit_samples)
    alike = repeat(None) if encoder is None else cosines(index.vectors, index.vectors[drawn])
    for row, cosine in zip(drawn, alike, strict=False):
        entry = int(index.row_entry[row])
        held = hiding.without(entry)
        query = read_query(index.plain[row], held, segmenter, cosine)
        for hidden, share in ((hiding.same(row), 1.0), (hiding.entry(row), unknown)):
            asked = without_rows(query, held, hidden)
            rows = candidates(asked, held, keep, hidden)
            ranked = rank_rows(asked, held, hiding.fair(rows, entry) if share == 1.0 else rows, vector, edges)
            if ranked is not None:
                place = ranked.entries.index(entry) if entry in ranked.entries else -1
                yield evidence(ranked, asked), place, share


def _answer_at(sure: Doubles, right: NDArray[np.bool_], importance: Doubles, precision: float) -> float:
    """The lowest chance from which on at least *precision* of the answers are right."""
    order = np.argsort(-sure, kind="stable")
    given = np.cumsum(importance[order])
    good = np.cumsum(importance[order] * right[order])
    enough = np.flatnonzero(good >= precision * given)
    if enough.size == 0:
        return 0.99
    return float(sure[order][enough[-1]])
