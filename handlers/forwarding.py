"""A village admin pastes a chat: a card comes back, then 下一张, 看3 and 登记 go on with it.

What was pasted is read and forgotten. The conversation keeps the questions alone, masked and
without nicknames; who asked stays in memory until the admin registers it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casework.china_time import day_of
from casework.village.admins import Admin, used
from handlers import answering, village_open, wording
from handlers.services import CHATTED, Said, Services
from handlers.state import Marking, State, Village, dump, load
from handlers.turn import Reply, Text, Turn
from handlers.village_card import CardItem, State as Answered, cleaned, compose_card, one_answer
from handlers.village_register import numbers_in, register
from knowledge import cards
from knowledge.chatlog import Question, looks_like_chat, names_in, parse
from knowledge.model import Answer, Choice, Understanding, Unknown

MOST_QUESTIONS = 30
LONGEST_QUESTION = 300
_NEXT = re.compile(r"下一?[张页]|再来一张|更多")
_SHOW = re.compile(r"(?:看|查看)\s*第?\s*(\d{1,2})\s*(?:条|个|号|题)?")
_EDGES = ' \t\n。.!！“”"'
_SIGNED = re.compile(r"[^\n:：]{1,24}[:：]|[「\[【#]")


@dataclass(frozen=True, slots=True)
class _Kept:
    """One question as it may be kept, with its item for the card."""

    words: str
    item: CardItem
    understood: Understanding


def may_be_paste(words: str) -> bool:
    """Could this be a piece of a chat? Costs next to nothing; ``is_paste`` looks closely."""
    return "\n" in words or _SIGNED.match(words) is not None


def is_paste(words: str) -> bool:
    """Is this a piece of a chat, also a single message with its sender's name?"""
    return looks_like_chat(words) or any(question.asker for question in parse(words))


def answer_paste(paste: str, openid: str, admin: Admin, services: Services, turn: Turn, *, too_long: bool) -> Said:
    """Read a paste and answer with its first card; nothing of the paste itself is kept."""
    village = services.village
    names = names_in(paste)
    questions = parse(paste, village.words)[:MOST_QUESTIONS]
    kept = [_kept(question, names, services, turn, admin) for question in questions]
    logged = tuple(_logged(one, services, turn) for one in kept)
    village.aliases.remember(openid, [question.asker for question in questions], turn.now)
    village.admins.save(used(admin, turn.now))
    pages = compose_card([one.item for one in kept], names, account=_account(services))
    text = f"{pages[0]}\n\n{wording.PASTED_TOO_MUCH}" if too_long else pages[0]
    card = Village(tuple(one.words for one in kept), logged) if kept else None
    return held_card(Said(Reply(text), pending=card), openid, services, turn)


def after_card(turn: Turn, services: Services, admin: Admin) -> Said | None:
    """Go on with the last card, also after something else in between; ``None`` when the words are something else."""
    words = turn.words.strip(_EDGES)
    card = _card_meant(turn, services, words)
    if card is None:
        return None
    if isinstance(card, Reply):
        return Said(card, keep=True)
    said = _with_card(turn, services, admin, card, words)
    return held_card(said, turn.openid, services, turn) if said else None


def held_card(said: Said, openid: str, services: Services, turn: Turn) -> Said:
    """Keep the card a reply goes on with for ten minutes, so that its numbers hold while other things are said."""
    if isinstance(said.pending, Village):
        services.village.aliases.keep_card(openid, dump(State(said.pending)), turn.now)
    return said


def _card_meant(turn: Turn, services: Services, words: str) -> Village | Reply | None:
    """The card these words go on with: the one just shown, or the last one where they can mean nothing else."""
    pending = turn.state.pending
    if isinstance(pending, Village):
        return pending
    numbered = bool(_SHOW.fullmatch(words)) or bool(numbers_in(words))
    marking = isinstance(pending, Marking) and goes_on(words)
    if not numbered and not marking:
        return None
    kept = load(services.village.aliases.card(turn.openid, turn.now)).pending
    if isinstance(kept, Village):
        return kept
    return wording.CARD_GONE if numbered and (pending is None or marking) else None


