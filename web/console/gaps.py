"""知识缺口: what the knowledge base could not answer, by due date, with the entries that came closest."""

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from casework.china_time import day_of
from casework.staff import Right
from casework.tickets.model import Stage
from knowledge.masking import mask
from web.console.pages import FormData, FormError, need, page, see_other
from web.console.parts import PARTS
from web.console.ports import Knowledge, OpenQuestion
from web.console.words import Light, light_of


@dataclass(frozen=True, slots=True)
class Gap:
    """One question, ready to show; *near* are (title, score in per cent) of the runners-up."""

    question: OpenQuestion
    words: str
    light: Light | None
    near: tuple[tuple[str, int], ...]


async def show_gaps(request: web.Request) -> web.StreamResponse:
    """The open questions, the most urgent first."""
    viewer, parts = need(request, Right.DRAFT, Right.REVIEW), request.config_dict[PARTS]
    knowledge, today = parts.knowledge(), day_of(parts.now())
    gaps = [
        Gap(question, mask(question.words), _light(question, today), _near(question, knowledge))
        for question in await parts.lists.questions()
    ]
    return page(
        request,
        "gaps.html",
        gaps=gaps,
        version=knowledge.version,
        may_close=viewer.may(Right.DRAFT),
        told="已标为处理过，不再列出。" if request.query.get("done") == "closed" else "",
    )


async def close_gap(request: web.Request) -> web.StreamResponse:
    """Take a question off the list; somebody dealt with it."""
    viewer, parts = need(request, Right.DRAFT), request.config_dict[PARTS]
    try:
        question = FormData(await request.post()).needed("question", "问题", 64)
    except FormError:
        raise web.HTTPBadRequest from None
    await parts.lists.close_question(question)
    await parts.staff.note(viewer.account.login, f"知识缺口标为已处理：{question[:8]}", viewer.account.login)
    return see_other("/gaps?done=closed")


def _light(question: OpenQuestion, today: date) -> Light | None:
    return light_of(date.fromisoformat(question.due), today, Stage.ACCEPTED, True) if question.due else None


def _near(question: OpenQuestion, knowledge: Knowledge) -> tuple[tuple[str, int], ...]:
    found = ((knowledge.entry(entry_id), score) for entry_id, score in question.runners_up[:3])
    return tuple((entry.title, round(min(score, 1.0) * 100)) for entry, score in found if entry is not None)
