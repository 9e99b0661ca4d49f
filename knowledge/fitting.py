"""Fit the ranking from phrasings alone: hide one, and ask it.

A phrasing hidden from the index is a question whose answer is its entry. Some are
asked as they stand, some spoilt (:mod:`knowledge.noise`), so that slips cost little.
Nothing varies from run to run: samples are drawn by a hash of their text, noise is seeded.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from random import Random
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.encoding import Encoder, cosines
from knowledge.features import FEATURES, Longs, candidates, compare, read_query, without_rows
from knowledge.index import Floats, Index, Ints, relearnt
from knowledge.noise import Homophones, drop_characters
from knowledge.ranking import Weights, best_per_entry
from knowledge.segment import Segmenter

Doubles = NDArray[np.floating[Any]]
_ROUNDS = 2
_FOLDS = 5
_SHRINKAGE = 0.2
_SPOILT_EVERY = 3
_SAMPLES = 1500
_SEED = 20220314
_STEPS, _HALVINGS, _SETTLED = 30, 12, 1e-7


@dataclass(frozen=True, slots=True)
class Sample:
    """One hidden phrasing as a question: its candidates and which entry is right."""

    rows: Longs
    features: Floats
    entry: int


class Hiding:
    """An index as it would be without some of its rows, so that what is hidden can be asked.

    The weights of terms are learnt from the phrasings too: an entry whose row is asked is looked up
    with weights that have learnt nothing from it, or fitting would trust them more than questions bear out.
    """

    def __init__(self, index: Index) -> None:
        same: defaultdict[str, list[int]] = defaultdict(list)
        for row, text in enumerate(index.plain):
            same[text].append(row)
        self._index = index
        self._same = same
        self._spare = _one_of_each(index)
        self._fold = _folds(index)
        self._learnt = [relearnt(index, self._fold != fold) for fold in range(_FOLDS)] if index.size else []

    def same(self, row: int) -> Ints:
        """The rows with the text of *row*, for whatever entry."""
        return np.array(self._same[self._index.plain[row]], np.int32)

    def entry(self, row: int) -> Ints:
        """Those, and all rows of the entry of *row*."""
        whole = np.flatnonzero(self._index.row_entry == self._index.row_entry[row])
        return np.union1d(whole, self.same(row)).astype(np.int32)

    def without(self, entry: int) -> Index:
        """The index with the weights that have learnt nothing from *entry*."""
        return self._learnt[int(self._fold[entry])]

    def fair(self, rows: Longs, entry: int) -> Longs:
        """*rows* without one row of each entry but *entry*, which has lost one already: rivals on equal terms."""
        kept = ~self._spare[rows] | (self._index.row_entry[rows] == entry)
        return np.asarray(rows[kept], np.intp)


def _one_of_each(index: Index) -> NDArray[np.bool_]:
    """One row of each entry that has several, drawn by its text."""
    drawn = np.array([crc32(text.encode()) for text in index.plain], np.int64)
    order = np.lexsort((-drawn, index.row_entry))
    _, first, counts = np.unique(index.row_entry[order], return_index=True, return_counts=True)
    spare = np.zeros(index.size, bool)
    spare[order[first[counts > 1]]] = True
    return spare


def _folds(index: Index) -> Ints:
    """The part each entry belongs to, drawn by the text of its first row."""
    entries, first = np.unique(index.row_entry, return_index=True)
    fold = np.zeros(int(entries.max(initial=-1)) + 1, np.int32)
    fold[entries] = [(crc32(index.plain[row].encode()) >> 8) % _FOLDS for row in first.tolist()]
    return fold


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
    usual: Doubles = start.array().astype(np.float64)
    weights = usual
    for _ in range(_ROUNDS):
        weights = _conditional_logit([_rivals(index, one, weights) for one in samples], weights, usual)
    return Weights(tuple(round(float(value), 3) for value in weights), made_from)


def starting_weights() -> Weights:
    """Where fitting starts: similarity counts, differences do not yet."""
    start = dict.fromkeys(FEATURES, 0.0) | {"cosine": 10.0, "bm25": 5.0, "ratio": 3.0, "encoder": 20.0}
    return Weights(tuple(start.values()))


def _samples(index: Index, segmenter: Segmenter, keep: int, encoder: Encoder | None) -> Iterator[Sample]:
    hiding, asked = Hiding(index), list(_asked(index))
    for (row, text), alike in zip(asked, _alike(index, asked, encoder), strict=False):
        entry, hidden = int(index.row_entry[row]), hiding.same(row)
        held = hiding.without(entry)
        query = without_rows(read_query(text, held, segmenter, alike), held, hidden)
        rows = hiding.fair(candidates(query, held, keep, hidden), entry)
        if entry in held.row_entry[rows]:
            yield Sample(rows, compare(query, held, rows), entry)


def _alike(index: Index, asked: Sequence[tuple[int, str]], encoder: Encoder | None) -> Iterator[Floats | None]:
    """The cosines of each text with every row; only spoilt texts are not encoded yet."""
    if encoder is None or not asked:
        return repeat(None)
    spoilt = [place for place, (row, text) in enumerate(asked) if text != index.plain[row]]
    vectors = index.vectors[[row for row, _ in asked]]
    if spoilt:
        vectors[spoilt] = encoder.encode([asked[place][1] for place in spoilt])
    return cosines(index.vectors, vectors)


def _asked(index: Index) -> Iterator[tuple[int, str]]:
    """The rows to hide, each with its text as it is asked."""
    random = Random(_SEED)  # noqa: S311  (repeatable noise, no secret)
    homophones = Homophones(index.plain, index.spelling)
    for number, row in enumerate(eligible_rows(index, _SAMPLES)):
        spoil = homophones if number % (2 * _SPOILT_EVERY) else drop_characters
        yield row, index.plain[row] if number % _SPOILT_EVERY else spoil(index.plain[row], random)


def _rivals(index: Index, one: Sample, weights: Doubles) -> tuple[Doubles, int]:
    ranked = best_per_entry(index, one.rows, one.features, (one.features @ weights).astype(np.float32))
    right = ranked.entries.index(one.entry)
    return ranked.features.astype(np.float64), right


def _conditional_logit(rivals: Sequence[tuple[Doubles, int]], start: Doubles, usual: Doubles) -> Doubles:
    """Weights under which the right entry's best row beats the other entries' best rows, by Newton steps.

    They are held near the *usual* ones, and sought from *start* on.
    """
    choices = _Choices.of(rivals, usual)
    weights, loss = start, choices.loss(start)
    for _ in range(_STEPS):
        step = choices.step(weights)
        better, lower = _shortened(choices, weights, step, loss)
        gained, weights, loss = loss - lower, better, lower
        if gained < _SETTLED * abs(loss):
            break
    return weights


@dataclass(frozen=True, slots=True)
class _Choices:
    """All rivals of all samples, one sample after the other; *first* and *right* are places, *owner* the sample.

    Weights are held near the *usual* ones.
    """

    features: Doubles
    first: Longs
    owner: Longs
    right: Longs
    usual: Doubles

    @classmethod
    def of(cls, rivals: Sequence[tuple[Doubles, int]], usual: Doubles) -> "_Choices":
        sizes = np.array([len(features) for features, _ in rivals])
        first = np.cumsum(sizes) - sizes
        right = first + np.array([index for _, index in rivals])
        stacked = np.concatenate([features for features, _ in rivals])
        return cls(stacked, first, np.repeat(np.arange(len(sizes)), sizes), right, usual)

    def loss(self, weights: Doubles) -> float:
        """How surprising the right rivals are, and how far the weights are from the usual."""
        surprise = -np.log(self._shares(weights)[self.right] + 1e-12).sum()
        moved = weights - self.usual
        return float(surprise + 0.5 * _SHRINKAGE * moved @ moved)

    def step(self, weights: Doubles) -> Doubles:
        """The Newton step: gradient over curvature."""
        weighted = self.features * self._shares(weights)[:, None]
        means = np.add.reduceat(weighted, self.first)
        gradient = (means - self.features[self.right]).sum(axis=0) + _SHRINKAGE * (weights - self.usual)
        curvature = self.features.T @ weighted - means.T @ means + _SHRINKAGE * np.eye(weights.size)
        return np.asarray(np.linalg.solve(curvature, gradient), np.float64)

    def _shares(self, weights: Doubles) -> Doubles:
        scores = self.features @ weights
        shares = np.exp(scores - np.maximum.reduceat(scores, self.first)[self.owner])
        shares /= np.add.reduceat(shares, self.first)[self.owner]
        return np.asarray(shares, np.float64)


def _shortened(choices: _Choices, weights: Doubles, step: Doubles, loss: float) -> tuple[Doubles, float]:
    """*weights* after the step, halved until it helps; as they were where it does not."""
    for halved in range(_HALVINGS):
        tried = weights - step / 2**halved
        lower = choices.loss(tried)
        if lower < loss:
            return tried, lower
    return weights, loss
