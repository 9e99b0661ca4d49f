"""Pick who takes a message, let them answer, and decide what the conversation remembers."""

from dataclasses import dataclass, replace

from handlers import village, wording
from handlers.commands import Command, command_in
from handlers.routes import ROUTES
from handlers.services import Said, Services, Told
from handlers.state import Drafting, State
from handlers.turn import Reply, Turn
from knowledge.model import Danger, Door

LONGEST = 2000
SELF_HARM = "轻生"


@dataclass(frozen=True, slots=True)
class Responded:
    """What the resident reads, what it amounts to, and the state afterwards.

    *fleeting* is kept in place of a reply that must not be put down.
    """

    reply: Reply
    told: Told
    state: State
    fleeting: Reply | None = None


def respond(turn: Turn, services: Services) -> Responded:
    """Answer one message; there is always a sentence unless the platform can show none.

    What belongs to a village group is read as a whole, before anything in it is taken for the sender's own words.
    """
    taken = village.take(turn, services)
    turn = taken.turn
    if taken.said is not None:
        return Responded(taken.said.reply, taken.said.told, _next_state(turn, taken.said), taken.said.fleeting)
    if len(turn.words) > LONGEST:
        return Responded(wording.TOO_LONG, Told("chat"), turn.state)
    danger = turn.understood.danger if turn.understood else None
    said = _warned(turn, services, danger) if danger else _said(turn, services)
    return Responded(said.reply, said.told, _next_state(turn, said))


def _said(turn: Turn, services: Services) -> Said:
    for route in ROUTES:
        if route.when(turn) and (said := route.then(turn, services)) is not None:
            return said
    raise AssertionError("the last route takes everything")


def _warned(turn: Turn, services: Services, danger: Danger) -> Said:
    """The numbers come first; a real question, or a ticket being written, is still served after them."""
    line = wording.danger(danger.numbers)
    if not danger.asks and not isinstance(turn.state.pending, Drafting):
        after = wording.DANGER_SELF if danger.kind == SELF_HARM else wording.DANGER_AFTER
        return Said(Reply(f"{line}\n{after}"), Told("redirect", kind=_demand(turn)))
    said = _said(turn, services)
    return replace(said, reply=replace(said.reply, text=f"{line}\n\n{said.reply.text}"))


def _demand(turn: Turn) -> str:
    """The kind proposed for a demand; a question is none, whatever it is about."""
    understood = turn.understood
    return understood.demand or "" if understood and understood.door is Door.DEMAND else ""


def _next_state(turn: Turn, said: Said) -> State:
    before = turn.state
    entry_ms = int(turn.now.timestamp() * 1000) if said.entry_id else before.entry_ms
    return State(
        pending=before.pending if said.keep else said.pending,
        entry_id=said.entry_id or before.entry_id,
        entry_ms=entry_ms,
        question_id=said.question_id or before.question_id,
        open_id=said.open_id if said.question_id else before.open_id,
        last_words=said.last_words or before.last_words,
        rest="",
    )


def wants_more(turn: Turn) -> bool:
    """Does the resident ask for the text that did not fit?"""
    return command_in(turn.words) is Command.MORE and bool(turn.state.rest)