def _with_card(turn: Turn, services: Services, admin: Admin, pending: Village, words: str) -> Said | None:
    """What the words ask of this card."""
    if _NEXT.fullmatch(words):
        return _next_card(turn, services, pending, admin)
    if shown := _SHOW.fullmatch(words):
        return _one(turn, services, pending, admin, int(shown[1]))
    wanted = numbers_in(words)
    return None if wanted is None else register(turn, services, pending, admin, wanted)


def goes_on(words: str) -> bool:
    """Are these words about a card: 下一张, 看3, 登记?"""
    bare = words.strip(_EDGES)
    return bool(_NEXT.fullmatch(bare) or _SHOW.fullmatch(bare)) or numbers_in(bare) is not None


def own_words(turn: Turn, services: Services) -> Turn:
    """The turn of somebody who is no admin and pasted a chat: the questions in it, as if they had asked them."""
    names = names_in(turn.words)
    asked = [cleaned(question.text, names) for question in parse(turn.words, services.village.words)]
    words = "\n".join(line for line in asked if line)
    if not words:
        return turn
    return replace(turn, content=Text(words), words=words, understood=services.knowledge.understand(words))


def _kept(question: Question, names: frozenset[str], services: Services, turn: Turn, admin: Admin) -> _Kept:
    words = cleaned(question.whole, names)[:LONGEST_QUESTION]
    item, understood = village_open.answer_in_group(words, services, admin.village, day_of(turn.now))
    return _Kept("" if item.state is Answered.PRIVATE else words, item, understood)


def _logged(one: _Kept, services: Services, turn: Turn) -> str:
    """Put a question into the log, masked; a 举报 is not logged."""
    if not one.words or not one.understood.asked:
        return ""
    asked = replace(one.understood.asked[0], clause=one.words)
    match asked.outcome:
        case Answer():
            return answering.log(turn, services, asked, "answer")
        case Choice():
            return answering.log(turn, services, asked, "choice")
        case Unknown():
            return answering.log(turn, services, asked, "unknown", "没有答案")


def _items(turn: Turn, services: Services, admin: Admin, questions: Sequence[str]) -> list[CardItem]:
    today, private = day_of(turn.now), CardItem("", state=Answered.PRIVATE)
    return [
        village_open.answer_in_group(words, services, admin.village, today)[0] if words else private
        for words in questions
    ]


def _next_card(turn: Turn, services: Services, pending: Village, admin: Admin) -> Said:
    pages = compose_card(_items(turn, services, admin, pending.questions), account=_account(services))
    page = pending.page + 1
    if page >= len(pages):
        return Said(wording.LAST_CARD, keep=True)
    return Said(Reply(pages[page]), pending=replace(pending, page=page))


def _one(turn: Turn, services: Services, pending: Village, admin: Admin, place: int) -> Said:
    """The whole answer to one question, longer than on the card and as clean."""
    if not 1 <= place <= len(pending.questions):
        return Said(wording.no_such_question(place, len(pending.questions)), keep=True)
    words = pending.questions[place - 1]
    if not words:
        return Said(Reply(one_answer(place, CardItem("", state=Answered.PRIVATE))), keep=True)
    today = day_of(turn.now)
    item, understood = village_open.answer_in_group(words, services, admin.village, today)
    whole = village_open.in_full(words, services, admin.village, today) or _in_full(understood, services, item)
    text = one_answer(place, replace(item, answer=whole), account=_account(services))
    return Said(Reply(text), CHATTED, keep=True)


def _in_full(understood: Understanding, services: Services, item: CardItem) -> str:
    if item.state is not Answered.ANSWERED:
        return item.answer
    for asked in understood.asked:
        if isinstance(asked.outcome, Answer) and (entry := services.knowledge.entry(asked.outcome.match.entry_id)):
            return cards.short(entry, (asked.facet,) if asked.facet else ())
    return item.answer


def _account(services: Services) -> str:
    """The account's name for the card; an account without one set is only called 公众号."""
    return "" if services.account.name == "本公众号" else services.account.name
