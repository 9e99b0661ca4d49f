"""One question against the whole index: answer, choice or unknown, with the reasons."""

from dataclasses import dataclass, replace
from math import exp

from knowledge.calibration import Calibration, chance, rank
from knowledge.encoding import Encoder
from knowledge.features import FEATURES, Query, read_query
from knowledge.index import Floats, Index
from knowledge.lexicon import Lexicon
from knowledge.model import Answer, Choice, Match, Outcome, Unknown
from knowledge.ranking import Ranked, Weights, evidence
from knowledge.segment import Segmenter
from knowledge.slips import mended
from knowledge.thresholds import STANDARD, Thresholds

_RUNNERS_UP = 3
_WORD_COVER, _SOUND, _SAME = (FEATURES.index(name) for name in ("word cover", "sound ratio", "same text"))
_SHOWN_FEATURES = 0.01


@dataclass(frozen=True, slots=True)
class Finding:
    """A look-up before the decision: ranked entries, the two chances, and what speaks against a direct answer.

    *doubt* is added to the chance an answer needs; *missing* names the local fact that was asked
    for and is not held, for which the chances have been lowered.
    """

    ranked: Ranked | None
    right: float
    listed: float
    doubt: float = 0.0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Matcher:
    """An index with its fitted models. Reading it from several threads is safe."""

    index: Index
    segmenter: Segmenter
    lexicon: Lexicon
    entry_ids: tuple[str, ...]
    weights: Weights
    calibration: Calibration
    thresholds: Thresholds = STANDARD
    encoder: Encoder | None = None

    def plain(self, normalised: str) -> str:
        """The form rows are compared in."""
        return self.lexicon.official(normalised)

    def find(self, plain: str, bonus: Floats | None = None) -> Finding:
        """Rank the entries for a normalised question; *bonus* shifts the score of each entry."""
        asked = mended(plain, self.index)
        alike = None if self.encoder is None else self.index.vectors @ self.encoder.encode([asked])[0]
        query = read_query(asked, self.index, self.segmenter, alike)
        ranked = rank(query, self.index, self.weights.array(), self.thresholds.candidates, bonus)
        if ranked is None:
            return Finding(None, 0.0, 0.0)
        found = evidence(ranked, query)
        right, listed = (chance(weights, found) for weights in (self.calibration.right, self.calibration.listed))
        return Finding(ranked, right, listed, self._doubt(query, ranked))

    def _doubt(self, query: Query, ranked: Ranked) -> float:
        """No shared word, or in a short question a word nobody has used here: found by accident, perhaps.

        A bare word that names nothing as it stands (补贴, 证明) fits many entries: it counts twice.
        """
        best = ranked.features[0]
        by_letters = best[_WORD_COVER] < self.thresholds.least_words and best[_SOUND] < self.thresholds.like_sound
        strange = query.strange > 0 and len(query.plain) <= self.thresholds.short_question
        bare = len(query.plain) <= self.thresholds.bare_word and best[_SAME] < 1.0
        return float(self.thresholds.doubt * (int(by_letters) + int(strange) + 2 * int(bare)))

    def weighed(self, finding: Finding, whole: Finding) -> Finding:
        """The finding of a clause in the light of what the *whole* message looks like.

        Where both point to the same entry it is surer; where they do not, the clause must be sure by itself.
        """
        if finding.ranked is None or whole.ranked is None or finding.ranked is whole.ranked:
            return finding
        if finding.ranked.entries[0] == whole.ranked.entries[0]:
            return replace(
                finding,
                right=1 - (1 - finding.right) * (1 - whole.right),
                listed=max(finding.listed, whole.listed),
                doubt=min(finding.doubt, whole.doubt),
            )
        odds = finding.right / max(1 - finding.right, 1e-9) * self.thresholds.other_story
        return replace(finding, right=odds / (1 + odds))

    def offered(self, outcome: Outcome, whole: Finding) -> Outcome:
        """A choice with what the *whole* message fits best put into it."""
        if not isinstance(outcome, Choice) or whole.ranked is None:
            return outcome
        (best,) = self.matches(whole.ranked, 1)
        others = [option for option in outcome.options if option.entry_id != best.entry_id]
        if len(others) < len(outcome.options):
            return outcome
        return replace(outcome, options=(others[0], best, *others[1 : self.thresholds.options - 1]))

    def decide(self, finding: Finding) -> Outcome:
        """Answer, ask which, or say that nothing fits."""
        if finding.ranked is None:
            return Unknown((), 0.0)
        if finding.right >= min(self.calibration.answer_at + finding.doubt, 0.99):
            best, *others = self.matches(finding.ranked, 1 + _RUNNERS_UP)
            return Answer(best, finding.right, tuple(others))
        if finding.listed >= self._choice_at(finding.ranked):
            least = finding.ranked.scores[0] - self.thresholds.option_edge
            near = sum(1 for score in finding.ranked.scores if score >= least)
            options = self.matches(finding.ranked, min(max(near, 2), self.thresholds.options))
            if len(options) > 1:
                return Choice(options, finding.right)
        return Unknown(self.matches(finding.ranked, _RUNNERS_UP), finding.right)

    def _choice_at(self, ranked: Ranked) -> float:
        """A list that shares no word with the question needs more certainty than one that does."""
        by_letters = ranked.features[0][_WORD_COVER] < self.thresholds.least_words
        return self.calibration.choice_at + (self.thresholds.doubt if by_letters else 0.0)

    def matches(self, ranked: Ranked, count: int, why: bool = False) -> tuple[Match, ...]:
        """The first *count* entries, their share of the fit and phrasing; *why* adds the weighted features."""
        shares = [exp(max(score - ranked.scores[0], -30.0)) for score in ranked.scores]
        whole = sum(shares)
        first = [share / whole for share in shares[:count]]
        named = zip(first, ranked.entries[:count], ranked.rows[:count], strict=True)
        return tuple(
            Match(
                entry_id=self.entry_ids[entry],
                score=round(share, 4),
                phrasing=self.index.texts[row],
                why=self._why(ranked, place) if why else (),
            )
            for place, (share, entry, row) in enumerate(named)
        )

    def _why(self, ranked: Ranked, place: int) -> tuple[tuple[str, float], ...]:
        parts = ranked.features[place] * self.weights.array()
        named = zip(FEATURES, parts.tolist(), strict=True)
        return tuple((name, round(part, 3)) for name, part in named if abs(part) > _SHOWN_FEATURES)
