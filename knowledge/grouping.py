"""Put questions that ask the same together: alike in the words that tell matters apart, and alike as written.

A word that many phrasings share (在哪, 多少钱) weighs little, one that names a matter much, and everyday
words count as the official terms they stand for. The matter alone is not enough: 身份证丢了 and
身份证能管几年 are two questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from rapidfuzz import fuzz

from knowledge.matching import Matcher
from knowledge.terms import text_terms
from knowledge.text import normalise

ALIKE = 0.5
"""From this mean likeness (0 to 1) to a group on, a question belongs to it.

Measured on 33 invented questions of 19 kinds (21 of 31 pairs found, 2 wrong ones) and on the golden
questions, which hardly repeat (10 right pairs, 16 wrong ones among 83,000)."""
MOST = 500


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as compared, the squared weights of its terms, and their sum."""

    plain: str
    weights: dict[str, float]
    total: float


def grouped(texts: Sequence[str], matcher: Matcher, alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Return groups of places in *texts*; a group stands where its first text stood.

    A text joins the group it is most like on average, so that a chain of small steps makes no
    group of different matters. What comes after the first ``MOST`` texts stays by itself.
    """
    read = [_read(text, matcher) for text in texts[:MOST]]
    groups: list[list[int]] = []
    for place, one in enumerate(read):
        near = [(sum(_likeness(one, read[other]) for other in group) / len(group), group) for group in groups]
        best, found = max(near, key=lambda pair: pair[0], default=(0.0, []))
        if best >= alike:
            found.append(place)
        else:
            groups.append([place])
    return (*map(tuple, groups), *((place,) for place in range(len(read), len(texts))))


def _likeness(one: _Read, other: _Read) -> float:
    if one.plain == other.plain:
        return 1.0
    shared = sum(weight for term, weight in one.weights.items() if term in other.weights)
    if not shared:
        return 0.0
    return min(shared / sqrt(one.total * other.total), fuzz.ratio(one.plain, other.plain) / 100)


def _read(text: str, matcher: Matcher) -> _Read:
    index, plain = matcher.index, matcher.plain(normalise(text))
    unseen = index.unseen**2
    numbers = {term: index.vocabulary.get(term) for term in text_terms(plain, matcher.segmenter.words(plain))}
    weights = {term: unseen if number is None else float(index.weight[number]) for term, number in numbers.items()}
    return _Read(plain, weights, sum(weights.values()))
