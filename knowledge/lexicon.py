"""Everyday words to official terms, the same way in questions and in phrasings.

Both sides are brought to one term, so 低保 and 最低生活保障 meet whichever of them
the resident or the guide uses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.text import bare, tidy
from knowledge.vocabulary import Synonym


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Replaces every known everyday word in one pass, the longest first."""

    terms: dict[str, str]
    pattern: re.Pattern[str] | None

    def official(self, plain: str) -> str:
        """*plain* with everyday words replaced; text already official stays."""
        if self.pattern is None:
            return plain
        return self.pattern.sub(lambda found: self.terms[found.group()], plain)


def make_lexicon(synonyms: Iterable[Synonym]) -> Lexicon:
    """Build the table; standard terms stand for themselves, so they are never replaced inside."""
    pairs = [(_plain(synonym.said), _plain(synonym.standard)) for synonym in synonyms]
    terms: dict[str, str] = {}
    for said, standard in pairs:
        if len(said) > 1 and standard:
            terms.setdefault(said, standard)
    for _, standard in pairs:
        if standard:
            terms[standard] = standard
    if not terms:
        return Lexicon({}, None)
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    return Lexicon(terms, re.compile("|".join(map(re.escape, ordered))))


def _plain(text: str) -> str:
    return bare(tidy(text))
