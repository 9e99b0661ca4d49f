"""The difference between two states of the catalogs, as a notice people read: 新增、调整、取消.

Files of rows are compared matter by matter and element by element; entries in YAML field by field.
"""

import difflib
from collections.abc import Iterator, Mapping

from knowledge.importing.naming import title_of
from knowledge.reading.tables import COLUMNS
from knowledge.reading.yaml_lines import Map, Node, Scalar, Seq, parse
from knowledge.tables_text import Row, rows_in

SHORT = 60
_ROOMS = {"guides": "办事指南", "faq": "常见问答", "policies": "政策", "bundles": "一件事", "disclosure": "公开目录"}


def notice(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines of the notice between the files *before* and *after*; none when nothing changed."""
    lines: list[str] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            lines.extend(_file(path, old, new))
    return tuple(lines)


def _file(path: str, old: str, new: str) -> Iterator[str]:
    room = path.partition("/")[0]
    if room == "disclosure":
        yield from _table(path.rpartition("/")[2].removesuffix(".csv").partition("-")[2], rows_in(old), rows_in(new))
    elif room in _ROOMS:
        yield from _entry(f"{_ROOMS[room]}“{_name(new or old, path)}”", old, new)
    else:
        yield from _list(path, old, new)


def _table(domain: str, old: list[Row], new: list[Row]) -> Iterator[str]:
    before, after = {row["编号"]: row for row in old}, {row["编号"]: row for row in new}
    for number, row in after.items():
        if number not in before:
            yield f"新增 {domain} {number} {title_of(row)}"
            yield from (f"  {name}：{shortened(row[name])}" for name in COLUMNS[3:11] if row[name])
    for number, row in after.items():
        if number in before and row != before[number]:
            yield f"调整 {domain} {number} {title_of(row)}"
            yield from _fields(before[number], row)
    for number, row in before.items():
        if number not in after:
            yield f"取消 {domain} {number} {title_of(row)}"


def _entry(name: str, old: str, new: str) -> Iterator[str]:
    if not old:
        yield f"新增 {name}"
    elif not new:
        yield f"取消 {name}"
    else:
        yield f"调整 {name}"
        yield from _fields(_flat_file(old), _flat_file(new))


def _list(path: str, old: str, new: str) -> Iterator[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    yield f"{'新增' if not old else '取消' if not new else '调整'} {path}"
    for line in lines:
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---")):
            yield f"  {'增加' if line[0] == '+' else '去掉'}：{shortened(line[1:])}"


def _fields(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            yield f"  {name}：{_change(was, now)}"


def _change(was: str, now: str) -> str:
    if not was:
        return f"增加“{shortened(now)}”"
    if not now:
        return f"去掉“{shortened(was)}”"
    parts, others = was.split("；"), now.split("；")
    if len(parts) > 1 or len(others) > 1:
        more = [part for part in others if part not in parts]
        less = [part for part in parts if part not in others]
        told = [f"增加“{shortened('；'.join(more))}”"] if more else []
        told += [f"去掉“{shortened('；'.join(less))}”"] if less else []
        return "，".join(told) or "先后次序变了"
    return f"由“{shortened(was)}”改为“{shortened(now)}”"


def shortened(text: str) -> str:
    """Return *text* on one line of readable length."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…（共 {len(line)} 字）"


def _name(text: str, path: str) -> str:
    return _flat_file(text).get("名称") or path


def _flat_file(text: str) -> dict[str, str]:
    node = parse(text, lambda *_: None)
    return dict(_flat(node, "")) if node is not None else {}


def _flat(node: Node, name: str) -> Iterator[tuple[str, str]]:
    match node:
        case Scalar(value=value):
            yield name, value
        case Seq(items=items) if all(isinstance(item, Scalar) for item in items):
            yield name, "；".join(item.value for item in items if isinstance(item, Scalar))
        case Seq(items=items):
            for number, item in enumerate(items, 1):
                yield from _flat(item, f"{name}{number}")
        case Map(pairs=pairs):
            for key, (_, held) in pairs.items():
                yield from _flat(held, f"{name}·{key}" if name else key)
