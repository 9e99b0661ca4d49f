"""What a finger on the page can do: each gesture takes the page's values, checks them, and does it.

Values read from the page are checked here, since a page is only a client.
"""

import base64
import binascii
import struct
import zlib
from collections.abc import Callable, Coroutine, Mapping

from simulator import kinds, messages
from simulator.exchange import Exchange
from simulator.platform import Platform

Fields = Mapping[str, object]
LONGEST_TEXT = 20_000


class GestureError(ValueError):
    """The page asked for something impossible; the text says what, in Chinese."""


def sample_png(width: int = 240, height: int = 160) -> bytes:
    """Return a small valid picture, so that a desk without picture files can send one."""
    rows = b"".join(
        b"\0" + b"".join(bytes((120 + x // 4, 170, 90 + y // 2)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _text(given: Fields, name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise GestureError(f"{name} 要是 {LONGEST_TEXT} 字以内的文字")
    return value


def _picture(given: Fields) -> bytes:
    value = given.get("data")
    if value is None:
        return sample_png()
    try:
        return base64.b64decode(value if isinstance(value, str) else "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise GestureError("图片数据不对") from error


def _degree(given: Fields, name: str) -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -180 <= value <= 180:
        raise GestureError(f"{name} 要是 -180 到 180 的数字")
    return float(value)


def _menu(platform: Platform, openid: str, given: Fields) -> Coroutine[object, object, Exchange]:
    kind, value = _text(given, "type"), _text(given, "value")
    match kind:
        case "click":
            return platform.tap_menu(openid, value)
        case "view":
            return platform.deliver(platform.resident(openid), messages.view(value))
        case _:
            event = messages.event(kind.replace("miniprogram", "view_miniprogram"), ("EventKey", value))
            return platform.deliver(platform.resident(openid), event)


def _voice(platform: Platform, openid: str, given: Fields) -> Coroutine[object, object, Exchange]:
    heard = None if given.get("recognition") is None else _text(given, "recognition")
    return platform.send_voice(openid, heard)


def _kind(platform: Platform, openid: str, given: Fields) -> Coroutine[object, object, Exchange]:
    if _text(given, "kind") not in kinds.names():
        raise GestureError("没有这种消息")
    return platform.send_kind(openid, _text(given, "kind"))


Gesture = Callable[[Platform, str, Fields], Coroutine[object, object, Exchange]]
GESTURES: dict[str, Gesture] = {
    "follow": lambda platform, openid, given: platform.follow(openid, _text(given, "scene")),
    "unfollow": lambda platform, openid, given: platform.unfollow(openid),
    "scan": lambda platform, openid, given: platform.scan(openid, _text(given, "scene")),
    "say": lambda platform, openid, given: platform.say(openid, _text(given, "text")),
    "tap": lambda platform, openid, given: platform.tap_link(openid, _text(given, "content"), _text(given, "id")),
    "image": lambda platform, openid, given: platform.send_image(openid, _picture(given)),
    "voice": _voice,
    "location": lambda platform, openid, given: platform.send_location(
        openid, _degree(given, "lat"), _degree(given, "lng"), _text(given, "label")
    ),
    "agree": lambda platform, openid, given: platform.agree(openid),
    "take_back": lambda platform, openid, given: platform.take_back(openid),
    "sticker": lambda platform, openid, given: platform.send_unsupported(openid),
    "kind": _kind,
    "menu": _menu,
}
"""Name in the page's calls to what it does."""
