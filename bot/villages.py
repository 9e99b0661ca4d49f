"""What the catalogs know about villages: their names, what they make public, and what groups ask about."""

from collections.abc import Callable, Sequence

from casework.village.duty_items import DutyItem
from casework.village.places import Village
from knowledge.library import Library


class Villages:
    """Derived once from each version of the catalogs, and anew when another one is in service."""

    def __init__(self, library: Callable[[], Library], duties: Sequence[DutyItem]) -> None:
        self._library = library
        self._version = ""
        self._places: tuple[Village, ...] = ()
        self._words: tuple[str, ...] = ()
        self.duties = duties

    @property
    def places(self) -> Sequence[Village]:
        """Return every village and community by its fixed name."""
        self._follow()
        return self._places

    @property
    def words(self) -> Sequence[str]:
        """Return what people may call a thing that government does: titles and aliases."""
        self._follow()
        return self._words

    def _follow(self) -> None:
        library = self._library()
        if library.version != self._version:
            self._places, self._words = places_of(library), words_of(library)
            self._version = library.version


def places_of(library: Library) -> tuple[Village, ...]:
    """Return the villages and communities of the catalogs."""
    return tuple(Village(place.town, place.name, place.kind) for place in library.places)


def words_of(library: Library) -> tuple[str, ...]:
    """Return the titles and aliases of all entries."""
    named = [name for entry in library.entries.values() for name in (entry.title, *entry.aliases)]
    return tuple(dict.fromkeys(named))
