"""Who looks at a page: the signed-in account of this request, and starting and ending its session."""

import secrets
from dataclasses import dataclass

from aiohttp import web
from aiohttp_session import get_session, new_session

from casework.staff import Right, Staff, may
from web.console.account_ports import Account
from web.console.parts import PARTS
from web.console.sessions import digest_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """The account and the token its forms carry."""

    account: Account
    csrf: str

    @property
    def staff(self) -> Staff:
        """The one who acts at the desk."""
        return self.account.staff

    def may(self, right: Right) -> bool:
        """Does the role carry this right?"""
        return may(self.account.staff, right)


VIEWER: web.RequestKey[Viewer] = web.RequestKey("console_viewer", Viewer)


async def find_viewer(request: web.Request) -> Viewer | None:
    """Return who is signed in; a disabled account is nobody."""
    session = await get_session(request)
    login, csrf = session.get("login"), session.get("csrf")
    if not isinstance(login, str) or not isinstance(csrf, str):
        return None
    account = await request.config_dict[PARTS].staff.get(login)
    return Viewer(account, csrf) if account is not None and account.active else None


async def start_session(request: web.Request, login: str) -> None:
    """Begin a fresh session under a new id; whatever came with the request is ended."""
    await end_session(request)
    session = await new_session(request)
    session["login"] = login
    session["csrf"] = secrets.token_urlsafe(32)


async def end_session(request: web.Request) -> None:
    """End the session of this request, if there is one."""
    session = await get_session(request)
    if isinstance(session.identity, str):
        await request.config_dict[PARTS].sessions.end(digest_of(session.identity))
    session.invalidate()
