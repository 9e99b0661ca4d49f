"""The main day in a real browser: one-time password, own password, list, ticket, answer."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from casework.staff import Role
from casework.tickets.model import Stage
from storage import staff as staff_book
from tests.web.desk import DUTY, PASSWORD, cheap_hasher
from web.console.passwords import one_time_password

CHROMIUM = shutil.which("chromium")
SHOTS = os.environ.get("CONSOLE_SCREENSHOTS", "")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有找到 chromium，跳过浏览器测试")


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, started once; it talks to nobody but the test server."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """A page that fails the test when a script fails or the policy stops something of ours."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    await context.close()
    assert faults == []


async def sign_in(page: Page, base: str, login: str, password: str) -> None:
    """Fill the form in and send it."""
    await page.goto(f"{base}/login")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录").click()


async def base_of(console) -> str:
    """Return the address of the console."""
    client = await console.client()
    return str(client.make_url("")).rstrip("/")


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
        "/reports",
        "/staff",
        "/help",
        "/password",
        "/drafts",
        "/drafts/new",
        "/reminders",
    ):
        await page.goto(base + path)
        over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if SHOTS:
            name = path.strip("/").replace("/", "-").replace("?", "-") or "list"
            await page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        assert over <= 0, path


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
