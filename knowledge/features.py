"""Compare one question with candidate rows: every number the ranking looks at.

``FEATURES`` names the columns in order. All are between about 0 and 1; those that
speak against a row get negative weights in training, not here.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.index import WORD_MARK, Floats, Index, Ints, sound_terms, text_terms
from knowledge.marks import marks_of
from knowledge.segment import Segmenter

FEATURES = (
    "cosine",
    "plain cosine",
    "bm25",
    "word cover",
    "gram cover",
    "row cover",
    "sound cover",
    "entry cover",
    "heaviest missing",
    "ratio",
    "sound ratio",
    "token sort",
    "same text",
    "question agrees",
    "question clashes",
    "direction agrees",
    "direction clashes",
    "negation differs",
    "digits differ",
    "longer or shorter",
    "encoder",
)
Longs = NDArray[np.intp]
_K1, _B = 1.2, 0.75
_UNKNOWN_SHARE = 0.5
_COMMON_SHARE, _COMMON_FLOOR = 0.04, 200
_NEAR_BEST = 0.2


@dataclass(frozen=True, slots=True)
class Query:
    """One question, cut and looked up.

    *known* are term numbers; *unknown* counts the text terms no row has, *strange* the whole words among them.
    """

    plain: str
    spoken: str
    ordered: str
    known: Ints
    unknown: int
    strange: int
    marks: tuple[int, int, int, int]
    vector: Floats | None = None


def read_query(plain: str, index: Index, segmenter: Segmenter, vector: Floats | None = None) -> Query:
    """Cut *plain* as rows were cut; *vector* is its encoder's, where there is one."""
    words = segmenter.words(plain)
    spoken = plain.translate(index.spelling)
    get = index.vocabulary.get
    terms = text_terms(plain, words)
    known = [number for number in map(get, terms) if number is not None]
    unknown = len(terms) - len(known)
    known += [number for number in map(get, sound_terms(spoken)) if number is not None]
    return Query(
        plain=plain,
        spoken=spoken,
        ordered=" ".join(sorted(words)),
        known=np.array(list(dict.fromkeys(known)), np.int32),
        unknown=unknown,
        strange=sum(1 for word in words if len(word) > 1 and WORD_MARK + word not in index.vocabulary),
        marks=marks_of(plain),
        vector=vector,
    )


def without_rows(query: Query, index: Index, hidden: Ints) -> Query:
    """*query* as it would be read if the *hidden* rows had never been indexed: their own terms are unknown."""
    gone = set(hidden.tolist())
    spans = zip(index.posting_start[query.known].tolist(), index.posting_start[query.known + 1].tolist(), strict=True)
    own = np.array(
        [last - first <= len(gone) and gone.issuperset(index.postings[first:last].tolist()) for first, last in spans],
        bool,
    )
    is_text = index.columns[query.known, 1] > 0
    return replace(query, known=query.known[~own], unknown=query.unknown + int((own & is_text).sum()))


def candidates(query: Query, index: Index, keep: int, hidden: Ints | None = None) -> Ints:
    """The *keep* rows nearest by weighted shared terms, in row order; *hidden* rows do not exist."""
    terms = _telling(query.known, index)
    if not terms.size:
        return np.empty(0, np.int32)
    start = index.posting_start
    first, last = start[terms].tolist(), start[terms + 1].tolist()
    rows = np.concatenate([index.postings[a:b] for a, b in zip(first, last, strict=True)])
    weights = np.repeat(index.weight[terms], start[terms + 1] - start[terms])
    scores = np.bincount(rows, weights, index.size) * index.inverse_norm
    if hidden is not None:
        scores[hidden] = 0.0
    near = np.flatnonzero(scores > _NEAR_BEST * scores.max())
    if near.size > keep:
        near = near[np.argpartition(scores[near], near.size - keep)[near.size - keep :]]
    near = near if query.vector is None else _with_alike(near, query.vector, index, keep, hidden)
    return np.sort(near).astype(np.int32)


