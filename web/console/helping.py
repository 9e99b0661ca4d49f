"""The help page: what each role does, and what every mark means."""

from aiohttp import web

from casework.limits import DEFAULT_RULES
from casework.staff import RIGHTS, Right
from web.console.pages import page
from web.console.viewer import VIEWER


async def show_help(request: web.Request) -> web.StreamResponse:
    """Help for the reader's own role first."""
    role = request[VIEWER].account.role
    return page(
        request,
        "help.html",
        rights=tuple(right.value for right in Right if right in RIGHTS[role]),
        rules=tuple((kind, rule) for kind, rule in DEFAULT_RULES.items()),
    )
