"""Disclosure tables on their way in and out: files and bytes here, meaning in ``knowledge.importing``."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.overlaying import State
from documents.sheets import Sheet, read_sheets
from documents.spreadsheets import Table, write_csv, write_workbook
from knowledge.change_notice import shortened
from knowledge.importing.grid import Grid, grid_of
from knowledge.importing.importer import Import, Known, import_grids
from knowledge.importing.naming import path_of
from knowledge.importing.preview import Difference, Item, Preview, Terms
from knowledge.reading.domains import DOMAINS
from knowledge.reading.tables import COLUMNS
from knowledge.tables_text import Row, rows_in

NOTES = (
    "注：一格里多项用；隔开；空着的待核。",
    "注：编号不要改；改好以后用 catalog import 导入，先看预览再写入。",
)


def preview(source: Path, data: bytes, terms: Terms, state: State, earlier: Mapping[str, Iterable[str]]) -> Import:
    """Compare a table file with what is in force; *earlier* holds every text a path ever had.

    Raises:
        SheetError: the file cannot be read.
        NotImportedError: it holds no catalog table, or it cannot be told of which domain.
    """
    in_force = state.texts()

    def rows(domain: str) -> list[Row]:
        return rows_in(in_force.get(path_of(domain), ""))

    def used(domain: str) -> Iterator[str]:
        for text in earlier.get(path_of(domain), ()):
            yield from (row["编号"] for row in rows_in(text))

    grids = [_grid(sheet) for sheet in read_sheets(source.name, data)]
    return import_grids(grids, source.name, terms, Known(rows, used))


def told(found: Import) -> Iterator[str]:
    """Return the preview line by line."""
    for one in found.previews:
        yield from _told(one)
    yield from found.aside


def workbook(state: State, domains: Iterable[str]) -> bytes:
    """Return the tables of *domains* as one XLSX file, a sheet each."""
    in_force = state.texts()
    tables = [
        Table(
            path_of(domain).rpartition("/")[2].removesuffix(".csv"), COLUMNS, _cells(rows), f"{domain}公开目录", NOTES
        )
        for domain in domains
        if (rows := rows_in(in_force.get(path_of(domain), "")))
    ]
    return write_workbook(tables)


def csv_file(state: State, domain: str) -> bytes:
    """Return the table of one domain as a CSV file that Excel reads."""
    return write_csv(COLUMNS, _cells(rows_in(state.texts().get(path_of(domain), ""))))


def domains_in(state: State) -> tuple[str, ...]:
    """Return the domains that have a table."""
    in_force = state.texts()
    return tuple(domain for domain in DOMAINS.values() if path_of(domain) in in_force)


def _grid(sheet: Sheet) -> Grid:
    return grid_of(sheet.name, sheet.rows, sheet.merged, sheet.formulas)


def _cells(rows: Iterable[Row]) -> list[list[str]]:
    return [[row[name] for name in COLUMNS] for row in rows]


def _told(one: Preview) -> Iterator[str]:
    kept = f"，保留表里没有的 {one.kept}" if one.kept else ""
    yield (
        f"{one.domain}（{one.path}）：新增 {len(one.added)}，修改 {len(one.changed)}，取消 {len(one.removed)}，"
        f"不能导入 {len(one.rejected)}，没有变化 {one.unchanged}{kept}"
    )
    for item in one.added:
        yield from _item("新增", item)
    for item in one.changed:
        yield from _item("修改", item)
    for item in one.removed:
        yield f"  取消 {item.number} {item.title}（表里没有）"
    for rejected in one.rejected:
        yield f"  不能导入 {rejected.place}：{rejected.message}"
    for skipped in (skipped for skipped in one.skipped if skipped.words not in NOTES):
        yield f"  跳过 {skipped.place}（{skipped.why}）：{skipped.words}"


def _item(kind: str, item: Item) -> Iterator[str]:
    yield f"  {kind} {item.number} {item.title}（{item.place}）"
    yield from (f"    {_difference(one)}" for one in item.differences)


def _difference(one: Difference) -> str:
    place = f"（{one.place}）" if one.place else "（随之变动）"
    if not one.before:
        return f"{one.column}：{shortened(one.after)}{place}"
    if not one.after:
        return f"{one.column}：去掉“{shortened(one.before)}”{place}"
    return f"{one.column}：由“{shortened(one.before)}”改为“{shortened(one.after)}”{place}"
