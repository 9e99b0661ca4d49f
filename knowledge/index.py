"""Every phrasing of every entry as one row, with the arrays that make looking one up cheap.

A row's terms are its words, its one- and two-character grams and its two-syllable
grams. They are kept both ways: from term to rows (finding candidates) and from row
to terms (comparing them). All arrays are read-only after building.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.marks import marks_of
from knowledge.pinyin import alike_characters
from knowledge.salience import term_weights
from knowledge.segment import Segmenter
from knowledge.terms import SOUND, WORD, class_of, terms_of
from knowledge.usual import usual

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.floating[Any]]
COLUMNS = ("squares", "plain squares", "all", "words", "grams", "sounds")
FIGURES = ("inverse norm", "plain inverse norm", "saturation", "length", "inverse norm squared")
_SOUND_SHARE = 0.3
_COMMON_SHARE, _COMMON_FLOOR = 0.04, 200
K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to name an entry: *text* as shown, *plain* as compared.

    *asked* tells a resident's own words from titles and bare names: only such rows are used to fit.
    """

    entry: int
    text: str
    plain: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Index:
    """Rows, terms and their weights: *weight* for finding candidates, *columns* for comparing them.

    *telling* is the weight of terms that few rows share, else 0. *figures* holds what comparing needs
    to know of each row, ``FIGURES`` in order. *alike* are the
    characters in use of each sound; *usual* the rows with small words as they are usually
    said, *spoken* the same spelt.
    """

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    usual: tuple[str, ...]
    spoken: tuple[str, ...]
    ordered: tuple[str, ...]
    row_entry: Ints
    asked: NDArray[np.bool_]
    marks: Ints
    vocabulary: dict[str, int]
    weight: Floats
    telling: Floats
    columns: Floats
    postings: Ints
    posting_start: Ints
    row_terms: Ints
    row_start: Ints
    inverse_norm: Floats
    figures: Floats
    scale: Floats
    vectors: Floats
    spelling: dict[int, str]
    alike: dict[str, str]

    @property
    def size(self) -> int:
        """How many phrasings."""
        return len(self.texts)

    @property
    def unseen(self) -> float:
        """The weight a term has that no row holds."""
        return float(self.scale[1])

    @property
    def usual_cosine(self) -> float:
        """The cosine an encoder gives two phrasings taken at random."""
        return float(self.scale[2])


def _classes(vocabulary: dict[str, int]) -> Ints:
    return np.fromiter(map(class_of, vocabulary), np.int32, len(vocabulary))


def _numbered(
    phrasings: Sequence[Phrasing], spoken: Sequence[str], cut: Sequence[Sequence[str]]
) -> tuple[dict[str, int], Ints, Ints]:
    """Number every term, and give the terms of each row."""
    vocabulary: dict[str, int] = {}
    rows = [
        [vocabulary.setdefault(term, len(vocabulary)) for term in terms_of(phrasing.plain, sound, words)]
        for phrasing, sound, words in zip(phrasings, spoken, cut, strict=True)
    ]
    row_terms, row_start = _ragged(rows)
    return vocabulary, row_terms, row_start


def _postings(row_terms: Ints, row_start: Ints, terms: int) -> tuple[Ints, Ints]:
    """The rows of each term, one term after the other, and how many each has."""
    owners = np.repeat(np.arange(len(row_start) - 1, dtype=np.int32), np.diff(row_start))
    order = np.argsort(row_terms, kind="stable")
    return owners[order], np.bincount(row_terms, minlength=terms)


def build_index(
    phrasings: Sequence[Phrasing], segmenter: Segmenter, spelling: dict[int, str], vectors: Floats | None = None
) -> Index:
    """Index all *phrasings*, which come grouped by entry in rising order; rows keep that order.

    *vectors* are their encoder's, one unit line each.
    """
    cut = [segmenter.words(phrasing.plain) for phrasing in phrasings]
    spoken = [phrasing.plain.translate(spelling) for phrasing in phrasings]
    vocabulary, row_terms, row_start = _numbered(phrasings, spoken, cut)
    postings, counts = _postings(row_terms, row_start, len(vocabulary))
    said = [usual(phrasing.plain) for phrasing in phrasings]
    classes = _classes(vocabulary)
    row_entry = np.fromiter((phrasing.entry for phrasing in phrasings), np.int32, len(phrasings))
    weight, rarity = term_weights(row_terms, row_start, row_entry, classes)
    columns = term_columns(weight, rarity, classes)
    scale = _scale(phrasings, weight, vectors)
    searched = np.where(classes == SOUND, _SOUND_SHARE, 1.0).astype(np.float64) * weight**2
    figures = _figures(phrasings, columns[row_terms], row_start, float(scale[0]))
    return Index(
        texts=tuple(phrasing.text for phrasing in phrasings),
        plain=tuple(phrasing.plain for phrasing in phrasings),
        usual=tuple(said),
        spoken=tuple(text.translate(spelling) for text in said),
        ordered=tuple(" ".join(sorted(words)) for words in cut),
        row_entry=row_entry,
        asked=np.array([phrasing.asked for phrasing in phrasings], bool),
        marks=mark_rows(phrasing.plain for phrasing in phrasings),
        vocabulary=vocabulary,
        weight=searched,
        telling=np.where(_is_common(counts, len(phrasings)), 0.0, searched),
        columns=columns,
        postings=postings,
        posting_start=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        row_terms=row_terms,
        row_start=row_start,
        inverse_norm=figures[:, 0].astype(np.float64),
        figures=figures,
        scale=scale,
        vectors=np.zeros((len(phrasings), 0), np.float32) if vectors is None else vectors,
        spelling=spelling,
        alike=alike_characters(vocabulary, spelling),
    )


