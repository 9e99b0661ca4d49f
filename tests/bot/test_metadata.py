"""What a picture tells besides itself is gone: place, time, phone, comments."""

import struct
import zlib

import pytest
from hypothesis import given, settings, strategies as st

from bot.metadata import Kind, without_metadata

SECRET = b"GPS 28.4N 115.3E"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


HEAD = b"\xff\xd8"
PLAIN = segment(0xDB, b"\x00" * 65) + segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG = HEAD + PLAIN + SCAN + b"\xff\xd9"
EXIF = segment(0xE1, b"Exif\x00\x00" + SECRET)
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PIXEL = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
PNG = PNG_HEAD + PIXEL + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("dressed", "kind", "bare"),
    [
        (HEAD + EXIF + PLAIN + SCAN + b"\xff\xd9", "image/jpeg", JPEG),
        (HEAD + segment(0xE0, b"JFIF\x00" + SECRET) + EXIF + PLAIN + SCAN + b"\xff\xd9" + SECRET, "image/jpeg", JPEG),
        (HEAD + PLAIN + segment(0xFE, SECRET) + SCAN + EXIF + b"\xff\xd9", "image/jpeg", JPEG),
        (PNG_HEAD + PIXEL + chunk(b"eXIf", SECRET) + chunk(b"tEXt", SECRET) + chunk(b"IEND", b""), "image/png", PNG),
        (PNG + SECRET, "image/png", PNG),
    ],
)
def test_only_the_picture_is_left(dressed: bytes, kind: Kind, bare: bytes) -> None:
    assert without_metadata(dressed, kind) == bare


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "image/jpeg"), (PNG, "image/png")])
def test_a_bare_picture_stays_as_it_is(content: bytes, kind: Kind) -> None:
    assert without_metadata(content, kind) == content


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "image/jpeg"), (JPEG, "image/png"), (JPEG[:40], "image/jpeg"), (PNG[:30], "image/png"), (b"", "image/png")],
)
def test_what_is_no_whole_picture_of_its_kind_is_refused(content: bytes, kind: Kind) -> None:
    assert without_metadata(content, kind) is None


@settings(max_examples=80)
@given(st.binary(max_size=200), st.sampled_from(["image/jpeg", "image/png"]))
def test_no_bytes_break_it_and_nothing_is_added(content: bytes, kind: Kind) -> None:
    for begun in (content, HEAD + content, PNG_HEAD + content):
        found = without_metadata(begun, kind)
        assert found is None or len(found) <= len(begun)
