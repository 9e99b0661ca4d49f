"""What a village has published and what it owes on a day: derived, never stored.

The law says 至少每季度 or 每月 and names no day, so a period ends with its calendar month or
quarter. A thing published late counts for the period in which it was published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.village.duty_items import DutyItem, Frequency

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


@dataclass(frozen=True, slots=True)
class Publication:
    """One item made public in one village. *photo* names an admin's picture, never shown to residents.

    *by* is who marked it at the moment *at*: ``admin:id`` or ``staff:login``, never an openid.
    """

    item: str
    village: str
    published_on: date
    channel: str
    photo: str = ""
    id: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the 镇 knows of a village: counted from *since*; *busy* finances; frequencies it has settled itself."""

    since: date
    busy: bool = False
    settled: Mapping[str, Frequency] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Published in this period; the next is due by *next_by*."""

    item: DutyItem
    last: Publication
    next_by: date


@dataclass(frozen=True, slots=True)
class DueBy:
    """Not published in this period yet; in time until the end of *by*."""

    item: DutyItem
    last: Publication | None
    by: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """Whole periods went by unpublished: *missed* of them, the first ended on *since*."""

    item: DutyItem
    last: Publication | None
    since: date
    missed: int


@dataclass(frozen=True, slots=True)
class WheneverItHappens:
    """To be published at once when there is something (随时); no day can be derived."""

    item: DutyItem
    last: Publication | None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """How often is 待核: nothing is due until the 镇 settles it."""

    item: DutyItem
    last: Publication | None


Standing = Done | DueBy | Overdue | WheneverItHappens | Unsettled


def standings(
    items: Iterable[DutyItem],
    kind: str,
    publications: Sequence[Publication],
    today: date,
    settings: Settings,
) -> tuple[Standing, ...]:
    """Return how each item for a village of *kind* (村 or 社区) stands on *today*, in the order of the list.

    *publications* are those of this one village; what lies after *today* is not counted.
    """
    return tuple(_standing(item, publications, today, settings) for item in items if item.kind == kind)


def owed(found: Iterable[Standing]) -> tuple[DueBy | Overdue, ...]:
    """Return what is due or overdue, the longest overdue first, then by its last day."""
    open_items = [standing for standing in found if isinstance(standing, DueBy | Overdue)]
    return tuple(sorted(open_items, key=_urgency))


def frequency_of(item: DutyItem, settings: Settings) -> Frequency:
    """Return how often this village publishes *item*: as the 镇 settled, else by the list."""
    settled = (settings.settled or {}).get(item.id)
    if settled is not None:
        return settled
    return item.busy if settings.busy and item.busy is not None else item.frequency


def counted_from(known: Settings | None, bound: Sequence[date], today: date) -> Settings:
    """Return the settings a village is counted by: as the 镇 settled, else from its first admin on.

    *bound* are the days on which its admins were bound. Where there is neither, nothing is overdue yet.
    """
    return known if known is not None else Settings(since=min(bound, default=today))


def told(standing: Standing) -> str:
    """Say in one Chinese sentence how an item stands."""
    match standing:
        case Done(item, last, next_by):
            return f"{item.title}：{_day(last.published_on)}已在{last.channel}公开，下次最晚{_day(next_by)}"
        case DueBy(item, _, by):
            return f"{item.title}：这一期还没公开，最晚{_day(by)}"
        case Overdue(item, _, since, missed):
            return f"{item.title}：逾期，从{_day(since)}那期起漏了{missed}期"
        case WheneverItHappens(item, last):
            return f"{item.title}：有了就要随时公开{_last(last)}"
        case Unsettled(item, last):
            return f"{item.title}：多久公开一次待核{_last(last)}"


def _standing(item: DutyItem, publications: Sequence[Publication], today: date, settings: Settings) -> Standing:
    mine = [found for found in publications if found.item == item.id and found.published_on <= today]
    last = max(mine, key=lambda found: found.published_on, default=None)
    match frequency_of(item, settings):
        case Frequency.AT_ONCE:
            return WheneverItHappens(item, last)
        case Frequency.UNSETTLED:
            return Unsettled(item, last)
        case Frequency.MONTHLY | Frequency.QUARTERLY as frequency:
            return _periodic(item, last, _MONTHS[frequency], today, settings.since)


def _periodic(item: DutyItem, last: Publication | None, months: int, today: date, since: date) -> Standing:
    current_end = period_end(today, months)
    if last is not None and period_end(last.published_on, months) == current_end:
        return Done(item, last, period_end(current_end + timedelta(days=1), months))
    first = max(since, period_end(last.published_on, months) + timedelta(days=1)) if last else since
    missed_end = period_end(first, months)
    if missed_end >= current_end:
        return DueBy(item, last, current_end)
    apart = (current_end.year - missed_end.year) * 12 + current_end.month - missed_end.month
    return Overdue(item, last, missed_end, apart // months)


def period_end(day: date, months: int) -> date:
    """Return the last day of the calendar period of 1 or 3 *months* that holds *day*."""
    month = -(-day.month // months) * months
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _urgency(standing: DueBy | Overdue) -> tuple[date, str]:
    match standing:
        case Overdue(item, _, since, _):
            return since, item.id
        case DueBy(item, _, by):
            return by, item.id


def _last(last: Publication | None) -> str:
    return f"，上次{_day(last.published_on)}在{last.channel}公开" if last else "，还没公开过"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