def relearnt(index: Index, heard: NDArray[np.bool_]) -> Index:
    """*index* with the weights of its terms learnt from the *heard* entries alone, to try it on the others."""
    classes = _classes(index.vocabulary)
    weight, rarity = term_weights(index.row_terms, index.row_start, index.row_entry, classes, heard)
    columns = term_columns(weight, rarity, classes)
    searched = np.where(classes == SOUND, _SOUND_SHARE, 1.0).astype(np.float64) * weight**2
    norm = _inverse_norms(columns[index.row_terms][:, 0], index.row_start)
    figures = index.figures.copy()
    figures[:, 0], figures[:, 4] = norm, norm**2
    return replace(
        index,
        weight=searched,
        telling=np.where(index.telling == 0.0, 0.0, searched),
        columns=columns,
        figures=figures,
        inverse_norm=norm.astype(np.float64),
        scale=np.array((index.scale[0], np.quantile(weight, 0.9), index.scale[2]), np.float32),
    )


def _is_common(counts: Ints, rows: int) -> NDArray[np.bool_]:
    """Terms that many rows share say little."""
    return counts > max(_COMMON_FLOOR, rows * _COMMON_SHARE)


def mark_rows(texts: Iterable[str]) -> Ints:
    """The small-word bit sets of each text, one row each."""
    return np.array([marks_of(text) for text in texts], np.int32).reshape(-1, 4)


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    flat = np.fromiter((term for row in rows for term in row), np.int32)
    start = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int32)
    return flat, start


def term_columns(weight: Floats, rarity: Floats, classes: Ints) -> Floats:
    """What each term adds to a row's sums: ``COLUMNS`` in order."""
    text, words, sounds = classes != SOUND, classes == WORD, classes == SOUND
    parts = (
        np.where(text, weight * weight, 0.0),
        np.where(text, rarity * rarity, 0.0),
        np.where(text, weight, 0.0),
        np.where(words, weight, 0.0),
        np.where(text & ~words, weight, 0.0),
        np.where(sounds, weight, 0.0),
    )
    return np.stack(parts, axis=1).astype(np.float32)


def _figures(phrasings: Sequence[Phrasing], columns: Floats, row_start: Ints, usual_length: float) -> Floats:
    norm, plain_norm = (_inverse_norms(columns[:, place], row_start) for place in (0, 1))
    length = np.array([len(phrasing.plain) for phrasing in phrasings], np.float32)
    saturation = 1 + K1 * (1 - _B + _B * (length / usual_length))
    return np.stack((norm, plain_norm, saturation, length, norm**2), axis=1).astype(np.float32)


def _inverse_norms(squares: Floats, row_start: Ints) -> Floats:
    sums = np.concatenate(([0.0], np.cumsum(squares, dtype=np.float64)))
    return (1.0 / np.sqrt(np.maximum(np.diff(sums[row_start]), 1e-6))).astype(np.float32)


def _scale(phrasings: Sequence[Phrasing], weight: Floats, vectors: Floats | None) -> Floats:
    """The usual length of a phrasing, the weight of a word nobody has used, the usual cosine.

    Such a word weighs what a rather rare one does. The cosine is that of two phrasings taken at random: an
    encoder may find any two texts alike.
    """
    if not phrasings:
        return np.array((1.0, 1.0, 0.0), np.float32)
    lengths = [len(phrasing.plain) for phrasing in phrasings]
    alike = 0.0 if vectors is None else float(np.square(vectors.mean(axis=0, dtype=np.float64)).sum())
    return np.array((np.mean(lengths), np.quantile(weight, 0.9), min(alike, 0.99)), np.float32)
