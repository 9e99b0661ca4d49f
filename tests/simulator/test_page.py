"""The phone page in a real browser; skipped with a reason where there is none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.simulator.desk import Desk

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium on this machine")


@pytest.fixture
async def page(desk: Desk) -> AsyncIterator[Page]:
    """The page, freshly opened; any script error fails the test."""
    desk.platform.wait_seconds = 5
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(desk.base)
        yield page
        await browser.close()
        assert errors == []


async def test_a_resident_follows_asks_and_taps_a_link(desk: Desk, page: Page) -> None:
    """The welcome comes after 关注; a tap on a menu link sends its text with its id."""
    phone = page.get_by_test_id("phone-1")
    await phone.get_by_test_id("follow").click()
    await expect(phone.locator(".bubble.from-bot")).to_have_count(1)
    await phone.locator("input[data-testid=say]").fill("低保怎么办")
    await phone.locator("button[data-testid=send]").click()
    await expect(phone.locator(".bubble.from-bot")).to_have_count(2)
    await phone.get_by_role("button", name="社保卡掉了怎么办").click()

    await expect(phone.locator(".bubble.from-me").last).to_contain_text("社保卡掉了怎么办")
    await expect(phone.locator(".bubble.from-bot")).to_have_count(3)
    assert desk.bot.messages[-1]._data["bizmsgmenuid"] == "2"  # type: ignore[attr-defined]


async def test_markup_is_shown_as_text_and_foreign_links_stay_shut(desk: Desk, page: Page) -> None:
    """Nothing that arrives can become part of the page."""
    hostile = '<img src=x onerror="document.title=1"><a href="javascript:alert(1)">点</a><script>1</script>'
    phone = page.get_by_test_id("phone-1")
    await phone.get_by_test_id("follow").click()
    await phone.get_by_test_id("say").fill(hostile)
    await phone.get_by_test_id("send").click()
    answer = phone.locator(".bubble.from-bot").nth(1)
    await answer.get_by_role("button", name="点").click()

    await expect(answer).to_contain_text("<img src=x onerror=")
    await expect(page.get_by_role("status")).to_contain_text("不打开链接")
    assert await page.locator("a, .words img, .words script").count() == 0
    assert await page.title() == "微信模拟器"


async def test_a_customer_service_message_and_a_pushed_menu_appear_by_themselves(desk: Desk, page: Page) -> None:
    """Without a reload, and the other phone does not get them."""
    await page.get_by_test_id("add-phone").click()
    one, two = page.get_by_test_id("phone-1"), page.get_by_test_id("phone-2")
    await one.get_by_test_id("follow").click()
    await two.get_by_test_id("follow").click()
    await expect(two.locator(".bubble.from-bot")).to_have_count(1)
    menu = {"button": [{"type": "click", "name": "查进度", "key": "PROGRESS"}]}
    await desk.call("/cgi-bin/menu/create", menu)
    await desk.send(desk.platform.exchanges[0].openid, "您的诉求有答复了")
    await one.get_by_role("button", name="查进度").click()

    await expect(one.locator(".bubble[data-via=service]")).to_have_count(1)
    await expect(one.locator(".bubble.from-bot").last).to_contain_text("收到事件click")
    await expect(two.locator(".bubble.from-bot")).to_have_count(1)
