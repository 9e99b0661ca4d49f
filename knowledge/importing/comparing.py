"""Compare the rows of an imported table with the rows in force."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.importing.cells import LISTS, TICKABLE
from knowledge.importing.marks import has_marks
from knowledge.importing.naming import key_of, number_of, path_of, phrasings_of, title_of
from knowledge.importing.preview import Difference, Item, Preview, Terms
from knowledge.importing.table_rows import Line, Rejected, Skipped, TableRow
from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger
from knowledge.reading.tables import COLUMNS, read_table
from knowledge.tables_text import Row, table_text

ELEMENTS = COLUMNS[1:11]
SETS = ("主体", "渠道", "层级")
_PARTS = re.compile("[；、]")


def compare(lines: Sequence[Line], existing: Sequence[Row], terms: Terms, used: Iterable[str] = ()) -> Preview:
    """Return what taking *lines* over the *existing* rows of one domain would do.

    A matter keeps its 编号 when both its names are the same. *used* are numbers given out
    before, which are never given to another matter.
    """
    work = _Work(Preview(terms.domain), terms, list(existing), {row["编号"] for row in existing} | set(used))
    for line in lines:
        match line:
            case Skipped():
                work.preview.skipped.append(line)
            case Rejected():
                work.reject(line)
            case TableRow():
                work.take(line)
    return work.finished()


@dataclass(slots=True)
class _Work:
    preview: Preview
    terms: Terms
    existing: list[Row]
    used: set[str]
    seen: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, Row] = field(default_factory=dict)
    new: list[Row] = field(default_factory=list)
    shielded: set[str] = field(default_factory=set)
    """Numbers that a rejected row may stand for."""
    unknown: bool = False
    """A rejected row could not be recognised, so nothing can be called removed."""

    def reject(self, line: Rejected) -> None:
        self.preview.rejected.append(line)
        old, first = self.found(line.values), line.values.get("一级事项", "")
        if old is not None:
            self.shielded.add(old["编号"])
        elif not first and not line.values.get("编号"):
            self.unknown = True
        elif not line.values.get("二级事项"):
            self.shielded.update(row["编号"] for row in self.existing if row["一级事项"] == first)

    def take(self, line: TableRow) -> None:
        key = (self.terms.literal and line.values.get("编号", "")) or key_of(line.values)
        if not line.values.get("一级事项"):
            self.reject(Rejected(line.places.get("一级事项", line.place), "一级事项：不能空着", line.values))
        elif key in self.seen:
            message = f"和 {self.seen[key]} 是同一项（{title_of(line.values)}），只能写一次"
            self.reject(Rejected(line.place, message, line.values))
        else:
            self.seen[key] = line.place
            self.settle(line, self.found(line.values))

    def found(self, values: Mapping[str, str]) -> Row | None:
        number, key = values.get("编号", ""), key_of(values)
        same = [row for row in self.existing if row["编号"] == number] if number else []
        same = same or [row for row in self.existing if key_of(row) == key]
        return same[0] if same else None

    def settle(self, line: TableRow, old: Row | None) -> None:
        row = self.row(line, old)
        faults = faults_of(row, self.terms.domain)
        if faults:
            column = faults[0][0]
            message = "；".join(f"{name}：{why}" for name, why in faults)
            self.reject(Rejected(line.places.get(column, line.place), message, line.values))
            return
        if old is None:
            self.new.append(row)
            self.used.add(row["编号"])
            self.preview.added.append(Item(row["编号"], title_of(row), line.place, _all_of(row, line)))
            return
        differences = _differences(old, row, line)
        self.replaced[old["编号"]] = row if differences else old
        if differences:
            self.preview.changed.append(Item(old["编号"], title_of(row), line.place, differences))
        else:
            self.preview.unchanged += 1

    def row(self, line: TableRow, old: Row | None) -> Row:
        """Return the whole row: what the table says over what was known."""
        base = dict(old) if old else dict.fromkeys(COLUMNS, "")
        if self.terms.literal:
            row = base | {name: value for name, value in line.values.items() if name in COLUMNS}
            return row | ({} if row["编号"] else {"编号": self.next_number()})
        told = {name: value for name, value in line.values.items() if name in COLUMNS and value}
        if old:
            told = {name: value for name, value in told.items() if not _same(name, old[name], value)}
            if not told:
                return dict(old)
        row = base | told
        return row | self.consequences(row, old, told)

    def consequences(self, row: Row, old: Row | None, told: Mapping[str, str]) -> Row:
        """Return what follows from the city's own table: where it comes from, and what was not read anew."""
        method = row["公开方式"]
        fits = old is not None and old["属性"] == method and bool(old["属性理由"])
        attribute = method if method == "主动" or fits else ""
        found: Row = {
            "状态": "目录原文",
            "来源": self.terms.source,
            "核对日期": "",
            "证据": "",
            "审核": self.terms.review,
        }
        if "属性" not in told:
            found |= {"属性": attribute, "属性理由": row["属性理由"] if attribute == "依申请" else ""}
        if old is None:
            found |= {"编号": self.next_number(), "问法": "；".join(phrasings_of(self.terms.domain, row))}
            found |= {"责任单位": row["责任单位"] or self.terms.unit or self.usual_unit() or row["主体"].split("；")[0]}
        return found

    def next_number(self) -> str:
        """Return a number no matter of this domain ever had."""
        front = number_of(self.terms.domain)
        taken = [int(number[3:]) for number in self.used if number.startswith(f"{front}-") and number[3:].isdigit()]
        return f"{front}-{max(taken, default=0) + 1:03d}"

    def usual_unit(self) -> str:
        """Return the unit most matters of the domain belong to."""
        units = [row["责任单位"] for row in self.existing]
        return max(sorted(set(units)), key=units.count, default="")

    def finished(self) -> Preview:
        preview, keep_all = self.preview, self.terms.keep_missing or self.unknown
        for row in self.existing:
            number = row["编号"]
            if number in self.replaced:
                preview.rows.append(self.replaced[number])
            elif keep_all or number in self.shielded:
                preview.kept += 1
                preview.rows.append(row)
            else:
                preview.removed.append(Item(number, title_of(row), ""))
        preview.rows.extend(self.new)
        return preview


def faults_of(row: Row, domain: str) -> list[tuple[str, str]]:
    """Return what the catalog's own reader says against a row, as (column, message)."""
    ledger = Ledger()
    text = table_text([row])
    read_table(TextFile(path_of(domain), text.encode(), text), ledger)
    found = [(problem.field, problem.message) for problem in ledger.problems]
    found += [(name, "方框和勾没有看懂，请改成文字") for name in TICKABLE if has_marks(row[name])]
    return found


def _differences(old: Row, new: Row, line: TableRow) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, old[name], new[name], line.places.get(name, ""))
        for name in COLUMNS
        if not _same(name, old[name], new[name])
    )


def _all_of(row: Row, line: TableRow) -> tuple[Difference, ...]:
    return tuple(Difference(name, "", row[name], line.places.get(name, "")) for name in ELEMENTS if row[name])


def _same(column: str, before: str, after: str) -> bool:
    if column in SETS:
        return {_plain(part) for part in _PARTS.split(before)} == {_plain(part) for part in _PARTS.split(after)}
    if column in LISTS:
        before, after = before.replace("\n", "；"), after.replace("\n", "；")
    return _plain(before) == _plain(after)


def _plain(text: str) -> str:
    """Return *text* without what is no change to a reader: width, spaces, a full stop at the end."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。;")
