"""已公开: a village admin marks an item of the list as published, with day, place and an optional photo.

It is put down as soon as item, day and place are known; a photo may follow, and 撤销 takes it back.
"""

import re
from collections.abc import Sequence
from datetime import date

from casework.china_time import day_of
from casework.village.admins import Admin
from casework.village.desk import told_of
from casework.village.duties import DueBy, Overdue, Publication, Standing, counted_from, owed, standings
from casework.village.duty_items import DutyItem
from casework.village.log import LogLine
from casework.village.publications import Mark, NotADay, channel_in, item_in, known_forms, read_mark
from handlers import wording
from handlers.commands import Command, command_in
from handlers.services import Said, Services
from handlers.state import Marking
from handlers.turn import Picture, Turn

WORDS = ("已公开", "标记已公开", "标记公开", "公开了")
LONGEST = 60
_BEGINS = re.compile(r"(?:标记)?(?:已公开|已经公开|公开了|标记公开)(?P<rest>.*)", re.DOTALL)
_ASKS = re.compile(r"[吗么呢？?]|怎么|什么|多少|哪里|为啥|没有")
_EDGES = ' \t\n。.!！“”"：:，,'
_TAKE_BACK = frozenset({"撤销", "撤消", "记错了", "标错了"})


def begins(words: str) -> bool:
    """Is this an admin's 已公开, and no question?"""
    bare = words.strip(_EDGES)
    return len(bare) <= LONGEST and _BEGINS.fullmatch(bare) is not None and not _ASKS.search(bare)


def begin(turn: Turn, services: Services, admin: Admin) -> Said | None:
    """已公开 alone lists the items; with item, day and place in one line it is put down at once."""
    if not begins(turn.words):
        return None
    found = _BEGINS.fullmatch(turn.words.strip(_EDGES))
    items = _items(services, admin, day_of(turn.now))
    if not items:
        return Said(wording.NO_LIST, keep=True)
    ids = tuple(item.id for item, _ in items)
    rest = found["rest"].strip(_EDGES) if found else ""
    return _go_on(turn, services, admin, Marking(ids), rest) or Said(
        wording.which_item(admin.village, items), pending=Marking(ids)
    )


def take_part(turn: Turn, services: Services, admin: Admin) -> Said | None:
    """Go on with what is being marked; ``None`` when the words are something else."""
    pending = turn.state.pending
    if not isinstance(pending, Marking):
        return None
    words = turn.words.strip(_EDGES)
    if pending.saved:
        return _taken_back(turn, services, admin, pending) if words in _TAKE_BACK else None
    if command_in(words) in (Command.CANCEL, Command.BACK):
        return Said(wording.NOT_MARKED)
    if len(words) > LONGEST or _ASKS.search(words) or "\n" in words:
        return None
    return _go_on(turn, services, admin, pending, words)


def photo(turn: Turn, services: Services) -> Said | None:
    """A picture after a mark is its photo; any other is not ours."""
    pending = turn.state.pending
    if not isinstance(turn.content, Picture) or not isinstance(pending, Marking) or not pending.saved:
        return None
    if services.village.publications.get(pending.saved) is None:
        return Said(wording.NOTHING_TO_TAKE_BACK)
    kept = services.residents.want_picture(turn.openid, turn.content.media_id)
    services.village.publications.set_photo(pending.saved, kept)
    return Said(wording.PHOTO_TAKEN, keep=True)


def standings_of(services: Services, village: str, today: date) -> tuple[Standing, ...]:
    """How each item of a village stands, by what is stored of it."""
    room = services.village
    kind = next((place.kind for place in room.places if place.path == village), "")
    bound = [day_of(admin.since) for admin in room.admins.of_village(village)]
    settings = counted_from(room.rules.of_village(village), bound, today)
    return standings(room.duties, kind, room.publications.of_village(village), today, settings)


def _items(services: Services, admin: Admin, today: date) -> list[tuple[DutyItem, str]]:
    """What may be marked: overdue and due first, with how it stands."""
    found = standings_of(services, admin.village, today)
    urgent = owed(found)
    rest = [one for one in found if one not in urgent]
    return [(one.item, _stands(one)) for one in (*urgent, *rest)]


def _stands(standing: Standing) -> str:
    match standing:
        case Overdue(missed=missed):
            return f"漏了{missed}期"
        case DueBy(by=by):
            return f"最晚{by.month}月{by.day}日"
        case _:
            return ""


def _go_on(turn: Turn, services: Services, admin: Admin, pending: Marking, words: str) -> Said | None:
    """Join what the words say to what is known; put it down, or ask for the rest."""
    if not words:
        return None
    today = day_of(turn.now)
    mark = read_mark(words, today)
    item, rest = _chosen(services, pending, mark, words)
    if item is None:
        return Said(wording.no_item(len(pending.items)), pending=pending) if mark.number else None
    if isinstance(mark.day, NotADay):
        return Said(wording.bad_day(mark.day.why), pending=Marking(pending.items, item.id, "", pending.channel))
    day = mark.day.isoformat() if mark.day else pending.day
    forms = known_forms(item.forms)
    said = channel_in(rest, forms)
    if said and said not in forms and not day:
        return None  # words of any kind, and no day: not an answer to what was asked
    channel = said or pending.channel
    if day and channel:
        return _saved(turn, services, admin, item, date.fromisoformat(day), services.mask(channel))
    asked = wording.when_and_where(item, forms, day_known=bool(day), channel_known=bool(channel))
    return Said(asked, pending=Marking(pending.items, item.id, day, channel))


def _chosen(services: Services, pending: Marking, mark: Mark, words: str) -> tuple[DutyItem | None, str]:
    """The item meant, and the words that are left for the place."""
    items = [_item(services.village.duties, item_id) for item_id in pending.items]
    if pending.item:
        left = mark.rest if not mark.number or mark.rest else str(mark.number)
        return _item(services.village.duties, pending.item), left
    if mark.number:
        return (items[mark.number - 1] if 1 <= mark.number <= len(items) else None), mark.rest
    return item_in(mark.rest, items)


def _item(duties: Sequence[DutyItem], item_id: str) -> DutyItem:
    return next(item for item in duties if item.id == item_id)


def _saved(turn: Turn, services: Services, admin: Admin, item: DutyItem, day: date, channel: str) -> Said:
    made = Publication(item.id, admin.village, day, channel, "", services.new_id(), f"admin:{admin.id}", turn.now)
    services.village.publications.add(made)
    services.village.log.note(
        LogLine(admin.village, turn.now, f"admin:{admin.id}", "ItemPublished", told_of(item, made))
    )
    found = standings_of(services, admin.village, day_of(turn.now))
    stands = next(one for one in found if one.item.id == item.id)
    return Said(wording.marked(item, made, stands), pending=Marking(saved=made.id))


def _taken_back(turn: Turn, services: Services, admin: Admin, pending: Marking) -> Said:
    made = services.village.publications.get(pending.saved)
    if made is None:
        return Said(wording.NOTHING_TO_TAKE_BACK)
    services.village.publications.take_back(made.id, turn.now, f"admin:{admin.id}")
    item = _item(services.village.duties, made.item)
    services.village.log.note(
        LogLine(admin.village, turn.now, f"admin:{admin.id}", "PublicationWithdrawn", told_of(item, made))
    )
    return Said(wording.MARK_TAKEN_BACK)
