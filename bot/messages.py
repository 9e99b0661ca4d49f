"""Fields of a platform message → `Inbound` (wechat.md 2.3): every kind gets a value, nothing is dropped.

Field values come from outside and are judged here: what identifies the message must be right, or it
is refused; what only describes it may be wrong, and then the message counts as one we cannot read.
"""

import math
import re

from bot.markup import Fields
from bot.refusal import Refused
from handlers.turn import (
    Content,
    Followed,
    Inbound,
    Left,
    Link,
    Location,
    MenuTap,
    Notified,
    Picture,
    Scanned,
    Text,
    Unsupported,
    Voice,
)

PLACEHOLDERS = frozenset({"【收到不支持的消息类型，暂无法显示】", "[Unsupported Message]"})
"""What arrives as text in place of a sticker or GIF, by the language of the resident's client."""

_OPENID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_@.-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_MESSAGE_ID = re.compile(r"[1-9][0-9]{0,19}")
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,256}")
_KIND = re.compile(r"[A-Za-z0-9_]{1,64}")

_NOT_FROM_THE_USER = frozenset({"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"})
_TAPS = frozenset({"click", "scancode_push", "scancode_waitmsg"})
_EVENT_KEY_LIMIT = 1024  # characters; a VIEW key is a URL of at most 1024 bytes


def to_inbound(fields: Fields) -> Inbound:
    """Read one delivery.

    Raises:
        Refused: 400, if sender, account, time, kind or message id is missing or malformed.
    """
    kind = _part(fields, "MsgType", _KIND).lower()
    sender = _part(fields, "FromUserName", _OPENID)
    account = _part(fields, "ToUserName", _ACCOUNT)
    sent_at = _part(fields, "CreateTime", _SECONDS)
    if kind != "event":
        key = f"m:{_part(fields, 'MsgId', _MESSAGE_ID)}"
        return Inbound(key, sender, account, int(sent_at), _message(kind, fields))
    event = _part(fields, "Event", _KIND)
    event_key = _event_key(fields)
    openid = _part(fields, "OpenID", _OPENID) if event.lower() in _NOT_FROM_THE_USER else sender
    key = f"e:{sender}:{sent_at}:{event}:{event_key}"
    return Inbound(key, openid, account, int(sent_at), _event(event, event_key))


def _part(fields: Fields, name: str, shape: re.Pattern[str]) -> str:
    value = (fields.get(name) or "").strip()
    if not shape.fullmatch(value):
        raise Refused(400, f"{name} missing or malformed")
    return value


def _event_key(fields: Fields) -> str:
    value = fields.get("EventKey", "")
    if value is None or len(value) > _EVENT_KEY_LIMIT:
        raise Refused(400, "EventKey malformed")
    return value.strip()


def _words(fields: Fields, name: str) -> str:
    return (fields.get(name) or "").strip()


def _message(kind: str, fields: Fields) -> Content:
    match kind:
        case "text":
            return _text(fields)
        case "image":
            media_id = _words(fields, "MediaId")
            return Picture(media_id) if _MEDIA_ID.fullmatch(media_id) else Unsupported(kind)
        case "voice":
            media_id = _words(fields, "MediaId")
            known = media_id if _MEDIA_ID.fullmatch(media_id) else ""
            return Voice(known, _words(fields, "Recognition"))
        case "location":
            return _location(fields)
        case "link":
            return Link(_words(fields, "Title"))
        case _:
            return Unsupported(kind)


def _text(fields: Fields) -> Content:
    if "Content" in fields and fields["Content"] is None:
        raise Refused(400, "Content malformed")
    words = _words(fields, "Content")
    return Unsupported("sticker") if words in PLACEHOLDERS else Text(words)


def _location(fields: Fields) -> Content:
    latitude = _degrees(fields, "Location_X", 90)
    longitude = _degrees(fields, "Location_Y", 180)
    if latitude is None or longitude is None:
        return Unsupported("location")
    return Location(latitude, longitude, _words(fields, "Label"))


def _degrees(fields: Fields, name: str, limit: int) -> float | None:
    try:
        value = float(_words(fields, name))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None


def _event(event: str, key: str) -> Content:
    match event.lower():
        case "subscribe":
            return Followed(key.removeprefix("qrscene_") if key.startswith("qrscene_") else "")
        case "unsubscribe":
            return Left()
        case "scan":
            return Scanned(key)
        case name if name in _TAPS:
            return MenuTap(key)
        case _:
            return Notified(event)
