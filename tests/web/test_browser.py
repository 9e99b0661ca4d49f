"""The main day in a real browser: one-time password, own password, list, ticket, answer."""

import pytest

from casework.staff import Role
from casework.tickets.model import Stage
from storage import staff as staff_book
from storage.reminders import ReminderRound
from tests.casework.calendars import shipped
from tests.web.browsing import CHROMIUM, NO_CHROMIUM, base_of, shoot, sign_in, width_over
from tests.web.desk import DUTY, HANDLER, PASSWORD, SUPERVISOR, cheap_hasher
from web.console.passwords import one_time_password

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


async def test_a_new_officers_first_day(console, page):
    """From the slip of paper with the password to the answered ticket, by mouse and keyboard."""
    number, once = await console.opened(), one_time_password()
    stored = cheap_hasher()._hasher.hash(once)
    await console.database.write(
        lambda connection: staff_book.add(connection, "xin1", "新来的", Role.DUTY, "", stored, True)
    )
    base = await base_of(console)

    await sign_in(page, base, "xin1", once)
    await page.get_by_label("现在的密码").fill(once)
    await page.get_by_label("新密码", exact=True).fill(PASSWORD)
    await page.get_by_label("再填一次新密码").fill(PASSWORD)
    await page.get_by_role("button", name="改好并继续").click()
    await page.get_by_text("密码已修改").wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/tickets/{number}")

    await page.get_by_text("路灯坏了找谁").first.wait_for()
    await page.get_by_role("button", name="插入").click()
    await page.locator(".bubble").get_by_text("请写清路名和灯杆号").wait_for()
    await page.get_by_label("写给诉求人的话").fill("已经修好了，晚上请看一下。")
    await page.locator(".bubble").get_by_text("已经修好了").wait_for()
    assert (await page.locator(".bubble").text_content()).startswith(f"您登记的 {number} 有答复了")
    await page.get_by_role("button", name="答复并办结").click()
    await page.get_by_text("已答复并办结").first.wait_for()

    assert (await console.ticket(number)).stage is Stage.CLOSED
    assert "已经修好了" in (await console.owed())[-1]


async def test_a_half_written_answer_survives_a_reload(console, page):
    """And goes when it was taken."""
    number, base = await console.opened(), await base_of(console)
    await sign_in(page, base, DUTY.login, PASSWORD)
    await page.goto(f"{base}/tickets/{number}")

    await page.get_by_label("写给诉求人的话").fill("写到一半")
    await page.reload()
    assert await page.get_by_label("写给诉求人的话").input_value() == "写到一半"
    await page.get_by_role("button", name="答复并办结").click()
    await page.get_by_text("已答复并办结").first.wait_for()
    await page.goto(f"{base}/tickets/{number}")
    assert await page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft'))") == []


@pytest.mark.parametrize("width", [1280, 390])
async def test_no_page_is_wider_than_the_screen(console, page, width):
    """Every page of the duty desk and the administrator, on a desk screen and on a phone."""
    number = await console.opened(words="路灯坏了" * 40 + "x" * 300)
    await console.handling()
    base = await base_of(console)
    await page.set_viewport_size({"width": width, "height": 800})
    await sign_in(page, base, "guanli1", PASSWORD)

    for path in (
        "/",
        "/?list=done",
        f"/tickets/{number}",
        "/gaps",
        "/intake",
        "/import",
        "/reports",
        "/reports/figure?name=合计&column=办件数量",
        "/system",
        "/staff",
        "/help",
        "/password",
        "/drafts",
        "/drafts/new",
        "/reminders",
    ):
        await page.goto(base + path)
        await shoot(page, f"{path.strip('/').replace('/', '-').replace('?', '-') or 'list'}-{width}")
        assert await width_over(page) <= 0, path


async def test_everything_of_a_case_stands_on_one_screen(console, page):
    """At 1280 by 800: words, place, what happened, who, until when, the answer with its preview, every button."""
    number, base = await console.handling(), await base_of(console)
    await page.set_viewport_size({"width": 1280, "height": 800})
    await sign_in(page, base, HANDLER.login)
    await page.goto(f"{base}/tickets/{number}")
    await page.get_by_label("写给诉求人的话").fill("已经修好了，晚上请看一下。")
    await page.locator(".bubble").get_by_text("已经修好了").wait_for()

    for part in ("#said", "#history", "#answer", "#clock", "#who", "#handling", ".bubble", ".insert", ".timeline li"):
        box = await page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 800, part
    for label in ("提交答复", "申请延期", "挂起"):
        box = await page.get_by_text(label, exact=True).first.bounding_box()
        assert box is not None, label
        assert box["y"] + box["height"] <= 800, label


async def test_a_case_is_answered_by_keyboard_alone(console, page):
    """From the list through a suggested answer to the end; a fold opens with the keyboard too."""
    number, base = await console.opened(), await base_of(console)
    await sign_in(page, base, DUTY.login)
    await page.locator("a.row").first.wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/tickets/{number}")
    for name, key in (("插入", "Enter"), ("并单", "Space")):
        await page.get_by_text(name, exact=True).first.focus()
        await page.keyboard.press(key)
    await page.get_by_label("并入编号").wait_for()
    await page.get_by_label("写给诉求人的话").focus()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent.trim()") == "答复并办结":
            break
    await page.keyboard.press("Enter")
    await page.get_by_text("已答复并办结").first.wait_for()
    assert (await console.ticket(number)).stage is Stage.CLOSED


async def test_reminders_fit_a_phone_and_stand_once_for_each_reason(console, page):
    """A long reason does not push the page wider; who is reminded in two capacities reads it once."""
    await console.opened(words="有人夜里往锦河里偷排污水，气味很大，位置在老桥下游200米")
    console.later(days=9)
    await ReminderRound(console.database, shipped, console.moment, console.inner).give()
    base = await base_of(console)
    await page.set_viewport_size({"width": 390, "height": 844})
    await sign_in(page, base, SUPERVISOR.login)
    await page.goto(f"{base}/reminders")

    assert await width_over(page) <= 0
    reasons = await page.locator("td.town").all_text_contents()
    assert reasons == ["已经超期"]


async def test_the_list_refreshes_without_moving(console, page):
    """A new ticket changes the counts and is announced; the lines stay where they are until asked for."""
    await console.opened()
    base = await base_of(console)
    await sign_in(page, base, DUTY.login, PASSWORD)
    await page.locator("#list-accept b").get_by_text("1").wait_for()
    before = await page.locator("a.row").first.bounding_box()

    await console.opened(words="井盖松了")
    await page.evaluate("htmx.trigger('.fresh', 'refresh')")
    await page.get_by_text("清单有变化").wait_for()

    assert await page.locator("#list-accept b").text_content() == "2"
    assert await page.locator("a.row").count() == 1
    assert await page.locator("a.row").first.bounding_box() == before
    await page.get_by_text("清单有变化").click()
    await page.get_by_text("井盖松了").wait_for()
