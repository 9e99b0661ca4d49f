"""How the API side answers: always HTTP 200, errcode and errmsg with a rid, Content-Type varying."""

import json
import re
import secrets
from collections.abc import Mapping

from aiohttp import web

MESSAGES: dict[int, str] = {
    -1: "system error",
    0: "ok",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid appid",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40024: "invalid sub button type",
    40025: "invalid sub button name size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40037: "invalid template_id",
    40053: "invalid action info",
    40054: "invalid sub button url domain",
    40097: "invalid args",
    40125: "invalid appsecret",
    40164: "invalid ip, not in whitelist",
    40200: "invalid account type",
    41001: "access_token missing",
    41005: "media data missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43101: "user refuse to accept the msg",
    44004: "empty content",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    45072: "command field is not valid",
    45080: "not in 48 hours or no message from user",
    45081: "already in typing state",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48006: "forbid to clear quota because of reaching the limit",
    76001: "cgi_path not found, please check",
}
_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\u([0-9a-fA-F]{4})")


class ApiError(Exception):
    """The call must answer with this error code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def answer(payload: Mapping[str, object], now: float, *, as_text: bool) -> web.Response:
    """Return *payload* as the platform sends it; an error's errmsg gets its rid, ``ok`` does not."""
    told = dict(payload)
    if told.get("errcode"):
        told["errmsg"] = f"{told.get('errmsg')} rid: {rid(now)}"
    kind = "text/plain" if as_text else "application/json"
    return web.Response(body=json.dumps(told, ensure_ascii=False).encode(), content_type=kind, charset="utf-8")


def refusal(code: int) -> dict[str, object]:
    """Return the body for error *code*."""
    return {"errcode": code, "errmsg": MESSAGES.get(code, "error")}


def rid(now: float) -> str:
    """Return a request id: Unix seconds and two random groups, each eight hex digits."""
    return f"{int(now):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"


def has_escapes(raw: bytes) -> bool:
    r"""Say whether *raw* JSON carries ``\uXXXX`` escapes."""
    return _ESCAPE.search(raw) is not None


def read_json(raw: bytes) -> dict[str, object]:
    r"""Read a JSON object as the platform does: ``\u4f60`` stays six characters, as the person will see them.

    Raises:
        ApiError: 44004 for an empty body, 47001 for anything that is not a JSON object in UTF-8.
    """
    if not raw.strip():
        raise ApiError(44004)
    try:
        body = json.loads(_ESCAPE.sub(rb"\1\\\\u\2", raw).decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ApiError(47001) from error
    if not isinstance(body, dict):
        raise ApiError(47001)
    return body
