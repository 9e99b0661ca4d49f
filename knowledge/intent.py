"""What kind of message it is, read from its words alone, before anything is looked up.

Where the word lists are sure (danger, injection, 我要投诉) they decide; for the rest the
intent model says how likely each kind is.
"""

from dataclasses import dataclass

from knowledge.chat import chat_in
from knowledge.danger import Dangers, danger_in
from knowledge.demand import demand_in, has_question_form, named_demand
from knowledge.doors import doors_in, nearest_route
from knowledge.intent_model import IntentModel, Kind, Likely, heard, shipped_model
from knowledge.model import Chat, Danger, DemandKind

_WAVERING = 0.15
# A swear word or a word of adverts stands in many a matter, too: the model must find it chat at least a little.
_DOUBTED = frozenset({Chat.INSULT, Chat.ADVERT})
_AT_ALL_CHAT = 0.05
# Seen on messages of a stranger and on the golden questions: half as many questions are taken for demands,
# and hardly a demand is lost.
_OVER_ASKED_ANSWER, _OVER_ASKED_CHOICE = 0.9, 0.75


@dataclass(frozen=True, slots=True)
class Intent:
    """The signs found in one message; several may be set, the reader of it weighs them."""

    danger: Danger | None
    chat: Chat | None
    demand: DemandKind | None
    document: bool
    transaction: bool
    route: str
    certainty: float = 0.0
    """How sure the demand is; 1 where the message names it itself."""
    likely: Likely | None = None
    """What the model said; ``None`` where the word lists were sure that it is chat."""
    asks: bool = False
    """Whether it has the form of a question: then what the catalogs know goes before all but a sure demand."""

    def calls_for_action(self, answered: bool, offered: bool) -> bool:
        """Whether it goes to a ticket, surer the better the catalogs know it: they answer it, or offer a choice."""
        cuts = shipped_model().cuts
        needed = cuts.demand_over_answer if answered else cuts.demand_over_choice if offered else cuts.demand
        if self.asks and (answered or offered):
            needed = max(needed, _OVER_ASKED_ANSWER if answered else _OVER_ASKED_CHOICE)
        return self.demand is not None and self.certainty >= needed

    @property
    def asks_for_local_fact(self) -> bool:
        """Whether the message as a whole sounds like asking for what only the city knows."""
        return self.likely is not None and self.likely.of(Kind.LOCAL) >= shipped_model().cuts.local

    def may_be_chat(self, answered: bool) -> Chat | None:
        """The chat it is taken for; where the catalogs answer it, only if it is surely chat."""
        if self.danger or self.likely is None:
            return None
        cuts = shipped_model().cuts
        needed = cuts.chat if answered else cuts.chat_unanswered
        return self.likely.chat_kind if self.likely.chat >= needed else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages with the shipped word tables and the shipped model."""

    dangers: Dangers

    def read(self, tidied: str) -> Intent:
        """All signs in a tidied message."""
        danger = danger_in(tidied, self.dangers)
        chat = chat_in(tidied) if danger is None else None
        if chat is not None and chat not in _DOUBTED:
            return Intent(None, chat, None, False, False, "")
        likely = heard(tidied)
        if chat is not None and likely.chat >= _AT_ALL_CHAT:
            return Intent(None, chat, None, False, False, "")
        return _matter(tidied, danger, likely)


def _matter(tidied: str, danger: Danger | None, likely: Likely) -> Intent:
    """The signs of a message that is about something."""
    model, doors = shipped_model(), doors_in(tidied)
    named = named_demand(tidied)
    demand, chance = (named, 1.0) if named else _demand(tidied, model, likely)
    door = likely.likeliest if likely.of(likely.likeliest) >= model.cuts.door else Kind.QUESTION
    route = "" if named else doors.route or (nearest_route(tidied) if door is Kind.LEGAL else "")
    return Intent(
        danger=danger,
        chat=None,
        demand=demand,
        document=doors.document or door is Kind.DOCUMENT,
        transaction=doors.transaction or door is Kind.ONLINE,
        route=route,
        certainty=chance,
        likely=likely,
        asks=demand is not None and has_question_form(tidied),
    )


def _demand(tidied: str, model: IntentModel, likely: Likely) -> tuple[DemandKind | None, float]:
    """The kind of action and how sure it is; where the model wavers, the word lists may settle it."""
    if likely.demand < _WAVERING:
        return None, 0.0
    heard = demand_in(tidied)
    if likely.demand >= model.cuts.demand:
        return likely.demand_kind(heard), likely.demand
    if heard and not has_question_form(tidied):
        return heard, model.cuts.demand_over_choice
    return None, 0.0
