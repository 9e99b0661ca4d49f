"""The custom menu and the parametric QR codes of the account, with the platform's checks.

Source: WeChat, api_createcustommenu and qrcode/create. Lengths are UTF-8 bytes.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

TYPES = frozenset(
    {
        "click",
        "view",
        "miniprogram",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "media_id",
        "article_id",
        "article_view_limited",
    }
)
_KEYED = TYPES - {"view", "miniprogram", "media_id", "article_id", "article_view_limited"}


@dataclass(frozen=True, slots=True)
class Button:
    """One button; a parent has children and neither type nor value."""

    name: str
    type: str = ""
    value: str = ""
    children: tuple["Button", ...] = ()


@dataclass(slots=True)
class Menu:
    """What was pushed last, as received for menu/get and as buttons for the phone."""

    raw: object = None
    buttons: tuple[Button, ...] = ()
    tickets: dict[str, str] = field(default_factory=dict)

    def create(self, body: Mapping[str, object]) -> int:
        """Take a new menu; return 0 or the platform's error code, the old menu then stays."""
        raw = body.get("button")
        fault, buttons = _buttons(raw)
        if fault:
            return fault
        self.raw, self.buttons = raw, buttons
        return 0

    def delete(self) -> None:
        """Take the menu away."""
        self.raw, self.buttons = None, ()

    def ticket_of(self, scene: str) -> str:
        """Return the QR ticket of *scene*, made up when the bot never asked for one."""
        return self.tickets.setdefault(scene, "gQ" + secrets.token_urlsafe(60))


def _buttons(raw: object) -> tuple[int, tuple[Button, ...]]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= 3:
        return 40016, ()
    made = [_top(entry) for entry in raw]
    fault = next((one for one in made if isinstance(one, int)), 0)
    return fault, tuple(one for one in made if isinstance(one, Button))


def _top(entry: object) -> Button | int:
    if not isinstance(entry, dict):
        return 40017
    below = entry.get("sub_button") or []
    name = str(entry.get("name", ""))
    if not 1 <= len(name.encode()) <= 16:
        return 40018
    if not below:
        return _leaf(entry, name)
    if not isinstance(below, list) or len(below) > 5:
        return 40023
    made = [_sub(child) for child in below]
    fault = next((one for one in made if isinstance(one, int)), 0)
    return fault or Button(name, children=tuple(one for one in made if isinstance(one, Button)))


def _sub(entry: object) -> Button | int:
    if not isinstance(entry, dict):
        return 40024
    name = str(entry.get("name", ""))
    if not 1 <= len(name.encode()) <= 60:
        return 40025
    return _leaf(entry, name)


def _leaf(entry: Mapping[str, object], name: str) -> Button | int:
    kind = str(entry.get("type", ""))
    if kind not in TYPES:
        return 40017
    if kind in _KEYED:
        key = str(entry.get("key", ""))
        return Button(name, kind, key) if 1 <= len(key.encode()) <= 128 else 40019
    if kind in ("view", "miniprogram"):
        url = str(entry.get("url", ""))
        if not url.startswith(("http://", "https://")):
            return 40054
        return Button(name, kind, url) if len(url.encode()) <= 1024 else 40020
    return Button(name, kind, str(entry.get("media_id") or entry.get("article_id") or ""))
