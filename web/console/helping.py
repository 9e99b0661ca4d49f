"""The help page: what each role does, and what every mark means."""

from aiohttp import web

from casework.due_words import unit_word
from casework.staff import RIGHTS, Right
from web.console.pages import page
from web.console.parts import PARTS
from web.console.viewer import VIEWER


async def show_help(request: web.Request) -> web.StreamResponse:
    """Help for the reader's own role first."""
    role = request[VIEWER].account.role
    rules, inner = await request.config_dict[PARTS].cases.read(lambda desk: (desk.rules, desk.inner))
    return page(
        request,
        "help.html",
        rights=tuple(right.value for right in Right if right in RIGHTS[role]),
        rules=tuple(rules.items()),
        unit_word=unit_word,
        inner=tuple(setting.shown for setting in inner.settings.values()),
        unconfirmed=bool(inner.unconfirmed()),
    )
