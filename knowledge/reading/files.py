"""Which files make up the catalogs, their bytes and their common hash."""

import hashlib
import re
from collections.abc import Sequence
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


def read_files(root: Path, ledger: Ledger) -> tuple[TextFile, ...]:
    """Return every knowledge file below *root* in the order of its name; strange files are faults."""
    if not root.is_dir():
        ledger.error(str(root), 1, "目录", "没有这个目录")
        return ()
    found: list[TextFile] = []
    for path in sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix()):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            ledger.error(name, 1, "文件", "不能用链接，请放真的文件")
        elif path.is_file() and _belongs(name, ledger):
            found.extend(_read(path, name, ledger))
    return tuple(found)


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


def _read(path: Path, name: str, ledger: Ledger) -> tuple[TextFile, ...]:
    data = path.read_bytes()
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
