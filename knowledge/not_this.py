"""Words marked "not this": an entry that staff ruled out for them is never answered to them directly.

A question counts as near a mark when its words are like the marked ones, and more like
them than any phrasing of the entry, so that a mark does not take from an entry what is its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.index import Floats
from knowledge.matching import Finding, Matcher
from knowledge.ranking import Ranked
from knowledge.reading.pairs import MarkedPair
from knowledge.text import normalise

NEAR = 80.0
"""From this likeness (0 to 100) on words count as those of a mark."""
_BELOW_ALL = -50.0
Find = Callable[[Floats], Finding]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """The marks of one knowledge base: *words* as compared, the number of the *entries* and all its phrasings."""

    words: tuple[str, ...]
    entries: tuple[int, ...]
    own: tuple[tuple[str, ...], ...]
    doubt: float

    @classmethod
    def of(cls, pairs: Iterable[MarkedPair], matcher: Matcher) -> "RuledOut":
        """Read the marks of *matcher*'s entries; a mark of an entry that is gone says nothing."""
        numbers = {entry_id: number for number, entry_id in enumerate(matcher.entry_ids)}
        kept = [(matcher.plain(normalise(one.words)), numbers.get(one.entry_id)) for one in pairs]
        known = [(words, number) for words, number in kept if words and number is not None]
        own = [
            tuple(matcher.index.plain[row] for row in np.flatnonzero(matcher.index.row_entry == number).tolist())
            for _, number in known
        ]
        return cls(
            tuple(words for words, _ in known),
            tuple(number for _, number in known),
            tuple(own),
            matcher.thresholds.doubt,
        )

    def heeded(self, plain: str, finding: Finding, bonus: Floats, find: Find) -> Finding:
        """*finding* without the entries ruled out for *plain*; *find* looks up again with another *bonus*.

        What then comes first is the next best, so a direct answer needs more certainty.
        """
        out = self._ruled_out(plain) if self.words and finding.ranked is not None else frozenset()
        if finding.ranked is None or not out.intersection(finding.ranked.entries):
            return finding
        shift = bonus.copy()
        shift[list(out)] = _BELOW_ALL
        again = find(shift)
        left = _without(again.ranked, out) if again.ranked is not None else None
        return Finding(None, 0.0, 0.0) if left is None else replace(again, ranked=left, doubt=again.doubt + self.doubt)

    def _ruled_out(self, plain: str) -> frozenset[int]:
        near = process.extract(plain, self.words, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        return frozenset(
            self.entries[place]
            for _, likeness, place in near
            if not any(fuzz.ratio(plain, phrasing) > likeness for phrasing in self.own[place])
        )


def _without(ranked: Ranked, out: frozenset[int]) -> Ranked | None:
    kept = [place for place, entry in enumerate(ranked.entries) if entry not in out]
    if not kept:
        return None
    return Ranked(
        entries=tuple([ranked.entries[place] for place in kept]),
        scores=tuple([ranked.scores[place] for place in kept]),
        rows=tuple([ranked.rows[place] for place in kept]),
        features=ranked.features[kept],
    )
