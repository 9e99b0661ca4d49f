"""The console of each test, and a browser for those that want one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.web.browsing import CHROMIUM
from tests.web.desk import Console, open_database


@pytest.fixture
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console with an empty register and one person of each role."""
    console = Console(open_database(tmp_path))
    yield console
    await console.close()


@pytest.fixture(scope="package")
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
    context.set_default_timeout(8000)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    await context.close()
    assert faults == []
