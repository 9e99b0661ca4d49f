"""派单目录: which unit is responsible for a matter at a place, proposed with its reason.

A row names a matter, the words residents use for it, the leading unit and the helpers.
``{乡镇}`` stands for the 镇/街道 of the place. Only a person dispatches.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

UNIT_COLUMNS = ("代码", "名称", "类别", "电话", "地址", "状态")
RULE_COLUMNS = ("编号", "事项", "关键词", "主办", "协办", "理由", "状态")
TOWN = "{乡镇}"
TOWN_CLASS = "乡镇街道"
_STATES = frozenset({"已核定", "待本市核定"})


class DirectoryError(Exception):
    """A units or routing file cannot be used; the text names file, line and field."""


@dataclass(frozen=True, slots=True)
class OfficeUnit:
    """A unit that can be responsible; empty contacts are 待补."""

    code: str
    name: str
    category: str
    phone: str
    address: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the 派单目录."""

    id: str
    matter: str
    words: tuple[str, ...]
    unit: str
    co_units: tuple[str, ...]
    reason: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """The units by code and the rules in their order; *version* changes with any of their words."""

    units: Mapping[str, OfficeUnit]
    rules: tuple[Rule, ...]
    version: str = ""

    def name_of(self, code: str) -> str:
        """Return a unit's name, or the code itself if nobody knows it."""
        return self.units[code].name if code in self.units else code


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom to dispatch to, and why, for the officer to accept or change."""

    unit: str
    co_units: tuple[str, ...]
    reason: str


def propose(text: str, town: str, directory: Directory) -> Proposal | None:
    """Return the unit of the rule whose words cover most of *text*, or nothing.

    A rule led by the town proposes nothing while the town is unknown.
    """
    covers = [(_covered(rule, text), rule) for rule in directory.rules]
    for _, rule in sorted((c for c in covers if c[0]), key=lambda c: -sum(map(len, c[0]))):
        unit, *helpers = (_placed(code, town, directory) for code in (rule.unit, *rule.co_units))
        if unit:
            words = "、".join(_covered(rule, text))
            mark = "" if rule.confirmed else "（待本市核定）"
            version = f"（派单目录{directory.version}版）" if directory.version else ""
            reason = f"提到“{words}”，属{rule.matter}：{rule.reason}{mark}{version}"
            return Proposal(unit, tuple(code for code in helpers if code and code != unit), reason)
    return None


def _covered(rule: Rule, text: str) -> tuple[str, ...]:
    found = [word for word in rule.words if word in text]
    return tuple(word for word in found if not any(word != other and word in other for other in found))


def _placed(code: str, town: str, directory: Directory) -> str:
    if code != TOWN:
        return code
    towns = (unit for unit in directory.units.values() if unit.category == TOWN_CLASS)
    return next((unit.code for unit in towns if town and unit.name.startswith(town)), "")


def parse_units(text: str, name: str) -> Mapping[str, OfficeUnit]:
    """Read catalogs/units/units.csv.

    Raises:
        DirectoryError: the first line that cannot be used.
    """
    units: dict[str, OfficeUnit] = {}
    for where, row in _rows(text, name, UNIT_COLUMNS, ("代码", "名称", "类别", "状态")):
        if row["代码"] in units:
            raise DirectoryError(f"{where}: 代码: {row['代码']} 重复")
        units[row["代码"]] = OfficeUnit(
            code=row["代码"],
            name=row["名称"],
            category=row["类别"],
            phone=row["电话"],
            address=row["地址"],
            confirmed=row["状态"] == "已核定",
        )
    return units


def parse_rules(text: str, name: str, units: Mapping[str, OfficeUnit]) -> tuple[Rule, ...]:
    """Read catalogs/units/routing.csv; every unit it names must be in *units*.

    Raises:
        DirectoryError: the first line that cannot be used.
    """
    rules: dict[str, Rule] = {}
    for where, row in _rows(text, name, RULE_COLUMNS, ("编号", "事项", "关键词", "主办", "理由", "状态")):
        rule = Rule(
            id=row["编号"],
            matter=row["事项"],
            words=_list(row["关键词"]),
            unit=row["主办"],
            co_units=_list(row["协办"]),
            reason=row["理由"],
            confirmed=row["状态"] == "已核定",
        )
        _check_rule(rule, where, units, rules)
        rules[rule.id] = rule
    return tuple(rules.values())


def _check_rule(rule: Rule, where: str, units: Mapping[str, OfficeUnit], rules: Mapping[str, Rule]) -> None:
    if rule.id in rules:
        raise DirectoryError(f"{where}: 编号: {rule.id} 重复")
    for column, codes in (("主办", (rule.unit,)), ("协办", rule.co_units)):
        for code in codes:
            if code != TOWN and code not in units:
                raise DirectoryError(f"{where}: {column}: 单位代码“{code}”不在单位表里")


def _rows(
    text: str, name: str, columns: tuple[str, ...], required: tuple[str, ...]
) -> list[tuple[str, dict[str, str]]]:
    """Return (file:line, cells) for every row, checked for header, empty cells and state."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(reader.fieldnames or ()) != columns:
        raise DirectoryError(f"{name}:1: 表头: 应为 {','.join(columns)}")
    rows = []
    for row in reader:
        where = f"{name}:{reader.line_num}"
        cells = {column: (row.get(column) or "").strip() for column in columns}
        for column in required:
            if not cells[column]:
                raise DirectoryError(f"{where}: {column}: 不能为空")
        if cells["状态"] not in _STATES:
            raise DirectoryError(f"{where}: 状态: “{cells['状态']}”应为 {' 或 '.join(sorted(_STATES))}")
        rows.append((where, cells))
    return rows


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.replace("；", ";").split(";") if part.strip())
