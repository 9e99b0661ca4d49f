"""An entry together with the places in its file its fields were read from."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import Entry


@dataclass(frozen=True, slots=True)
class Draft:
    """*lines* maps a field path such as ``材料[2].名称`` to its line."""

    entry: Entry
    lines: Mapping[str, int]

    @property
    def file(self) -> str:
        """Return the file the entry stands in, relative to the catalogs."""
        return self.entry.origin.file

    def line(self, path: str) -> int:
        """Return the line of *path*, or of the nearest field around it, or of the entry."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.entry.origin.line
