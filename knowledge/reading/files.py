"""Which files make up the catalogs, their bytes and their common hash.

A file of the overlay takes the place of the shipped file of the same path; ``None`` takes it away.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.reading.problems import Ledger
from knowledge.reading.yaml_lines import field_near

LARGEST = 2_000_000
"""Bytes; the largest table of a county is far below."""
KINDS = frozenset({".yaml", ".csv", ".txt"})
ROOMS = frozenset({"guides", "disclosure", "faq", "policies", "bundles", "lexicon", "calendar", "units"})

# Control characters, and the invisible marks that turn or hide text (bidi, zero width, BOM inside).
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file: *name* relative to the catalogs, with forward slashes, its bytes and its text."""

    name: str
    data: bytes
    text: str


def read_files(root: Path, overlay: Mapping[str, str | None], ledger: Ledger) -> tuple[TextFile, ...]:
    """Return every knowledge file in force in the order of its name; strange files are faults."""
    if not root.is_dir():
        ledger.error(str(root), 1, "目录", "没有这个目录")
        return ()
    found = [file for name, data in _shipped(root, overlay, ledger) for file in _decoded(data, name, ledger)]
    for name, content in overlay.items():
        if content is not None and _may_be_overlaid(name, ledger):
            found.extend(_decoded(content.encode("utf-8", "surrogatepass"), name, ledger))
    return tuple(sorted(found, key=lambda file: file.name))


def _shipped(root: Path, overlay: Mapping[str, str | None], ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix()):
        name = path.relative_to(root).as_posix()
        if name in overlay:
            continue
        if path.is_symlink():
            ledger.error(name, 1, "文件", "不能用链接，请放真的文件")
        elif path.is_file() and _belongs(name, ledger):
            yield name, path.read_bytes()


def overlay_fault(path: str) -> str:
    """Return why *path* cannot stand in the overlay, or nothing."""
    room, *rest = path.split("/")
    if room == "calendar":
        return "放假安排用 calendar import 导入"
    if room == "units":
        return "镇村和派单目录随程序发布，不能在这里改"
    if room not in ROOMS or not rest or any(part in ("", ".", "..") or part.startswith(".") for part in rest):
        return "路径要像 faq/xx.yaml 或 disclosure/20-社会救助.csv 这样"
    if HIDDEN.search(path) or "\\" in path or Path(path).suffix not in KINDS:
        return "文件名只用普通的字，扩展名是 .yaml、.csv 或 .txt"
    return ""


def _may_be_overlaid(name: str, ledger: Ledger) -> bool:
    fault = overlay_fault(name)
    if fault:
        ledger.error(HIDDEN.sub("?", name), 1, "文件", fault)
    return not fault


def digest(files: Sequence[TextFile]) -> str:
    """Return the SHA-256 over every name and content, independent of where the files lie."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        total.update(f"{file.name}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()


def _belongs(name: str, ledger: Ledger) -> bool:
    room, slash, rest = name.partition("/")
    if not slash or "__pycache__" in name or rest.startswith(".") or "/." in name:
        return False
    if room not in ROOMS:
        return False
    suffix = Path(name).suffix
    if suffix in KINDS:
        return True
    if suffix != ".md":
        ledger.error(name, 1, "文件", "只读 .yaml、.csv、.txt，请改扩展名或移走")
    return False


def _decoded(data: bytes, name: str, ledger: Ledger) -> tuple[TextFile, ...]:
    if len(data) > LARGEST:
        ledger.error(name, 1, "文件", f"文件太大，最多 {LARGEST // 1_000_000} MB")
        return ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        ledger.error(name, line, "文件", "不是 UTF-8 编码，请另存为 UTF-8")
        return ()
    if _hidden(text, name, ledger):
        return ()
    return (TextFile(name, data, text.replace("\r\n", "\n")),)


def _hidden(text: str, name: str, ledger: Ledger) -> bool:
    """Report control and invisible characters; a file with them is not read any further."""
    marks = list(HIDDEN.finditer(text))
    for line in sorted({text.count("\n", 0, mark.start()) + 1 for mark in marks}):
        field = field_near(text, line) if name.endswith(".yaml") else "这一行"
        ledger.error(name, line, field, "有看不见的控制字符，请删掉重打")
    return bool(marks)
