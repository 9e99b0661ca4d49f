"""Fit the two small models from phrasings alone: hide one, and ask it.

A phrasing hidden from the index is a question whose answer is its entry; with the
whole entry hidden it is a question that must not be answered. Nothing here is
random: samples are taken at even steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import FEATURES, Floats, Query, candidates, compare, read_query
from knowledge.index import Index, Ints
from knowledge.ranking import Weights, best_per_entry
from knowledge.segment import Segmenter

_ROUNDS = 3
_SHRINKAGE = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """One hidden phrasing as a question: its candidates and which entry is right."""

    query: Query
    rows: Ints
    features: Floats
    entry: int


def hidden_rows(index: Index, row: int) -> Ints:
    """All rows that say exactly what *row* says, for whatever entry."""
    plain = index.plain[row]
    return np.array([other for other, text in enumerate(index.plain) if text == plain], np.int32)


def eligible_rows(index: Index, limit: int) -> list[int]:
    """Rows to hide, evenly spread: those of entries that have another phrasing left."""
    counts = np.bincount(index.row_entry)
    rows = [row for row in range(index.size) if counts[index.row_entry[row]] > 1]
    step = max(1.0, len(rows) / limit)
    return [rows[int(position * step)] for position in range(min(limit, len(rows)))]


def sample(index: Index, segmenter: Segmenter, row: int, text: str, keep: int) -> Sample | None:
    """Ask *text* with *row* hidden; ``None`` where its entry is not even a candidate."""
    query = read_query(text, index, segmenter)
    rows = candidates(query, index, keep, hidden_rows(index, row))
    entry = int(index.row_entry[row])
    if rows.size == 0 or entry not in index.row_entry[rows]:
        return None
    return Sample(query, rows, compare(query, index, rows), entry)


def fit_ranking(index: Index, samples: Sequence[Sample], start: Weights) -> Weights:
    """Weights under which the right entry's best row beats the other entries' best rows."""
    weights = start.array().astype(np.float64)
    for _ in range(_ROUNDS):
        rivals = [_rivals(index, one, weights) for one in samples]
        weights = _conditional_logit(rivals, weights)
    return Weights(tuple(round(float(value), 4) for value in weights))


def _rivals(index: Index, one: Sample, weights: Floats) -> tuple[Floats, int]:
    ranked = best_per_entry(index, one.rows, one.features, one.features @ weights)
    right = int(np.flatnonzero(ranked.entries == one.entry)[0])
    return ranked.features.astype(np.float64), right


def _conditional_logit(rivals: Sequence[tuple[Floats, int]], start: Floats) -> Floats:
    from scipy.optimize import minimize  # slow to import, and only fitting needs it

    stacked = np.concatenate([features for features, _ in rivals])
    first = np.concatenate(([0], np.cumsum([len(features) for features, _ in rivals])))[:-1]
    sizes = np.diff(np.append(first, len(stacked)))
    right = first + np.array([index for _, index in rivals])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = stacked @ weights
        peaks = np.repeat(np.maximum.reduceat(scores, first), sizes)
        shares = np.exp(scores - peaks)
        totals = np.repeat(np.add.reduceat(shares, first), sizes)
        shares /= totals
        gradient = stacked.T @ shares - stacked[right].sum(axis=0) + _SHRINKAGE * weights
        return -np.log(shares[right] + 1e-12).sum() + 0.5 * _SHRINKAGE * weights @ weights, gradient

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)


def fit_logistic(inputs: Floats, labels: Floats, importance: Floats, shrinkage: float = 1.0) -> Floats:
    """A weighted logistic regression by Newton steps; the last input column is the bias."""
    weights = np.zeros(inputs.shape[1])
    penalty = shrinkage * np.eye(inputs.shape[1])
    penalty[-1, -1] = 1e-6
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (importance * (chance - labels)) + penalty @ weights
        curvature = (inputs * (importance * chance * (1 - chance))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def empty_weights() -> Weights:
    """Where fitting starts: similarity counts, differences do not yet."""
    start = dict.fromkeys(FEATURES, 0.0) | {"cosine": 10.0, "bm25": 5.0, "ratio": 3.0}
    return Weights(tuple(start.values()))
