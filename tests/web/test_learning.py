"""教系统 and 为什么 in the console: who may, what is shown, and that the buttons do it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from casework import learning as rules
from casework.learning import Proposal
from casework.staff import Staff
from handlers.services import AskedQuestion
from knowledge.learning import AddPhrasing, AddSynonym, Change, NotLearnedError, NotThis
from knowledge.replay import Flip, Replay
from knowledge.why import Section
from storage.questions import StoredQuestions
from tests.web.browsing import CHROMIUM, NO_CHROMIUM, base_of, shoot, sign_in, width_over
from tests.web.desk import DUTY, REVIEWER, SUPERVISOR, Console
from web.console.learning_ports import Lesson
from web.console.parts import ConsoleParts

CLEAN = Replay(7000, 6900, 6901, 1, 0, 1, 2, ())
LOSSY = replace(CLEAN, flips=(Flip("護照在哪裡辦", "标准题", "答“办护照”", "答“低保”"),))


@dataclass
class ShelfOfLessons:
    """Lessons in memory; a replay is there at once."""

    now: Callable[[], datetime]
    result: Replay | None = None
    held: dict[str, Proposal] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    async def everything(self) -> list[Proposal]:
        return list(self.held.values())

    async def get(self, proposal_id: str) -> Lesson | None:
        found = self.held.get(proposal_id)
        return Lesson(found, self.result) if found else None

    async def propose(self, change: Change, by: Staff) -> Proposal:
        if isinstance(change, AddPhrasing) and change.entry_id == "guide:none":
            raise NotLearnedError("没有“guide:none”这条资料")
        self.changes.append(change)
        made = rules.propose(f"{len(self.changes):012x}", "{}", "加一个问法：<b>", self.now(), by)
        self.held[made.id] = made
        return made

    async def replay(self, proposal_id: str) -> None:
        self.result = CLEAN

    async def accept(self, proposal_id: str, by: Staff) -> None:
        result, found = self.result, self.held[proposal_id]
        refused = result.refused if result else ""
        self.held[proposal_id] = rules.accept(found, result is not None, refused, self.now(), by)

    async def reject(self, proposal_id: str, remark: str, by: Staff) -> None:
        self.held[proposal_id] = rules.reject(self.held[proposal_id], remark, self.now(), by)


def explained_shortly(text: str) -> tuple[Section, ...]:
    """An explanation in the shape of a real one."""
    parts = "，".join(f"用词相似 +{number}.295" for number in range(12))
    lines = (
        ("问的话", text),
        ("第一名对的把握", "0.761；到 0.460 才直接答"),
        ("第一名的得分", parts),
        ("一共比了", "a" * 64),
    )
    return (Section("整句话", (("原话", text), ("资料版本", "b" * 64))), Section("第1问", lines))


class Teaching(Console):
    """A console that teaches and explains."""

    lessons: ShelfOfLessons

    def parts(self) -> ConsoleParts:
        """The usual parts and two more."""
        return replace(super().parts(), lessons=self.lessons, why=explained_shortly)


@pytest.fixture
async def console(console):
    """The usual console, taught."""
    teaching = Teaching(console.database)
    teaching.lessons = ShelfOfLessons(teaching.moment)
    yield teaching
    for client in teaching.clients:
        await client.close()


async def test_from_a_gap_to_a_taught_phrasing_by_two_people(console):
    """The gap's words stand in the form; the author cannot accept; the reviewer can."""
    question = AskedQuestion(
        "q1", "oTEST", "灯不亮了喊谁", console.now, "unknown", "", (), "v1", "", "", "没有答案", None
    )
    await console.database.write(lambda connection: StoredQuestions(connection).add(question))
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    gaps = await desk.text("/gaps")
    assert all(words in gaps for words in ("不是这条", "加问法", "加同义词", "为什么"))
    form = await desk.text("/learning/new?kind=phrasing&words=灯不亮了喊谁")
    assert 'value="灯不亮了喊谁"' in form
    assert 'value="faq-1"' in form, "the nearest entry is proposed"

    answer = await desk.post("/learning", kind="phrasing", words="灯不亮了喊谁", entry="faq-1")
    address = answer.headers["Location"].partition("?")[0]
    assert console.lessons.changes == [AddPhrasing("faq-1", "灯不亮了喊谁")]
    assert (await reviewer.post(f"{address}/accept")).status == 409, "not replayed yet"
    assert (await desk.post(f"{address}/replay")).status == 303
    page = await reviewer.text(address)
    assert "没有一句答对的会变错" in page
    assert "加一个问法：&lt;b&gt;" in page
    assert (await desk.post(f"{address}/accept")).status == 409
    assert (await reviewer.post(f"{address}/accept")).status == 303
    assert "已采用" in await reviewer.text(address)
    assert "已采用（1）" in await desk.text("/learning")


