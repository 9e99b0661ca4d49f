"""Facts that only the city has: a telephone number, an office's hours, how far my own case is.

The nearest guide speaks of the same matter and yet does not hold the answer. Where a question
asks for such a fact and the entry found does not hold it, the chance of the entry is lowered,
so that the question is passed on and not answered beside the point. The words stand in
``data/local_facts.toml``; what they do not name, the intent model hears: then nothing is
answered directly, unless the phrasing that fits best asks for such a fact itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from knowledge.catalogue import Catalogue
from knowledge.features import FEATURES
from knowledge.intent_model import Kind as Heard, heard, shipped_model
from knowledge.matching import Finding
from knowledge.model import Disclosure, Entry
from knowledge.plain import spoken
from knowledge.ranking import Ranked
from knowledge.text import normalise
from knowledge.wordlists import joined, read_table, sections

_RATIO = FEATURES.index("ratio")
_SLOTS = ("机构", "头衔", "近日")
# Below this chance nothing is answered directly anyhow, and the model need not be asked.
_WORTH_HEARING = 0.4
_SURELY = 2.0
_NEARLY_SAME = 0.8
HEARD = "本地的情形"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of local fact: how it is asked for, and what an entry looks like that states one.

    An entry also holds the fact where it is itself asked for it in its own phrasings;
    *both* asks for the two together, for facts that stand in many entries by the way.
    """

    name: str
    holds: re.Pattern[str] | None
    both: bool


@cache
def _kinds() -> tuple[tuple[Kind, ...], re.Pattern[str], re.Pattern[str]]:
    table = read_table("local_facts")
    slots = {f"{{{name}}}": str(table[name]) for name in _SLOTS}
    kinds, parts = [], []
    for place, held in enumerate(sections("local_facts", "fact")):
        words = joined(held["words"])
        for slot, meant in slots.items():
            words = words.replace(slot, meant)
        parts.append(f"(?P<f{place}>{words})")
        holds = re.compile(str(held["holds"])) if "holds" in held else None
        kinds.append(Kind(str(held["name"]), holds, bool(held.get("both", False))))
    return tuple(kinds), re.compile("|".join(parts)), re.compile(str(table["published"]))


def fact_in(normalised: str) -> Kind | None:
    """The local fact a normalised question asks for; ``None`` where it asks what anybody can tell, or where to look."""
    kinds, words, published = _kinds()
    found = words.search(normalised)
    if found is None or found.lastgroup is None or published.search(normalised):
        return None
    return kinds[int(found.lastgroup[1:])]


def holds(entry: Entry, kind: Kind) -> bool:
    """Whether *entry* can answer for *kind*. A catalog row only says where things are published."""
    if isinstance(entry, Disclosure):
        return False
    stated = kind.holds is not None and any(kind.holds.search(text) for _, text in spoken(entry))
    if stated and not kind.both:
        return True
    if kind.both and not stated:
        return False
    return any(fact_in(normalise(text)) == kind for text in (*entry.phrasings, *entry.aliases))


def sounds_local(text: str) -> float:
    """The chance that *text* asks for a local fact, as a multiple of the least that counts; 0 for where to look."""
    if _kinds()[2].search(text):
        return 0.0
    return heard(text).of(Heard.LOCAL) / shipped_model().cuts.local


class LocalGate:
    """Lowers the chances of entries that do not hold the local fact asked for; *share* is what is left of them.

    *rows* are the texts the index compares with.

    Words that stand among an entry's phrasings as they are were put there for it: they are let pass.
    """

    def __init__(self, catalogue: Catalogue, share: float, rows: Sequence[str]) -> None:
        self._entries = catalogue.entries
        self._share = share
        self._rows = rows
        self._held: dict[tuple[int, str], bool] = {}
        self._local_rows: dict[int, bool] = {}

    def weighed(self, normalised: str, finding: Finding) -> Finding:
        """*finding* with its chances as they are when a missing fact counts against it."""
        ranked = finding.ranked
        if ranked is None or ranked.features[0][_RATIO] >= 1.0:
            return finding
        kind = fact_in(normalised)
        if kind is None or self._holds(ranked.entries[0], kind):
            return self._heard(normalised, finding, ranked)
        return replace(
            finding, right=finding.right * self._share, listed=finding.listed * self._share, missing=kind.name
        )

    def _heard(self, normalised: str, finding: Finding, ranked: Ranked) -> Finding:
        """*finding*, no direct answer where *normalised* only sounds like asking for a local fact."""
        if finding.right < _WORTH_HEARING:
            return finding
        sounds = sounds_local(normalised)
        meant = ranked.features[0][_RATIO] >= _NEARLY_SAME and self._row_is_local(ranked.rows[0])
        if sounds < 1.0 or meant:
            return finding
        share = self._share if sounds >= _SURELY else 1.0
        return replace(finding, right=finding.right * self._share, listed=finding.listed * share, missing=HEARD)

    def _row_is_local(self, row: int) -> bool:
        known = self._local_rows.get(row)
        if known is None:
            known = self._local_rows[row] = sounds_local(self._rows[row]) >= 1.0
        return known

    def _holds(self, number: int, kind: Kind) -> bool:
        known = self._held.get((number, kind.name))
        if known is None:
            known = self._held[number, kind.name] = holds(self._entries[number], kind)
        return known
