"""The simulator's web application: the platform's API side, the phone page, and the page's JSON calls.

The page's calls are guarded against foreign pages: loopback Host only, and changes only as JSON, which a
foreign page cannot send without being asked first.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from aiohttp import web

from simulator import platform_api
from simulator.gestures import GestureError
from simulator.keys import PHONES, PLATFORM
from simulator.phones import Phones
from simulator.platform import Platform

_PAGE = Path(__file__).parent / "page"
_MAX_BODY = 16 * 1024 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def create_app(platform: Platform) -> web.Application:
    """Return the application for *platform*, which the caller opens and closes."""
    app = web.Application(client_max_size=_MAX_BODY, middlewares=[guard])
    app[PLATFORM] = platform
    app[PHONES] = Phones(platform)
    app.cleanup_ctx.append(_finish)
    app.add_routes(platform_api.routes())
    app.add_routes(
        [
            web.get("/", page),
            web.get("/sim/state", state),
            web.get("/sim/exchanges/{number:\\d+}", exchanges),
            web.get("/sim/media/{media_id}", medium),
            web.post("/sim/phones", add_phone),
            web.post("/sim/phones/{number:\\d+}/remove", remove_phone),
            web.post("/sim/phones/{number:\\d+}/{action}", act),
            web.post("/sim/faults", change_fault),
            web.static("/page", _PAGE),
        ]
    )
    return app


async def _finish(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[PHONES].close()


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep foreign pages out, set the page's headers, and turn a gesture's refusal into a sentence."""
    if request.path.startswith("/cgi-bin/"):
        return await handler(request)
    if request.url.host not in ("127.0.0.1", "localhost", "::1"):
        return web.Response(status=403, text="模拟器只在本机使用")
    if request.method == "POST" and request.content_type != "application/json":
        return web.Response(status=415, text="只接受 JSON")
    try:
        response = await handler(request)
    except (GestureError, json.JSONDecodeError) as error:
        told = str(error) if isinstance(error, GestureError) else "不是 JSON"
        response = web.json_response({"error": told}, status=400)
    response.headers.update(_HEADERS)
    return response


async def page(request: web.Request) -> web.StreamResponse:
    """The phone page; the first visit finds one phone whose resident does not follow yet."""
    phones = request.app[PHONES]
    if not phones.phones:
        phones.add()
    return web.FileResponse(_PAGE / "index.html")


async def state(request: web.Request) -> web.Response:
    """Everything the page shows, or 204 when nothing changed since ``?since=``."""
    phones = request.app[PHONES]
    if request.query.get("since") == phones.version():
        return web.Response(status=204)
    return web.json_response(phones.state())


async def exchanges(request: web.Request) -> web.Response:
    """The raw XML of one phone's last exchanges."""
    return web.json_response(request.app[PHONES].exchanges(int(request.match_info["number"])))


async def medium(request: web.Request) -> web.Response:
    """A picture sent or received; nothing but pictures is served to the browser."""
    platform = request.app[PLATFORM]
    found = platform.media.fetch(request.match_info["media_id"], platform.clock())
    if found is None or not found.content_type.startswith("image/"):
        raise web.HTTPNotFound(text="没有这张图片")
    return web.Response(body=found.data, content_type=found.content_type)


async def add_phone(request: web.Request) -> web.Response:
    """Put one more phone on the page."""
    return web.json_response({"number": request.app[PHONES].add().number})


async def remove_phone(request: web.Request) -> web.Response:
    """Take a phone off the page."""
    request.app[PHONES].remove(int(request.match_info["number"]))
    return web.json_response({})


async def act(request: web.Request) -> web.Response:
    """Start a gesture; its result appears in the state."""
    number, action = int(request.match_info["number"]), request.match_info["action"]
    request.app[PHONES].act(number, action, await _object(request))
    return web.json_response({}, status=202)


async def change_fault(request: web.Request) -> web.Response:
    """Change one fault switch, or switch all off with ``{"clear": true}``."""
    platform, body = request.app[PLATFORM], await _object(request)
    try:
        if body.get("clear") is True:
            platform.faults.clear()
        else:
            platform.faults.change(str(body.get("name")), body.get("value"))
    except ValueError as error:
        raise GestureError(str(error)) from error
    platform.touch()
    return web.json_response({})


async def _object(request: web.Request) -> dict[str, object]:
    body = await request.json()
    if not isinstance(body, dict):
        raise GestureError("要一个 JSON 对象")
    return body
