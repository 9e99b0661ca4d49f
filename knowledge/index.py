"""Every phrasing of every entry as one row, with the arrays that make looking one up cheap.

A row's terms are its words, its one- and two-character grams and its two-syllable
grams. They are kept both ways: from term to rows (finding candidates) and from row
to terms (comparing them). All arrays are read-only after building.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.marks import marks_of
from knowledge.pinyin import is_code
from knowledge.segment import Segmenter

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
WORD, SOUND, UNIGRAM, BIGRAM = 0, 1, 2, 3
_WORD_MARK = "\x01"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to name an entry: *text* as shown, *plain* as compared."""

    entry: int
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Index:
    """Rows, terms and their weights. *classes* holds the kind of each term (WORD, SOUND …)."""

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    spoken: tuple[str, ...]
    ordered: tuple[str, ...]
    row_entry: Ints
    marks: Ints
    vocabulary: dict[str, int]
    idf: Floats
    classes: Ints
    postings: Ints
    posting_start: Ints
    row_terms: Ints
    row_start: Ints
    inverse_norm: Floats
    spelling: dict[int, str]

    @property
    def size(self) -> int:
        """How many phrasings."""
        return len(self.texts)


def terms_of(plain: str, spoken: str, words: Iterable[str]) -> list[str]:
    """The distinct terms of one text, in a fixed order."""
    grams = list(plain)
    grams += [plain[i : i + 2] for i in range(len(plain) - 1)]
    sounds = [spoken[i : i + 2] for i in range(len(spoken) - 1)]
    grams += [pair for pair in sounds if is_code(pair[0]) and is_code(pair[1])]
    grams += [_WORD_MARK + word for word in words if len(word) > 1]
    return list(dict.fromkeys(grams))


def class_of(term: str) -> int:
    """Which kind of term it is."""
    if term[0] == _WORD_MARK:
        return WORD
    if is_code(term[0]):
        return SOUND
    return UNIGRAM if len(term) == 1 else BIGRAM


def build_index(phrasings: Sequence[Phrasing], segmenter: Segmenter, spelling: dict[int, str]) -> Index:
    """Index all *phrasings*; rows keep their order."""
    cut = [segmenter.words(phrasing.plain) for phrasing in phrasings]
    spoken = [phrasing.plain.translate(spelling) for phrasing in phrasings]
    vocabulary: dict[str, int] = {}
    rows = [
        [vocabulary.setdefault(term, len(vocabulary)) for term in terms_of(phrasing.plain, sound, words)]
        for phrasing, sound, words in zip(phrasings, spoken, cut, strict=True)
    ]
    row_terms, row_start = _ragged(rows)
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(row_start))
    order = np.argsort(row_terms, kind="stable")
    counts = np.bincount(row_terms, minlength=len(vocabulary))
    idf = np.log1p((len(rows) - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    classes = np.fromiter((class_of(term) for term in vocabulary), np.int32, len(vocabulary))
    return Index(
        texts=tuple(phrasing.text for phrasing in phrasings),
        plain=tuple(phrasing.plain for phrasing in phrasings),
        spoken=tuple(spoken),
        ordered=tuple(" ".join(sorted(words)) for words in cut),
        row_entry=np.fromiter((phrasing.entry for phrasing in phrasings), np.int32, len(phrasings)),
        marks=mark_rows(phrasing.plain for phrasing in phrasings),
        vocabulary=vocabulary,
        idf=idf,
        classes=classes,
        postings=owners[order],
        posting_start=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        row_terms=row_terms,
        row_start=row_start,
        inverse_norm=_inverse_norms(row_terms, row_start, idf, classes),
        spelling=spelling,
    )


def mark_rows(texts: Iterable[str]) -> Ints:
    """The small-word bit sets of each text, one row each."""
    found = [marks_of(text) for text in texts]
    return np.array([(m.question, m.direction, m.negated, m.digits) for m in found], np.int32).reshape(-1, 4)


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    flat = np.fromiter((term for row in rows for term in row), np.int32)
    start = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int32)
    return flat, start


def _inverse_norms(row_terms: Ints, row_start: Ints, idf: Floats, classes: Ints) -> Floats:
    squares = np.where(classes == SOUND, 0.0, idf * idf)[row_terms]
    sums = np.concatenate(([0.0], np.cumsum(squares)))
    return (1.0 / np.sqrt(np.maximum(np.diff(sums[row_start]), 1e-6))).astype(np.float32)
