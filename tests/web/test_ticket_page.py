"""From login to answer: the main way through the console."""

import html
from dataclasses import replace

from casework.tickets.desk import accept, answer_directly, dispatch, merge, rate, send_back
from casework.tickets.model import Rating, Source, Stage
from storage.tickets import StoredTickets
from tests.web.desk import DUTY, HANDLER, LEADER, ZHANG


async def test_an_officer_finds_a_ticket_and_answers_it(console):
    """The list shows it, the page answers and closes it, the resident is owed the words."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    assert number in await browser.text("/")
    page = await browser.text(f"/tickets/{number}")
    assert "东门口的路灯" in page
    answer = await browser.post(
        f"/tickets/{number}/answer_directly", revision=1, words="今天下午已修好。", resolved="yes"
    )

    assert answer.headers["Location"] == f"/tickets/{number}?done=answer_directly"
    assert (await console.ticket(number)).stage is Stage.CLOSED
    assert any("今天下午已修好" in body for body in await console.owed())
    assert "今天下午已修好" in await browser.text(answer.headers["Location"])


async def test_the_preview_is_what_the_resident_will_be_sent(console):
    """Word for word the notice that the outbox then holds."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    shown = await (await browser.post(f"/tickets/{number}/preview", words="修好了")).text()
    await browser.post(f"/tickets/{number}/answer_directly", revision=1, words="修好了", resolved="yes")

    assert (await console.owed())[-1] in shown.replace("&#39;", "'")


async def test_the_unit_takes_answers_and_returns(console):
    """签收, 开始办理, 答复 by the unit that leads."""
    number = await console.handling()
    browser = await console.browser(HANDLER)

    assert number in await browser.text("/?list=unit")
    revision = (await console.ticket(number)).revision
    answer = await browser.post(f"/tickets/{number}/answer", revision=revision, words="已换灯泡。")

    assert answer.status == 303
    assert (await console.ticket(number)).stage is Stage.ANSWERED


