"""Disclosure catalogs: ``disclosure/NN-领域.csv``, one row a matter."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.model import Basis, Disclosure, Evidence, Origin, Source
from knowledge.reading.common import LONGEST_EXCERPT, NOT_REVIEWED, address_fault, review_is_sound
from knowledge.reading.csv_lines import Row, read_rows
from knowledge.reading.domains import DOMAINS
from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger

COLUMNS = (
    "编号", "一级事项", "二级事项", "公开内容", "依据", "时限", "主体", "渠道", "公开对象", "公开方式",
    "层级", "五公开", "属性", "属性理由", "俗称", "问法", "状态", "来源", "核对日期", "证据", "责任单位", "审核",
)  # fmt: skip
FILLED = ("编号", "一级事项", "主体", "状态", "责任单位", "审核")
FIVE = ("决策", "执行", "管理", "服务", "结果")
ATTRIBUTES = ("主动", "依申请", "不予公开")
STATES = ("目录原文", "法条推得", "待核")
GENERIC = frozenset(
    {"公共服务", "公共服务事项", "政策文件", "部门文件", "政策法规", "法规政策", "政策解读", "依法行政", "重大决策",
     "规划计划", "计划实施", "条件与标准", "行政许可", "行政审批", "行政处罚", "监督检查", "综合业务", "查询服务",
     "财务信息", "征收", "补偿", "行政许可类事项", "行政奖励类事项", "行政给付类事项"}
)  # fmt: skip
"""First-level names that several domains use; the domain is put in front of them."""
PHRASINGS = 4
# 《…法》第八条（已由…取代）
BASIS = re.compile(
    r"(?P<name>.*?)(?P<article>第[一二三四五六七八九十百零0-9]+条)?(?P<note>（(?:已|现|另|须核)[^（）]*）)?\Z"
)


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row, and the place its faults are reported at."""

    row: Row
    file: TextFile
    ledger: Ledger

    def error(self, column: str, message: str) -> None:
        self.ledger.error(self.file.name, self.row.line, column, message)

    def choice(self, column: str, allowed: tuple[str, ...]) -> str:
        value = self.row.cells[column]
        if value and value not in allowed:
            self.error(column, f"只能写 {'、'.join(allowed)}，或者空着")
        return value

    def day(self, column: str) -> date | None:
        value = self.row.cells[column]
        if not value:
            return None
        try:
            if len(value) != len("2026-11-24"):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.error(column, f"不是日期：{value[:20]}，要写成 2026-11-24 这样")
            return None


def read_table(file: TextFile, ledger: Ledger) -> tuple[Disclosure, ...]:
    """Read every row of one domain's catalog."""
    stem = file.name.rpartition("/")[2].removesuffix(".csv")
    number, _, domain = stem.partition("-")
    if DOMAINS.get(number) != domain:
        ledger.error(file.name, 1, "文件名", "要写成“领域号-领域名.csv”，例如 20-社会救助.csv")
    rows = read_rows(file, COLUMNS, ledger)
    return tuple(_row(_Cells(row, file, ledger), number, domain) for row in rows)


def _row(cells: _Cells, number: str, domain: str) -> Disclosure:
    get, items = cells.row.cells.__getitem__, cells.row.items
    _check(cells, number)
    return Disclosure(
        id=f"disclosure:{get('编号')}",
        title=_title(domain, get("一级事项"), get("二级事项")),
        domain=domain,
        level1=get("一级事项"),
        level2=get("二级事项"),
        content=items("公开内容"),
        bases=tuple(read_basis(part) for part in items("依据")),
        time_limit=get("时限"),
        body=get("主体"),
        channels=items("渠道"),
        audience=get("公开对象"),
        method=get("公开方式"),
        levels=items("层级"),
        five_kind=cells.choice("五公开", FIVE),
        attribute=cells.choice("属性", ATTRIBUTES),
        attribute_reason=get("属性理由"),
        aliases=items("俗称"),
        phrasings=items("问法"),
        status=cells.choice("状态", STATES),
        origin=_origin(cells),
    )


def read_basis(text: str) -> Basis:
    """Split ``《某法》第八条（已由…取代）`` into name, article and note."""
    found = BASIS.match(text)
    if found is None:
        return Basis(text)
    return Basis(found["name"], found["article"] or "", (found["note"] or "").strip("（）"))


def _title(domain: str, level1: str, level2: str) -> str:
    """Name a row so that it can be told apart from the rows of other domains."""
    first = level1
    if level1 in GENERIC:
        first = domain if domain.endswith(level1) else domain + level1
    return first if level2 in ("", level1) else f"{first}：{level2}"


def _check(cells: _Cells, number: str) -> None:
    get = cells.row.cells.__getitem__
    for column in FILLED:
        if not get(column):
            cells.error(column, "不能空着")
    if get("编号") and not re.fullmatch(rf"{re.escape(number)}-\d{{3}}", get("编号")):
        cells.error("编号", f"要写成 {number}-001 这样")
    if get("属性") in ("依申请", "不予公开") and not get("属性理由"):
        cells.error("属性理由", f"属性是“{get('属性')}”，必须写理由")
    if get("审核") and not review_is_sound(get("审核")):
        cells.error("审核", f"要写“姓名 日期”，或写 {NOT_REVIEWED}")
    if len(cells.row.items("问法")) < PHRASINGS:
        cells.error("问法", f"至少要 {PHRASINGS} 条，现在 {len(cells.row.items('问法'))} 条")


def _origin(cells: _Cells) -> Origin:
    get = cells.row.cells.__getitem__
    for address in (get("来源"), get("证据").partition("｜")[0]):
        fault = address_fault(address)
        if fault:
            cells.error("来源" if address == get("来源") else "证据", fault)
    return Origin(
        sources=(Source("公开目录原表" if get("状态") == "目录原文" else "依据原文", get("来源")),),
        evidence=tuple(_evidence(cells, part) for part in cells.row.items("证据")),
        checked_on=cells.day("核对日期"),
        review_by=None,
        valid_until=None,
        confidence="高" if get("核对日期") else "中",
        review=get("审核"),
        unit=get("责任单位"),
        file=cells.file.name,
        line=cells.row.line,
    )


def _evidence(cells: _Cells, part: str) -> Evidence:
    address, bar, excerpt = part.partition("｜")
    if not bar or not excerpt:
        cells.error("证据", "要写成“地址｜摘录”")
    if len(excerpt) > LONGEST_EXCERPT:
        cells.error("证据", f"摘录最多 {LONGEST_EXCERPT} 个字，现在 {len(excerpt)} 个")
    return Evidence(address, excerpt)
