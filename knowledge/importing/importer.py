"""A whole workbook: which sheets hold a catalog, of which domain, and what taking them over would do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.importing.comparing import compare
from knowledge.importing.grid import Grid
from knowledge.importing.headers import Header, find_header
from knowledge.importing.naming import domain_in, heading_hint
from knowledge.importing.preview import Preview, Terms
from knowledge.importing.table_rows import Line, read_lines
from knowledge.reading.domains import DOMAINS
from knowledge.tables_text import Row


class NotImportedError(Exception):
    """Nothing in the file can be imported; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the catalogs: the rows of a domain, and every 编号 it ever gave out."""

    rows: Callable[[str], Sequence[Row]]
    used: Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Import:
    """The previews, one a domain, and what was left aside: sheets, columns."""

    previews: tuple[Preview, ...]
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    domain: str
    literal: bool
    lines: list[Line]


def import_grids(grids: Sequence[Grid], file_name: str, terms: Terms, known: Known) -> Import:
    """Preview every catalog table in *grids*; with a domain in *terms* only tables of that domain.

    Raises:
        NotImportedError: no sheet holds a catalog, or it cannot be told of which domain.
    """
    aside: list[str] = []
    headed = [(grid, header) for grid in grids if (header := _headed(grid, aside))]
    if not headed:
        raise NotImportedError("没有找到目录表：要有“一级事项、二级事项、公开内容、公开依据、公开时限”这样的表头")
    tables = [_table(grid, header, file_name, terms.domain, aside, alone=len(headed) == 1) for grid, header in headed]
    wanted = [table for table in tables if table is not None]
    if not wanted:
        raise NotImportedError(f"文件里没有“{terms.domain}”的表")
    domains = dict.fromkeys(table.domain for table in wanted)
    return Import(tuple(_preview(domain, wanted, terms, known) for domain in domains), tuple(aside))


def _headed(grid: Grid, aside: list[str]) -> Header | None:
    header = find_header(grid)
    if header is None:
        if any(any(row) for row in grid.rows):
            aside.append(f"表“{grid.name}”没有目录的表头，没有读")
        return None
    aside.extend(f"没有用到的列：{column}" for column in header.unused)
    return header


def _table(grid: Grid, header: Header, file_name: str, wanted: str, aside: list[str], *, alone: bool) -> _Table | None:
    above = [heading_hint(text) for row in grid.rows[: header.first] for text in dict.fromkeys(row) if text]
    hints = (heading_hint(grid.name), *above, heading_hint(file_name) if alone else "")
    domain = domain_in(hints) or _numbered(grid, header) or wanted
    if wanted and domain != wanted and not alone:
        aside.append(f"表“{grid.name}”是“{domain}”的，没有读")
        return None
    domain = wanted or domain
    if not domain:
        raise NotImportedError(f"看不出表“{grid.name}”是哪个领域的，请加 --domain，可选：{'、'.join(DOMAINS.values())}")
    return _Table(domain, header.literal, read_lines(grid, header))


def _numbered(grid: Grid, header: Header) -> str:
    """Return the domain whose number the first 编号 starts with."""
    places = [number for number, column in header.columns.items() if column.field == "编号"]
    below = grid.rows[header.last + 1 : header.last + 2]
    return next((DOMAINS.get(row[place].strip()[:2], "") for row in below for place in places), "")


def _preview(domain: str, tables: Sequence[_Table], terms: Terms, known: Known) -> Preview:
    mine = [table for table in tables if table.domain == domain]
    lines = [line for table in mine for line in table.lines]
    own = replace(terms, domain=domain, literal=all(table.literal for table in mine))
    return compare(lines, known.rows(domain), own, known.used(domain))
