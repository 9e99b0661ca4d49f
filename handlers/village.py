"""What comes from or concerns a village group, looked at before anything else.

For everybody who has nothing to do with it this costs a few microseconds: the register of
admins is asked only when the words look like a code, a pasted chat or an admin's word.
"""

from dataclasses import dataclass, replace

from casework.village.admins import Admin
from casework.village.gathering import (
    Complete,
    Gathering,
    Nothing,
    Started,
    Waiting,
    close,
    ends,
    is_closed,
    receive,
    starts,
)
from handlers import binding, forwarding, village_marking, village_week, wording
from handlers.binding import admin_now
from handlers.commands import Command, command_in
from handlers.services import Said, Services
from handlers.state import Drafting, Marking, OnTicket, Village
from handlers.turn import Reply, Text, Turn
from knowledge.chatlog import looks_like_chat

_ADMIN_WORDS = (
    "本周",
    "这周",
    "群名",
    "解除",
    "不当管理员",
    "退出管理员",
    *binding.ASKERS_WORDS,
    *village_marking.WORDS,
)
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """The turn as it goes on, and the reply where it ends here."""

    turn: Turn
    said: Said | None = None


def take(turn: Turn, services: Services) -> Taken:
    """Take a message that concerns a village group; others go on unchanged."""
    if not isinstance(turn.content, Text):
        return Taken(turn, village_marking.photo(turn, services))
    if said := binding.take_code(turn, services):
        return Taken(turn, said)
    gathering = services.village.gatherings.of_account(turn.openid)
    if gathering is not None:
        return _while_gathering(turn, services, gathering)
    return _without(turn, services)


def _without(turn: Turn, services: Services) -> Taken:
    """Nothing is being gathered."""
    if not _concerns_group(turn) or isinstance(turn.state.pending, Drafting | OnTicket):
        return Taken(turn)
    admin = admin_now(turn.openid, services)
    if admin is None:
        several = "\n" in turn.words and looks_like_chat(turn.words)
        return Taken(forwarding.own_words(turn, services) if several else turn)
    return Taken(turn, _of_admin(turn, services, admin))


def _concerns_group(turn: Turn) -> bool:
    words = turn.words
    return (
        isinstance(turn.state.pending, Village | Marking)
        or forwarding.may_be_paste(words)
        or (
            len(words) <= LONGEST_WORD
            and (words.strip().startswith(_ADMIN_WORDS) or starts(words) or forwarding.goes_on(words))
        )
    )


def _of_admin(turn: Turn, services: Services, admin: Admin) -> Said | None:
    """One of the admin's words, the beginning of a paste, or none of these."""
    said = (
        forwarding.after_card(turn, services, admin)
        or binding.about_binding(turn, services, admin)
        or village_marking.begin(turn, services, admin)
        or village_marking.take_part(turn, services, admin)
    )
    if said is None and village_week.asks_week(turn.words):
        said = village_week.this_week(turn, services, admin)
    if said is not None:
        return said
    if starts(turn.words):
        return _step(turn, services, admin, None)
    if forwarding.may_be_paste(turn.words) and forwarding.is_paste(turn.words):
        return _first_card(turn, services, admin)
    return None


def _first_card(turn: Turn, services: Services, admin: Admin) -> Said:
    """A paste in one message is answered at once; what follows within 20 seconds is joined to it."""
    step = receive(None, turn.words, turn.now)
    if not isinstance(step, Waiting):
        return Said(wording.NOTHING_PASTED, keep=True)
    services.village.gatherings.hold(turn.openid, replace(step.gathering, answered=1))
    whole = close(step.gathering)
    return _card(turn, services, admin, whole) if isinstance(whole, Complete) else Said(wording.NOTHING_PASTED)


def _while_gathering(turn: Turn, services: Services, gathering: Gathering) -> Taken:
    held, admin = services.village.gatherings, admin_now(turn.openid, services)
    if admin is None:
        held.drop(turn.openid)
        return Taken(turn)
    if is_closed(gathering, turn.now):
        return _overtaken(turn, services, admin, gathering)
    if command_in(turn.words) is Command.CANCEL:
        held.drop(turn.openid)
        return Taken(turn, Said(wording.NOT_FORWARDED))
    if not gathering.explicit and not _joins(turn.words, gathering):
        return _without(turn, services)
    return Taken(turn, _step(turn, services, admin, gathering))


def _joins(words: str, gathering: Gathering) -> bool:
    """Does a message belong to the paste before it? Words about the card do not, nor does a plain question."""
    if ends(words) or starts(words):
        return True
    if forwarding.goes_on(words) or words.strip().startswith(_ADMIN_WORDS):
        return False
    return gathering.waits or (forwarding.may_be_paste(words) and forwarding.is_paste(words))


def _overtaken(turn: Turn, services: Services, admin: Admin, gathering: Gathering) -> Taken:
    """The paste was complete before this message came: its card stands in front of the reply."""
    services.village.gatherings.drop(turn.openid)
    whole = close(gathering)
    if not gathering.waits or not isinstance(whole, Complete):
        return _without(turn, services)
    said = _card(turn, services, admin, whole)
    if ends(turn.words):
        return Taken(turn, said)
    services.village.owe(turn.openid, said.reply.text, f"card:{services.new_id()}")
    return _without(replace(turn, state=replace(turn.state, pending=said.pending)), services)


def _step(turn: Turn, services: Services, admin: Admin, gathering: Gathering | None) -> Said:
    held = services.village.gatherings
    match receive(gathering, turn.words, turn.now):
        case Started(gathering=more):
            held.hold(turn.openid, more)
            return Said(wording.FORWARD_NOW, keep=True)
        case Waiting(gathering=more):
            held.hold(turn.openid, more)
            return Said(_in_danger(turn, wording.put_by(len(more.texts), explicit=more.explicit)), keep=True)
        case Complete() as whole:
            held.drop(turn.openid)
            return _card(turn, services, admin, whole)
        case Nothing():
            held.drop(turn.openid)
            return Said(wording.NOTHING_PASTED, keep=True)


def finish(turn: Turn, services: Services, gathering: Gathering) -> Said | None:
    """The card of a paste that ended by itself, to be sent; ``None`` where there is nobody or nothing to tell."""
    services.village.gatherings.drop(turn.openid)
    admin, whole = admin_now(turn.openid, services), close(gathering)
    if admin is None or not gathering.waits or not isinstance(whole, Complete):
        return None
    return _card(turn, services, admin, whole)


def _card(turn: Turn, services: Services, admin: Admin, whole: Complete) -> Said:
    return forwarding.answer_paste(whole.paste, turn.openid, admin, services, turn, too_long=whole.too_long)


def _in_danger(turn: Turn, reply: Reply) -> Reply:
    """Somebody in danger is told whom to call at once, while the rest of the paste is awaited."""
    danger = turn.understood.danger if turn.understood else None
    return Reply(f"{wording.danger(danger.numbers)}\n{reply.text}") if danger else reply
