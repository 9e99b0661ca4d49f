"""What staff do for villages: codes, 换人, 解除, marking what is public, settling how often. Rights are checked here.

The whole city is open to whoever may see all; the people of a 镇 have their own 镇 alone, to read and to act.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.china_time import day_of
from casework.staff import Right, Staff, may
from casework.tickets.routing import TOWN_CLASS, Directory
from casework.village.admins import Admin, Change, release
from casework.village.codes import IssuedCode, issue, withdraw
from casework.village.duties import Publication, Settings
from casework.village.duty_items import DutyItem, Frequency
from casework.village.log import LogLine, VillageLog
from casework.village.places import Village
from casework.village.ports import AdminBook, CodeBook, PublicationBook, RuleBook, TextBook
from casework.village.publications import LONGEST_CHANNEL, NotADay, judged_day


class VillageRefused(Exception):  # noqa: N818 - reads as the outcome it is
    """This cannot be done; the text is the reason, in Chinese."""


class NotYours(VillageRefused):
    """The person's role or 镇 does not allow it."""


class NoSuchPlace(VillageRefused):
    """No such village, code, admin, mark or notice."""


@dataclass(frozen=True, slots=True)
class VillageDesk:
    """Everything village work at the console needs, inside one transaction at the moment *now*."""

    codes: CodeBook
    admins: AdminBook
    publications: PublicationBook
    rules: RuleBook
    texts: TextBook
    log: VillageLog
    places: Sequence[Village]
    duties: Sequence[DutyItem]
    directory: Directory
    hash_code: Callable[[str], str]
    new_id: Callable[[], str]
    now: datetime

    @property
    def towns(self) -> tuple[str, ...]:
        """Every 镇/街道 with a village or community."""
        return tuple(dict.fromkeys(place.town for place in self.places))


def town_of(unit: str, directory: Directory, towns: Sequence[str]) -> str:
    """Return the 镇/街道 whose government a unit is, empty for every other unit."""
    found = directory.units.get(unit)
    if found is None or found.category != TOWN_CLASS:
        return ""
    return next((town for town in towns if found.name.startswith(town)), "")


def readable_towns(desk: VillageDesk, by: Staff) -> tuple[str, ...]:
    """Return the towns *by* may read; none for a unit that is no 镇/街道."""
    if may(by, Right.SEE_ALL):
        return desk.towns
    own = town_of(by.unit, desk.directory, desk.towns) if may(by, Right.VILLAGES) else ""
    return (own,) if own else ()


def check_town(desk: VillageDesk, town: str, by: Staff, right: Right | None = None) -> str:
    """Return *town* where *by* may read it, and may do *right* there.

    Raises:
        NotYours: neither.
    """
    if town not in readable_towns(desk, by):
        raise NotYours("这个镇街的村务不归您管")
    if right is not None and not may(by, right):
        raise NotYours(f"您的角色（{by.role}）不能{right}")
    return town


def place_for(desk: VillageDesk, path: str, by: Staff, right: Right | None = None) -> Village:
    """Return a village *by* may read, and act for with *right*.

    Raises:
        NoSuchPlace: there is no village of this name.
        NotYours: it is another 镇's, or the role does not allow it.
    """
    place = next((one for one in desk.places if one.path == path), None)
    if place is None:
        raise NoSuchPlace("没有这个村或社区，请从清单里点进来")
    check_town(desk, place.town, by, right)
    return place


def issue_code(desk: VillageDesk, path: str, code: str, by: Staff, replaces: str = "") -> IssuedCode:
    """Put a fresh *code* for a village down; with *replaces* it takes that admin's place when it is used (换人)."""
    place = place_for(desk, path, by, Right.VILLAGES)
    if replaces:
        _active(desk, place, replaces)
    row = issue(code, place.path, desk.now, by.login, desk.hash_code, replaces)
    desk.codes.add(row)
    note(desk, place.path, by, "CodeIssued", f"换下{_short(replaces)}" if replaces else "")
    return row


def withdraw_code(desk: VillageDesk, path: str, hashed: str, by: Staff) -> None:
    """Take back a code nobody has used."""
    place = place_for(desk, path, by, Right.VILLAGES)
    code = desk.codes.find(hashed)
    if code is None or code.village != place.path:
        raise NoSuchPlace("没有这个绑定码")
    if code.used_at is not None:
        raise VillageRefused("这个绑定码已经有人用了，收不回来。要取消这个人，请点“解除”")
    desk.codes.save(withdraw(code, desk.now))
    note(desk, place.path, by, "CodeWithdrawn")


def release_admin(desk: VillageDesk, path: str, admin_id: str, by: Staff) -> Admin:
    """End an admin's binding (解除); return the one who was released."""
    place = place_for(desk, path, by, Right.VILLAGES)
    admin = _active(desk, place, admin_id)
    put_down(desk.admins, release(admin, desk.now, f"staff:{by.login}"))
    return admin


