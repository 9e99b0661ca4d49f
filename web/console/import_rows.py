"""A table of another system's tickets (宜春 12345) read row by row; every bad cell is named, none is guessed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from casework.tickets.desk import Opening
from casework.tickets.model import Kind, Source, TextKind
from documents.sheets import Sheet
from web.console.import_cells import (
    LONGEST_PHONES,
    CellError,
    external_of,
    kind_of,
    letters,
    moment_of,
    phones_of,
    town_of,
)

Found = TypeVar("Found")

MOST_ROWS = 500
MOST_FAULTS = 100
LONGEST_WORDS = 3000
OLDEST = timedelta(days=366)
_HEAD_WITHIN = 10
"""Title rows that may stand above the headings."""

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "外部编号": ("外部编号", "工单编号", "工单号", "编号"),
        "种类": ("种类", "诉求类型", "诉求类别", "工单类型", "工单类别", "类型"),
        "诉求内容": ("诉求内容", "工单内容", "诉求描述", "内容"),
        "镇街": ("镇街", "乡镇街道", "乡镇", "所属区域", "所属乡镇", "事发区域", "属地"),
        "地点": ("地点", "具体地点", "事发地址", "地址"),
        "收到时间": ("收到时间", "受理时间", "登记时间", "来电时间"),
        "姓名": ("姓名", "诉求人", "来电人", "联系人"),
        "电话": ("电话", "联系电话", "来电号码", "手机号码"),
    }
)
"""Our heading, and the ones that are read as the same."""
NEEDED = ("外部编号", "种类", "诉求内容")
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
    """What a file holds. *openings* are the good rows as (row from 1, opening); a row with a bad cell is in neither."""

    openings: tuple[tuple[int, Opening], ...]
    faults: tuple[BadCell, ...]


def read_rows(sheets: Sequence[Sheet], towns: Sequence[str], now: datetime) -> Reading:
    """Read the first sheet that has the headings.

    Raises:
        TableError: no sheet has them, or there are too many rows.
    """
    sheet, head, columns = _found(sheets)
    body = [(number, row) for number, row in enumerate(sheet.rows[head + 1 :], head + 2) if _holds_a_ticket(row)]
    if len(body) > MOST_ROWS:
        raise TableError(f"一次最多导入{MOST_ROWS}件，这张表有{len(body)}行，请分成几个文件")
    openings: list[tuple[int, Opening]] = []
    faults: list[BadCell] = []
    first: dict[str, int] = {}
    for number, cells in body:
        row = _Row(number, columns, cells, sheet)
        opening = row.opening(towns, now)
        if opening is not None and opening.external_number in first:
            row.fault("外部编号", f"和第{first[opening.external_number]}行重复")
        if opening is not None and not row.faults:
            first[opening.external_number] = number
            openings.append((number, opening))
        faults += row.faults
    return Reading(tuple(openings), tuple(faults))


def _holds_a_ticket(row: Sequence[str]) -> bool:
    """Is this neither an empty line nor a sum under the table?"""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(first) and first not in _SUMS


def _found(sheets: Sequence[Sheet]) -> tuple[Sheet, int, dict[str, int]]:
    best: set[str] = set()
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
            columns = _columns(row)
            if all(heading in columns for heading in NEEDED):
                return sheet, place, columns
            best = max(best, set(columns), key=len)
    missing = "、".join(f"“{heading}”" for heading in NEEDED if heading not in best)
    raise TableError(f"前{_HEAD_WITHIN}行里没有找到表头，缺少{missing}这一栏。可以先下载空表，照着填")


def _columns(row: Sequence[str]) -> dict[str, int]:
    places = {"".join(cell.split()): place for place, cell in reversed(list(enumerate(row)))}
    found = {
        heading: next((places[one] for one in names if one in places), None) for heading, names in HEADINGS.items()
    }
    return {heading: place for heading, place in found.items() if place is not None}


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
        return self._understood("镇街", self._text("镇街", 60), lambda words: town_of(words, towns)) or ""

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