async def test_what_is_refused_comes_back_with_the_words_typed(console):
    """A page that is no longer true changes nothing, and nothing typed is lost."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    answer = await browser.post(
        f"/tickets/{number}/answer_directly", revision=0, words="写了半天的答复", resolved="yes"
    )

    page = await answer.text()
    assert answer.status == 409
    assert "刚才有了变化" in page
    assert "写了半天的答复</textarea>" in page
    assert (await console.ticket(number)).stage is Stage.REGISTERED


async def test_nobody_is_promised_a_notice_who_cannot_get_one(console):
    """Somebody who phoned has no WeChat here; the officer is told to call."""
    browser = await console.browser(DUTY)
    page = await (await browser.post("/intake", source="电话", kind="求助", what="家里停水")).text()
    phoned, written = page.split("编号 <code>")[1].split("<")[0], await console.opened()

    for number, words in (
        (phoned, "已受理。诉求人没有关联微信，要打电话告诉本人。"),
        (written, "已受理。诉求人会收到通知。"),
    ):
        done = await browser.post(f"/tickets/{number}/accept", revision=1)
        assert words in await browser.text(done.headers["Location"])


async def test_who_decides_on_more_time_sees_why_and_until_when(console):
    """In the box with the two buttons."""
    number = await console.handling()
    unit, leader = await console.browser(HANDLER), await console.browser(LEADER)
    before = await console.ticket(number)
    await unit.post(f"/tickets/{number}/ask_extension", revision=before.revision, days="2", words="等<b>配件</b>")

    page = await leader.text(f"/tickets/{number}")
    box = page.split('<div class="ask">')[1].split("</div>")[0]
    await leader.post(f"/tickets/{number}/approve_extension", revision=before.revision + 1)
    due = (await console.ticket(number)).due.due

    assert f"批准后期限改为{due.month}月{due.day}日" in box
    assert "理由：等&lt;b&gt;配件&lt;/b&gt;" in box


async def test_a_unit_that_sent_a_case_back_has_nothing_more_to_do(console):
    """Nor is it asked to pause or prolong what is no longer its own."""
    number = await console.opened()

    def work(desk) -> None:
        accept(desk, number, DUTY)
        dispatch(desk, number, "chengguan", DUTY)
        send_back(desk, number, "不是我们的", HANDLER)

    await console.do(work)

    page = await (await console.browser(HANDLER)).text(f"/tickets/{number}")
    assert "没有您要做的事" in page
    assert "挂起" in await (await console.browser(DUTY)).text(f"/tickets/{number}")


async def test_merging_into_a_merged_case_names_the_one_to_merge_into(console):
    """And what was answered together no longer says that it waits."""
    first, second, third = [await console.opened() for _ in range(3)]
    browser = await console.browser(DUTY)
    await browser.post(f"/tickets/{second}/merge", revision=1, into=first)

    refused = await (await browser.post(f"/tickets/{third}/merge", revision=1, into=second)).text()
    assert f"{second}已并入{first}，请并入{first}" in refused
    assert "在那一件里答复" in await browser.text(f"/tickets/{second}")
    await browser.post(f"/tickets/{first}/answer_directly", revision=1, words="都修好了", resolved="yes")
    page = await browser.text(f"/tickets/{second}")

    assert "已经随那一件一起答复" in page
    assert "还没派单" not in page


async def test_the_preview_for_a_village_admin_is_the_card_they_will_get(console):
    """Made by the same words as the notice itself."""
    number = await console.opened()
    await console.do(lambda desk: desk.book.save(replace(desk.book.get(number), source=Source.VILLAGE)))
    browser = await console.browser(DUTY)

    preview = await (await browser.post(f"/tickets/{number}/preview", words="已经修好了。")).text()
    await browser.post(f"/tickets/{number}/answer_directly", revision=1, words="已经修好了。", resolved="yes")

    (owed,) = await console.owed()
    assert [line for line in owed.splitlines() if line.strip() not in html.unescape(preview)] == []


async def test_who_had_it_first_stays_visible(console):
    """首接负责, also after the ticket went to another unit."""
    number = await console.opened()

    def work(desk):
        accept(desk, number, DUTY)
        dispatch(desk, number, "gongan", DUTY)
        dispatch(desk, number, "chengguan", DUTY)

    await console.do(work)

    assert "公安局（首接负责）" in await (await console.browser(HANDLER)).text(f"/tickets/{number}")


async def test_a_lost_code_is_replaced_and_shown_once(console):
    """The old one is void, the log says who did it, and nothing else shows the new one."""
    number = await console.opened()
    browser = await console.browser(DUTY)
    before = await console.database.read(lambda connection: StoredTickets(connection).asker(number))

    page = await (await browser.post(f"/tickets/{number}/code", revision=1)).text()
    again = await browser.text(f"/tickets/{number}")
    stale = await browser.post(f"/tickets/{number}/code", revision=1)

    after = await console.database.read(lambda connection: StoredTickets(connection).asker(number))
    assert "<code>0417</code>" in page
    assert "<code>0417</code>" not in again
    assert "重开查询码，旧的作废" in again
    assert stale.status == 409
    assert after.code_hash != before.code_hash
    assert (after.openid, after.phone) == (before.openid, before.phone)


async def test_only_the_desk_replaces_a_code(console):
    """The handling unit neither sees the button nor may press it."""
    number = await console.handling()
    browser = await console.browser(HANDLER)
    revision = (await console.ticket(number)).revision

    assert "重开查询码" not in await browser.text(f"/tickets/{number}")
    assert (await browser.post(f"/tickets/{number}/code", revision=revision)).status == 403


async def test_one_person_with_two_merged_cases_is_previewed_and_told_once(console):
    """Both numbers stand in the one message; the other case says where its notice is."""
    main, other = await console.opened(), await console.opened(words="还是那盏路灯")
    await console.do(lambda desk: merge(desk, other, main, DUTY))
    browser = await console.browser(DUTY)

    page = await browser.text(f"/tickets/{main}")
    assert "其中1件是同一个人的，只发一条" in page
    shown = await (await browser.post(f"/tickets/{main}/preview", words="修好了")).text()
    revision = (await console.ticket(main)).revision
    await browser.post(f"/tickets/{main}/answer_directly", revision=revision, words="修好了", resolved="yes")

    (told,) = [body for body in await console.owed() if "修好了" in body]
    assert told in shown.replace("&#39;", "'")
    assert told.startswith(f"您登记的 {main}、{other}（同一件事，一起办的）有答复了")
    assert f"同一个人，通知并在 {main} 那一条里" in await browser.text(f"/tickets/{other}")


async def test_a_reopened_case_shows_the_date_it_had_before(console):
    """The new clock counts, the old one stays in sight."""
    number = await console.handling()
    before = (await console.ticket(number)).due.due
    await console.do(lambda desk: answer_directly(desk, number, "修好了", DUTY))
    console.later(days=9)
    await console.do(lambda desk: rate(desk, number, Rating.BAD, ZHANG))

    page = await (await console.browser(DUTY)).text(f"/tickets/{number}")

    assert f"第1次办理：期限 {before.month}月{before.day}日" in page
    assert (await console.ticket(number)).due.due > before
