"""One message as one unit of work: claim, effects, notices, conversation and stored reply commit together.

Runs on the writer thread inside one transaction, after the words were understood. Whatever
raises in here undoes all of it, so a retry finds nothing half done.
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from bot.parts import Parts
from bot.refusal import Replayed
from bot.rendering import split
from handlers import wording
from handlers.dispatch import Responded, respond, wants_more
from handlers.services import CHATTED, Told
from handlers.state import State
from handlers.turn import NOTHING, Inbound, Left, Reply, Tap, Text, Turn, Voice
from knowledge.model import Understanding
from storage import conversations, messages, outbox, residents
from storage.times import to_ms

_READABLE = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery ready to be handled: *stamp* is its timestamp+nonce, *limited* that the sender is too fast."""

    inbound: Inbound
    stamp: str
    understood: Understanding | None
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """The reply, and what it amounts to; *told* is None for a retry, which did nothing."""

    reply: Reply
    told: Told | None


def words_of(inbound: Inbound) -> str:
    """Return what was typed, or recognised in a voice message."""
    match inbound.content:
        case Text(words=words):
            return words
        case Voice(recognised=words):
            return words
        case _:
            return ""


def handle(connection: sqlite3.Connection, message: Message, parts: Parts, now: datetime) -> Handled:
    """Answer one message once.

    Raises:
        Replayed: the stamp came before with another message.
    """
    inbound, now_ms = message.inbound, to_ms(now)
    stored = messages.reply_to(connection, inbound.key)
    if stored is not None:
        return Handled(load_reply(stored), None)
    if messages.is_used(connection, message.stamp):
        raise Replayed
    if message.limited:
        return _kept(connection, message, Responded(Reply(wording.TOO_FAST), CHATTED, State()), now_ms)
    if inbound.trigger != "none":
        residents.touch(connection, inbound.openid, inbound.trigger, now_ms)
    responded = _responded(connection, message, parts, now)
    return _kept(connection, message, _paged(connection, message, responded, now_ms), now_ms)


def _responded(connection: sqlite3.Connection, message: Message, parts: Parts, now: datetime) -> Responded:
    inbound = message.inbound
    state = conversations.recall(connection, inbound.openid)
    turn = Turn(inbound.openid, inbound.content, words_of(inbound), message.understood, state, now)
    if wants_more(turn):
        return Responded(Reply(state.rest), CHATTED, replace(state, rest=""))
    return respond(turn, parts.services(connection, now))


def _paged(connection: sqlite3.Connection, message: Message, responded: Responded, now_ms: int) -> Responded:
    """Put what is owed in front, keep what does not fit behind 更多, and remember the conversation."""
    openid = message.inbound.openid
    if message.inbound.trigger == "none":
        return responded
    owed = outbox.give(connection, openid, now_ms)
    texts = [*(item.body for item in owed), *([responded.reply.text] if responded.reply.text else [])]
    reply = replace(responded.reply, text="\n\n".join(texts))
    shown, rest = split(reply, wording.FOLLOW_MORE)
    state = replace(responded.state, rest=rest.text)
    conversations.remember(connection, openid, state, now_ms)
    return Responded(shown, responded.told, state, responded.fleeting)


def _kept(connection: sqlite3.Connection, message: Message, responded: Responded, now_ms: int) -> Handled:
    inbound = message.inbound
    openid = None if isinstance(inbound.content, Left) else inbound.openid
    messages.add(
        connection, inbound.key, openid, message.stamp, dump_reply(responded.fleeting or responded.reply), now_ms
    )
    return Handled(responded.reply, responded.told)


def dump_reply(reply: Reply) -> str:
    """Write a reply down."""
    taps = [[tap.label, tap.says] for tap in reply.taps]
    return _READABLE.encode([reply.text, taps]) if reply.text else ""


def load_reply(stored: str) -> Reply:
    """Read a reply back; the empty string is the empty reply."""
    if not stored:
        return NOTHING
    text, taps = json.loads(stored)
    return Reply(text, tuple(Tap(label, says) for label, says in taps))
