"""One mapping of a YAML file, read field by field; what was never asked for is an unknown field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from knowledge.reading.problems import Ledger
from knowledge.reading.yaml_lines import Map, Node, Scalar, Seq


@dataclass(slots=True)
class Record:
    """Reads *node*; wrong or missing fields go to *ledger* and read as empty.

    *lines* collects ``path -> line`` of everything read, shared by all records of a file.
    """

    node: Map
    file: str
    ledger: Ledger
    lines: dict[str, int]
    path: str = ""
    _asked: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.node.pairs

    def error(self, key: str, message: str, line: int | None = None) -> None:
        """Report a fault of field *key*, at its own line if it has one."""
        own = self.node.pairs[key][0] if key in self.node.pairs else self.node.line
        self.ledger.error(self.file, own if line is None else line, self.path + key, message)

    def text(self, key: str, *, needed: bool = True, filled: bool = True) -> str:
        """Return the text of *key*; *needed* wants the field, *filled* also wants words in it."""
        node = self._take(key, needed)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.error(key, "这里要写一段文字")
            return ""
        if needed and filled and not node.value:
            self.error(key, "不能空着，不知道就写 待核 或 待补")
        return node.value

    def texts(self, key: str, *, needed: bool = True, at_least: int = 0) -> tuple[str, ...]:
        """Return the list of texts under *key*, with at least *at_least* items."""
        nodes = self._list(key, needed)
        values = tuple(self._item_text(key, number, node) for number, node in enumerate(nodes, 1))
        if (needed or nodes) and key in self and len(values) < at_least:
            self.error(key, f"至少要 {at_least} 条，现在 {len(values)} 条")
        return tuple(value for value in values if value)

    def day(self, key: str) -> date | None:
        """Return the date under *key*, None where it is left empty or 待核."""
        value = self.text(key, filled=False)
        if value in ("", "待核"):
            return None
        try:
            if len(value) != len("2026-11-24"):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.error(key, f"不是日期：{value[:20]}，要写成 2026-11-24 这样")
            return None

    def records(self, key: str, *, needed: bool = True) -> Iterator["Record"]:
        """Yield the mappings listed under *key*; the caller closes each with :meth:`done`."""
        for number, node in enumerate(self._list(key, needed), 1):
            place = f"{key}[{number}]"
            self.lines[self.path + place] = node.line
            if isinstance(node, Map):
                yield Record(node, self.file, self.ledger, self.lines, f"{self.path}{place}.")
            else:
                self.error(place, "这里要写成“字段: 内容”", node.line)

    def record(self, key: str, *, needed: bool = True) -> "Record | None":
        """Return the mapping under *key*, None where it is missing."""
        node = self._take(key, needed)
        if node is None:
            return None
        if not isinstance(node, Map):
            self.error(key, "这里要写成“字段: 内容”")
            return None
        return Record(node, self.file, self.ledger, self.lines, f"{self.path}{key}.")

    def done(self) -> None:
        """Report every field that nobody asked for."""
        for key, (line, _) in self.node.pairs.items():
            if key not in self._asked:
                self.error(key, "没有这个字段，检查字段名有没有写错", line)

    def _take(self, key: str, needed: bool) -> Node | None:
        self._asked.add(key)
        if key not in self.node.pairs:
            if needed:
                self.error(key, "缺少这个字段")
            return None
        line, node = self.node.pairs[key]
        self.lines[self.path + key] = line
        return node

    def _list(self, key: str, needed: bool) -> tuple[Node, ...]:
        node = self._take(key, needed)
        if node is None or (isinstance(node, Scalar) and not node.value):
            return ()
        if not isinstance(node, Seq):
            self.error(key, "这里要写成列表，一条一行，前面加 -")
            return ()
        return node.items

    def _item_text(self, key: str, number: int, node: Node) -> str:
        place = f"{key}[{number}]"
        self.lines[self.path + place] = node.line
        if not isinstance(node, Scalar):
            self.error(place, "这里要写一段文字，句中有冒号请加引号", node.line)
            return ""
        if not node.value:
            self.error(place, "这一条是空的", node.line)
        return node.value
