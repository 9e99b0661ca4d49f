"""Compare one question with candidate rows: every number the ranking looks at.

``FEATURES`` names the columns in order. All are between about 0 and 1; those that
speak against a row get negative weights in training, not here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.index import BIGRAM, SOUND, UNIGRAM, WORD, Floats, Index, Ints, terms_of
from knowledge.marks import marks_of
from knowledge.segment import Segmenter

FEATURES = (
    "cosine",
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
    "token set",
    "partial",
    "same text",
    "question agrees",
    "question clashes",
    "direction agrees",
    "direction clashes",
    "negation differs",
    "digits differ",
    "shorter",
    "encoder",
)
COLUMN = {name: column for column, name in enumerate(FEATURES)}
_SOUND_SHARE = 0.3
_COMMON = 1.3
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Query:
    """One question, cut and looked up in the vocabulary. *known* are term numbers in the index."""

    plain: str
    spoken: str
    words: tuple[str, ...]
    known: tuple[int, ...]
    unknown: int
    marks: tuple[int, int, int, int]


def read_query(plain: str, index: Index, segmenter: Segmenter) -> Query:
    """Cut *plain* as rows were cut."""
    words = segmenter.words(plain)
    spoken = plain.translate(index.spelling)
    terms = terms_of(plain, spoken, words)
    get = index.vocabulary.get
    known = [number for number in map(get, terms) if number is not None]
    marks = marks_of(plain)
    return Query(
        plain=plain,
        spoken=spoken,
        words=tuple(words),
        known=tuple(known),
        unknown=len(terms) - len(known),
        marks=(marks.question, marks.direction, marks.negated, marks.digits),
    )


def candidates(query: Query, index: Index, keep: int, hidden: Ints | None = None) -> Ints:
    """The *keep* rows nearest by weighted shared terms; *hidden* rows do not exist."""
    terms = np.array([t for t in query.known if index.idf[t] > _COMMON] or query.known, np.int32)
    if not terms.size:
        return np.empty(0, np.int32)
    start = index.posting_start
    rows = np.concatenate([index.postings[start[t] : start[t + 1]] for t in terms])
    weights = index.idf[terms] ** 2
    weights[index.classes[terms] == SOUND] *= _SOUND_SHARE
    counts = start[terms + 1] - start[terms]
    scores = np.bincount(rows, np.repeat(weights, counts), index.size) * index.inverse_norm
    if hidden is not None:
        scores[hidden] = 0.0
    if index.size > keep:
        best = np.argpartition(scores, index.size - keep)[index.size - keep :]
    else:
        best = np.arange(index.size)
    return best[scores[best] > 0.0].astype(np.int32)


def compare(query: Query, index: Index, rows: Ints) -> Floats:
    """One line of ``FEATURES`` for each of *rows* (the encoder column stays 0)."""
    result = np.zeros((rows.size, len(FEATURES)), np.float32)
    shared = _shared(query, index, rows)
    _fill_overlap(result, shared, query, index, rows)
    _fill_strings(result, query, index, rows)
    _fill_marks(result, query, index, rows)
    return result


def _shared(query: Query, index: Index, rows: Ints) -> Floats:
    """rows x known terms: 1 where the row has the term."""
    place = np.full(len(index.vocabulary), -1, np.int32)
    place[list(query.known)] = np.arange(len(query.known), dtype=np.int32)
    start = index.row_start
    lengths = start[rows + 1] - start[rows]
    found = place[np.concatenate([index.row_terms[start[row] : start[row + 1]] for row in rows])]
    owner = np.repeat(np.arange(rows.size), lengths)
    hit = found >= 0
    shared = np.zeros((rows.size, len(query.known)), np.float32)
    shared[owner[hit], found[hit]] = 1.0
    return shared


def _fill_overlap(out: Floats, shared: Floats, query: Query, index: Index, rows: Ints) -> None:
    known = np.array(query.known, np.int32)
    idf, classes = index.idf[known], index.classes[known]
    text = classes != SOUND
    unseen = float(index.idf.max()) if index.idf.size else 1.0
    columns = np.stack(
        [
            np.where(text, idf * idf, 0.0),
            np.where(text, idf, 0.0),
            np.where(classes == WORD, idf, 0.0),
            np.where((classes == UNIGRAM) | (classes == BIGRAM), idf, 0.0),
            np.where(text, 0.0, idf),
        ],
        axis=1,
    )
    sums = shared @ columns
    total = columns.sum(axis=0) + 1e-6
    lacking = query.unknown * 0.5
    norm = 1.0 / np.sqrt(total[0] + lacking * unseen * unseen)
    out[:, 0] = sums[:, 0] * index.inverse_norm[rows] * norm
    length = (index.row_start[rows + 1] - index.row_start[rows]) / max(1.0, index.row_terms.size / index.size)
    out[:, 1] = sums[:, 1] * (_K1 + 1) / (1 + _K1 * (1 - _B + _B * length)) / (total[1] + lacking * unseen)
    out[:, 2] = sums[:, 2] / total[2]
    out[:, 3] = sums[:, 3] / (total[3] + lacking * unseen)
    out[:, 4] = sums[:, 0] * index.inverse_norm[rows] ** 2
    out[:, 5] = sums[:, 4] / total[4]
    out[:, 6] = _entry_cover(shared, columns[:, 1], index.row_entry[rows]) / (total[1] + lacking * unseen)
    out[:, 7] = ((1.0 - shared) * columns[:, 3]).max(axis=1, initial=0.0) / unseen


def _entry_cover(shared: Floats, weights: Floats, entries: Ints) -> Floats:
    order = np.argsort(entries, kind="stable")
    ordered = entries[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    cover = np.maximum.reduceat(shared[order], first, axis=0) @ weights
    result = np.empty(entries.size, np.float32)
    result[order] = np.repeat(cover, np.diff(np.append(first, entries.size)))
    return result


def _fill_strings(out: Floats, query: Query, index: Index, rows: Ints) -> None:
    chosen = rows.tolist()
    plain = [index.plain[row] for row in chosen]
    spoken = [index.spoken[row] for row in chosen]
    ordered = [index.ordered[row] for row in chosen]
    spaced = " ".join(query.words)
    out[:, 8] = process.cdist([query.plain], plain, scorer=fuzz.ratio)[0]
    out[:, 9] = process.cdist([query.spoken], spoken, scorer=fuzz.ratio)[0]
    out[:, 10] = process.cdist([" ".join(sorted(query.words))], ordered, scorer=fuzz.ratio)[0]
    out[:, 11] = process.cdist([spaced], ordered, scorer=fuzz.token_set_ratio)[0]
    out[:, 12] = process.cdist([query.plain], plain, scorer=fuzz.partial_ratio)[0]
    out[:, 8:13] /= 100.0
    out[:, 13] = out[:, 8] >= 1.0


def _fill_marks(out: Floats, query: Query, index: Index, rows: Ints) -> None:
    marks = index.marks[rows]
    asked, way, negated, digits = query.marks
    for column, own, theirs in ((14, asked, marks[:, 0]), (16, way, marks[:, 1])):
        meets = (theirs & own) != 0
        out[:, column] = meets
        out[:, column + 1] = ~meets & (theirs != 0) & (own != 0)
    out[:, 18] = marks[:, 2] != negated
    out[:, 19] = marks[:, 3] != digits
    length = max(1, len(query.plain))
    sizes: NDArray[np.float64] = np.array([len(index.plain[row]) for row in rows.tolist()])
    out[:, 20] = np.abs(np.log((sizes + 2) / (length + 2)))
