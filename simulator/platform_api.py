"""The API side of the platform as aiohttp routes: tokens, sending, menu, codes, media, people, quotas.

Answers are HTTP 200 whatever happened (but for the fault switch), every second one labelled text/plain.
The window, quota and token rules are those of the documentation; addresses are not checked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from simulator import api_assets, api_send
from simulator.answers import ApiError, answer, has_escapes, read_json, refusal
from simulator.keys import PLATFORM
from simulator.platform import Platform
from simulator.tokens import TooOftenError

Payload = Mapping[str, object]
Work = Callable[[Platform, web.Request], Awaitable[Payload | web.Response]]
_OK: Payload = {"errcode": 0, "errmsg": "ok"}


def routes() -> list[web.RouteDef]:
    """Return every call with its method; the wrong method answers 43001 or 43002."""
    table: list[tuple[str, str, Work]] = [
        ("POST", "/cgi-bin/message/custom/send", _send),
        ("POST", "/cgi-bin/message/custom/typing", _typing),
        ("POST", "/cgi-bin/message/subscribe/bizsend", _subscribed),
        ("POST", "/cgi-bin/menu/create", _menu_create),
        ("GET", "/cgi-bin/menu/get", api_assets.menu_get),
        ("GET", "/cgi-bin/menu/delete", api_assets.menu_delete),
        ("POST", "/cgi-bin/qrcode/create", api_assets.qrcode_create),
        ("POST", "/cgi-bin/media/upload", api_assets.media_upload),
        ("GET", "/cgi-bin/media/get", api_assets.media_get),
        ("GET", "/cgi-bin/user/info", api_assets.user_info),
        ("GET", "/cgi-bin/getcallbackip", api_assets.callback_ip),
        ("POST", "/cgi-bin/openapi/quota/get", api_assets.quota_get),
        ("POST", "/cgi-bin/clear_quota", api_assets.clear_quota),
        ("GET", "/cgi-bin/ticket/getticket", api_assets.ticket),
    ]
    keyless: list[tuple[str, str, Work]] = [
        ("GET", "/cgi-bin/token", _token),
        ("POST", "/cgi-bin/stable_token", _stable_token),
    ]
    closed = [_route(method, path, work, True) for method, path, work in table]
    return closed + [_route(method, path, work, False) for method, path, work in keyless]


def _route(method: str, path: str, work: Work, needs_token: bool) -> web.RouteDef:
    async def handle(request: web.Request) -> web.StreamResponse:
        platform = request.app[PLATFORM]
        if platform.faults.api_slow_seconds:
            await asyncio.sleep(platform.faults.api_slow_seconds)
        if platform.faults.api_500:
            return web.Response(status=500, text="Internal Server Error")
        try:
            _admit(platform, request, method, needs_token)
            result = await work(platform, request)
        except ApiError as error:
            result = refusal(error.code)
        if isinstance(result, web.Response):
            platform.note_call(path, 0)
            return result
        code = result.get("errcode", 0)
        platform.note_call(path, code if isinstance(code, int) else 0)
        return answer(result, platform.clock(), as_text=len(platform.calls) % 2 == 0)

    return web.route("*", path, handle)


def _admit(platform: Platform, request: web.Request, method: str, needs_token: bool) -> None:
    if request.method != method:
        raise ApiError(43002 if method == "POST" else 43001)
    if needs_token:
        code = platform.faults.token_error_due() or platform.tokens.fault_of(
            request.query.get("access_token", ""), platform.clock()
        )
        if code:
            raise ApiError(code)
    if not platform.quotas.spend(request.path, platform.clock()):
        raise ApiError(45009)


async def _token(platform: Platform, request: web.Request) -> Payload:
    _credentials(platform, request.query)
    token, seconds = platform.tokens.issue(platform.clock())
    return {"access_token": token, "expires_in": seconds}


async def _stable_token(platform: Platform, request: web.Request) -> Payload:
    body = read_json(await request.read())
    _credentials(platform, body)
    try:
        token, seconds = platform.tokens.issue_stable(platform.clock(), body.get("force_refresh") is True)
    except TooOftenError as error:
        raise ApiError(45011) from error
    return {"access_token": token, "expires_in": seconds}


def _credentials(platform: Platform, given: Mapping[str, object]) -> None:
    if given.get("grant_type") != "client_credential":
        raise ApiError(40002)
    if given.get("appid") != platform.account.appid:
        raise ApiError(40013)
    if given.get("secret") != platform.account.secret:
        raise ApiError(40125)


async def _send(platform: Platform, request: web.Request) -> Payload:
    api_send.send(platform, read_json(await request.read()))
    return _OK


async def _typing(platform: Platform, request: web.Request) -> Payload:
    api_send.typing(platform, read_json(await request.read()))
    return _OK


async def _subscribed(platform: Platform, request: web.Request) -> Payload:
    body = read_json(await request.read())
    platform.report_sent(api_send.subscribed(platform, body), str(body["template_id"]))
    return _OK


async def _menu_create(platform: Platform, request: web.Request) -> Payload:
    raw = await request.read()
    if has_escapes(raw):
        raise ApiError(40033)
    if code := platform.menu.create(read_json(raw)):
        raise ApiError(code)
    platform.touch()
    return _OK
