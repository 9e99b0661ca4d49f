"""为什么: why a sentence is answered as it is, for staff; the same as ``ask --explain``."""

import asyncio

from aiohttp import web

from casework.staff import Right
from knowledge.masking import mask
from web.console.pages import need, page
from web.console.parts import PARTS

LONGEST = 500


async def show_why(request: web.Request) -> web.StreamResponse:
    """The form, and for ``?q=`` the explanation; personal data in it is masked before anything is looked up."""
    viewer, why = need(request, Right.DRAFT, Right.REVIEW), request.config_dict[PARTS].why
    if why is None:
        raise web.HTTPNotFound
    words = mask(request.query.get("q", "").strip()[:LONGEST])
    sections = await asyncio.to_thread(why, words) if words else ()
    return page(request, "why.html", words=words, sections=sections, may_draft=viewer.may(Right.DRAFT))
