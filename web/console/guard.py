"""What every request passes: host, origin, who is it, token; and what every response carries."""

import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web

from web.console.pages import FormData, FormError, page, see_other, sorry
from web.console.parts import PARTS
from web.console.viewer import VIEWER, Viewer, find_viewer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OPEN_PATHS: web.AppKey[frozenset[str]] = web.AppKey("console_open_paths", frozenset)
"""Paths that need no login."""

UPLOADS = frozenset({"/import", "/import/preview"})
"""Where a signed-in member of staff may send a file."""
LARGEST_UPLOAD = 4 * 1024 * 1024
_SAFE = frozenset({"GET", "HEAD"})
_WITHOUT_NEW_PASSWORD = frozenset({"/password", "/logout"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # pico draws its arrows as data: pictures
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_log = structlog.get_logger(__name__)


@web.middleware
async def secure_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put the headers on every response, and turn every failure into a page in plain Chinese."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = sorry(request, error.status) if error.status >= 400 else see_other(error.headers["Location"])
    except FormError as error:
        response = sorry(request, 422, f"{error}。")
    except Exception:
        _log.exception("console_failed", path=request.path)
        response = sorry(request, 500)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@web.middleware
async def known_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a Host that is neither an address nor a configured name: a foreign page may have pointed its
    own name at this machine (DNS rebinding)."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        host = ""
    if not _is_address(host) and host != "localhost" and host not in request.config_dict[PARTS].hosts:
        return sorry(request, 421)
    return await handler(request)


@web.middleware
async def signed_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only signed-in staff through, with their own password and their own forms."""
    if request.method not in _SAFE and is_foreign(request):
        return sorry(request, 403, "这个请求来自别的网站，没有执行。")
    if request.path in request.config_dict[OPEN_PATHS] or request.path.startswith("/static/"):
        return await handler(request)
    viewer = await find_viewer(request)
    if viewer is None:
        return await _please_log_in(request)
    request[VIEWER] = viewer
    if viewer.account.must_change and request.path not in _WITHOUT_NEW_PASSWORD:
        return see_other("/password")
    if request.method in _SAFE:
        return await handler(request)
    if request.path in UPLOADS:
        request = request.clone(client_max_size=LARGEST_UPLOAD)
    return await _with_own_form(request, viewer, handler)


async def _with_own_form(request: web.Request, viewer: Viewer, handler: Handler) -> web.StreamResponse:
    """Let a form through that carries the token; what files came with it are gone afterwards."""
    fields = await request.post()
    try:
        if not _has_token(request, viewer, FormData(fields)):
            return sorry(request, 403, "页面已经过期，请返回上一页、刷新后再提交。")
        return await handler(request)
    finally:
        for value in fields.values():
            if isinstance(value, web.FileField):
                value.file.close()


def is_foreign(request: web.BaseRequest) -> bool:
    """Does the browser say that another site sent this?"""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc.lower() != request.host.lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _has_token(request: web.Request, viewer: Viewer, form: FormData) -> bool:
    given = request.headers.get("X-CSRF-Token", "") or form.text("csrf", 200)
    return hmac.compare_digest(given.encode(), viewer.csrf.encode())


async def _please_log_in(request: web.Request) -> web.StreamResponse:
    """Send a reader to the login; give a writer their words back, so that nothing typed is lost."""
    if request.headers.get("HX-Request"):
        return web.Response(text="登录已过期，请刷新页面后重新登录。", status=401)
    if request.method in _SAFE:
        return see_other("/login" if request.path == "/" else f"/login?next={quote(request.path_qs)}")
    words = FormData(await request.post()).text("words", 20_000)
    return page(request, "signed_out.html", status=401, words=words)
