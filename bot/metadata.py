"""Pictures without what they carry besides the picture: where and when it was taken, by which phone, comments.

Only what is needed to show the picture is copied; a file that is not built as its kind is refused.
Sources: ITU-T T.81 annex B (JPEG markers), W3C PNG specification (chunks).
"""

from typing import Literal

Kind = Literal["image/jpeg", "image/png"]

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_ADOBE = 0xEE  # says how the colours are coded; without it some pictures change colour
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_KEPT_SEGMENTS = _TABLES | _FRAMES | {_ADOBE}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"})


def without_metadata(content: bytes, kind: Kind) -> bytes | None:
    """Return the picture alone, or ``None`` where it cannot be read as what it says it is."""
    return _jpeg(content) if kind == "image/jpeg" else _png(content)


def _jpeg(content: bytes) -> bytes | None:
    if content[:2] != bytes((0xFF, _SOI)):
        return None
    kept, place = bytearray(content[:2]), 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker == _EOI:
            return bytes(kept) + content[place : place + 2]
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        if end < place + 4 or end > len(content):
            return None
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if marker in _KEPT_SEGMENTS or marker == _SOS:
            kept += content[place:end]
        place = end
    at_end = content[place : place + 2] == bytes((0xFF, _EOI))
    return bytes(kept) + content[place : place + 2] if at_end else None


def _end_of_scan(content: bytes, start: int) -> int:
    """The next marker that is no restart and no stuffed byte."""
    place = content.find(b"\xff", start)
    while 0 <= place < len(content) - 1:
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place = content.find(b"\xff", place + 1 if following == 0xFF else place + 2)
    return len(content)


def _png(content: bytes) -> bytes | None:
    if not content.startswith(_SIGNATURE):
        return None
    kept, place = bytearray(_SIGNATURE), len(_SIGNATURE)
    while place + 12 <= len(content):
        name = content[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(content[place : place + 4])
        if end > len(content):
            return None
        if name in _KEPT_CHUNKS:
            kept += content[place:end]
        if name == b"IEND":
            return bytes(kept)
        place = end
    return None