def mark_published(desk: VillageDesk, path: str, item_id: str, day: date, channel: str, by: Staff) -> Publication:
    """Mark an item as published, by staff of the 镇."""
    place = place_for(desk, path, by, Right.VILLAGES)
    judged = judged_day(day, day_of(desk.now))
    if isinstance(judged, NotADay):
        raise VillageRefused(judged.why)
    if not channel.strip():
        raise VillageRefused("请写在哪里公开的，比如村务信息公开栏")
    item = item_for(desk.duties, place, item_id)
    made = Publication(
        item.id, place.path, day, channel.strip()[:LONGEST_CHANNEL], "", desk.new_id(), f"staff:{by.login}", desk.now
    )
    desk.publications.add(made)
    note(desk, place.path, by, "ItemPublished", told_of(item, made))
    return made


def take_back_mark(desk: VillageDesk, path: str, publication_id: str, why: str, by: Staff) -> None:
    """Undo a mark that was wrong, with the reason; its photo is deleted."""
    place = place_for(desk, path, by, Right.VILLAGES)
    found = desk.publications.get(publication_id)
    if found is None or found.village != place.path:
        raise NoSuchPlace("没有这条公开标记，可能刚才已经撤销")
    if not why.strip():
        raise VillageRefused("请写为什么撤销")
    desk.publications.take_back(found.id, desk.now, f"staff:{by.login}")
    item = next((one for one in desk.duties if one.id == found.item), None)
    title = told_of(item, found) if item else found.item
    note(desk, place.path, by, "PublicationWithdrawn", f"{title}：{why.strip()[:100]}")


def settle_rules(desk: VillageDesk, path: str, settings: Settings, by: Staff) -> None:
    """Settle from when a village is counted and how often it publishes; a legal frequency is never made rarer."""
    place = place_for(desk, path, by, Right.VILLAGES)
    if settings.since > day_of(desk.now):
        raise VillageRefused("起算日不能在今天以后")
    for item_id, frequency in (settings.settled or {}).items():
        _not_rarer(item_for(desk.duties, place, item_id), frequency)
    desk.rules.put(place.path, settings)
    note(desk, place.path, by, "RulesChanged", f"从{settings.since.isoformat()}起算")


def begin_town(desk: VillageDesk, town: str, since: date, by: Staff) -> int:
    """Count every village of a town that has no day yet from *since*; return how many that were."""
    check_town(desk, town, by, Right.VILLAGES)
    if since > day_of(desk.now):
        raise VillageRefused("起算日不能在今天以后")
    settled = desk.rules.of_town(town)
    fresh = [place for place in desk.places if place.town == town and place.path not in settled]
    for place in fresh:
        desk.rules.put(place.path, Settings(since=since))
        note(desk, place.path, by, "RulesChanged", f"从{since.isoformat()}起算")
    return len(fresh)


def item_for(duties: Sequence[DutyItem], place: Village, item_id: str) -> DutyItem:
    """Return an item of the list for this kind of place.

    Raises:
        NoSuchPlace: there is none.
    """
    item = next((one for one in duties if one.id == item_id and one.kind == place.kind), None)
    if item is None:
        raise NoSuchPlace("公开清单里没有这一项")
    return item


def told_of(item: DutyItem, publication: Publication) -> str:
    """Say for the log what was marked."""
    day = publication.published_on
    return f"{item.title}，{day.isoformat()}，{publication.channel}"


def put_down(book: AdminBook, change: Change) -> None:
    """Save the rows of a change and log its events."""
    for admin in change.admins:
        book.save(admin)
    for event in change.events:
        book.append(event)


def note(desk: VillageDesk, path: str, by: Staff, type: str, detail: str = "") -> None:
    """Add a line to a village's log."""
    desk.log.note(LogLine(path, desk.now, f"staff:{by.login}", type, detail))


def _not_rarer(item: DutyItem, frequency: Frequency) -> None:
    order = (Frequency.AT_ONCE, Frequency.MONTHLY, Frequency.QUARTERLY)
    if item.frequency in order and (frequency not in order or order.index(frequency) > order.index(item.frequency)):
        raise VillageRefused(f"“{item.title}”规定{item.frequency}公开，不能改得更少")


def _active(desk: VillageDesk, place: Village, admin_id: str) -> Admin:
    admin = desk.admins.get(admin_id)
    if admin is None or admin.village != place.path:
        raise NoSuchPlace("这个村没有这个管理员")
    if not admin.active:
        raise VillageRefused("这个管理员已经解除了")
    return admin


def _short(admin_id: str) -> str:
    return admin_id[:6]
