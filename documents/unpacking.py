"""A workbook from outside, unpacked within limits before any reader sees it.

The reader gets a fresh archive of plain parts: no lying sizes, no pictures, no macros. What
its cells would unfold to (a cell in the last row, one long text used everywhere) is counted
from the XML first, because a reader allocates the whole rectangle.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 80_000_000
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_TEXT = 50_000_000
"""Characters in all cells together."""

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


class SheetError(Exception):
    """The file cannot be read; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A clean copy, and the formula cells of each sheet as (row, column) counted from 0."""

    data: bytes
    formulas: Mapping[str, frozenset[tuple[int, int]]]


def unpack(data: bytes) -> Unpacked:
    """Copy the readable parts of an XLSX file.

    Raises:
        SheetError: it is no XLSX file, or unfolds beyond the limits.
    """
    parts = _parts(data)
    if "xl/workbook.xml" not in parts:
        raise SheetError("不是 XLSX 表格，请用 Excel 或 WPS 另存为 .xlsx 再导入")
    texts = _text_lengths(parts.get("xl/sharedStrings.xml", b""))
    budget = _Budget(texts)
    formulas = {name: _scan_sheet(parts.get(path, b""), budget) for name, path in _sheet_parts(parts).items()}
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Unpacked(copy.getvalue(), formulas)


def position(cell: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a cell named like ``C7``.

    Raises:
        SheetError: no cell inside the limits is named so.
    """
    found = _CELL.match(cell)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if found is None or not 1 <= column <= MOST_COLUMNS or not 1 <= int(found[2]) <= MOST_ROWS:
        raise SheetError(f"表格太大或写坏了（{cell[:12]}）：最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列")
    return int(found[2]) - 1, column - 1


@dataclass(slots=True)
class _Budget:
    texts: list[int]
    used: int = 0

    def use(self, index: str) -> None:
        place = int(index) if index.isascii() and index.isdigit() else -1
        if 0 <= place < len(self.texts):
            self.used += self.texts[place]
        if self.used > MOST_TEXT:
            raise SheetError("表格里的字太多，请拆成几个文件")


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
            if len(wanted) > MOST_PARTS or sum(part.file_size for part in wanted) > LARGEST_UNPACKED:
                raise SheetError("解开以后太大，不像正常的表格，没有打开")
            return {part.filename: archive.read(part) for part in wanted}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError):
        raise SheetError("文件坏了或者加了密码，打不开") from None
    except Exception as error:
        # zlib.error and LZMAError have no common base below Exception.
        if isinstance(error, SheetError):
            raise
        raise SheetError("文件坏了，解不开") from None


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            sheets[attributes.get("name", "")] = next((v for k, v in attributes.items() if k.endswith(":id")), "")

    _walk(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    _walk(parts["xl/workbook.xml"], sheet)
    paths = {name: targets.get(key, "") for name, key in sheets.items()}
    return {name: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for name, path in paths.items()}


def _text_lengths(xml: bytes) -> list[int]:
    lengths: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            lengths.append(0)

    def text(words: str) -> None:
        if lengths:
            lengths[-1] += len(words)

    _walk(xml, start, text)
    return lengths


def _scan_sheet(xml: bytes, budget: _Budget) -> frozenset[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    here: list[tuple[int, int]] = [(0, -1)]
    state = {"row": -1, "shared": 0, "value": 0}
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            state["row"] = _row_number(attributes.get("r", ""), state["row"] + 1)
            here[0] = (state["row"], -1)
        elif tag == "c":
            here[0] = position(attributes["r"]) if "r" in attributes else (here[0][0], here[0][1] + 1)
            if here[0][1] >= MOST_COLUMNS:
                raise SheetError(f"表格太宽，最多 {MOST_COLUMNS} 列")
            state["shared"] = attributes.get("t") == "s"
        elif tag == "f":
            found.add(here[0])
        elif tag == "mergeCell":
            for corner in attributes.get("ref", "A1").split(":"):
                position(corner)
        state["value"] = tag == "v"

    def text(part: str) -> None:
        if state["value"] and state["shared"]:
            words.append(part)

    def end(tag: str) -> None:
        if tag == "v" and words:
            budget.use("".join(words))
            words.clear()
        state["value"] = 0

    _walk(xml, start, text, end)
    return frozenset(found)


def _row_number(given: str, following: int) -> int:
    row = position(f"A{given}")[0] if given else following
    if row >= MOST_ROWS:
        raise SheetError(f"表格太长，最多 {MOST_ROWS} 行")
    return row


def _walk(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Go through *xml*, names without prefix; a document type is refused, and with it every entity."""
    if not xml:
        return

    def refuse(*_: object) -> None:
        raise SheetError("表格里有不该有的文档类型声明，没有打开")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if text is not None:
        parser.CharacterDataHandler = text
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise SheetError("表格内容写坏了，请用 Excel 或 WPS 打开再另存一次") from None
