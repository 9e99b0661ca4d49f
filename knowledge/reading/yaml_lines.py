"""YAML as plain nodes that know their lines; everything clever in YAML is refused.

Only mappings, lists and text exist: no anchors, aliases, tags, several documents or
deep nesting, and no value is guessed to be a number or a date.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml
from yaml import events as ev

DEEPEST = 14
"""Three nested questions need eleven levels."""

_UNCLOSED = ("while scanning a simple key", "while scanning a quoted", "while parsing a flow")

Fault = Callable[[int, str, str], None]
"""Called with line, field and message."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Seq:
    """A list."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Map:
    """Fields in file order, each with the line of its name."""

    pairs: dict[str, tuple[int, "Node"]]
    line: int


Node = Scalar | Seq | Map


class _RefusedError(Exception):
    """The document cannot be read any further."""

    def __init__(self, line: int, field: str, message: str) -> None:
        super().__init__(message)
        self.line, self.field, self.message = line, field, message


def parse(text: str, fault: Fault) -> Node | None:
    """Return the one document in *text*; on anything refused tell *fault* and return None."""
    try:
        return _document(yaml.parse(text, Loader=yaml.CSafeLoader), fault)
    except _RefusedError as refused:
        fault(refused.line, refused.field, refused.message)
    except yaml.MarkedYAMLError as broken:
        line = _broken_line(broken)
        too_deep = "nesting depth" in str(broken.problem)
        message = "嵌套太深" if too_deep else f"写法有错，检查缩进、冒号和引号（{broken.problem}）"
        fault(line, field_near(text, line), message)
    except yaml.YAMLError as broken:
        fault(1, "文件", f"不是能读的 YAML（{type(broken).__name__}）")
    return None


def field_near(text: str, line: int) -> str:
    """Return the field name written on *line*, or 文件 when there is none."""
    lines = text.splitlines()
    if not 1 <= line <= len(lines):
        return "文件"
    name, colon, _ = lines[line - 1].strip(" -").partition(":")
    return name.strip() if colon and name.strip() else "文件"


def _broken_line(broken: yaml.MarkedYAMLError) -> int:
    """Return where the mistake was made, which for unclosed things is where they began."""
    began = str(broken.context).startswith(_UNCLOSED)
    mark = (broken.context_mark if began else broken.problem_mark) or broken.context_mark
    return int(mark.line) + 1 if mark else 1


def _document(events: Iterator[ev.Event], fault: Fault) -> Node:
    root: Node | None = None
    for event in events:
        if not isinstance(event, ev.NodeEvent):
            continue
        if root is not None:
            raise _RefusedError(_line(event), "文件", "一个文件只能有一份内容，去掉多余的 ---")
        root = _node(event, events, fault, "", 1)
    if root is None:
        raise _RefusedError(1, "文件", "文件是空的")
    return root


def _node(event: ev.Event, events: Iterator[ev.Event], fault: Fault, name: str, depth: int) -> Node:
    field = name or "文件"
    if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError(_line(event), field, "不能用 & 或 * 引用，请把内容写全")
    if getattr(event, "tag", None):
        raise _RefusedError(_line(event), field, "不能用 ! 开头的标记，要写感叹号请加引号")
    if depth > DEEPEST:
        raise _RefusedError(_line(event), field, "嵌套太深")
    match event:
        case ev.SequenceStartEvent():
            return Seq(tuple(_items(events, fault, name, depth)), _line(event))
        case ev.MappingStartEvent():
            return Map(_pairs(events, fault, depth), _line(event))
        case ev.ScalarEvent():
            return Scalar(event.value.strip(), _line(event))
    raise _RefusedError(_line(event), field, "写法有错")


def _items(events: Iterator[ev.Event], fault: Fault, name: str, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, ev.SequenceEndEvent):
            return
        yield _node(event, events, fault, name, depth + 1)


def _pairs(events: Iterator[ev.Event], fault: Fault, depth: int) -> dict[str, tuple[int, Node]]:
    pairs: dict[str, tuple[int, Node]] = {}
    for event in events:
        if isinstance(event, ev.MappingEndEvent):
            break
        key = _node(event, events, fault, "", depth + 1)
        if not isinstance(key, Scalar):
            raise _RefusedError(key.line, "文件", "字段名只能是文字")
        value = _node(next(events), events, fault, key.value, depth + 1)
        if key.value in pairs:
            fault(key.line, key.value, f"字段写了两次，第 {pairs[key.value][0]} 行已经有了")
        else:
            pairs[key.value] = (key.line, value)
    return pairs


def _line(event: ev.Event) -> int:
    mark = event.start_mark
    return int(mark.line) + 1 if mark else 1
