"""What an import would do, as values: added, changed, removed, rejected, each with its cell."""

from dataclasses import dataclass, field

from knowledge.importing.naming import path_of
from knowledge.importing.table_rows import Rejected, Skipped
from knowledge.reading.common import NOT_REVIEWED
from knowledge.tables_text import Row, table_text


@dataclass(frozen=True, slots=True)
class Terms:
    """What the importer says about the table as a whole; empty is unknown."""

    domain: str
    source: str = ""
    review: str = NOT_REVIEWED
    unit: str = ""
    keep_missing: bool = False
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One element that reads otherwise now, and the cell that says so."""

    column: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of the preview; *place* is its first cell, empty for one the table no longer has."""

    number: str
    title: str
    place: str
    differences: tuple[Difference, ...] = ()


@dataclass(slots=True)
class Preview:
    """What taking the table over would do; *rows* is the domain's whole table afterwards."""

    domain: str
    added: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    """Rows the table does not have that stay, because it was asked for or a rejected row may be theirs."""
    rows: list[Row] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Return the file the rows belong into."""
        return path_of(self.domain)

    @property
    def text(self) -> str:
        """Return the content of that file."""
        return table_text(self.rows)

    @property
    def changes_something(self) -> bool:
        """Would taking it over change anything?"""
        return bool(self.added or self.changed or self.removed)