async def test_flips_are_shown_and_forbid_it(console):
    """The page lists them, the button is off, and a form sent all the same is refused."""
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    answer = await desk.post("/learning", kind="synonym", said="低保", standard="护照", sort="俗称", origin="听说")
    assert console.lessons.changes == [AddSynonym("低保", "护照", "俗称", "听说")]
    console.lessons.result = LOSSY
    address = answer.headers["Location"].partition("?")[0]

    page = await reviewer.text(address)
    assert "護照在哪裡辦" in page
    assert "不能采用：有 1 个本来答对的会变" in page
    assert "<button disabled>审核通过并采用" in page
    answer = await reviewer.post(f"{address}/accept")
    assert answer.status == 409
    assert "有 1 个本来答对的会变" in await answer.text()
    assert (await reviewer.post(f"{address}/reject", words="会答错")).status == 303
    assert "会答错" in await desk.text(address)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "phrasing", "words": "随便", "entry": "guide:none"}, "没有“guide:none”"),
        ({"kind": "phrasing", "words": "", "entry": "faq-1"}, "请填写问法"),
        ({"kind": "not-this", "words": "随便", "entry": ""}, "是哪一条资料"),
        ({"kind": "synonym", "said": "", "standard": "x"}, "请填写居民的说法"),
        ({"kind": "else"}, "请选择要加什么"),
        ({"kind": "word", "words": "长" * 40}, "最多20个字"),
    ],
)
async def test_what_cannot_be_proposed_comes_back_with_the_reason(console, fields, why):
    """And nothing was put up."""
    desk = await console.browser(DUTY)

    answer = await desk.post("/learning", **fields)

    assert answer.status == 422
    assert why in await answer.text()
    assert console.lessons.changes == []


async def test_every_kind_has_its_form(console):
    """What each form sends is read."""
    desk = await console.browser(DUTY)
    for kind in ("phrasing", "not-this", "synonym", "alias", "word", "nonsense"):
        assert "提交并重放" in await desk.text(f"/learning/new?kind={kind}&words=路灯")
    await desk.post("/learning", kind="not-this", words="路灯费", entry="faq-1", origin="居民说没用")
    await desk.post("/learning", kind="word", words="路灯杆")
    await desk.post("/learning", kind="alias", words="路灯报修", entry="faq-1")
    assert console.lessons.changes[0] == NotThis("路灯费", "faq-1", "居民说没用")
    assert len(console.lessons.changes) == 3


async def test_who_neither_drafts_nor_reviews_sees_nothing(console):
    """By address too; and who reviews does not propose."""
    other, reviewer = await console.browser(SUPERVISOR), await console.browser(REVIEWER)

    for path in ("/learning", "/learning/new", "/learning/000000000001", "/why?q=路灯"):
        assert (await other.get(path)).status == 403
    assert (await reviewer.get("/learning/new")).status == 403
    assert (await reviewer.get("/learning/zzz")).status == 404


async def test_why_shows_the_explanation_without_personal_data(console):
    """What is asked by staff about a resident's words is masked before anything else."""
    desk = await console.browser(DUTY)

    page = await desk.text("/why?q=路灯坏了，电话13800000000")

    assert "整句话" in page
    assert "13800000000" not in page
    assert "/learning/new?kind=phrasing" in page
    assert "整句话" not in await desk.text("/why")


@pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
@pytest.mark.parametrize("width", [1280, 390])
async def test_the_pages_fit_the_screen(console, page, width):
    """The gap with its buttons, the form, the replay with flips, the list and the explanation."""
    question = AskedQuestion("q1", "oTEST", "灯不亮了喊谁", console.now, "unknown", "", (), "v1", "", "", "没有答案")
    await console.database.write(lambda connection: StoredQuestions(connection).add(question))
    console.lessons.result = LOSSY
    base = await base_of(console)
    await page.set_viewport_size({"width": width, "height": 800})
    await sign_in(page, base, DUTY.login)

    await page.goto(f"{base}/gaps")
    await shoot(page, f"learning-gaps-{width}")
    assert await width_over(page) <= 0
    await page.get_by_role("link", name="加问法").click()
    await shoot(page, f"learning-new-{width}")
    assert await width_over(page) <= 0
    await page.get_by_role("button", name="提交并重放").click()
    await page.get_by_text("護照在哪裡辦").wait_for()
    for path in (page.url, f"{base}/learning", f"{base}/why?q=低保要带什么"):
        await page.goto(path)
        await shoot(page, f"learning-{path.rpartition('/')[2][:8]}-{width}")
        assert await width_over(page) <= 0, path
