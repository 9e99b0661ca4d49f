"""Put together everything that is known about one message."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.catalogue import Catalogue
from knowledge.clauses import Clause, clauses_in, has_own_matter
from knowledge.demand import only_asks
from knowledge.facets import facets_of, lead_facet
from knowledge.intent import Intent, Reader
from knowledge.matching import Finding, Matcher
from knowledge.model import (
    Answer,
    Asked,
    Choice,
    Context,
    DemandKind,
    Door,
    Facet,
    Match,
    Outcome,
    Understanding,
    Unknown,
)
from knowledge.text import tidy
from knowledge.topics import topic_of

_LONGEST_MESSAGE = 2000


@dataclass(frozen=True, slots=True)
class Understander:
    """Reads a message with the index, the entries and the word tables."""

    catalogue: Catalogue
    find: Callable[[str], Finding]
    matcher: Matcher
    reader: Reader
    version: str

    def understand(self, text: str, context: Context | None) -> Understanding:
        """Everything about one message; depends on nothing but the text, the context and the version."""
        tidied = tidy(text[:_LONGEST_MESSAGE])
        intent = self.reader.read(tidied)
        if intent.chat is not None and not self._follows(tidied, context):
            follows = self._side_without_matter(tidied, ())
            return Understanding(text, Door.CHAT, (), chat=intent.chat, version=self.version, follows=follows)
        asked = self._asked(tidied, context)
        door = _door(intent, tidied, asked)
        domain, unit = self._proposed(tidied, asked)
        return Understanding(
            text=text,
            door=door,
            asked=asked,
            danger=intent.danger,
            demand=_kind(door, intent, asked),
            legal_route=intent.route if door is Door.LEGAL else "",
            domain=domain,
            unit=unit,
            version=self.version,
            follows=self._side_without_matter(tidied, asked),
        )

    def _side_without_matter(self, tidied: str, asked: tuple[Asked, ...]) -> Facet | None:
        """The side a short message asks about when it names no matter of its own that is answered."""
        side = lead_facet(tidied) if len(tidied) <= self.matcher.thresholds.follow_up_length else None
        if side is None:
            return None
        answered = any(isinstance(item.outcome, Answer) for item in asked)
        return None if answered and has_own_matter(tidied) else side

    def _asked(self, tidied: str, context: Context | None) -> tuple[Asked, ...]:
        if context is not None and self._follows(tidied, context):
            return (self._in_context(tidied, context),)
        limits = self.matcher.thresholds
        found = [self._look_up(clause) for clause in clauses_in(tidied, limits.longest_question, limits.most_questions)]
        return _joined(found)

    def _look_up(self, clause: Clause) -> Asked:
        """Try the clause alone, then with what was said around it, until one is answered."""
        best, outcome = 0.0, None
        for query in clause.queries:
            finding = self.find(query)
            if outcome is None or finding.right > best:
                best, outcome = finding.right, self.matcher.decide(finding)
            if isinstance(outcome, Answer):
                break
        facet = clause.facets[0] if clause.facets else None
        return Asked(clause.text, facet, outcome or Unknown((), 0.0), clause.facets)

    def _follows(self, tidied: str, context: Context | None) -> bool:
        """A short message that names a side but no matter goes on about the last answer."""
        if context is None or context.entry_id not in self.catalogue.by_id:
            return False
        if len(tidied) > self.matcher.thresholds.follow_up_length or not facets_of(tidied):
            return False
        return not has_own_matter(tidied) or not isinstance(self.matcher.decide(self.find(tidied)), Answer)

    def _in_context(self, tidied: str, context: Context) -> Asked:
        entry = self.catalogue.by_id[context.entry_id]
        return Asked(tidied, lead_facet(tidied), Answer(Match(entry.id, 1.0, entry.title), 1.0, ()))

    def _proposed(self, tidied: str, asked: tuple[Asked, ...]) -> tuple[str, str]:
        """Domain and unit: those of an answered entry, else of the words, else of the nearest entry."""
        near = ""
        for item in asked:
            match item.outcome:
                case Answer(match=found):
                    return self._home(found.entry_id)
                case Choice(options=options):
                    near = near or options[0].entry_id
                case Unknown():
                    pass
        return topic_of(tidied) or (self._home(near) if near else ("", ""))

    def _home(self, entry_id: str) -> tuple[str, str]:
        entry = self.catalogue.by_id[entry_id]
        return entry.domain, entry.origin.unit


def _joined(found: list[Asked]) -> tuple[Asked, ...]:
    """Clauses that get the same answer are one question; unknown ones count only where nothing else is found."""
    kept: dict[str, Asked] = {}
    for item in found:
        key = _key(item.outcome) or f"?{item.clause}"
        kept[key] = _with_sides(kept[key], item.sides) if key in kept else item
    known = [item for item in kept.values() if not isinstance(item.outcome, Unknown)]
    if not known:
        return (found[-1],)
    return tuple(known)


def _with_sides(item: Asked, more: tuple[Facet, ...]) -> Asked:
    sides = tuple(dict.fromkeys((*item.sides, *more)))
    return replace(item, sides=sides, facet=sides[0] if sides else None)


def _key(outcome: Outcome) -> str:
    match outcome:
        case Answer(match=found):
            return found.entry_id
        case Choice(options=options):
            return "|".join(sorted(option.entry_id for option in options))
        case Unknown():
            return ""


def _door(intent: Intent, tidied: str, asked: tuple[Asked, ...]) -> Door:
    answered = any(isinstance(item.outcome, Answer) for item in asked)
    if intent.document:
        return Door.DOCUMENT
    if intent.route:
        return Door.LEGAL
    if intent.demand and (not answered or not only_asks(tidied)):
        return Door.DEMAND
    if intent.transaction:
        return Door.ONLINE
    return Door.QUESTION


def _kind(door: Door, intent: Intent, asked: tuple[Asked, ...]) -> DemandKind | None:
    if door is Door.QUESTION:
        return "咨询" if all(isinstance(item.outcome, Unknown) for item in asked) else None
    return intent.demand if door in (Door.DEMAND, Door.LEGAL) else None
