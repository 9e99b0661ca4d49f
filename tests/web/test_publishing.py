"""From a gap to a published answer: two people, one check, everybody who asked is told."""

from datetime import date
from pathlib import Path

import pytest

from casework.publishing import (
    Content,
    Draft,
    PublishingRefused,
    State,
    begin,
    edit,
    publish,
    send_back,
    submit,
    withdraw,
)
from casework.staff import RIGHTS, Right, Role, Staff
from handlers.services import AskedQuestion
from knowledge.library import load
from storage import overlay
from storage.questions import StoredQuestions
from tests.web.desk import ADMIN, DUTY, HANDLER, REVIEWER, SUPERVISOR, ZHANG
from web.console import faq_file

CATALOGS = Path(__file__).parents[2] / "catalogs"
FIELDS = {
    "title": "病死的猪有没有补贴",
    "domain": "涉农补贴",
    "phrasings": "猪得病死了有没有补贴\n猪死了国家补不补\n死猪能不能领钱\n病死猪处理有补助吗",
    "answer": "要看是怎么死的。先别扔，也别卖。打给乡镇的兽医站，他们来看过才能定。",
    "bases": "动物防疫法｜第五十七条",
    "sources": "动物防疫法｜https://www.gov.cn/",
    "unit": "农业农村局",
    "checked_on": "2026-11-20",
    "review_by": "2027-11-20",
}
CONTENT = Content(
    "病死的猪有没有补贴", "涉农补贴", ("猪死了补不补",), "要看是怎么死的。", (), (("动物防疫法", ""),), "农业农村局"
)


async def drafted(console, browser, **changed: str) -> str:
    """Write a draft through the form; return its address."""
    answer = await browser.post("/drafts", **(FIELDS | changed))
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"].partition("?")[0]


async def ask(console, question_id: str, openid: str, words: str = "猪得病死了有没有补贴") -> None:
    """Log an unresolved question."""
    question = AskedQuestion(
        question_id, openid, words, console.now, "unknown", "", (), "v1", "", "", "没有答案", date(2026, 11, 25)
    )
    await console.database.write(lambda connection: StoredQuestions(connection).add(question))


async def files(console) -> dict[str, str | None]:
    """Return the overlay in force."""
    return await console.database.read(overlay.files)


async def test_a_gap_becomes_an_answer_and_everybody_who_asked_is_told_once(console):
    """Drafted by one, published by another; one person who asked twice gets one message."""
    for question_id, openid in (("q1", ZHANG.openid), ("q2", ZHANG.openid), ("q3", "oTEST-lisiyi_000000000000000B")):
        await ask(console, question_id, openid)
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    assert "起草答案" in await desk.text("/gaps")
    form = await desk.text("/drafts/new?question=q1&question=q2&question=q3")
    assert "猪得病死了有没有补贴</textarea>" in form

    address = (
        (
            await desk.client.post(
                "/drafts",
                data=[*FIELDS.items(), ("csrf", desk.csrf), *(("question", one) for one in ("q1", "q2", "q3"))],
                allow_redirects=False,
            )
        )
        .headers["Location"]
        .partition("?")[0]
    )
    assert "没有要改的" in await desk.text(address)
    assert (await desk.post(f"{address}/submit", revision=1)).status == 303
    assert (await reviewer.post(f"{address}/publish", revision=2, secrecy="yes")).status == 303

    content = (await files(console))[f"faq/{address.rpartition('/')[2]}.yaml"]
    assert content is not None
    assert "审核: 郑审核 2026-11-24" in content
    owed = await console.owed()
    assert len(owed) == 2
    assert all("现在有核实过的答案了" in body and "先别扔" in body for body in owed)
    assert all("还没审核" not in body for body in owed)
    assert "没有待补的问题" in await desk.text("/gaps")
    page = await desk.text(address)
    assert "起草人 赵值班，审核人 郑审核" in page


async def test_what_is_published_is_read_by_the_real_catalogs(console):
    """The file stands the whole check that loading makes, beside everything that is shipped."""
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    address = await drafted(console, desk, answer='他说："先别扔": #别卖。\n- 打给 {兽医站} & 等着。')
    await desk.post(f"{address}/submit", revision=1)
    await reviewer.post(f"{address}/publish", revision=2, secrecy="yes")

    library = load(CATALOGS, await files(console))

    entry = library.entries[f"faq:{address.rpartition('/')[2]}"]
    assert entry.title == "病死的猪有没有补贴"
    assert entry.answer == '他说："先别扔": #别卖。\n- 打给 {兽医站} & 等着。'
    assert entry.origin.review == "郑审核 2026-11-24"


async def test_nothing_is_published_without_a_second_person_and_the_tick(console):
    """Not by the author, not by another drafter, not without the secrecy check; nothing reaches the overlay."""
    desk, admin, reviewer = [await console.browser(who) for who in (DUTY, ADMIN, REVIEWER)]
    address = await drafted(console, desk)

    assert (await reviewer.post(f"{address}/publish", revision=1, secrecy="yes")).status == 409
    await desk.post(f"{address}/submit", revision=1)
    for browser, fields in ((desk, {"secrecy": "yes"}), (admin, {"secrecy": "yes"}), (reviewer, {})):
        answer = await browser.post(f"{address}/publish", revision=2, **fields)
        assert answer.status == 409
    assert "没有勾选保密审查" in await answer.text()
    assert await files(console) == {}


