"""教系统: propose a phrasing, a name, a synonym, a word or "not this"; another person sees the replay and accepts."""

import re
from collections.abc import Sequence

from aiohttp import web

from casework.learning import LearningRefused, State
from casework.staff import Right
from knowledge.learning import (
    LONGEST_NAME,
    LONGEST_PHRASING,
    AddAlias,
    AddPhrasing,
    AddSynonym,
    AddWord,
    Change,
    NotLearnedError,
    NotThis,
)
from knowledge.masking import mask
from knowledge.model import Answer, Choice, Entry, Match, Unknown
from knowledge.reading.lexicon_files import SYNONYM_KINDS
from web.console.learning_ports import Lesson, Lessons
from web.console.pages import FormData, FormError, need, page, see_other
from web.console.parts import PARTS
from web.console.ports import Knowledge
from web.console.publishing import names_of
from web.console.viewer import VIEWER

KINDS = {
    "phrasing": "加问法",
    "not-this": "不是这条",
    "synonym": "加同义词",
    "alias": "加别名",
    "word": "加词",
}
_SHOWN = 50
_ID = re.compile(r"[0-9a-f]{12}")
_FIELDS = ("kind", "words", "entry", "said", "standard", "sort", "origin")
_DONE = {
    "proposed": "已提交，正在重放，好了由另一位同事审核。",
    "replay": "开始重放。",
    "accept": "已采用。各处几秒钟内生效。",
    "reject": "已标为不采用。",
}


async def show_lessons(request: web.Request) -> web.StreamResponse:
    """All proposals, those that wait first."""
    need(request, Right.DRAFT, Right.REVIEW)
    found, names = await lessons_of(request).everything(), await names_of(request)
    groups = [(state, [one for one in found if one.state is state]) for state in State]
    may_draft = request[VIEWER].may(Right.DRAFT)
    return page(request, "lessons.html", groups=groups, total=len(found), names=names, kinds=KINDS, may_draft=may_draft)


async def new_lesson(request: web.Request) -> web.StreamResponse:
    """The form of one kind of proposal, with what the address says filled in."""
    need(request, Right.DRAFT)
    typed = {name: request.query.get(name, "")[:LONGEST_PHRASING] for name in _FIELDS}
    return _form(request, typed)


async def add_lesson(request: web.Request) -> web.StreamResponse:
    """Put a proposal up."""
    viewer, form = need(request, Right.DRAFT), FormData(await request.post())
    try:
        proposal = await lessons_of(request).propose(_read(form), viewer.staff)
    except (FormError, NotLearnedError, LearningRefused) as error:
        return _form(request, {name: form.text(name, 2000)[:200] for name in _FIELDS}, f"{error}。")
    return see_other(f"/learning/{proposal.id}?done=proposed")


async def show_lesson(request: web.Request) -> web.StreamResponse:
    """One proposal with what the replay found."""
    need(request, Right.DRAFT, Right.REVIEW)
    return await _page(request, await _lesson(request), told=_DONE.get(request.query.get("done", ""), ""))


async def change_lesson(request: web.Request) -> web.StreamResponse:
    """Replay, accept or reject."""
    viewer, form = need(request, Right.DRAFT, Right.REVIEW), FormData(await request.post())
    lesson, act, lessons = await _lesson(request), request.match_info["act"], lessons_of(request)
    try:
        match act:
            case "replay":
                await lessons.replay(lesson.proposal.id)
            case "accept":
                await lessons.accept(lesson.proposal.id, viewer.staff)
            case "reject":
                await lessons.reject(lesson.proposal.id, form.text("words", 500), viewer.staff)
            case _:
                raise web.HTTPNotFound
    except (FormError, LearningRefused) as error:
        return await _page(request, await _lesson(request), status=409, error=f"{error}。")
    return see_other(f"/learning/{lesson.proposal.id}?done={act}")


def lessons_of(request: web.Request) -> Lessons:
    """Return the proposals, or a page that there are none here."""
    lessons = request.config_dict[PARTS].lessons
    if lessons is None:
        raise web.HTTPNotFound
    return lessons


def _read(form: FormData) -> Change:
    match form.text("kind"):
        case "phrasing":
            words = form.needed("words", "问法", LONGEST_PHRASING)
            return AddPhrasing(form.needed("entry", "是哪一条资料"), words)
        case "alias":
            return AddAlias(form.needed("entry", "是哪一条资料"), form.needed("words", "别名", LONGEST_NAME))
        case "not-this":
            words, entry = form.needed("words", "问的话", LONGEST_PHRASING), form.needed("entry", "是哪一条资料")
            return NotThis(words, entry, form.needed("origin", "为什么", LONGEST_PHRASING))
        case "synonym":
            said, standard = form.needed("said", "居民的说法"), form.needed("standard", "标准词")
            return AddSynonym(
                said, standard, form.text("sort"), form.needed("origin", "从哪里知道的", LONGEST_PHRASING)
            )
        case "word":
            return AddWord(form.needed("words", "词", LONGEST_NAME))
        case _:
            raise FormError("请选择要加什么")


def _form(request: web.Request, typed: dict[str, str], error: str = "") -> web.Response:
    kind = typed["kind"] if typed["kind"] in KINDS else "phrasing"
    typed = {**typed, "kind": kind, "words": mask(typed["words"])}
    return page(
        request,
        "lesson_new.html",
        status=422 if error else 200,
        typed=typed,
        error=error,
        kinds=KINDS,
        sorts=SYNONYM_KINDS,
        near=_near(request.config_dict[PARTS].knowledge(), typed["words"]),
    )


def _near(knowledge: Knowledge, words: str) -> Sequence[Entry]:
    """The entries that the words are closest to now, the nearest first."""
    if not words.strip():
        return ()
    found: list[Match] = []
    for asked in knowledge.understand(words).asked:
        match asked.outcome:
            case Answer(match=best, runners_up=rest):
                found += [best, *rest]
            case Choice(options=options):
                found += options
            case Unknown(runners_up=rest):
                found += rest
    ids = dict.fromkeys(one.entry_id for one in found)
    return [entry for one in ids if (entry := knowledge.entry(one))]


async def _lesson(request: web.Request) -> Lesson:
    wanted = request.match_info["lesson"]
    found = await lessons_of(request).get(wanted) if _ID.fullmatch(wanted) else None
    if found is None:
        raise web.HTTPNotFound
    return found


async def _page(
    request: web.Request, lesson: Lesson, *, status: int = 200, told: str = "", error: str = ""
) -> web.Response:
    viewer, proposal = request[VIEWER], lesson.proposal
    own = proposal.author == viewer.account.login
    return page(
        request,
        "lesson.html",
        status=status,
        lesson=lesson,
        names=await names_of(request),
        told=told,
        error=error,
        shown=_SHOWN,
        waiting=proposal.state is State.WAITING,
        may_accept=not own and viewer.may(Right.REVIEW),
        may_reject=own or viewer.may(Right.REVIEW),
    )
