"""One notice: its three outputs side by side and compared fact by fact, review by another person, and the files."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from casework.staff import Right, Staff
from casework.village import desk as door, texts as rules
from casework.village.desk import VillageDesk
from casework.village.outputs import (
    CARD_LENGTH,
    ApprovedText,
    broadcast_script,
    facts_in,
    facts_of,
    group_card,
    notice_sheet,
)
from casework.village.places import plain_path
from casework.village.texts import TextRefused, TextState, VillageText
from documents.notice import Notice, notice_pdf, notice_picture
from documents.pdf import DocumentError
from web.console import notice_form
from web.console.notices import scopes_of, where
from web.console.pages import FormData, FormError, attachment, page, see_other, sorry
from web.console.parts import PARTS
from web.console.publishing import names_of
from web.console.viewer import VIEWER
from web.console.village_ports import QrState
from web.console.villages import read, run, villages_of

_ID = re.compile(r"notice-[0-9]{8}-[0-9a-f]{6}")
_DONE = {
    "saved": "通知稿已保存。",
    "submit": "已送审，等另一位同事审核。",
    "send_back": "已退回给起草人。",
    "approve": "审核通过，三种稿子可以用了。",
    "withdraw": "已作废，不要再发。已经发出去的，请告诉各村撤下。",
}


@dataclass(frozen=True, slots=True)
class Outputs:
    """The three texts; *fault* says why one could not be made."""

    card: str
    script: str
    sheet: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact, and whether each output carries it whole."""

    label: str
    value: str
    card: bool
    script: bool
    sheet: bool

    @property
    def everywhere(self) -> bool:
        """Do all three carry it?"""
        return self.card and self.script and self.sheet


async def show_notice(request: web.Request) -> web.StreamResponse:
    """One notice."""
    return await _page(request, await _text(request), told=_DONE.get(request.query.get("done", ""), ""))


async def change_notice(request: web.Request) -> web.StreamResponse:
    """Do what a form of the page asks."""
    viewer, form, text = request[VIEWER], FormData(await request.post()), await _text(request)
    name = request.match_info["act"]
    try:
        revision = form.number("revision", "页面版本")
        work, what = _step(request, name, form)
        await run(request, _on_page_as_seen(text.id, revision, work, what, viewer.staff))
    except door.NotYours:
        raise web.HTTPForbidden from None
    except (FormError, TextRefused) as error:
        typed = notice_form.typed(form) if name == "edit" else None
        return await _page(request, await _text(request), status=409, error=f"{error}。", typed=typed)
    return see_other(f"/villages/notices/{text.id}?done={'saved' if name == 'edit' else name}")


async def show_sheet(request: web.Request) -> web.StreamResponse:
    """The A4 sheet as a picture; what is not approved says so across it."""
    text = await _text(request)
    try:
        body = await asyncio.to_thread(notice_picture, await _notice(request, text))
    except DocumentError as error:
        return sorry(request, 422, f"{error}。")
    return web.Response(body=body, content_type="image/png")


async def download_notice(request: web.Request) -> web.StreamResponse:
    """The A4 sheet as PDF, once it is approved."""
    text = await _text(request)
    if not text.may_be_given_out:
        return sorry(request, 409, "还没有审核通过，不能下载。先审核后公开。")
    try:
        body = await asyncio.to_thread(notice_pdf, await _notice(request, text))
    except DocumentError as error:
        return sorry(request, 422, f"{error}。")
    return attachment(body, f"{text.id}.pdf", "application/pdf")


def outputs_of(content: ApprovedText, account: str, listeners: str) -> Outputs:
    """Return the three texts; a card whose facts do not fit leaves its place empty and says why."""
    script, sheet = broadcast_script(content, listeners), notice_sheet(content).lines()
    try:
        return Outputs(group_card(content, account), script, sheet)
    except ValueError as error:
        return Outputs("", script, sheet, str(error))


def compared(content: ApprovedText, outputs: Outputs) -> tuple[Compared, ...]:
    """Compare the three fact by fact."""
    card, script, sheet = (facts_in(one, content) for one in (outputs.card, outputs.script, outputs.sheet))
    return tuple(
        Compared(fact.label, fact.value, fact in card, fact in script, fact in sheet) for fact in facts_of(content)
    )


