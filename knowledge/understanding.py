"""Put together everything that is known about one message."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.catalogue import Catalogue
from knowledge.clauses import Clause, asks_what_if, clauses_in, has_more_than_company, has_own_matter
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
from knowledge.several import found_in, joined, key_of, withheld
from knowledge.text import tidy
from knowledge.thresholds import Thresholds
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
        if intent.asks_for_local_fact and not any(item.clause == tidied for item in asked):
            # One clause by itself was looked up as it stands; of several, only together do they say it.
            asked = tuple(replace(item, outcome=withheld(item.outcome)) for item in asked)
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
        entries = (self.catalogue.by_id[entry_id] for item in asked for entry_id in found_in(item.outcome))
        return any(tidied in name for entry in entries for name in (entry.title, *entry.aliases))

    def _side_without_matter(self, tidied: str, asked: tuple[Asked, ...]) -> Facet | None:
        """The side a short message asks about when it names no matter of its own that the catalogs hold."""
        if len(tidied) > self.matcher.thresholds.follow_up_length:
            return None
        side = lead_facet(tidied) or (Facet.ELIGIBILITY if asks_what_if(tidied) else None)
        if side is None:
            return None
        held = [item.outcome for item in asked if not isinstance(item.outcome, Unknown)]
        sure = any(isinstance(one, Answer) and one.confidence >= self.matcher.thresholds.settled for one in held)
        own = has_own_matter(tidied) if sure else bool(held) and has_more_than_company(tidied)
        return None if own else side

    def _asked(self, tidied: str, context: Context | None) -> tuple[Asked, ...]:
        if context is not None and self._follows(tidied, context):
            return (self._in_context(tidied, context),)
        limits = self.matcher.thresholds
        clauses = clauses_in(tidied, limits.longest_question, limits.most_questions)
        story = story_in(tidied, clauses, limits)
        whole = self.find(story) if story else None
        found: list[tuple[Asked, bool]] = []
        for clause in clauses:
            answered = {key_of(item.outcome) for item, _ in found}
            found.append((self._look_up(clause, answered, whole), clause.sure))
        asked = joined(found)
        return asked if whole is None else self._by_the_whole(asked, whole)

    def _by_the_whole(self, asked: tuple[Asked, ...], whole: Finding) -> tuple[Asked, ...]:
        """Where no clause is answered, what the whole message fits is: a story may name its matter before it asks."""
        if any(isinstance(item.outcome, Answer) for item in asked):
            return asked
        if all(isinstance(item.outcome, Unknown) for item in asked):
            outcome = self.matcher.decide(whole)
            return asked if isinstance(outcome, Unknown) else (replace(asked[-1], outcome=outcome),)
        return tuple(replace(item, outcome=self.matcher.offered(item.outcome, whole)) for item in asked)

    def _look_up(self, clause: Clause, answered: set[str], whole: Finding | None) -> Asked:
        """Try the clause alone, and unless that settles it, with what was said around it.

        A question with a matter of its own is not settled by an entry of *answered*, those found
        for the clauses before it, only because their words stand around it.
        """
        best, outcome = self._tried(clause.queries, whole)
        if clause.context and best < self.matcher.thresholds.settled:
            sure, around = self._tried(clause.context, whole)
            if sure > best and around is not None and not (outcome and clause.sure and key_of(around) in answered):
                outcome = around
        facet = clause.facets[0] if clause.facets else None
        return Asked(clause.text, facet, outcome or Unknown((), 0.0), clause.facets)

    def _tried(self, queries: tuple[str, ...], whole: Finding | None) -> tuple[float, Outcome | None]:
        """What is decided on the surest of *queries*, or the first that is answered, and its chance."""
        best, outcome = 0.0, None
        for query in queries:
            finding = self.find(query)
            if whole is not None:
                finding = self.matcher.weighed(finding, whole)
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


def story_in(tidied: str, clauses: tuple[Clause, ...], limits: Thresholds) -> str:
    """The message to be looked up as a whole, where it tells more than it asks; else nothing."""
    asks = sum(len(clause.text) for clause in clauses)
    return tidied[-limits.longest_story :] if asks < limits.story * len(tidied) else ""


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
