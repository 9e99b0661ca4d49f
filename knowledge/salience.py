"""How much each term says about the matter: rare, and kept when people say it otherwise.

A term that stands in one phrasing of an entry and also in its others names the
matter (低保); one that comes and goes (请问, 怎么样) does not. The weight of a term
is its inverse document frequency times the share in which it is kept, both
counted on the phrasings themselves.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.floating[Any]]
_PRIOR = 6.0
_BUCKET_PRIOR = 20.0
_BUCKETS = 24


def term_weights(
    row_terms: Ints, row_start: Ints, row_entry: Ints, classes: Ints, heard: NDArray[np.bool_] | None = None
) -> tuple[Floats, Floats]:
    """The weight of each term, and its rarity alone; what is kept is learnt from the *heard* entries, or from all."""
    rows = len(row_start) - 1
    if rows == 0:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    counts = np.bincount(row_terms, minlength=len(classes))
    idf = np.log1p((rows - counts + 0.5) / (counts + 0.5))
    kept = _kept_share(row_terms, row_start, row_entry, classes, idf, heard)
    weights = idf * kept
    level = idf.mean() / max(float(weights.mean()), 1e-9)
    return (weights * level).astype(np.float32), idf.astype(np.float32)


def _kept_share(
    row_terms: Ints, row_start: Ints, row_entry: Ints, classes: Ints, idf: Floats, heard: NDArray[np.bool_] | None
) -> Floats:
    size = len(classes)
    phrasings = np.bincount(row_entry)
    entries = np.repeat(row_entry, np.diff(row_start)).astype(np.int64)
    pairs, together = np.unique(entries * size + row_terms, return_counts=True)
    of_entry = phrasings[pairs // size]
    several = of_entry > 1
    if heard is not None:
        several &= heard[pairs // size]
    term, together, of_entry = (pairs % size)[several], together[several], of_entry[several]
    seen: Floats = np.bincount(term, together / of_entry, size).astype(np.float64)
    again: Floats = np.bincount(term, together * (together - 1) / (of_entry * (of_entry - 1)), size).astype(np.float64)
    share: Floats = (again + _PRIOR * _usual_share(seen, again, classes, idf)) / (seen + _PRIOR)
    return share


def _usual_share(seen: Floats, again: Floats, classes: Ints, idf: Floats) -> Floats:
    """What is usual for terms of the same kind and about the same rarity."""
    usual = np.empty(len(classes))
    for kind in range(4):
        of_kind = classes == kind
        bucket = np.round(idf[of_kind]).astype(np.int64)
        total = (again[of_kind].sum() + 1) / (seen[of_kind].sum() + 2)
        share = (np.bincount(bucket, again[of_kind], _BUCKETS) + _BUCKET_PRIOR * total) / (
            np.bincount(bucket, seen[of_kind], _BUCKETS) + _BUCKET_PRIOR
        )
        usual[of_kind] = share[bucket]
    return usual
