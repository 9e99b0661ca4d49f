"""The entries by id, type and domain."""

from collections.abc import Iterable
from types import MappingProxyType

from knowledge.model import Entry, EntryType
from knowledge.reading.domains import DOMAINS, OTHER

_ORDER = {domain: place for place, domain in enumerate((*DOMAINS.values(), OTHER))}


class Catalogue:
    """All entries in a fixed order; *ids* gives each its number in the index."""

    __slots__ = ("by_id", "domains", "entries", "ids")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.ids = tuple(entry.id for entry in self.entries)
        self.by_id = MappingProxyType({entry.id: entry for entry in self.entries})
        held = {entry.domain for entry in self.entries}
        self.domains = tuple(sorted(held, key=lambda domain: (_ORDER.get(domain, len(_ORDER)), domain)))

    def select(self, type: EntryType | None, domain: str | None) -> tuple[Entry, ...]:
        """Entries of one type and domain; ``None`` means any."""
        return tuple(
            entry
            for entry in self.entries
            if (type is None or entry.type == type) and (domain is None or entry.domain == domain)
        )
