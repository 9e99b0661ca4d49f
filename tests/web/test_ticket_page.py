"""From login to answer: the main way through the console."""

from casework.tickets.model import Stage
from tests.web.desk import DUTY, HANDLER


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
