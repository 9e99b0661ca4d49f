"""Chromium for the tests: started once, and a page that fails its test when a script or the policy does."""

import os
import shutil
from pathlib import Path

from playwright.async_api import Page

from tests.web.desk import PASSWORD

CHROMIUM = shutil.which("chromium")
NO_CHROMIUM = "没有找到 chromium，跳过浏览器测试"
SHOTS = os.environ.get("CONSOLE_SCREENSHOTS", "")
"""Where pictures of pages go, if anywhere."""


async def sign_in(page: Page, base: str, login: str, password: str = PASSWORD) -> None:
    """Fill the form in and send it."""
    await page.goto(f"{base}/login")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录").click()


async def base_of(console) -> str:
    """Return the address of the console."""
    client = await console.client()
    return str(client.make_url("")).rstrip("/")


async def press(page: Page, label: str, then: str) -> None:
    """Press a button and wait for the words it leads to."""
    await page.get_by_role("button", name=label, exact=True).click()
    await page.get_by_text(then).first.wait_for()


async def unfold(page: Page, label: str) -> None:
    """Open a fold of the page."""
    await page.locator("summary", has_text=label).first.click()


async def width_over(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


async def shoot(page: Page, name: str) -> None:
    """Keep a picture where pictures are wanted."""
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