async def test_a_draft_that_changed_is_not_published_unread(console):
    """The reviewer's page must show what is published."""
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    address = await drafted(console, desk)
    await desk.post(f"{address}/submit", revision=1)
    await reviewer.post(f"{address}/send_back", revision=2, words="再核对依据")
    assert "再核对依据" in await desk.text(address)
    await desk.post(f"{address}/edit", revision=3, **(FIELDS | {"answer": "改过的回答。"}))
    await desk.post(f"{address}/submit", revision=4)

    answer = await reviewer.post(f"{address}/publish", revision=2, secrecy="yes")

    assert answer.status == 409
    assert "刚才有了变化" in await answer.text()
    assert await files(console) == {}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"phrasings": "只有一个问法"}, "至少要 4 条"),
        ({"sources": ""}, "没有写来源"),
        ({"unit": ""}, "责任单位"),
        ({"answer": "请按有关规定办理。"}, "官话"),
        ({"answer": "先去缴费。"}, "缴费"),
        ({"sources": "某网｜javascript:alert(1)"}, "地址要以"),
        ({"domain": "没有的领域"}, "没有“没有的领域”"),
    ],
)
async def test_a_draft_with_faults_cannot_be_handed_in(console, changed, words):
    """The page says what to mend; the button's form says it again."""
    desk = await console.browser(DUTY)
    address = await drafted(console, desk, **changed)

    assert words in await desk.text(address)
    answer = await desk.post(f"{address}/submit", revision=1)
    assert answer.status == 409
    assert "处要改" in await answer.text()


async def test_a_wrong_answer_is_taken_back_with_a_reason(console):
    """The file is gone from the catalogs, and the author may begin again."""
    desk, reviewer = await console.browser(DUTY), await console.browser(REVIEWER)
    address = await drafted(console, desk)
    await desk.post(f"{address}/submit", revision=1)
    await reviewer.post(f"{address}/publish", revision=2, secrecy="yes")

    assert (await desk.post(f"{address}/withdraw", revision=3, words="")).status == 409
    assert (await desk.post(f"{address}/withdraw", revision=3, words="依据废止了")).status == 303

    assert list((await files(console)).values()) == [None]
    page = await desk.text(address)
    assert "依据废止了" in page
    assert 'name="answer"' in page


async def test_a_form_that_cannot_be_used_keeps_what_was_typed(console):
    """And makes no draft."""
    desk = await console.browser(DUTY)

    answer = await desk.post("/drafts", **(FIELDS | {"checked_on": "昨天"}))

    assert answer.status == 422
    page = await answer.text()
    assert "核对日期要写成" in page
    assert "先别扔" in page
    assert "还没有草稿" in await desk.text("/drafts")


async def test_who_neither_drafts_nor_reviews_sees_nothing(console):
    """By its address too."""
    address = await drafted(console, await console.browser(DUTY))
    browser = await console.browser(SUPERVISOR)

    for path in ("/drafts", "/drafts/new", address):
        assert (await browser.get(path)).status == 403
    assert (await browser.post(f"{address}/submit", revision=1)).status == 403
    assert (await (await console.browser(HANDLER)).get("/drafts/city-20000101-000000")).status == 404


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_a_reviewer_who_is_not_the_author_publishes(role):
    """Whatever the role, an own draft is never published by its author."""
    author = Staff("a", Role.DUTY)
    waiting = submit(begin("city-1", CONTENT, (), author), author)
    other, same = Staff("b", role), Staff("a", role)

    with pytest.raises(PublishingRefused):
        publish(waiting, True, None, same)
    if Right.REVIEW in RIGHTS[role]:
        assert publish(waiting, True, None, other).state is State.PUBLISHED
    else:
        with pytest.raises(PublishingRefused):
            publish(waiting, True, None, other)


def test_each_step_has_its_place():
    """Out of order, everything is refused and nothing skips the review."""
    author, reviewer = Staff("a", Role.DUTY), Staff("b", Role.REVIEWER)
    draft = begin("city-1", CONTENT, (), author)
    waiting = submit(draft, author)
    public = publish(waiting, True, None, reviewer)
    steps = {
        "edit": lambda one: edit(one, CONTENT, author),
        "submit": lambda one: submit(one, author),
        "send_back": lambda one: send_back(one, "理由", reviewer),
        "publish": lambda one: publish(one, True, None, reviewer),
        "withdraw": lambda one: withdraw(one, "理由", reviewer),
    }
    allowed = {
        State.DRAFT: {"edit", "submit"},
        State.SUBMITTED: {"send_back", "publish"},
        State.PUBLISHED: {"withdraw"},
        State.WITHDRAWN: {"edit"},
    }

    for one in (draft, waiting, public, withdraw(public, "理由", author)):
        assert {name for name, step in steps.items() if works(step, one)} == allowed[one.state]


def works(step, draft: Draft) -> bool:
    """Is a step allowed?"""
    try:
        step(draft)
    except PublishingRefused:
        return False
    return True


def test_the_file_repeats_values_instead_of_pointing_at_them():
    """The catalogs' reader refuses YAML anchors."""
    content = Content("题", "其他", ("问", "问"), "答", (("法", ""), ("法", "")), (("法", ""), ("法", "")), "局")

    assert "&" not in faq_file.as_yaml(content)
    assert "*" not in faq_file.as_yaml(content)
