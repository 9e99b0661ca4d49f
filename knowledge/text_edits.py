"""Add one thing to a knowledge file and leave everything else of it as it was written, comments too."""

import csv
import io
import json
import re
from collections.abc import Sequence

import yaml

_PLAIN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9，。？！、；：（）“”]*\Z")
_UNUSUAL = "这个文件的写法不常见，请手工改"


class EditError(Exception):
    """The text cannot be changed this way; the reason is Chinese."""


def with_list_item(text: str, field: str, item: str) -> str:
    """Return the YAML *text* with *item* at the end of the list under *field*.

    Raises:
        EditError: there is no such list, or the result would say something else too.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        node = _list_under(root, field)
        changed = _in_flow(text, node, item) if node.flow_style else _in_block(text, node, item)
        before, after = (yaml.load(one, Loader=yaml.BaseLoader) for one in (text, changed))  # noqa: S506 - text only
    except yaml.YAMLError:
        raise EditError(_UNUSUAL) from None
    if after != {**before, field: [*before[field], item]}:
        raise EditError(_UNUSUAL)
    return changed


def with_cell_item(text: str, key: tuple[str, str], field: str, item: str) -> str:
    """Return the CSV *text* with *item* added to the cell *field* of the row whose column *key[0]* is *key[1]*.

    Raises:
        EditError: there is no such row or column.
    """
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader, [])]
    if field not in header or key[0] not in header:
        raise EditError(f"表里没有“{field}”这一列")
    start = reader.line_num
    for values in reader:
        if len(values) == len(header) and values[header.index(key[0])].strip() == key[1]:
            cell = values[header.index(field)]
            values[header.index(field)] = f"{cell}；{item}" if cell.strip() else item
            return "".join([*lines[:start], _row(values), *lines[reader.line_num :]])
        start = reader.line_num
    raise EditError(f"表里没有{key[0]} {key[1]} 这一行")


def with_row(text: str, header: Sequence[str], values: Sequence[str]) -> str:
    """Return the CSV *text* with one more row; an empty one begins with *header*."""
    held = text if text.strip() else _row(header)
    return (held if held.endswith("\n") else held + "\n") + _row(values)


def without_row(text: str, first: str) -> str:
    """Return the CSV *text* without the rows whose first cell is *first*."""
    lines = io.StringIO(text, newline="").readlines()
    reader, kept, start = csv.reader(lines), "", 0
    for values in reader:
        if not values or values[0].strip() != first:
            kept += "".join(lines[start : reader.line_num])
        start = reader.line_num
    return kept


def with_line(text: str, line: str) -> str:
    """Return *text* with one more line."""
    return (text if not text or text.endswith("\n") else text + "\n") + line + "\n"


def _list_under(root: yaml.Node | None, field: str) -> yaml.SequenceNode:
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = [value for name, value in pairs if name.value == field]
    if len(found) != 1 or not isinstance(found[0], yaml.SequenceNode):
        raise EditError(f"文件里没有“{field}”这个列表")
    return found[0]


def _in_flow(text: str, node: yaml.SequenceNode, item: str) -> str:
    last = node.end_mark.index - 1
    at = len(text[:last].rstrip())
    lead = ", " if node.value and text[at - 1] != "," else " " if node.value else ""
    return text[:at] + lead + _scalar(item) + text[at:]


def _in_block(text: str, node: yaml.SequenceNode, item: str) -> str:
    if not node.value:
        raise EditError(_UNUSUAL)
    at = text.find("\n", node.value[-1].end_mark.index)
    at = len(text) if at < 0 else at
    return f"{text[:at]}\n{' ' * node.start_mark.column}- {_scalar(item)}{text[at:]}"


def _scalar(item: str) -> str:
    return item if _PLAIN.match(item) else json.dumps(item, ensure_ascii=False)


def _row(values: Sequence[str]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerow(values)
    return made.getvalue()
