"""资料发布: from a gap to a draft, to another person's review, to an answer the bot gives."""

import re
import secrets
from dataclasses import dataclass

from aiohttp import web

from casework import publishing as rules
from casework.china_time import day_of
from casework.publishing import Draft, PublishingRefused, State
from casework.staff import Right
from knowledge.reading.domains import DOMAINS, OTHER
from web.console import draft_form
from web.console.draft_ports import Drafts
from web.console.pages import FormData, FormError, need, page, see_other
from web.console.parts import PARTS

_MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One draft in the list."""

    draft: Draft
    author: str


async def show_drafts(request: web.Request) -> web.StreamResponse:
    """All drafts by state; what waits for the reader first."""
    viewer = need(request, Right.DRAFT, Right.REVIEW)
    drafts, names = await drafts_of(request).everything(), await names_of(request)
    order = [State.SUBMITTED, State.DRAFT, State.PUBLISHED, State.WITHDRAWN]
    if viewer.may(Right.DRAFT):
        order = [State.DRAFT, State.SUBMITTED, *order[2:]]
    groups = [
        (state, [Line(one, names.get(one.author, one.author)) for one in drafts if one.state is state])
        for state in order
    ]
    return page(request, "drafts.html", groups=groups, total=len(drafts), may_draft=viewer.may(Right.DRAFT))


async def new_draft(request: web.Request) -> web.StreamResponse:
    """The empty form; from a gap its questions stand as phrasings already."""
    need(request, Right.DRAFT)
    questions = _question_ids(request.query.getall("question", []))
    typed = draft_form.EMPTY | {"phrasings": "\n".join(dict.fromkeys(await drafts_of(request).words_of(questions)))}
    return await _form(request, typed, questions)


async def add_draft(request: web.Request) -> web.StreamResponse:
    """Begin a draft."""
    viewer, form = need(request, Right.DRAFT), FormData(await request.post())
    questions = _question_ids(form.all("question"))
    try:
        content = draft_form.read(form)
        made = f"city-{day_of(request.config_dict[PARTS].now()):%Y%m%d}-{secrets.token_hex(3)}"
        draft = rules.begin(made, content, questions, viewer.staff)
    except (FormError, PublishingRefused) as error:
        return await _form(request, draft_form.typed(form), questions, f"{error}。")
    await drafts_of(request).add(draft, viewer.account.login)
    return see_other(f"/drafts/{draft.id}?done=saved")


def drafts_of(request: web.Request) -> Drafts:
    """Return the drafts, or a page that there are none here."""
    drafts = request.config_dict[PARTS].drafts
    if drafts is None:
        raise web.HTTPNotFound
    return drafts


async def names_of(request: web.Request) -> dict[str, str]:
    """Return the names of all logins."""
    return {account.login: account.name for account in await request.config_dict[PARTS].staff.everyone()}


def _question_ids(given: object) -> tuple[str, ...]:
    values = given if isinstance(given, (list, tuple)) else ()
    return tuple(dict.fromkeys(one for one in values if re.fullmatch(r"[0-9A-Za-z-]{1,64}", one)))[:_MOST_QUESTIONS]


async def _form(
    request: web.Request, typed: dict[str, str], questions: tuple[str, ...], error: str = ""
) -> web.Response:
    return page(
        request,
        "draft_new.html",
        status=422 if error else 200,
        typed=typed,
        questions=questions,
        error=error,
        choices=choices_of(request),
    )


def choices_of(request: web.Request) -> dict[str, object]:
    """Return what the form's lists offer."""
    units = request.config_dict[PARTS].directory.units.values()
    return {"domains": (*DOMAINS.values(), OTHER), "units": tuple(unit.name for unit in units)}
