"""Figures of merit for a retrieval run, from plain lists."""

from collections.abc import Sequence

import numpy as np


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half; nan where either is missing."""
    if not positive or not negative:
        return float("nan")
    values = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))


def coverage(confidence: Sequence[float], right: Sequence[bool], precision: float) -> float:
    """The largest share of all questions that can be answered, surest first, with at least *precision* right."""
    order = np.argsort(-np.array(confidence), kind="stable")
    good = np.cumsum(np.array(right, bool)[order])
    enough = np.flatnonzero(good >= precision * np.arange(1, len(order) + 1))
    return float((enough[-1] + 1) / len(order)) if enough.size else 0.0


def reciprocal_rank(place: int | None, within: int = 10) -> float:
    """1/rank of the right entry counted from *place* 0, 0 where it is not among the first *within*."""
    return 1.0 / (place + 1) if place is not None and place < within else 0.0
