"""One draft: read as the phone will show it, checked, handed in, reviewed, published, withdrawn."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from casework import publishing as rules
from casework.china_time import day_of
from casework.publishing import Draft, PublishingRefused, State
from casework.staff import Right, Staff
from handlers.wording.published import now_answered
from knowledge import cards
from web.console import draft_form, faq_file
from web.console.draft_ports import Publication
from web.console.pages import FormData, FormError, need, page, see_other
from web.console.parts import PARTS
from web.console.publishing import choices_of, drafts_of, names_of
from web.console.viewer import VIEWER

_ID = re.compile(r"city-[0-9]{8}-[0-9a-f]{6}")
_DONE = {
    "saved": "草稿已保存。",
    "submit": "已送审，等另一位同事审核。",
    "send_back": "已退回给起草人。",
    "publish": "已公开。各处几秒钟内生效，问过的人会收到答案。",
    "withdraw": "已撤下，不再用来回答。",
}


async def show_draft(request: web.Request) -> web.StreamResponse:
    """One draft as the phone will show it, what is wrong with it, and what the reader may do."""
    need(request, Right.DRAFT, Right.REVIEW)
    return await _page(request, await _draft(request), told=_DONE.get(request.query.get("done", ""), ""))


async def change_draft(request: web.Request) -> web.StreamResponse:
    """Do what a form of the draft's page asks."""
    viewer, form = need(request, Right.DRAFT, Right.REVIEW), FormData(await request.post())
    draft, name = await _draft(request), request.match_info["act"]
    try:
        step = _step(request, name, form, viewer.staff)
        revision = form.number("revision", "页面版本")
        await drafts_of(request).change(
            draft.id, _as_seen(step.work, revision), step.what, viewer.account.login, step.publication
        )
    except (FormError, PublishingRefused) as error:
        typed = draft_form.typed(form) if name == "edit" else None
        return await _page(request, await _draft(request), status=409, error=f"{error}。", typed=typed)
    return see_other(f"/drafts/{draft.id}?done={'saved' if name == 'edit' else name}")


@dataclass(frozen=True, slots=True)
class _Step:
    work: Callable[[Draft], Draft]
    what: str
    publication: Callable[[Draft], Publication] | None = None


def _step(request: web.Request, name: str, form: FormData, by: Staff) -> _Step:
    match name:
        case "edit":
            content = draft_form.read(form)
            return _Step(lambda draft: rules.edit(draft, content, by), "修改")
        case "submit":
            return _Step(lambda draft: rules.submit(_sound(request, draft), by), "送审")
        case "send_back":
            remark = form.text("words", 500)
            return _Step(lambda draft: rules.send_back(draft, remark, by), f"退回：{remark}")
        case "publish":
            return _publishing(request, form, by)
        case "withdraw":
            remark = form.text("words", 500)
            away = lambda draft: Publication(faq_file.path_of(draft), None)  # noqa: E731 - one line of a table
            return _Step(lambda draft: rules.withdraw(draft, remark, by), f"撤下：{remark}", away)
        case _:
            raise web.HTTPNotFound


def _publishing(request: web.Request, form: FormData, by: Staff) -> _Step:
    now, name, ticked = request.config_dict[PARTS].now(), request[VIEWER].account.name, form.ticked("secrecy")
    signature = faq_file.signature(name, day_of(now))

    def publication(draft: Draft) -> Publication:
        faq, _ = faq_file.read(draft, signature)
        answer = cards.short(faq) if faq else draft.content.answer
        return Publication(
            faq_file.path_of(draft),
            faq_file.as_yaml(draft.content, signature),
            lambda question: now_answered(question, answer),
        )

    return _Step(
        lambda draft: rules.publish(_sound(request, draft), ticked, now, by),
        "审核通过，保密审查通过，公开",
        publication,
    )


def _sound(request: web.Request, draft: Draft) -> Draft:
    """Refuse a draft that the catalogs would refuse."""
    wrong, _ = faq_file.faults(draft, request.config_dict[PARTS].glossary())
    if wrong:
        raise PublishingRefused(f"还有{len(wrong)}处要改：{wrong[0]}")
    return draft


def _as_seen(work: Callable[[Draft], Draft], revision: int) -> Callable[[Draft], Draft]:
    """Refuse a draft that changed since its page was opened: nobody publishes what they have not read."""

    def checked(draft: Draft) -> Draft:
        if draft.revision != revision:
            raise PublishingRefused("这份草稿刚才有了变化，没有提交。请看过最新内容再决定")
        return work(draft)

    return checked


async def _draft(request: web.Request) -> Draft:
    wanted = request.match_info["draft"]
    found = await drafts_of(request).get(wanted) if _ID.fullmatch(wanted) else None
    if found is None:
        raise web.HTTPNotFound
    return found


async def _page(
    request: web.Request,
    draft: Draft,
    *,
    status: int = 200,
    told: str = "",
    error: str = "",
    typed: dict[str, str] | None = None,
) -> web.Response:
    parts, viewer, names = request.config_dict[PARTS], request[VIEWER], await names_of(request)
    reviewer = names.get(draft.reviewer, draft.reviewer) or viewer.account.name
    reviewed = draft.reviewed_at or parts.now()
    # As it will read, or reads, once it is published.
    faq, _ = faq_file.read(draft, faq_file.signature(reviewer, day_of(reviewed)))
    wrong, better = faq_file.faults(draft, parts.glossary())
    own = draft.author == viewer.account.login
    return page(
        request,
        "draft.html",
        status=status,
        draft=draft,
        told=told,
        error=error,
        typed=typed or draft_form.shown(draft.content),
        wrong=wrong,
        better=better,
        card=cards.short(faq) if faq else "",
        author=names.get(draft.author, draft.author),
        reviewer=names.get(draft.reviewer, draft.reviewer),
        log=await drafts_of(request).log(draft.id),
        names=names,
        in_service=parts.knowledge().entry(faq_file.entry_id(draft)) is not None,
        may_edit=own and viewer.may(Right.DRAFT) and draft.state in {State.DRAFT, State.WITHDRAWN},
        may_review=not own and viewer.may(Right.REVIEW) and draft.state is State.SUBMITTED,
        may_withdraw=draft.state is State.PUBLISHED,
        states=State,
        choices=choices_of(request),
    )
