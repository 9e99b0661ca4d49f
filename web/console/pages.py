"""Rendering a page, reading a form, and the sentence for everything that goes wrong."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

import aiohttp_jinja2
from aiohttp import web

from casework.china_time import in_shanghai
from casework.staff import Right
from casework.village import desk as village_desk
from web.console.parts import PARTS, ConsoleParts
from web.console.viewer import VIEWER, Viewer

STATIC = Path(__file__).resolve().parent.parent / "static"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "console"

Chosen = TypeVar("Chosen", bound=StrEnum)

_NAV: tuple[tuple[str, str, frozenset[Right]], ...] = (
    ("/", "工作台", frozenset()),
    ("/reminders", "提醒", frozenset()),
    ("/intake", "代录", frozenset({Right.INTAKE})),
    ("/gaps", "知识缺口", frozenset({Right.DRAFT, Right.REVIEW})),
    ("/drafts", "资料发布", frozenset({Right.DRAFT, Right.REVIEW})),
    ("/learning", "教系统", frozenset({Right.DRAFT, Right.REVIEW})),
    ("/villages", "村务", frozenset({Right.VILLAGES, Right.SEE_ALL})),
    ("/reports", "通报", frozenset({Right.REPORT})),
    ("/staff", "人员", frozenset({Right.STAFF})),
    ("/system", "系统", frozenset({Right.SEE_ALL})),
    ("/help", "帮助", frozenset()),
)
_SORRY = {
    400: "这个请求不完整，没有执行。请返回上一页再试。",
    403: "您的账号不能做这件事。需要的话，请联系管理员。",
    404: "没有这个页面，或者链接写错了。",
    405: "这个地址不支持这样打开。请从菜单进入。",
    413: "提交的内容太大，没有收下。",
    421: "这个网址没有登记为后台地址。请用管理员给的网址打开。",
    429: "操作太频繁，请过一会儿再试。",
    500: "系统出了问题，刚才的操作没有完成。请再试一次；还不行，请告诉管理员。",
}


class FormError(Exception):
    """A form field cannot be used; the text says which and why."""


class FormData:
    """The fields of a form, as text; a file is no text and counts as empty."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def text(self, name: str, most: int = 200) -> str:
        """Return one field without surrounding space.

        Raises:
            FormError: it is longer than *most* characters.
        """
        value = self._fields.get(name, "")
        words = value.strip() if isinstance(value, str) else ""
        words = "".join(c for c in words.replace("\r\n", "\n") if c == "\n" or c == "\t" or c.isprintable())
        if len(words) > most:
            raise FormError(f"内容太长，最多{most}个字，现在有{len(words)}个")
        return words

    def needed(self, name: str, label: str, most: int = 200) -> str:
        """Return one field that must not be empty."""
        words = self.text(name, most)
        if not words:
            raise FormError(f"请填写{label}")
        return words

    def choice(self, name: str, label: str, kind: type[Chosen]) -> Chosen:
        """Return one of the values of *kind*."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise FormError(f"请选择{label}") from None

    def number(self, name: str, label: str) -> int:
        """Return a whole number from 0 to 99999."""
        words = self.text(name)
        if not (words.isascii() and words.isdigit() and len(words) <= 5):
            raise FormError(f"{label}应填数字")
        return int(words)

    def ticked(self, name: str) -> bool:
        """Is a box ticked?"""
        return bool(self.text(name))

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a repeated field."""
        getall = getattr(self._fields, "getall", None)
        values = getall(name, []) if getall else [self._fields.get(name, "")]
        return tuple(value for value in values if isinstance(value, str) and value)


def page(request: web.Request, template: str, status: int = 200, **context: object) -> web.Response:
    """Render a template; *viewer* and the menu are always there."""
    viewer: Viewer | None = request.get(VIEWER)
    frame = {
        "viewer": viewer,
        "menu": menu(viewer, request.config_dict[PARTS]),
        "path": request.path,
    }
    return aiohttp_jinja2.render_template(template, request, {**frame, **context}, status=status)


def attachment(body: bytes, name: str, content_type: str) -> web.Response:
    """Send a file to keep; *name* is ASCII."""
    charset = "utf-8" if content_type.startswith("text/") else None
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=content_type, charset=charset, headers=headers)


def see_other(target: str) -> web.Response:
    """Send the browser on with a GET."""
    return web.Response(status=303, headers={"Location": target})


def menu(viewer: Viewer | None, parts: ConsoleParts) -> tuple[tuple[str, str], ...]:
    """Return the menu entries this person can use."""
    if viewer is None or viewer.account.must_change:
        return ()
    optional = (("/drafts", parts.drafts), ("/learning", parts.lessons), ("/system", parts.watch))
    absent = {path for path, part in optional if part is None}
    if parts.villages is None or not (viewer.may(Right.SEE_ALL) or town_of(viewer, parts)):
        absent.add("/villages")
    return tuple(
        (path, label)
        for path, label, rights in _NAV
        if (not rights or any(map(viewer.may, rights))) and path not in absent
    )


def town_of(viewer: Viewer, parts: ConsoleParts) -> str:
    """Return the 镇/街道 whose government the viewer's unit is, empty for every other unit."""
    return village_desk.town_of(viewer.account.unit, parts.directory, parts.towns)


def sorry(request: web.Request, status: int, words: str = "") -> web.Response:
    """Say in plain Chinese what is wrong."""
    told = words or _SORRY.get(status, _SORRY[400])
    if request.headers.get("HX-Request"):
        return web.Response(text=told, status=status)
    return page(request, "sorry.html", status=status, words=told)


def need(request: web.Request, *rights: Right) -> Viewer:
    """Return the viewer if one of the rights is theirs.

    Raises:
        HTTPForbidden: none is.
    """
    viewer = request[VIEWER]
    if not any(map(viewer.may, rights)):
        raise web.HTTPForbidden
    return viewer


def moment(value: datetime) -> str:
    """Return 11月24日 09:05; another year than the present one is for the caller to name."""
    at = in_shanghai(value)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def full_moment(value: datetime) -> str:
    """Return 2026-11-24 09:05."""
    return f"{in_shanghai(value):%Y-%m-%d %H:%M}"


def day(value: date) -> str:
    """Return 11月24日."""
    return f"{value.month}月{value.day}日"


@cache
def static_url(name: str) -> str:
    """Return the address of a static file with the hash of its content, so that it may be cached for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


_STATIC_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


async def show_static(request: web.Request) -> web.StreamResponse:
    """A file of ``web/static``; cached for good, since its address carries its hash."""
    path = (STATIC / request.match_info["name"]).resolve()
    if path.suffix not in _STATIC_TYPES or STATIC not in path.parents or not path.is_file():
        raise web.HTTPNotFound
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": _STATIC_TYPES[path.suffix]}
    return web.FileResponse(path, headers=headers)
