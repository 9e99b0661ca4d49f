"""The sheet of a village: its QR code, or the account's name, and the words to send; one A4 page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from documents.notice import qr_svg
from documents.pdf import DocumentError, Value, compile_pdf

EXAMPLES = ("低保怎么申请", "我们村的账在哪看", "村口路灯坏了")
COMMUNITY_EXAMPLES = ("低保怎么申请", "我们社区的账在哪看", "楼下路灯坏了")
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """*place* is shown large; *link* becomes the QR code; *word* is to be sent after following, empty where
    the code knows the village already. Without *link* the sheet names the *account* to look for."""

    place: str
    issuer: str
    account: str = ""
    word: str = ""
    link: str = ""
    examples: tuple[str, ...] = EXAMPLES


def village_pdf(sheet: VillageSheet) -> bytes:
    """Return the sheet as PDF; the same values give the same bytes.

    Raises:
        DocumentError: neither a link nor a name is known, or it cannot be set.
    """
    return compile_pdf("village", sheet_values(sheet), _MADE)


def sheet_values(sheet: VillageSheet) -> dict[str, Value]:
    """Return what the template reads.

    Raises:
        DocumentError: nobody could find the account with this sheet.
    """
    if not sheet.link and not sheet.account:
        raise DocumentError("没有二维码，也没有设公众号名称（BOT_ACCOUNT_NAME），单子上没法写找哪个号")
    return {
        "place": sheet.place,
        "issuer": sheet.issuer,
        "account": sheet.account,
        "word": sheet.word,
        "qr": qr_svg(sheet.link) if sheet.link else "",
        "examples": list(sheet.examples),
    }
