"""知识缺口: what the knowledge base could not answer, alike questions together, the most urgent first."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right
from casework.tickets.model import Stage
from knowledge.masking import mask
from web.console.pages import FormData, need, page, see_other
from web.console.parts import PARTS
from web.console.ports import Knowledge, OpenQuestion
from web.console.words import Light, light_of

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same, ready to show; *near* are (title, score in per cent) of the runners-up."""

    first: OpenQuestion
    words: str
    others: tuple[str, ...]
    ids: tuple[str, ...]
    tickets: tuple[str, ...]
    light: Light | None
    near: tuple[tuple[str, int], ...]


async def show_gaps(request: web.Request) -> web.StreamResponse:
    """The open questions, the most urgent first."""
    viewer, parts = need(request, Right.DRAFT, Right.REVIEW), request.config_dict[PARTS]
    knowledge, today = parts.knowledge(), day_of(parts.now())
    questions = await parts.lists.questions(MOST_AT_ONCE)
    groups = await asyncio.to_thread(parts.alike, [question.words for question in questions])
    return page(
        request,
        "gaps.html",
        gaps=[_gap([questions[place] for place in group], today, knowledge) for group in groups],
        total=len(questions),
        version=knowledge.version,
        may_draft=viewer.may(Right.DRAFT) and parts.drafts is not None,
        may_teach=viewer.may(Right.DRAFT) and parts.lessons is not None,
        may_close=viewer.may(Right.DRAFT),
        told="已标为处理过，不再列出。" if request.query.get("done") == "closed" else "",
    )


async def close_gap(request: web.Request) -> web.StreamResponse:
    """Take questions off the list; somebody dealt with them."""
    viewer, parts = need(request, Right.DRAFT), request.config_dict[PARTS]
    questions = FormData(await request.post()).all("question")[:MOST_AT_ONCE]
    if not questions or any(len(question) > 64 for question in questions):
        raise web.HTTPBadRequest
    for question in questions:
        await parts.lists.close_question(question)
    by = viewer.account.login
    await parts.staff.note(by, f"知识缺口标为已处理：{len(questions)}条（{questions[0][:8]}）", by)
    return see_other("/gaps?done=closed")


def _gap(group: Sequence[OpenQuestion], today: date, knowledge: Knowledge) -> Gap:
    first, *others = group
    return Gap(
        first=first,
        words=mask(first.words),
        others=tuple(mask(other.words) for other in others),
        ids=tuple(question.id for question in group),
        tickets=tuple(question.ticket for question in group if question.ticket),
        light=light_of(date.fromisoformat(first.due), today, Stage.ACCEPTED, True) if first.due else None,
        near=_near(first, knowledge),
    )


def _near(question: OpenQuestion, knowledge: Knowledge) -> tuple[tuple[str, int], ...]:
    found = ((knowledge.entry(entry_id), score) for entry_id, score in question.runners_up[:3])
    return tuple((entry.title, round(min(score, 1.0) * 100)) for entry, score in found if entry is not None)
