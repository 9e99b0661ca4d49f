"""Two plain searchers to measure ours against: SQLite FTS5 bm25, and tf-idf with a margin confidence."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.bench import Question, QuestionSet, Result
from knowledge.fitting import Hiding, eligible_rows
from knowledge.index import Floats, Index, Ints
from knowledge.logistic import chances, fit_logistic
from knowledge.segment import Segmenter
from knowledge.terms import text_terms
from knowledge.text import bare, tidy

_RANKED = 10
_FIT = 700
_UNKNOWN_SHARE = 1 / 3


def fts5_bm25(held: QuestionSet, questions: Sequence[Question], segmenter: Segmenter) -> list[Result]:
    """SQLite FTS5 over jieba tokens, every token optional, best row of each entry."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE rows USING fts5(tokens, entry UNINDEXED, tokenize = 'unicode61')")
    database.executemany(
        "INSERT INTO rows VALUES (?, ?)",
        (
            (" ".join(segmenter.words(bare(tidy(text)))), number)
            for number, texts in enumerate(held.phrasings)
            for text in texts
        ),
    )
    try:
        return [_fts5(database, question, segmenter) for question in questions]
    finally:
        database.close()


def _fts5(database: sqlite3.Connection, question: Question, segmenter: Segmenter) -> Result:
    words = [word for word in dict.fromkeys(segmenter.words(bare(tidy(question.text)))) if word.strip()]
    found: dict[int, float] = {}
    if words:
        asked = " OR ".join(f'"{word}"' for word in words)
        query = "SELECT entry, bm25(rows) FROM rows WHERE rows MATCH ? ORDER BY bm25(rows) LIMIT 60"
        for entry, score in database.execute(query, (asked,)):
            found.setdefault(int(entry), -float(score))
    ranked = tuple(found.items())[:_RANKED]
    return Result(question, "answer" if ranked else "unknown", ranked, ranked[0][1] if ranked else 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _TfIdf:
    """Cosine over words and one- and two-character grams, on the rows of an index of ours."""

    index: Index
    segmenter: Segmenter
    squares: Floats

    def rank(self, plain: str, hidden: Ints | None = None) -> tuple[tuple[int, float], ...]:
        """The best ten entries with their cosine."""
        terms = text_terms(plain, self.segmenter.words(plain))
        known = [number for term in terms if (number := self.index.vocabulary.get(term)) is not None]
        if not known:
            return ()
        start = self.index.posting_start
        rows = np.concatenate([self.index.postings[start[term] : start[term + 1]] for term in known])
        counts = np.diff(start)[known]
        scores = np.bincount(rows, np.repeat(self.squares[known], counts), self.index.size) * self.index.figures[:, 1]
        scores /= np.sqrt(self.squares[known].sum() + (len(terms) - len(known)) * float(self.squares.max()))
        if hidden is not None:
            scores[hidden] = 0.0
        best: dict[int, float] = {}
        for row in np.argsort(-scores, kind="stable")[:60].tolist():
            if scores[row] > 0:
                best.setdefault(int(self.index.row_entry[row]), float(scores[row]))
        return tuple(best.items())[:_RANKED]


def tfidf_margin(index: Index, segmenter: Segmenter, questions: Sequence[Question]) -> list[Result]:
    """tf-idf words and characters with the four-weight confidence, fitted on hidden phrasings."""
    model = _TfIdf(index, segmenter, index.columns[:, 1])
    weights = _fit(model)
    results = []
    for question in questions:
        plain = bare(tidy(question.text))
        ranked = model.rank(plain)
        sure = float(chances(_margins(ranked, plain)[None, :], weights)[0]) if ranked else 0.0
        results.append(Result(question, "answer" if ranked else "unknown", ranked, sure, 0.0))
    return results


def _fit(model: _TfIdf) -> Floats:
    hiding, inputs, labels, importance = Hiding(model.index), [], [], []
    for row in eligible_rows(model.index, _FIT):
        plain, entry = model.index.plain[row], int(model.index.row_entry[row])
        for hidden, share in ((hiding.same(row), 1.0), (hiding.entry(row), _UNKNOWN_SHARE)):
            ranked = model.rank(plain, hidden)
            if ranked:
                inputs.append(_margins(ranked, plain))
                labels.append(float(ranked[0][0] == entry))
                importance.append(share)
    return fit_logistic(np.array(inputs), np.array(labels), np.array(importance), shrinkage=0.01)


def _margins(ranked: Sequence[tuple[int, float]], plain: str) -> Floats:
    scores = [score for _, score in ranked] + [0.0] * 5
    rest = sum(scores[2:5]) / 3
    return np.array([scores[0], scores[0] - scores[1], scores[0] - rest, np.log1p(len(plain)), 1.0])
