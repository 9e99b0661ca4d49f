"""Put together everything that is known about one message."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.catalogue import Catalogue
from knowledge.clauses import Clause, clauses_in, has_own_matter
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
_BARE = 4


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
        door = _door(intent, asked, self._is_name(tidied, asked))
        domain, unit = self._proposed(tidied, asked)
        return Understanding(
            text=text,
            door=door,
            asked=asked,
            danger=intent.danger,
            chat=intent.may_be_chat(answered=False) if door is Door.CHAT else None,
            demand=_kind(door, intent, asked),
            legal_route=intent.route if door is Door.LEGAL else "",
            domain=domain,
            unit=unit,
            version=self.version,
            follows=self._side_without_matter(tidied, asked),
        )

    def _is_name(self, tidied: str, asked: tuple[Asked, ...]) -> bool:
        """A bare word such as 结婚 says hardly anything, but it stands in the name of what was found."""
        if len(tidied) > _BARE:
            return False
        entries = (self.catalogue.by_id[entry_id] for item in asked for entry_id in _found(item.outcome))
        return any(tidied in name for entry in entries for name in (entry.title, *entry.aliases))

    def _side_without_matter(self, tidied: str, asked: tuple[Asked, ...]) -> Facet | None:
        """The side a short message asks about when it names no matter of its own that the catalogs hold."""
        side = lead_facet(tidied) if len(tidied) <= self.matcher.thresholds.follow_up_length else None
        if side is None:
            return None
        held = any(not isinstance(item.outcome, Unknown) for item in asked)
        return None if held and has_own_matter(tidied) else side

    def _asked(self, tidied: str, context: Context | None) -> tuple[Asked, ...]:
        if context is not None and self._follows(tidied, context):
            return (self._in_context(tidied, context),)
        limits = self.matcher.thresholds
        found: list[tuple[Asked, bool]] = []
        for clause in clauses_in(tidied, limits.longest_question, limits.most_questions):
            answered = {_key(item.outcome) for item, _ in found}
            found.append((self._look_up(clause, answered), clause.sure))
        return _joined(found)

    def _look_up(self, clause: Clause, answered: set[str]) -> Asked:
        """Try the clause alone, and unless that settles it, with what was said around it.

        A question with a matter of its own is not settled by an entry of *answered*, those found
        for the clauses before it, only because their words stand around it.
        """
        best, outcome = self._tried(clause.queries)
        if clause.context and best < self.matcher.thresholds.settled:
            sure, around = self._tried(clause.context)
            if sure > best and around is not None and not (outcome and clause.sure and _key(around) in answered):
                outcome = around
        facet = clause.facets[0] if clause.facets else None
        return Asked(clause.text, facet, outcome or Unknown((), 0.0), clause.facets)

    def _tried(self, queries: tuple[str, ...]) -> tuple[float, Outcome | None]:
        """What is decided on the surest of *queries*, or the first that is answered, and its chance."""
        best, outcome = 0.0, None
        for query in queries:
            finding = self.find(query)
            if outcome is None or finding.right > best:
                best, outcome = finding.right, self.matcher.decide(finding)
            if isinstance(outcome, Answer):
                break
        return best, outcome

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


def _joined(found: list[tuple[Asked, bool]]) -> tuple[Asked, ...]:
    """Clauses that get the same answer are one question, all in the order of the message.

    What is not answered directly counts where it surely asks, or where nothing else does.
    """
    kept: dict[str, tuple[Asked, bool]] = {}
    answered = {_key(item.outcome) for item, _ in found if isinstance(item.outcome, Answer)}
    for item, sure in found:
        item = replace(item, outcome=_settled(item.outcome, answered))
        key = _key(item.outcome) or f"?{item.clause}"
        if key in kept:
            item, sure = _with_sides(kept[key][0], item.sides), sure or kept[key][1]
        kept[key] = (item, sure)
    for counts in (Answer, Answer | Choice):
        shown = [item for item, sure in kept.values() if sure or isinstance(item.outcome, counts)]
        if any(isinstance(item.outcome, counts) for item in shown):
            return tuple(shown)
    return tuple(item for item, sure in kept.values() if sure) or (found[-1][0],)


def _settled(outcome: Outcome, answered: set[str]) -> Outcome:
    """A choice that holds what another question of the message is answered with is about that, too."""
    if not isinstance(outcome, Choice):
        return outcome
    same = [option for option in outcome.options if option.entry_id in answered]
    if len(same) != 1:
        return outcome
    return Answer(same[0], outcome.confidence, tuple(option for option in outcome.options if option is not same[0]))


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


def _found(outcome: Outcome) -> tuple[str, ...]:
    match outcome:
        case Answer(match=found):
            return (found.entry_id,)
        case Choice(options=options):
            return tuple(option.entry_id for option in options)
        case Unknown():
            return ()


def _door(intent: Intent, asked: tuple[Asked, ...], is_name: bool) -> Door:
    answered = any(isinstance(item.outcome, Answer) for item in asked)
    if intent.document:
        return Door.DOCUMENT
    if intent.route:
        return Door.LEGAL
    offered = any(isinstance(item.outcome, Choice) for item in asked)
    if intent.calls_for_action(answered, offered):
        return Door.DEMAND
    if intent.transaction:
        return Door.ONLINE
    if not is_name and intent.may_be_chat(answered):
        return Door.CHAT
    return Door.QUESTION


def _kind(door: Door, intent: Intent, asked: tuple[Asked, ...]) -> DemandKind | None:
    if door is Door.QUESTION:
        return "咨询" if all(isinstance(item.outcome, Unknown) for item in asked) else None
    return intent.demand if door in (Door.DEMAND, Door.LEGAL) else None
