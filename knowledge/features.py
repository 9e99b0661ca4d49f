"""Compare one question with candidate rows: every number the ranking looks at.

``FEATURES`` names the columns in order. All are between about 0 and 1; those that
speak against a row get negative weights in training, not here.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.index import K1, Floats, Index, Ints
from knowledge.marks import marks_of
from knowledge.segment import Segmenter
from knowledge.terms import WORD_MARK, sound_terms, text_terms
from knowledge.usual import usual

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
    "entry encoder",
    "cosine squared",
    "encoder squared",
)
Longs = NDArray[np.intp]
_UNKNOWN_SHARE = 0.5
_NEAR_BEST = 0.2


@dataclass(frozen=True, slots=True)
class Query:
    """One question, cut and looked up.

    *usual* and *spoken* are what rows are compared with. *known* are term numbers;
    *unknown* counts the text terms no row has, *strange* the whole words among them. *alike* is the
    encoder's cosine with every row, where there is one.
    """

    plain: str
    usual: str
    spoken: str
    ordered: str
    known: Longs
    unknown: int
    strange: int
    marks: tuple[int, int, int, int]
    alike: Floats | None = None


def read_query(plain: str, index: Index, segmenter: Segmenter, alike: Floats | None = None) -> Query:
    """Cut *plain* as rows were cut; *alike* is the encoder's cosine with every row, where there is one."""
    words = segmenter.words(plain)
    said = usual(plain)
    get = index.vocabulary.get
    terms = text_terms(plain, words)
    known = [number for number in map(get, terms) if number is not None]
    unknown = len(terms) - len(known)
    known += [number for number in map(get, sound_terms(plain.translate(index.spelling))) if number is not None]
    return Query(
        plain=plain,
        usual=said,
        spoken=said.translate(index.spelling),
        ordered=" ".join(sorted(words)),
        known=np.array(list(dict.fromkeys(known)), np.intp),
        unknown=unknown,
        strange=sum(1 for word in words if len(word) > 1 and WORD_MARK + word not in index.vocabulary),
        marks=marks_of(plain),
        alike=alike,
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


def candidates(query: Query, index: Index, keep: int, hidden: Ints | None = None) -> Longs:
    """The *keep* rows nearest by weighted shared terms, in row order; *hidden* rows do not exist."""
    terms, weights = _telling(query.known, index)
    if not terms.size:
        return np.empty(0, np.intp)
    first, last = index.posting_start.take(terms), index.posting_start.take(terms + 1)
    rows = np.concatenate([index.postings[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    scores = np.bincount(rows, weights.repeat(last - first), index.size) * index.inverse_norm
    if hidden is not None:
        scores[hidden] = 0.0
    near = (scores > _NEAR_BEST * scores.max()).nonzero()[0]
    if near.size > keep:
        near = near[scores[near].argpartition(near.size - keep)[near.size - keep :]]
        near.sort()
    return near if query.alike is None else _with_alike(near, query.alike, index, keep, hidden)


def _with_alike(near: Longs, alike: Floats, index: Index, keep: int, hidden: Ints | None) -> Longs:
    """Half as many rows again, by the encoder's cosine."""
    if hidden is not None:
        alike = alike.copy()
        alike[hidden] = -1.0
    more = min(keep // 2, index.size - 1)
    closest = np.argpartition(alike, index.size - more)[index.size - more :]
    return np.union1d(near, closest[alike[closest] > 0.0])


def _telling(known: Longs, index: Index) -> tuple[Longs, Floats]:
    """Terms worth following and their weights: what many rows share says little, unless there is nothing else."""
    weights, rare = index.weight.take(known), index.telling.take(known)
    if rare.sum() < 0.5 * weights.sum():
        return known, weights
    kept = rare > 0.0
    return known[kept], rare[kept]


def compare(query: Query, index: Index, rows: Longs) -> Floats:
    """One line of ``FEATURES`` for each of *rows*, which come in row order, so by entry."""
    out = np.zeros((len(FEATURES), rows.size), np.float32)
    figures = index.figures.take(rows, axis=0).T
    entries = index.row_entry.take(rows).tolist()
    _fill_overlap(out, _shared(query, index, rows), query, index, figures, entries)
    _fill_strings(out, query, index, rows)
    _fill_marks(out, query, index.marks.take(rows, axis=0).T)
    out[19] = np.abs(np.log((figures[3] + 2) / (len(query.plain) + 2)))
    if query.alike is not None:
        out[20] = (query.alike[rows] - index.usual_cosine) / (1.0 - index.usual_cosine)
        out[21] = _entry_mean(out[20], entries)
        out[23] = out[20] ** 2
    out[22] = out[0] ** 2
    return out.T


def _shared(query: Query, index: Index, rows: Longs) -> Floats:
    """rows x known terms: 1 where the row has the term."""
    width = query.known.size
    place = np.full(len(index.vocabulary), width, np.int16)
    place[query.known] = np.arange(width, dtype=np.int16)
    first, last = index.row_start.take(rows), index.row_start.take(rows + 1)
    terms = np.concatenate([index.row_terms[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    # What the question does not have falls into a last column, cut off below.
    cells = np.arange(0, rows.size * (width + 1), width + 1).repeat(last - first)
    cells += place.take(terms)
    shared = np.zeros((rows.size, width + 1), np.float32)
    shared.put(cells, 1.0)
    return shared[:, :width]


def _fill_overlap(out: Floats, shared: Floats, query: Query, index: Index, figures: Floats, entries: list[int]) -> None:
    """The weighted shares of common terms; rows of *out* that have the same divisor are divided together."""
    columns = index.columns.take(query.known, axis=0)
    sums = (shared @ columns).T
    lacking = query.unknown * _UNKNOWN_SHARE * index.unseen
    squared = lacking * index.unseen
    total = columns.sum(axis=0) + np.array((squared, squared, lacking, 0.0, lacking, 0.0), np.float32) + 1e-6
    out[0:2] = sums[0:2] * figures[0:2] * (1.0 / np.sqrt(total[0:2]))[:, None]
    out[2] = sums[2] * (K1 + 1) / figures[2]
    out[3:5] = sums[3:5]
    out[2:5] /= total[2:5, None]
    out[5] = sums[0] * figures[4]
    out[6] = sums[5] / total[5]
    out[7] = _entry_cover(shared, columns[:, 2].copy(), entries) / total[2]
    out[8] = ((1.0 - shared) * columns[:, 4]).max(axis=1, initial=0.0) / index.unseen


def _entry_cover(shared: Floats, weights: Floats, entries: list[int]) -> Floats:
    """What all rows of an entry have in common with the question, taken together."""
    first, counts = _runs(entries)
    cover = np.maximum.reduceat(shared, first, axis=0) @ weights
    return cover.repeat(counts)


def _entry_mean(values: Floats, entries: list[int]) -> Floats:
    """The mean of *values* over the rows of an entry."""
    first, counts = _runs(entries)
    return (np.add.reduceat(values, first) / counts).repeat(counts)


def _runs(entries: list[int]) -> tuple[list[int], list[int]]:
    """Where each entry begins and how many rows it has."""
    first = [0, *(place for place, (one, next_) in enumerate(pairwise(entries), 1) if one != next_)]
    return first, [b - a for a, b in pairwise((*first, len(entries)))]


def _fill_strings(out: Floats, query: Query, index: Index, rows: Longs) -> None:
    of_rows = itemgetter(*rows.tolist())
    for column, own, texts in (
        (9, query.usual, index.usual),
        (10, query.spoken, index.spoken),
        (11, query.ordered, index.ordered),
    ):
        chosen = of_rows(texts) if rows.size > 1 else (of_rows(texts),)
        out[column] = process.cdist((own,), chosen, scorer=fuzz.ratio)[0]
    out[9:12] /= 100.0
    out[12] = out[9] >= 1.0


def _fill_marks(out: Floats, query: Query, marks: Ints) -> None:
    for group, own, agrees in ((0, query.marks[0], 13), (1, query.marks[1], 15)):
        if own:
            meets = (marks[group] & own) != 0
            out[agrees] = meets
            out[agrees + 1] = (marks[group] != 0) > meets
    out[17] = marks[2] != query.marks[2]
    out[18] = marks[3] != query.marks[3]
