"""PDF from a template and plain values, by typst: no network, no fonts of the machine.

Values travel as JSON beside the template, so what a person typed stays text and is never
run as markup (``*#x*`` is printed as it is). Templates stand in ``documents/templates``.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Compiler, Fonts

TEMPLATES = Path(__file__).resolve().parent / "templates"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
"""What a template can be given: the values of JSON, without fractions and nothing."""


class DocumentError(Exception):
    """A document could not be made; the text says why, for the person who asked for it."""


def compile_pdf(template: str, data: Mapping[str, Value], made: datetime = _UNDATED) -> bytes:
    """Return the PDF of *template* (a name without ending) filled with *data*.

    The same values give the same bytes; *made* is the time written into the file.
    Takes from some hundredths of a second to several seconds and lets other threads run,
    so call it with ``asyncio.to_thread`` where an event loop waits.

    Raises:
        DocumentError: there is no such template, or typst cannot set it.
    """
    try:
        made_file = _compiler(template, data).compile(format="pdf", timestamp=made)
    except RuntimeError as error:
        raise DocumentError(f"没有做成 PDF：{error}") from error
    if not isinstance(made_file, bytes):
        raise DocumentError("没有做成 PDF：排版程序没有给出文件")
    return made_file


def compile_picture(template: str, data: Mapping[str, Value], ppi: float = 72) -> bytes:
    """Return the only page of *template* filled with *data* as PNG, for a preview on the screen.

    Raises:
        DocumentError: there is no such template, typst cannot set it, or it fills several pages.
    """
    try:
        made_file = _compiler(template, data).compile(format="png", ppi=ppi)
    except RuntimeError as error:
        raise DocumentError(f"没有做成图片：{error}") from error
    if not isinstance(made_file, bytes):
        raise DocumentError("没有做成图片：不止一页")
    return made_file


def page_count(template: str, data: Mapping[str, Value]) -> int:
    """Say how many pages *template* fills with *data*.

    Raises:
        DocumentError: there is no such template, or typst cannot set it.
    """
    try:
        return int(_compiler(template, data).query("<pages>", field="value", one=True))
    except RuntimeError as error:
        raise DocumentError(f"排不了版：{error}") from error


def _compiler(template: str, data: Mapping[str, Value]) -> "Compiler":
    import typst

    source = TEMPLATES / f"{template}.typ"
    if source.parent != TEMPLATES or not source.is_file():
        raise DocumentError(f"没有“{template}”这个版式")
    return typst.Compiler(
        source,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _fonts() -> "Fonts":
    """Noto Sans SC of the font package: it has the rare characters that occur in names."""
    import pylopdf_fonts_zh_cn
    import typst

    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
