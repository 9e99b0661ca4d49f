"""How the villages of a 镇 stand on a day: groups, admins, what is due and overdue. Derived, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.china_time import day_of
from casework.village.admins import Admin
from casework.village.desk import VillageDesk
from casework.village.duties import DueBy, Overdue, Publication, Settings, Standing, counted_from, owed, standings
from casework.village.places import Village


@dataclass(frozen=True, slots=True)
class PlaceState:
    """One village: its active admins, how each item stands, and by what it is counted.

    *settled* is false while the 镇 has settled no first day.
    """

    place: Village
    admins: tuple[Admin, ...]
    standings: tuple[Standing, ...]
    settings: Settings
    settled: bool

    @property
    def owed(self) -> tuple[DueBy | Overdue, ...]:
        """What is due or overdue, the longest overdue first."""
        return owed(self.standings)

    @property
    def overdue(self) -> int:
        """How many items are overdue."""
        return sum(isinstance(one, Overdue) for one in self.standings)

    @property
    def due(self) -> int:
        """How many items are due in this period."""
        return sum(isinstance(one, DueBy) for one in self.standings)

    @property
    def last_used(self) -> datetime | None:
        """When one of its admins pasted last."""
        return max((admin.last_used for admin in self.admins if admin.last_used), default=None)

    @property
    def last_published(self) -> date | None:
        """The day of the last publication."""
        return max((one.last.published_on for one in self.standings if one.last), default=None)


def town_state(desk: VillageDesk, town: str) -> tuple[PlaceState, ...]:
    """Return every village of a town, in the order of the list."""
    admins, published, rules = desk.admins.of_town(town), desk.publications.of_town(town), desk.rules.of_town(town)
    return tuple(
        state_of(
            desk,
            place,
            [admin for admin in admins if admin.village == place.path],
            published.get(place.path, ()),
            rules.get(place.path),
        )
        for place in desk.places
        if place.town == town
    )


def place_state(desk: VillageDesk, place: Village) -> PlaceState:
    """Return one village."""
    return state_of(
        desk,
        place,
        desk.admins.of_village(place.path),
        desk.publications.of_village(place.path),
        desk.rules.of_village(place.path),
    )


def state_of(
    desk: VillageDesk,
    place: Village,
    admins: Sequence[Admin],
    published: Sequence[Publication],
    known: Settings | None,
) -> PlaceState:
    """Put one village together from what is stored of it."""
    today = day_of(desk.now)
    settings = counted_from(known, [day_of(admin.since) for admin in admins], today)
    found = standings(desk.duties, place.kind, published, today, settings)
    return PlaceState(place, tuple(admin for admin in admins if admin.active), found, settings, known is not None)
