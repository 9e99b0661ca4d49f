"""The 镇's main day with villages in a real browser, and every page of it on a desk screen and on a phone."""

import pytest

from casework.village.admins import name_group
from storage.village_admins import StoredAdmins
from tests.web.browsing import CHROMIUM, NO_CHROMIUM, base_of, press, shoot, sign_in, unfold, width_over
from tests.web.desk import PASSWORD
from tests.web.village_town import CLERK, HERE, LEAD, NOTICE, bound, move_in, rows

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


async def named(console) -> None:
    """An admin with a group of a long name."""
    admin = await bound(console)
    change = name_group(admin, "上保村第三村民小组便民服务群上保村第三村民小组", console.now)
    await console.database.write(lambda connection: StoredAdmins(connection).put_down(change))


async def test_a_clerk_gives_out_a_code_marks_an_item_and_a_leader_approves_the_notice(console, page):
    """By mouse and keyboard, as two people."""
    await move_in(console)
    base = await base_of(console)
    await sign_in(page, base, CLERK.login, PASSWORD)
    await page.get_by_role("link", name="村务").click()
    await page.get_by_role("link", name="上保村").click()
    await press(page, "发绑定码", "只显示这一次")
    assert len(await page.locator(".secret code").text_content()) == 11
    await page.get_by_label("事项").select_option("C03")
    await press(page, "标记已公开", "居民问起来就这样答")

    await page.get_by_role("button", name="给本村起草通知稿").click()
    for name, value in NOTICE.items():
        if name != "scope":
            await page.locator(f"[name={name}]").fill(value)
    await press(page, "保存，看三种稿子", "通知稿已保存")
    await press(page, "送审", "已送审")
    notice = page.url.partition("?")[0]
    await page.get_by_text("冯镇办").first.click()
    await press(page, "退出登录", "登录")

    await sign_in(page, base, LEAD.login, PASSWORD)
    await page.goto(notice)
    await page.get_by_role("checkbox").check()
    await press(page, "审核通过", "三种稿子可以用了")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="下载PDF").click()
    assert (await waiting.value).suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("width", [1280, 390])
async def test_no_village_page_is_wider_than_the_screen(console, page, width):
    """With an admin, a mark, a settled day and a notice; and the empty ones."""
    await move_in(console)
    base = await base_of(console)
    await page.set_viewport_size({"width": width, "height": 800})
    await sign_in(page, base, CLERK.login, PASSWORD)
    paths = {"admins-empty": "/villages?view=admins", "notices-empty": "/villages/notices", "village-empty": HERE}
    await seen(page, base, paths, width)

    await named(console)
    clerk = await console.browser(CLERK)
    await clerk.post("/villages", town="八景镇", since="2026-01-01")
    await clerk.post(f"{HERE}/publish", item="C03", day="2026-11-20", channel="村民微信群", other="")
    await clerk.post(f"{HERE}/code")
    added = await clerk.post("/villages/notices", **NOTICE)
    notice = added.headers["Location"].partition("?")[0]
    await clerk.post("/villages/notices", **(NOTICE | {"body": "每人要交560元。", "title": "有错的通知（示例）"}))
    paths = {
        "town": "/villages",
        "admins": "/villages?view=admins",
        "due": "/villages?view=due",
        "village": HERE,
        "notices": "/villages/notices",
        "notice-new": "/villages/notices/new",
        "notice": notice,
    }
    await seen(page, base, paths, width)
    await page.goto(f"{base}{HERE}")
    await unfold(page, "修改")
    assert await width_over(page) <= 0
    await clerk.post(f"{notice}/submit", revision=1)
    await (await console.browser(LEAD)).post(f"{notice}/approve", revision=2, secrecy="yes")
    await seen(page, base, {"notice-approved": notice}, width)
    await page.context.clear_cookies()
    await sign_in(page, base, "guanli1", PASSWORD)
    await seen(page, base, {"city": "/villages", "help": "/help"}, width)
    assert len(await rows(console, "SELECT * FROM village_texts")) == 2


async def seen(page, base, paths, width) -> None:
    """Each page fits its screen."""
    for name, path in paths.items():
        await page.goto(base + path)
        await shoot(page, f"villages-{name}-{width}")
        assert await width_over(page) <= 0, path
