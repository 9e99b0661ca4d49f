"""Read question sets and put them to a matcher: the parts of the evaluation that hold no text."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.calibration import calibrate
from knowledge.encoding import Encoder
from knowledge.fitting import fit_from_phrasings
from knowledge.index import Phrasing, build_index
from knowledge.lexicon import Lexicon
from knowledge.matching import Matcher
from knowledge.model import Answer, Choice
from knowledge.pinyin import spelling_table
from knowledge.segment import Segmenter
from knowledge.text import normalise
from knowledge.thresholds import Thresholds
from knowledge.vectors import Remembering

_RANKED = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One query of a set: *gold* is the entry's place in the set or -1; *kind* para, held or near."""

    text: str
    gold: int
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Entries with their phrasings, in file order, and the queries."""

    name: str
    entries: tuple[str, ...]
    phrasings: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came back for one question."""

    question: Question
    outcome: str
    ranked: tuple[tuple[int, float], ...]
    confidence: float
    ms: float

    @property
    def place(self) -> int | None:
        """Where the right entry stands, from 0."""
        return next((place for place, (entry, _) in enumerate(self.ranked) if entry == self.question.gold), None)


def read_set(path: Path) -> QuestionSet:
    """Read one file: a JSON object a line, ``entry`` with ``phrasings`` or ``query`` with ``gold`` and ``kind``."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    entries = [line for line in lines if "phrasings" in line]
    numbers = {str(line["entry"]): number for number, line in enumerate(entries)}
    return QuestionSet(
        name=path.stem,
        entries=tuple(numbers),
        phrasings=tuple(tuple(line["phrasings"]) for line in entries),
        questions=tuple(
            Question(line["query"], numbers.get(str(line["gold"]), -1), line["kind"])
            for line in lines
            if "query" in line
        ),
    )


def build_matcher(
    held: QuestionSet, thresholds: Thresholds, encoder: Encoder | None, lexicon: Lexicon
) -> tuple[Matcher, float]:
    """Build as the product builds, ranking weights too fitted from the set's phrasings; and the seconds it took.

    Vectors that *encoder* remembers are not made again; questions are always encoded anew.
    """
    segmenter, spelling = Segmenter(lexicon.terms), spelling_table()
    started = time.perf_counter()
    rows = [
        Phrasing(number, text, plain)
        for number, texts in enumerate(held.phrasings)
        for text in texts
        if (plain := lexicon.official(normalise(text)))
    ]
    vectors = None if encoder is None else encoder.encode([row.plain for row in rows])
    index = build_index(rows, segmenter, spelling, vectors)
    weights = fit_from_phrasings(index, segmenter, thresholds.candidates, held.name, encoder)
    calibration = calibrate(index, segmenter, weights, thresholds, encoder)
    if isinstance(encoder, Remembering):
        encoder.keep()
        encoder = encoder.bare
    matcher = Matcher(index, segmenter, lexicon, held.entries, weights, calibration, thresholds, encoder)
    return matcher, time.perf_counter() - started


def ask_all(matcher: Matcher, questions: Sequence[Question]) -> list[Result]:
    """Put every question, retrieval only."""
    return [_ask(matcher, question) for question in questions]


def _ask(matcher: Matcher, question: Question) -> Result:
    started = time.perf_counter()
    finding = matcher.find(matcher.plain(normalise(question.text)))
    outcome = matcher.decide(finding)
    ms = (time.perf_counter() - started) * 1000
    ranked: tuple[tuple[int, float], ...] = ()
    if finding.ranked is not None:
        ranked = tuple(zip(finding.ranked.entries[:_RANKED], finding.ranked.scores[:_RANKED], strict=True))
    named = "answer" if isinstance(outcome, Answer) else "choice" if isinstance(outcome, Choice) else "unknown"
    return Result(question, named, ranked, finding.right, ms)
