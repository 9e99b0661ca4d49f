"""The order of questions in which a ticket is written down. Pure: a draft and words in, the next step out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casework.village.places import plain_path
from handlers import wording
from handlers.commands import Command, command_in, number_in, says_yes, tidy
from handlers.state import Draft, Drafting, Step
from handlers.turn import Location, Picture, Reply, Turn
from knowledge.model import Answer

KINDS = ("咨询", "求助", "建议", "投诉", "举报")
MOST_PICTURES = 6
LONGEST = 2000
_PLAIN: tuple[Step, ...] = ("what", "phone", "confirm")
_ON_SITE: tuple[Step, ...] = ("what", "where", "when", "pictures", "phone", "confirm")
_OPTIONAL: frozenset[Step] = frozenset({"when", "pictures", "phone"})
FIXABLE: tuple[Step, ...] = ("kind", "what", "where", "when", "phone")
_NONE = frozenset(
    {"没有", "无", "没", "没了", "没有照片", "没照片", "没有电话"}
    | {"不留", "不用", "不用了", "不要", "不清楚", "不知道", "不记得"}
)
"""Said where nothing need be said: the step is skipped, and 不用了 does not cancel the whole."""
_TIME = re.compile(
    r"[0-9０-９]|[一二三四五六七八九十两几半][点天年个周月号]|昨|今|前|早|晚|夜|午|刚|最近|一直|经常|每|天天|长期|[好多]久"
    r"|去年|星期|礼拜|春|夏|秋|冬|现在|开始|以来|当时|时候|那天"
)
_PHONE = re.compile(r"^\+?\d{7,13}$")


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The resident wants no ticket."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The words do not answer the step; say why and ask again."""

    reply: Reply
    pending: Drafting


@dataclass(frozen=True, slots=True)
class Next:
    """Go on with this step."""

    pending: Drafting


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Read back and confirmed: open it."""

    draft: Draft


Advance = Cancelled | Refused | Next | Confirmed


def first_step(draft: Draft) -> Drafting:
    """Return the first question that is still open."""
    return Drafting(draft, _missing(draft))


def question(pending: Drafting) -> Reply:
    """Return the sentence for a step."""
    return wording.ask_for(pending.step, pending.draft, optional=_is_optional(pending))


def advance(pending: Drafting, turn: Turn, towns: Sequence[str]) -> Advance:
    """Take one message in the light of the step that was asked."""
    command = command_in(turn.words) if turn.words else None
    if _is_optional(pending) and tidy(turn.words) in _NONE:
        command = Command.SKIP
    match command:
        case Command.CANCEL:
            return Cancelled()
        case Command.BACK:
            return _back(pending)
        case Command.CHANGE:
            return Next(Drafting(pending.draft, "fix"))
    if pending.step == "confirm":
        return _confirmation(pending, turn.words, command)
    if pending.step == "fix":
        return _fix(pending, turn.words)
    if command is Command.SKIP:
        return _skip(pending)
    return _filled(pending, turn, command, towns)


def town_in(words: str, towns: Sequence[str]) -> str:
    """Return the 镇/街道 named in the words, by its full or its short name."""
    for town in towns:
        short = re.sub(r"(街道|镇|乡)$", "", town)
        if town in words or (len(short) > 1 and short in words):
            return town
    return ""


def _filled(pending: Drafting, turn: Turn, command: Command | None, towns: Sequence[str]) -> Advance:
    draft, step = pending.draft, pending.step
    if step == "pictures":
        return _picture(pending, turn, command)
    if step == "where" and isinstance(turn.content, Location):
        place = turn.content.label or f"{turn.content.latitude:.5f},{turn.content.longitude:.5f}"
        return _go_on(_placed(draft, place, towns), step)
    words = turn.words.strip()
    if not words:
        return Refused(wording.PLEASE_TYPE, pending)
    if command is not None and step in ("what", "where", "when"):
        return Refused(wording.in_the_middle(question(pending)), pending)
    if len(words) > LONGEST:
        return Refused(wording.TOO_LONG, pending)
    match step:
        case "kind":
            return _kind(pending, words)
        case "what":
            return _go_on(_described(draft, turn, words), step)
        case "where":
            return _go_on(_placed(draft, words, towns), step)
        case "when" if _asks_something_else(words, turn):
            return Refused(wording.NOT_A_TIME, pending)
        case "when":
            return _go_on(replace(draft, when=words), step)
        case _:
            return _phone(pending, words)


def _asks_something_else(words: str, turn: Turn) -> bool:
    """A question the catalogs answer, without a word of time in it, is not when something happened."""
    asked = turn.understood.asked if turn.understood else ()
    return any(isinstance(item.outcome, Answer) for item in asked) and not _TIME.search(words)


def _placed(draft: Draft, place: str, towns: Sequence[str]) -> Draft:
    """Put the place down; one in another town is not in the resident's own village."""
    town = town_in(place, towns)
    if draft.village and town in ("", draft.village.partition("/")[0]):
        return replace(draft, place=place)
    return replace(draft, place=place, town=town, village="")


