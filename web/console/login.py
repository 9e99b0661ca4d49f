"""Signing in, signing out, and choosing an own password."""

import hmac
import re
import secrets
from urllib.parse import urlsplit

from aiohttp import web

from casework.china_time import in_shanghai
from web.console.guard import is_foreign
from web.console.pages import FormData, FormError, page, see_other
from web.console.parts import PARTS
from web.console.passwords import LONGEST, SHORTEST, TooBusy, objection
from web.console.throttle import wait_until
from web.console.viewer import VIEWER, end_session, find_viewer, start_session

_PRE_COOKIE = "minwen_form"
_WRONG = "用户名或密码不对。请检查大小写；忘了密码，请管理员重发一次性密码。"
LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


async def show_login(request: web.Request) -> web.StreamResponse:
    """The login form; who is signed in already goes on to the work list."""
    if await find_viewer(request) is not None:
        return see_other("/")
    return _form(request, safe_next(request.query.get("next", "")))


async def log_in(request: web.Request) -> web.StreamResponse:
    """Check name and password; every attempt is judged and counted before the password is looked at."""
    form = FormData(await request.post())
    target = safe_next(form.text("next", 500))
    if is_foreign(request) or not _own_form(request, form):
        return _form(request, target, "登录页面已经过期，请再登录一次。", 403)
    login, password = _credentials(form)
    parts = request.config_dict[PARTS]
    address = parts.address_of(request)
    wait = await parts.attempts.begin(login, address, wait_until)
    if wait is not None:
        words = f"错误次数太多，请在{in_shanghai(wait):%H:%M:%S}以后再试。不是您本人操作的，请告诉管理员。"
        return _form(request, target, words, 429, login)
    try:
        right = await parts.hasher.verify(await parts.staff.password_hash(login), password)
    except TooBusy as error:
        return _form(request, target, f"{error}。", 503, login)
    if not right:
        return _form(request, target, _WRONG, 401, login)
    await parts.attempts.succeed(login, address)
    await start_session(request, login)
    response = see_other(target or "/")
    response.del_cookie(_PRE_COOKIE, path="/login")
    return response


async def log_out(request: web.Request) -> web.StreamResponse:
    """End the session here and on the server."""
    await end_session(request)
    return see_other("/login")


async def show_password(request: web.Request) -> web.StreamResponse:
    """The form for an own password."""
    return page(request, "password.html", shortest=SHORTEST, error="")


async def change_password(request: web.Request) -> web.StreamResponse:
    """Replace the password, end every session of the account, and go on in a new one."""
    parts, account = request.config_dict[PARTS], request[VIEWER].account
    try:
        old, new = _both(FormData(await request.post()), account.login)
        wait = await parts.attempts.begin(account.login, parts.address_of(request), wait_until)
        if wait is not None:
            raise FormError(f"错误次数太多，请在{in_shanghai(wait):%H:%M:%S}以后再试")
        if not await parts.hasher.verify(await parts.staff.password_hash(account.login), old):
            raise FormError("现在的密码不对")
        await parts.attempts.succeed(account.login, parts.address_of(request))
        await parts.staff.set_password(account.login, await parts.hasher.hash(new), False, account.login)
    except (FormError, TooBusy) as error:
        return page(request, "password.html", status=422, shortest=SHORTEST, error=f"{error}。")
    await start_session(request, account.login)
    return see_other("/?done=password")


def safe_next(target: str) -> str:
    """Return *target* if it is a path of this console, else nothing."""
    parsed = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    plain = target.isprintable() and "\\" not in target
    return target if local and plain and not parsed.netloc and not parsed.scheme else ""


def _credentials(form: FormData) -> tuple[str, str]:
    """Return name and password; what is no name or password at all becomes one that fits nobody."""
    try:
        login = form.text("login", 64).lower()
    except FormError:
        login = ""
    return (login if LOGIN_NAME.fullmatch(login) else "?"), _raw(form, "password")


def _raw(form: FormData, name: str) -> str:
    """Return a password; surrounding space is dropped, since it comes from copying."""
    try:
        return form.text(name, LONGEST)
    except FormError:
        return ""


def _both(form: FormData, login: str) -> tuple[str, str]:
    old, new, again = (_raw(form, name) for name in ("old", "new", "again"))
    if not old:
        raise FormError("请填写现在的密码")
    if new != again:
        raise FormError("两次填的新密码不一样")
    if words := objection(new, login, old):
        raise FormError(words)
    return old, new


def _own_form(request: web.Request, form: FormData) -> bool:
    """Does the form carry the same random word as the cookie that came with it?"""
    cookie = request.cookies.get(_PRE_COOKIE, "")
    return bool(cookie) and hmac.compare_digest(cookie.encode(), form.text("csrf", 200).encode())


def _form(request: web.Request, target: str, error: str = "", status: int = 200, login: str = "") -> web.Response:
    word = secrets.token_urlsafe(24)
    shown = login if LOGIN_NAME.fullmatch(login) else ""
    response = page(request, "login.html", status=status, word=word, next=target, error=error, login=shown)
    response.set_cookie(
        _PRE_COOKIE,
        word,
        path="/login",
        httponly=True,
        samesite="Strict",
        secure=request.config_dict[PARTS].https,
    )
    return response
