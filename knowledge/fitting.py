"""Fit the ranking from phrasings alone: hide one, and ask it.

A phrasing hidden from the index is a question whose answer is its entry. Some are
asked as they stand, some spoilt (:mod:`knowledge.noise`), so that slips cost little.
Nothing varies from run to run: samples are drawn by a hash of their text, noise is seeded.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.encoding import Encoder, vector_of
from knowledge.features import FEATURES, Longs, candidates, compare, read_query, without_rows
from knowledge.index import Floats, Index, Ints
from knowledge.noise import Homophones, drop_characters
from knowledge.ranking import Weights, best_per_entry
from knowledge.segment import Segmenter

Doubles = NDArray[np.floating[Any]]
_ROUNDS = 2
_SHRINKAGE = 0.2
_SPOILT_EVERY = 3
_SAMPLES = 1500
_SEED = 20220314


@dataclass(frozen=True, slots=True)
class Sample:
    """One hidden phrasing as a question: its candidates and which entry is right."""

    rows: Longs
    features: Floats
    entry: int


class Hiding:
    """Which rows to hide with a row: those that say exactly the same, or its whole entry."""

    def __init__(self, index: Index) -> None:
        same: defaultdict[str, list[int]] = defaultdict(list)
        for row, text in enumerate(index.plain):
            same[text].append(row)
        self._index = index
        self._same = same

    def same(self, row: int) -> Ints:
        """The rows with the text of *row*, for whatever entry."""
        return np.array(self._same[self._index.plain[row]], np.int32)

    def entry(self, row: int) -> Ints:
        """Those, and all rows of the entry of *row*."""
        whole = np.flatnonzero(self._index.row_entry == self._index.row_entry[row])
        return np.union1d(whole, self.same(row)).astype(np.int32)


def eligible_rows(index: Index, limit: int) -> list[int]:
    """Rows to hide: real questions of entries that have another phrasing left.

    Each row's own text decides whether it is drawn, so that one more phrasing somewhere changes
    one row of the sample and not all of them, and with them every threshold.
    """
    counts = np.bincount(index.row_entry)
    rows = [row for row in range(index.size) if index.asked[row] and counts[index.row_entry[row]] > 1]
    drawn = sorted((crc32(index.plain[row].encode()), row) for row in rows)[:limit]
    return sorted(row for _, row in drawn)


def fit_from_phrasings(
    index: Index, segmenter: Segmenter, keep: int, made_from: str, encoder: Encoder | None = None
) -> Weights:
    """Ranking weights from the phrasings of *index*; the start values where there is too little to learn from."""
    samples = list(_samples(index, segmenter, keep, encoder))
    start = starting_weights()
    if len(samples) < len(FEATURES):
        return start
    weights: Doubles = start.array().astype(np.float64)
    for _ in range(_ROUNDS):
        weights = _conditional_logit([_rivals(index, one, weights) for one in samples], weights)
    return Weights(tuple(round(float(value), 3) for value in weights), made_from)


def starting_weights() -> Weights:
    """Where fitting starts: similarity counts, differences do not yet."""
    start = dict.fromkeys(FEATURES, 0.0) | {"cosine": 10.0, "bm25": 5.0, "ratio": 3.0, "encoder": 5.0}
    return Weights(tuple(start.values()))


def _samples(index: Index, segmenter: Segmenter, keep: int, encoder: Encoder | None) -> Iterator[Sample]:
    hiding, random = Hiding(index), Random(_SEED)  # noqa: S311  (repeatable noise, no secret)
    homophones = Homophones(index.plain, index.spelling)
    for number, row in enumerate(eligible_rows(index, _SAMPLES)):
        text = index.plain[row]
        if number % _SPOILT_EVERY == 0:
            text = (homophones if number % (2 * _SPOILT_EVERY) else drop_characters)(text, random)
        hidden = hiding.same(row)
        query = without_rows(read_query(text, index, segmenter, vector_of(text, encoder)), index, hidden)
        rows = candidates(query, index, keep, hidden)
        entry = int(index.row_entry[row])
        if entry in index.row_entry[rows]:
            yield Sample(rows, compare(query, index, rows), entry)


def _rivals(index: Index, one: Sample, weights: Doubles) -> tuple[Doubles, int]:
    ranked = best_per_entry(index, one.rows, one.features, (one.features @ weights).astype(np.float32))
    right = ranked.entries.index(one.entry)
    return ranked.features.astype(np.float64), right


def _conditional_logit(rivals: Sequence[tuple[Doubles, int]], start: Doubles) -> Doubles:
    """Weights under which the right entry's best row beats the other entries' best rows."""
    from scipy.optimize import minimize  # slow to import, and only fitting needs it

    stacked = np.concatenate([features for features, _ in rivals])
    first = np.concatenate(([0], np.cumsum([len(features) for features, _ in rivals])))[:-1]
    sizes = np.diff(np.append(first, len(stacked)))
    right = first + np.array([index for _, index in rivals])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = stacked @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
        shares /= np.repeat(np.add.reduceat(shares, first), sizes)
        gradient = stacked.T @ shares - stacked[right].sum(axis=0) + _SHRINKAGE * weights
        surprise = -np.log(shares[right] + 1e-12).sum()
        return float(surprise + 0.5 * _SHRINKAGE * weights @ weights), gradient

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x, np.float64)
