"""我们村的账在哪看: what a village made public, when and where, for the resident's own village or the one named.

Which village somebody is of is known from its QR code, from a binding, or asked here, once.
"""

from dataclasses import replace
from datetime import date

from casework.china_time import day_of
from casework.village.asked import AskedWhere, asks_where, items_of, villages_in
from casework.village.duties import Standing
from casework.village.places import Found, NotFound, Several, Village, find_village
from handlers import answering, question, wording
from handlers.services import Said, Services, Told
from handlers.state import NamingVillage
from handlers.turn import Reply, Turn
from handlers.village_answers import answer_one
from handlers.village_card import CardItem, State
from handlers.village_home import LONGEST_NAME, with_slash
from handlers.village_marking import standings_of
from knowledge import cards
from knowledge.model import Answer, Asked, Match, Understanding

GUIDE = "guide:village-affairs-disclosure"
"""What the law says of 村务公开 in general."""
_EDGES = ' \t\n。.!！“”"，,'


def asks(turn: Turn) -> bool:
    """Could this be the question? The handler looks closely; this costs next to nothing."""
    words = turn.words
    return any(sign in words for sign in ("村", "居", "社区", "公开栏", "公示栏", "组里", "队里"))


def answer(turn: Turn, services: Services) -> Said | None:
    """Say what is recorded, or ask which village; ``None`` when it is another question."""
    if turn.understood is not None and turn.understood.demand in ("举报", "投诉"):
        return None
    named = villages_in(turn.words, services.village.places)
    asked = asks_where(turn.words, bool(named))
    if asked is None:
        return None
    home = services.residents.home(turn.openid)
    mine = next((place for place in named if place.path == home), None)
    if mine or len(named) == 1:
        return _told(turn, services, mine or named[0], asked)
    if named:
        return _which_of(named, asked)
    place = next((one for one in services.village.places if one.path == home), None)
    return _told(turn, services, place, asked) if place else _ask_village(turn, services, asked)


def named(turn: Turn, services: Services) -> Said | None:
    """Take the name of the village that we asked for; ``None`` when the words are a new message."""
    pending = turn.state.pending
    words = turn.words.strip(_EDGES)
    if not isinstance(pending, NamingVillage) or not words or len(words) > LONGEST_NAME + 4:
        return None
    match find_village(with_slash(words, services), services.village.places):
        case Found(village=place):
            services.residents.settle(turn.openid, place.path)
            return Said(_recorded(turn, services, place, AskedWhere(pending.thing)), _as_answer(services))
        case Several(villages=several):
            return _which_of(several, AskedWhere(pending.thing))
        case NotFound():
            return Said(wording.no_such_village(words), pending=pending) if _meant_as_name(words) else None


def _meant_as_name(words: str) -> bool:
    return words.endswith(("村", "社区", "村委会", "居委会"))


def _which_of(several: tuple[Village, ...], asked: AskedWhere) -> Said:
    reply = wording.several_villages(several[0].name, [place.path for place in several])
    return Said(reply, pending=NamingVillage(asked.thing))


def answer_in_group(words: str, services: Services, village: str, today: date) -> tuple[CardItem, Understanding]:
    """The item for one question of a group chat; where it asks what the village published, by its record."""
    item, understood = answer_one(words, services.knowledge, today)
    asked = _asked_in(words, services, village)
    if asked is None or item.state is State.PRIVATE:
        return item, understood
    told = wording.published_in_short(village, _standings(services, village, asked, today))
    return CardItem(item.question, told, wording.RECORD), understood


def in_full(words: str, services: Services, village: str, today: date) -> str:
    """The whole record for a question of a group chat, or nothing where it asks something else."""
    asked = _asked_in(words, services, village)
    place = next((one for one in services.village.places if one.path == village), None)
    if asked is None or place is None:
        return ""
    return wording.where_published(place, asked.thing, _standings(services, village, asked, today)).text


def _asked_in(words: str, services: Services, village: str) -> AskedWhere | None:
    """What of the group's own village is asked for; another village's record is for its own group."""
    others = [place for place in villages_in(words, services.village.places) if place.path != village]
    return None if others else asks_where(words)


def _standings(services: Services, village: str, asked: AskedWhere, today: date) -> list[Standing]:
    found = standings_of(services, village, today)
    wanted = {item.id for item in items_of(asked.thing, [one.item for one in found])}
    return [one for one in found if one.item.id in wanted]


def _ask_village(turn: Turn, services: Services, asked: AskedWhere) -> Said:
    """Ask which village; where the catalogs know the rule, they answer first."""
    pending = NamingVillage(asked.thing)
    if _rule_of(turn) is None:
        return Said(wording.which_village(), _as_answer(services), pending=pending, last_words=turn.words)
    said = question.answer_question(turn, services)
    if said.pending is not None or said.told.outcome != "answer":
        return said
    text = f"{said.reply.text}\n\n{wording.your_village_too().text}"
    return replace(said, reply=replace(said.reply, text=text), pending=pending)


def _told(turn: Turn, services: Services, place: Village, asked: AskedWhere) -> Said:
    """What is recorded of the village, then the rule where the catalogs know one."""
    reply, rule = _recorded(turn, services, place, asked), _rule_of(turn)
    entry = services.knowledge.entry(rule.entry_id if rule else GUIDE)
    if entry is None:
        return Said(reply, last_words=turn.words)
    whole = Answer(Match(entry.id, 1.0, entry.title), 1.0, ())
    logged = answering.log(turn, services, Asked(turn.words, None, whole), "answer")
    text = reply.text if rule is None else f"{reply.text}\n规定：{cards.one_line(entry)}"
    told = Told("answer", entry.id, domain=entry.domain, unit=entry.origin.unit)
    return Said(Reply(text), told, entry_id=entry.id, question_id=logged, last_words=turn.words)


def _recorded(turn: Turn, services: Services, place: Village, asked: AskedWhere) -> Reply:
    return wording.where_published(place, asked.thing, _standings(services, place.path, asked, day_of(turn.now)))


def _rule_of(turn: Turn) -> Match | None:
    """The entry that answers the question in general."""
    first = turn.understood.asked[0].outcome if turn.understood and turn.understood.asked else None
    return first.match if isinstance(first, Answer) else None


def _as_answer(services: Services) -> Told:
    entry = services.knowledge.entry(GUIDE)
    return Told("answer", entry.id, domain=entry.domain, unit=entry.origin.unit) if entry else Told("chat")
