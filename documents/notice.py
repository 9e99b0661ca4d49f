"""An A4 sheet for the 公示栏: one page, in the largest type that fits."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

import segno

from documents.pdf import DocumentError, Value, compile_pdf, compile_picture, page_count

_BEFORE_UNIT = re.compile(r"\d(?=[年月日号元时点分])")
SIZES = (26, 24, 22, 20, 18, 16)
"""Points of the body, largest first; below 16 nobody reads it standing before a board."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the sheet says. *facts* are (label, value).

    *link* becomes a QR code. Without one the sheet names the *account* to look for in WeChat
    and the *word* to send it, for example the village; either may be empty. A *draft* says across
    the sheet that nobody approved it.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    body: tuple[str, ...]
    issuer: str
    issued_on: date
    source: str
    account: str = ""
    word: str = ""
    link: str = ""
    draft: bool = False


def notice_pdf(notice: Notice) -> bytes:
    """Return the sheet as PDF, always one page; the same notice gives the same bytes.

    Some tenths of a second: call it in a thread where an event loop waits.

    Raises:
        DocumentError: the text does not fit one page even in the smallest type, or cannot be set.
    """
    values = notice_values(notice)
    return compile_pdf("notice", values, datetime.combine(notice.issued_on, time(), UTC))


def notice_picture(notice: Notice) -> bytes:
    """Return the sheet as a PNG for the screen.

    Raises:
        DocumentError: as :func:`notice_pdf`.
    """
    return compile_picture("notice", notice_values(notice))


def notice_values(notice: Notice) -> dict[str, Value]:
    """Return what the template reads, with the largest type of :data:`SIZES` that keeps it on one page.

    Raises:
        DocumentError: the text does not fit one page even in the smallest type.
    """
    day = notice.issued_on
    values: dict[str, Value] = {
        "title": notice.title,
        "facts": [[label, _unbroken(value)] for label, value in notice.facts],
        "body": list(notice.body),
        "issuer": notice.issuer,
        "issued_on": f"{day.year}年{day.month}月{day.day}日",
        "source": notice.source,
        "account": notice.account,
        "word": notice.word,
        "qr": qr_svg(notice.link) if notice.link else "",
        "draft": notice.draft,
    }
    for size in SIZES:
        sized = {**values, "size": size}
        if page_count("notice", sized) == 1:
            return sized
    raise DocumentError("内容太多，一张A4纸放不下，请删短正文再做公示单")


def _unbroken(value: str) -> str:
    """Keep a number and its unit on one line: 31日 must not become 31 and 日."""
    return _BEFORE_UNIT.sub("\\g<0>\u2060", value)


def qr_svg(link: str) -> str:
    """Return the QR code of *link* as SVG, readable with a sixth of it dirty or torn.

    Raises:
        DocumentError: the link is too long for a code.
    """
    try:
        code = segno.make(link, error="q", micro=False)
    except segno.DataOverflowError as error:
        raise DocumentError("链接太长，做不成二维码") from error
    drawn = BytesIO()
    code.save(drawn, kind="svg", xmldecl=False, border=2, omitsize=True)
    return drawn.getvalue().decode()
