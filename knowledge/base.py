"""The knowledge base: entries with their index, asked in a resident's words.

Immutable after :meth:`KnowledgeBase.build`; any number of threads may read it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge import store
from knowledge.catalogue import Catalogue
from knowledge.danger import load_dangers
from knowledge.grouping import grouped
from knowledge.intent import Reader
from knowledge.lexicon import make_lexicon
from knowledge.local_facts import LocalGate
from knowledge.matching import Finding, Matcher
from knowledge.model import Context, Entry, EntryType, Match, Outcome, Understanding
from knowledge.not_this import RuledOut
from knowledge.preferences import Preferences
from knowledge.reading.pairs import MarkedPair
from knowledge.slips import mended
from knowledge.text import normalise
from knowledge.thresholds import STANDARD, Thresholds
from knowledge.understanding import Understander
from knowledge.vocabulary import Synonym

_POPULAR = 1024
_SHORT = 16
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text got its outcome: everything needed to repeat the decision by hand."""

    text: str
    normalised: str
    outcome: Outcome
    features: tuple[tuple[str, float], ...]
    runner_up: str
    right: float
    listed: float
    doubt: float
    missing: str
    answer_at: float
    choice_at: float
    version: str
    phrasings: int
    whole: str = ""
    """What the whole message fits best, where the text is one clause of it."""


class KnowledgeBase:
    """Look entries up by question, id, type or domain."""

    def __init__(
        self,
        catalogue: Catalogue,
        matcher: Matcher,
        preferences: Preferences,
        version: str,
        not_this: Iterable[MarkedPair] = (),
    ) -> None:
        self.version = version
        self._catalogue = catalogue
        self._matcher = matcher
        self._preferences = preferences
        self._ruled_out = RuledOut.of(not_this, matcher)
        self._gate = LocalGate(catalogue, matcher.thresholds.missing_fact, matcher.index.texts)
        self._found_before = lru_cache(maxsize=_POPULAR)(self._found)
        self._understander = Understander(catalogue, self._find, matcher, Reader(load_dangers()), version)

    @classmethod
    def build(
        cls,
        entries: Mapping[str, Entry] | Iterable[Entry],
        lexicon: Iterable[Synonym],
        words: Iterable[str],
        version: str,
        cache_dir: Path | None = None,
        thresholds: Thresholds = STANDARD,
        not_this: Iterable[MarkedPair] = (),
    ) -> "KnowledgeBase":
        """Index *entries*; with *cache_dir* an index of the same content is read back instead.

        *version* names the content: the same version must always come with the same entries and words.
        """
        catalogue = Catalogue(tuple(entries.values() if isinstance(entries, Mapping) else entries))
        table = make_lexicon(lexicon)
        matcher = store.matcher(catalogue, table, tuple(words), version, cache_dir, thresholds)
        return cls(catalogue, matcher, Preferences.of(catalogue, thresholds), version, not_this)

    def look_up(self, question: str) -> Outcome:
        """The entry, the choice or nothing for one question; says nothing about danger, chat or demands."""
        return self._matcher.decide(self._find(question))

    def nearest(self, question: str, count: int) -> tuple[Match, ...]:
        """The *count* entries that fit best, whatever would be decided."""
        ranked = self._find(question).ranked
        return self._matcher.matches(ranked, count) if ranked is not None else ()

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """Everything that can be told about one message; *context* is the entry answered last, while fresh."""
        return self._understander.understand(text, context)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id."""
        return self._catalogue.by_id.get(entry_id)

    def entries(self, type: EntryType | None = None, domain: str | None = None) -> tuple[Entry, ...]:
        """Entries of one type and domain, in the order they were given."""
        return self._catalogue.select(type, domain)

    def domains(self) -> tuple[str, ...]:
        """The domains that hold entries, in catalog order."""
        return self._catalogue.domains

    def explain(self, text: str, story: str = "") -> Explanation:
        """Why :meth:`look_up` decides as it does on *text*, a clause of *story* where there is one."""
        finding = self._find(text)
        whole = self._find(story) if story else None
        if whole is not None:
            finding = self._matcher.weighed(finding, whole)
        around = self._matcher.matches(whole.ranked, 1) if whole is not None and whole.ranked else ()
        options = self._matcher.matches(finding.ranked, 2, why=True) if finding.ranked else ()
        return Explanation(
            text=text,
            normalised=mended(self._matcher.plain(normalise(text)), self._matcher.index),
            outcome=self._matcher.decide(finding),
            features=options[0].why if options else (),
            runner_up=options[1].entry_id if len(options) > 1 else "",
            right=finding.right,
            listed=finding.listed,
            doubt=finding.doubt,
            missing=finding.missing,
            answer_at=self._matcher.calibration.answer_at,
            choice_at=self._matcher.calibration.choice_at,
            version=self.version,
            phrasings=self._matcher.index.size,
            whole=around[0].entry_id if around else "",
        )

    def alike(self, texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
        """Groups of places in *texts* that ask the same, each where its first text stood."""
        return grouped(texts, self._matcher)

    def _find(self, question: str) -> Finding:
        plain = normalise(question)
        # Short words many people ask; a story nobody tells twice, and what holds a number, are not remembered.
        if len(plain) > _SHORT or _DIGIT.search(plain):
            return self._found(plain)
        return self._found_before(plain)

    def _found(self, plain: str) -> Finding:
        compared, bonus = self._matcher.plain(plain), self._preferences.bonus(plain)
        finding = self._matcher.find(compared, bonus)
        heeded = self._ruled_out.heeded(compared, finding, bonus, lambda other: self._matcher.find(compared, other))
        return self._gate.weighed(plain, heeded)