def _step(request: web.Request, name: str, form: FormData) -> tuple[Callable[[VillageText], VillageText], str]:
    by = request[VIEWER].staff
    remark = form.text("words", 300)
    match name:
        case "edit":
            content = notice_form.read(form)
            return lambda text: rules.edit(text, content, by), "修改"
        case "submit":
            return lambda text: rules.submit(_sound(text), by), "送审"
        case "send_back":
            return lambda text: rules.send_back(text, remark, by), f"退回：{remark}"
        case "approve":
            now, ticked = request.config_dict[PARTS].now(), form.ticked("secrecy")
            return lambda text: rules.approve(_sound(text), ticked, now, by), "审核通过，保密审查通过"
        case "withdraw":
            return lambda text: rules.withdraw(text, remark, by), f"作废：{remark}"
        case _:
            raise web.HTTPNotFound


def _sound(text: VillageText) -> VillageText:
    """Refuse what must not go out, also what only this page looks for."""
    if wrong := notice_form.wrong(text.content):
        raise TextRefused(f"还有{len(wrong)}处要改：{wrong[0]}")
    return text


def _on_page_as_seen(
    text_id: str, revision: int, work: Callable[[VillageText], VillageText], what: str, by: Staff
) -> Callable[[VillageDesk], None]:
    """Change a notice that is still as its page showed it: nobody approves what they have not read."""

    def checked(desk: VillageDesk) -> None:
        text = desk.texts.get(text_id)
        if text is None:
            raise TextRefused("没有这份通知稿")
        door.check_town(desk, text.town, by)
        if text.revision != revision:
            raise TextRefused("这份通知稿刚才有了变化，没有提交。请看过最新内容再决定")
        desk.texts.save(work(text), what, by.login, desk.now)

    return checked


async def _text(request: web.Request) -> VillageText:
    """The notice of the address, if the reader's towns have it."""
    wanted, staff = request.match_info["notice"], request[VIEWER].staff

    def work(desk: VillageDesk) -> VillageText | None:
        text = desk.texts.get(wanted)
        if text is not None:
            door.check_town(desk, text.town, staff)
        return text

    found = await read(request, work) if _ID.fullmatch(wanted) else None
    if found is None:
        raise web.HTTPNotFound
    return found


async def _notice(request: web.Request, text: VillageText) -> Notice:
    sheet, qr = notice_sheet(text.content), await villages_of(request).qr(text.village)
    return Notice(
        title=sheet.title,
        facts=sheet.facts,
        body=sheet.body,
        issuer=sheet.issuer,
        issued_on=sheet.issued_on,
        source=sheet.source,
        account=qr.account,
        word=_word(text, qr),
        link=qr.link or qr.account_link,
        draft=not text.may_be_given_out,
    )


def _word(text: VillageText, qr: QrState) -> str:
    return plain_path(text.village) if text.village and not qr.link else ""


async def _page(
    request: web.Request,
    text: VillageText,
    *,
    status: int = 200,
    told: str = "",
    error: str = "",
    typed: dict[str, str] | None = None,
) -> web.Response:
    viewer, names = request[VIEWER], await names_of(request)
    own, qr = text.author == viewer.account.login, await villages_of(request).qr(text.village)
    outputs = outputs_of(text.content, qr.account, "各位居民" if text.village.endswith("社区") else "各位村民")
    steps = await read(request, lambda desk: desk.texts.steps(text.id))
    return page(
        request,
        "notice.html",
        status=status,
        told=told,
        error=error,
        text=text,
        where=where(text),
        author=names.get(text.author, text.author),
        reviewer=names.get(text.reviewer, text.reviewer),
        typed=typed or notice_form.shown(text.content, text.village or text.town),
        fields=notice_form.FIELDS,
        scopes=await scopes_of(request),
        wrong=notice_form.wrong(text.content),
        outputs=outputs,
        compared=compared(text.content, outputs),
        longest=CARD_LENGTH,
        qr=qr,
        steps=[(step, names.get(step.actor.partition(":")[2], step.actor)) for step in steps],
        states=TextState,
        may_edit=own and viewer.may(Right.VILLAGES) and text.state in {TextState.DRAFT, TextState.WITHDRAWN},
        may_review=not own and viewer.may(Right.APPROVE_NOTICE) and text.state is TextState.SUBMITTED,
        may_withdraw=text.may_be_given_out and (viewer.may(Right.VILLAGES) or viewer.may(Right.APPROVE_NOTICE)),
    )