def _with_alike(near: Longs, vector: Floats, index: Index, keep: int, hidden: Ints | None) -> Longs:
    """Half as many rows again, by the encoder's cosine."""
    alike = index.vectors @ vector
    if hidden is not None:
        alike[hidden] = -1.0
    more = min(keep // 2, index.size - 1)
    closest = np.argpartition(alike, index.size - more)[index.size - more :]
    return np.union1d(near, closest[alike[closest] > 0.0])


def _telling(known: Ints, index: Index) -> Ints:
    """Terms worth following: those many rows share say little, unless the question has no others."""
    counts = index.posting_start[known + 1] - index.posting_start[known]
    rare = counts <= max(_COMMON_FLOOR, index.size * _COMMON_SHARE)
    weight = index.weight[known]
    return known[rare] if weight[rare].sum() >= 0.5 * weight.sum() else known


def compare(query: Query, index: Index, rows: Ints) -> Floats:
    """One line of ``FEATURES`` for each of *rows*, which come in row order, so by entry."""
    out = np.zeros((len(FEATURES), rows.size), np.float32)
    _fill_overlap(out, _shared(query, index, rows), query, index, rows)
    _fill_strings(out, query, index, rows)
    _fill_marks(out, query, index, rows)
    if query.vector is not None:
        out[20] = index.vectors[rows] @ query.vector
    return out.T


def _shared(query: Query, index: Index, rows: Ints) -> Floats:
    """rows x known terms: 1 where the row has the term."""
    place = np.zeros(len(index.vocabulary), np.int16)
    place[query.known] = np.arange(1, query.known.size + 1, dtype=np.int16)
    first, last = index.row_start[rows], index.row_start[rows + 1]
    spans = zip(first.tolist(), last.tolist(), strict=True)
    found = place[np.concatenate([index.row_terms[a:b] for a, b in spans])]
    shared = np.zeros((rows.size, query.known.size + 1), np.float32)
    shared[np.repeat(np.arange(rows.size), last - first), found] = 1.0
    return shared[:, 1:]


def _fill_overlap(out: Floats, shared: Floats, query: Query, index: Index, rows: Ints) -> None:
    columns = index.columns[query.known]
    squares, all_, words, grams, sounds, plain = (shared @ columns).T
    total = columns.sum(axis=0)
    lacking = query.unknown * _UNKNOWN_SHARE * index.unseen
    norm, plain_norm = 1.0 / np.sqrt(total[[0, 5]] + lacking * index.unseen + 1e-6)
    out[0] = squares * index.inverse_norm[rows] * norm
    out[1] = plain * index.plain_norm[rows] * plain_norm
    length = index.length[rows] / index.usual_length
    out[2] = all_ * (_K1 + 1) / (1 + _K1 * (1 - _B + _B * length)) / (total[1] + lacking + 1e-6)
    out[3] = words / (total[2] + 1e-6)
    out[4] = grams / (total[3] + lacking + 1e-6)
    out[5] = squares * index.inverse_norm[rows] ** 2
    out[6] = sounds / (total[4] + 1e-6)
    out[7] = _entry_cover(shared, columns[:, 1], index.row_entry[rows]) / (total[1] + lacking + 1e-6)
    out[8] = ((1.0 - shared) * columns[:, 3]).max(axis=1, initial=0.0) / index.unseen


def _entry_cover(shared: Floats, weights: Floats, entries: Ints) -> Floats:
    first = np.flatnonzero(np.concatenate(([True], entries[1:] != entries[:-1])))
    cover = np.maximum.reduceat(shared, first, axis=0) @ weights
    return np.repeat(cover, np.diff(np.append(first, entries.size)))


def _fill_strings(out: Floats, query: Query, index: Index, rows: Ints) -> None:
    chosen = rows.tolist()
    for column, own, texts in (
        (9, query.plain, index.plain),
        (10, query.spoken, index.spoken),
        (11, query.ordered, index.ordered),
    ):
        out[column] = process.cdist([own], [texts[row] for row in chosen], scorer=fuzz.ratio)[0]
    out[9:12] /= 100.0
    out[12] = out[9] >= 1.0


def _fill_marks(out: Floats, query: Query, index: Index, rows: Ints) -> None:
    theirs = index.marks[rows].T
    own = np.array(query.marks, np.int32)[:, None]
    meets = (theirs[:2] & own[:2]) != 0
    clash = ~meets & (theirs[:2] != 0) & (own[:2] != 0)
    out[13], out[15] = meets
    out[14], out[16] = clash
    out[17:19] = theirs[2:] != own[2:]
    out[19] = np.abs(np.log((index.length[rows] + 2) / (len(query.plain) + 2)))
