"""A table of another system's tickets (宜春 12345) read row by row; every bad cell is named, none is guessed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from casework.tickets.desk import Opening
from casework.tickets.model import Kind, Source, TextKind
from documents.sheets import Sheet
from web.console.import_cells import (
    LONGEST_PHONES,
    CellError,
    external_of,
    is_finished,
    kind_of,
    letters,
    moment_of,
    phones_of,
    town_in,
    town_of,
)
from web.console.import_heads import NEEDED, STATE, Columns, columns_of

Found = TypeVar("Found")

MOST_ROWS = 500
MOST_FAULTS = 100
LONGEST_WORDS = 3000
OLDEST = timedelta(days=366)
_HEAD_WITHIN = 10
"""Title rows that may stand above the headings."""

_SUMS = frozenset({"合计", "总计", "小计"})


class TableError(Exception):
    """Nothing of the file can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be used: where it stands (B5), under which heading, and what is wrong."""

    row: int
    place: str
    heading: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. *openings* are the good rows as (row from 1, opening); a row with a bad cell is in neither.

    *mapped* are (heading of the file, ours) where they differ, *unread* the headings that are not read at all.
    """

    openings: tuple[tuple[int, Opening], ...]
    faults: tuple[BadCell, ...]
    mapped: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def read_rows(sheets: Sequence[Sheet], towns: Sequence[str], now: datetime) -> Reading:
    """Read the first sheet that has the headings.

    Raises:
        TableError: no sheet has them, or there are too many rows.
    """
    sheet, head, found = _found(sheets)
    body = [(number, row) for number, row in enumerate(sheet.rows[head + 1 :], head + 2) if _holds_a_ticket(row)]
    if len(body) > MOST_ROWS:
        raise TableError(f"一次最多导入{MOST_ROWS}件，这张表有{len(body)}行，请分成几个文件")
    openings: list[tuple[int, Opening]] = []
    faults: list[BadCell] = []
    first: dict[str, int] = {}
    for number, cells in body:
        row = _Row(number, found.places, cells, sheet)
        opening = row.opening(towns, now)
        if opening is not None and opening.external_number in first:
            row.fault("外部编号", f"和第{first[opening.external_number]}行重复")
        if opening is not None and not row.faults:
            first[opening.external_number] = number
            openings.append((number, opening))
        faults += row.faults
    return Reading(tuple(openings), tuple(faults), found.mapped, found.unread)


def _holds_a_ticket(row: Sequence[str]) -> bool:
    """Is this neither an empty line nor a sum under the table?"""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(first) and first not in _SUMS


def _found(sheets: Sequence[Sheet]) -> tuple[Sheet, int, Columns]:
    best: set[str] = set()
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
            found = columns_of(row)
            if all(heading in found.places for heading in NEEDED):
                return sheet, place, found
            best = max(best, set(found.places), key=len)
    missing = "、".join(f"“{heading}”" for heading in NEEDED if heading not in best)
    raise TableError(f"前{_HEAD_WITHIN}行里没有找到表头，缺少{missing}这一栏。可以先下载空表，照着填")


class _Row:
    """One line of the table with what is wrong in it."""

    def __init__(self, number: int, columns: Mapping[str, int], cells: Sequence[str], sheet: Sheet) -> None:
        self._number, self._columns, self._cells, self._sheet = number, columns, cells, sheet
        self.faults: list[BadCell] = []

    def opening(self, towns: Sequence[str], now: datetime) -> Opening | None:
        """Return what the row opens; None when a cell is bad."""
        external, kind, words = self._external(), self._kind(), self._text("诉求内容", LONGEST_WORDS, needed=True)
        town, where, received = self._town(towns), self._text("地点", 200), self._received(now)
        name, phone = self._text("姓名", 30), self._phone()
        self._refuse_finished()
        if self.faults or kind is None:
            return None
        texts = ((TextKind.DEMAND, words), (TextKind.PLACE, where))
        return Opening(
            kind=kind,
            texts=tuple((text_kind, body) for text_kind, body in texts if body),
            phone=phone,
            name=name,
            town=town,
            source=Source.IMPORT,
            external_number=external,
            received=received,
        )

    def fault(self, heading: str, why: str) -> None:
        """Note that a cell cannot be used."""
        place = self._columns.get(heading, 0)
        self.faults.append(BadCell(self._number, f"{letters(place)}{self._number}", heading, why))

    def _text(self, heading: str, most: int, *, needed: bool = False) -> str:
        place = self._columns.get(heading)
        if place is None:
            return ""
        cell = self._cells[place]
        words = "".join(sign for sign in cell.strip() if sign in "\n\t" or sign.isprintable())
        if not words and (self._number - 1, place) in self._sheet.formulas:
            self.fault(heading, "是没有算出结果的公式，请改成文字")
        elif needed and not words:
            self.fault(heading, "没有填")
        elif len(words) > most:
            self.fault(heading, f"最多{most}个字，现在有{len(words)}个")
        return words

    def _external(self) -> str:
        return self._understood("外部编号", self._text("外部编号", 60, needed=True), external_of) or ""

    def _kind(self) -> Kind | None:
        words = self._text("种类", 30, needed=True)
        return self._understood("种类", words, kind_of) if words else None

    def _town(self, towns: Sequence[str]) -> str:
        """A table without a column for it may name the 镇/街道 in the place."""
        if "镇街" not in self._columns:
            return town_in(self._text("地点", 200), towns)
        return self._understood("镇街", self._text("镇街", 60), lambda words: town_of(words, towns)) or ""

    def _refuse_finished(self) -> None:
        state = self._text(STATE, 30)
        if is_finished(state):
            self.fault(STATE, f"写着“{state}”，原平台已经办完，不用再登记；要登记的，改掉这一格")

    def _phone(self) -> str:
        words = self._text("电话", LONGEST_PHONES)
        return self._understood("电话", words[:LONGEST_PHONES], phones_of) or ""

    def _understood(self, heading: str, words: str, read: Callable[[str], Found]) -> Found | None:
        try:
            return read(words)
        except CellError as error:
            self.fault(heading, str(error))
            return None

    def _received(self, now: datetime) -> datetime | None:
        words = self._text("收到时间", 40)
        if not words:
            return None
        moment = moment_of(words)
        if moment is None:
            self.fault("收到时间", f"“{words}”看不懂，请写成 2026-02-13 17:00 的样子")
        elif moment > now:
            self.fault("收到时间", f"“{words}”比现在还晚")
        elif now - moment > OLDEST:
            self.fault("收到时间", f"“{words}”是一年以前，请核对")
        return moment


def cells_of(opening: Opening) -> tuple[str, ...]:
    """Return the row, in the order of HEADINGS, that reads as this opening."""
    texts = dict(opening.texts)
    return (
        opening.external_number,
        opening.kind.value,
        texts.get(TextKind.DEMAND, ""),
        opening.town,
        texts.get(TextKind.PLACE, ""),
        f"{opening.received:%Y-%m-%d %H:%M:%S}" if opening.received else "",
        opening.name,
        opening.phone,
    )
