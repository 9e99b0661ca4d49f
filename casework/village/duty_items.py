"""The 村务公开 list: standard items a village or community must publish, read from a file.

The village items rest on the 村务公开 clause of 《村民委员会组织法》, cited by its name because
the numbers moved in 2026; community items rest on the city's plan alone and borrow no frequency.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COLUMNS = (
    "编号", "适用", "类别", "事项", "公开内容", "频次", "往来较多时", "形式", "两公开", "重点", "依据", "状态", "说明",
)  # fmt: skip
_NEEDED = ("编号", "适用", "类别", "事项", "公开内容", "频次", "形式", "两公开", "依据", "状态")
_SEPARATOR = "；"


class Frequency(StrEnum):
    """How often an item is published at least."""

    MONTHLY = "每月"
    QUARTERLY = "每季度"
    AT_ONCE = "随时"
    UNSETTLED = "待核"


class Emphasis(StrEnum):
    """What the plan wants published above all."""

    FINANCE = "财务"
    BENEFITS = "惠农"
    REVITALISATION = "乡村振兴"


class DutyFileError(Exception):
    """The list cannot be used; the text names each line and field."""


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One thing to publish. *busy* is the frequency where the collective's money moves a lot."""

    id: str
    kind: str
    """村 or 社区."""
    category: str
    title: str
    contents: tuple[str, ...]
    frequency: Frequency
    busy: Frequency | None
    forms: tuple[str, ...]
    stage: str
    """执行 or 结果."""
    emphases: tuple[Emphasis, ...]
    basis: str
    status: str
    """法条, 方案 or 待核."""
    note: str


def parse_items(text: str, name: str) -> tuple[DutyItem, ...]:
    """Read catalogs/village/items.csv; *name* is the file's name, used in faults.

    Raises:
        DutyFileError: every line that cannot be used, as ``file:line: field: message``.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise DutyFileError(f"{name}:1: 表头: 应为 {','.join(COLUMNS)}")
    items: dict[str, DutyItem] = {}
    faults: list[str] = []
    for row in reader:
        where = f"{name}:{reader.line_num}"
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        wrong = [f"{where}: {fault}" for fault in _faults(cells, items)]
        wrong += [f"{where}: 整行: 比表头多出几格"] if None in row else []
        faults += wrong
        if not wrong:
            items[cells["编号"]] = _item(cells)
    if faults:
        raise DutyFileError("\n".join(faults))
    return tuple(items.values())


def _faults(cells: Mapping[str, str], known: Mapping[str, DutyItem]) -> list[str]:
    found = [f"{column}: 不能为空" for column in _NEEDED if not cells[column]]
    if cells["编号"] in known:
        found.append(f"编号: {cells['编号']} 重复")
    choices = {
        "适用": ("村", "社区"),
        "频次": tuple(Frequency),
        "往来较多时": ("", *Frequency),
        "两公开": ("执行", "结果"),
        "状态": ("法条", "方案", "待核"),
    }
    for column, allowed in choices.items():
        if cells[column] and cells[column] not in allowed:
            found.append(f"{column}: “{cells[column]}”应为 {'、'.join(filter(None, allowed))}")
    found += [
        f"重点: “{word}”应为 {'、'.join(Emphasis)}" for word in _listed(cells["重点"]) if word not in tuple(Emphasis)
    ]
    return found + _borrowed(cells)


def _borrowed(cells: Mapping[str, str]) -> list[str]:
    """A community is not under the villages' law: neither its clause nor its frequencies may be copied over."""
    if cells["适用"] != "社区":
        return []
    found = ["依据: 社区不能用《村民委员会组织法》"] if "村民委员会组织法" in cells["依据"] else []
    if cells["状态"] == "待核" and (cells["频次"] != Frequency.UNSETTLED or cells["往来较多时"]):
        found.append("频次: 社区的频次没有核定，只能写 待核")
    return found


def _item(cells: Mapping[str, str]) -> DutyItem:
    return DutyItem(
        id=cells["编号"],
        kind=cells["适用"],
        category=cells["类别"],
        title=cells["事项"],
        contents=_listed(cells["公开内容"]),
        frequency=Frequency(cells["频次"]),
        busy=Frequency(cells["往来较多时"]) if cells["往来较多时"] else None,
        forms=_listed(cells["形式"]),
        stage=cells["两公开"],
        emphases=tuple(Emphasis(word) for word in _listed(cells["重点"])),
        basis=cells["依据"],
        status=cells["状态"],
        note=cells["说明"],
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_SEPARATOR) if part.strip())