def _described(draft: Draft, turn: Turn, words: str) -> Draft:
    """Put the matter down; told for the first time, its words also propose the kind."""
    understood = turn.understood
    if draft.what or understood is None or understood.demand is None:
        return replace(draft, what=words)
    return replace(draft, what=words, kind=understood.demand, domain=understood.domain or draft.domain)


def _picture(pending: Drafting, turn: Turn, command: Command | None) -> Advance:
    draft = pending.draft
    if isinstance(turn.content, Picture) and len(draft.pictures) < MOST_PICTURES:
        more = replace(draft, pictures=(*draft.pictures, turn.content.media_id))
        return Refused(wording.picture_taken(len(more.pictures)), Drafting(more, "pictures"))
    if command in (Command.DONE, Command.CONFIRM) or len(draft.pictures) >= MOST_PICTURES:
        return _go_on(draft, "pictures")
    return Refused(wording.SEND_PICTURE_OR_SKIP, pending)


def _phone(pending: Drafting, words: str) -> Advance:
    digits = re.sub(r"[\s\-－—()（）]", "", unicodedata.normalize("NFKC", words))
    if not _PHONE.match(digits):
        return Refused(wording.BAD_PHONE, pending)
    return _go_on(replace(pending.draft, phone=digits), "phone")


def _kind(pending: Drafting, words: str) -> Advance:
    number = number_in(words)
    chosen = KINDS[number - 1] if number and number <= len(KINDS) else tidy(words)
    if chosen not in KINDS:
        return Refused(wording.BAD_KIND, pending)
    return _go_on(replace(pending.draft, kind=chosen), "kind")


def _confirmation(pending: Drafting, words: str, command: Command | None) -> Advance:
    if command in (Command.CONFIRM, Command.REGISTER) or says_yes(words):
        return Confirmed(pending.draft)
    if tidy(words) in KINDS:
        changed = replace(pending.draft, kind=tidy(words))
        return Next(Drafting(changed, _missing(changed)))
    return Refused(wording.please_confirm(), pending)


def _fix(pending: Drafting, words: str) -> Advance:
    number = number_in(words)
    if number is None or not 1 <= number <= len(FIXABLE):
        return Refused(wording.OUT_OF_RANGE, pending)
    return Next(Drafting(pending.draft, FIXABLE[number - 1]))


def _skip(pending: Drafting) -> Advance:
    if not _is_optional(pending):
        return Refused(wording.cannot_skip(), pending)
    draft = pending.draft
    if pending.step == "where" and not draft.place:
        draft = replace(draft, place=plain_path(draft.village))
    return _go_on(draft, pending.step)


def _is_optional(pending: Drafting) -> bool:
    draft = pending.draft
    return pending.step in _OPTIONAL or (pending.step == "where" and (draft.kind == "建议" or draft.village != ""))


def _back(pending: Drafting) -> Advance:
    if pending.step == "fix":
        return Next(Drafting(pending.draft, _missing(pending.draft)))
    if pending.step == "kind" or pending.step in pending.draft.asked:
        return Next(Drafting(pending.draft, "fix"))
    if not pending.draft.asked:
        return Cancelled()
    *before, last = pending.draft.asked
    draft = replace(pending.draft, asked=tuple(before))
    return Next(Drafting(draft, next(step for step in (*_ON_SITE, "kind") if step == last)))


def _go_on(draft: Draft, step: Step) -> Next:
    asked = draft.asked if step in draft.asked or step == "kind" else (*draft.asked, step)
    draft = replace(draft, asked=asked)
    return Next(Drafting(draft, _missing(draft)))


def _missing(draft: Draft) -> Step:
    steps = _PLAIN if draft.kind == "咨询" else _ON_SITE
    for step in steps:
        if step == "what" and draft.what:
            continue
        if step not in draft.asked:
            return step
    return "confirm"
