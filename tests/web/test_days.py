"""Each role's main day in a real browser, by what is written on the page and nothing else."""

import pytest

from casework.publishing import State
from casework.tickets.desk import accept, begin, dispatch, send_back, sign
from casework.tickets.model import Rating, Stage
from documents.spreadsheets import write_table
from storage import overlay
from tests.web.browsing import CHROMIUM, NO_CHROMIUM, base_of, press, shoot, sign_in, unfold, width_over
from tests.web.desk import ADMIN, DUTY, HANDLER, LEADER, OTHER, REVIEWER, SUPERVISOR
from tests.web.test_publishing import FIELDS

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


async def dispatched(console, unit: str = "chengguan") -> str:
    """A ticket that waits for its unit."""
    number = await console.opened()

    def work(desk) -> None:
        accept(desk, number, DUTY)
        dispatch(desk, number, unit, DUTY)

    await console.do(work)
    return number


async def test_the_duty_officer_imports_dispatches_and_takes_a_list_away(console, page, tmp_path):
    """From the file of the 12345 to the unit's work list."""
    file = tmp_path / "某平台.xlsx"
    head = ("外部编号", "种类", "诉求内容", "镇街")
    file.write_bytes(
        write_table(head, [("YC-1", "投诉", "瑞州街道东门口的路灯坏了", "瑞州街道"), ("YC-2", "报怨", "x", "")], "", ())
    )
    base = await base_of(console)
    await sign_in(page, base, DUTY.login)

    await page.get_by_role("link", name="代录").click()
    await page.get_by_role("link", name="从表格导入").click()
    await page.get_by_label("表格文件").set_input_files(file)
    await press(page, "看预览", "B3")
    await shoot(page, "import-preview-1280")
    await press(page, "导入这1件", "新登记1件")
    await page.get_by_role("link", name="GA20261124-0001").click()
    await press(page, "受理", "已受理")
    await press(page, "派单", "已派单")
    await page.get_by_role("link", name="工作台", exact=True).click()
    await page.get_by_role("link", name="全部未结").click()
    async with page.expect_download() as taken:
        await page.get_by_role("button", name="导出这1件").click()

    assert (await taken.value).suggested_filename == "suqiu-open-20261124.xlsx"
    assert await page.get_by_role("button", name="导出这1件").is_enabled()
    assert (await console.ticket("GA20261124-0001")).unit == "chengguan"


async def test_a_handlers_day(console, page):
    """签收, 办理, 申请延期, 答复."""
    number, base = await dispatched(console), await base_of(console)
    await sign_in(page, base, HANDLER.login)

    await page.get_by_role("link", name="待签收").click()
    await page.locator("a.row").click()
    await press(page, "签收", "已签收")
    await press(page, "开始办理", "已开始办理")
    await unfold(page, "申请延期")
    await page.get_by_label("延期天数").fill("2")
    await page.get_by_label("理由", exact=True).fill("等配件")
    await press(page, "申请延期", "延期申请已提交")
    await page.get_by_text("已申请延期2天，等别人审批").wait_for()
    await page.get_by_label("写给诉求人的话").fill("配件已经到了，今晚装好。")
    await press(page, "提交答复", "答复已提交")
    await shoot(page, "ticket-handler-1280")

    assert (await console.ticket(number)).stage is Stage.ANSWERED


async def test_a_leaders_day(console, page):
    """A request for more time is found, read and granted; an answered case is closed."""
    number, base = await console.handling(), await base_of(console)
    unit = await console.browser(HANDLER)
    before = await console.ticket(number)
    await unit.post(f"/tickets/{number}/ask_extension", revision=before.revision, days="2", words="等配件")
    await sign_in(page, base, LEADER.login)

    await page.get_by_role("link", name="待审延期").click()
    await page.locator("a.row").click()
    await page.get_by_text("有人申请延期2天").wait_for()
    await press(page, "批准延期", "已批准延期")
    revision = (await console.ticket(number)).revision
    await unit.post(f"/tickets/{number}/answer", revision=revision, words="装好了。")
    await page.reload()
    await unfold(page, "办结")
    await page.get_by_label("已解决", exact=True).check()
    await press(page, "办结", "已办结")
    await page.get_by_role("link", name="通报").click()
    drawn = "all => Promise.all(all.map(one => { one.loading = 'eager'; return one.decode() }))"
    await page.locator(".charts img").evaluate_all(drawn)
    await shoot(page, "reports-leader-1280")

    ticket = await console.ticket(number)
    assert (ticket.stage, ticket.resolved) == (Stage.CLOSED, True)
    assert ticket.due.due > before.due.due


async def test_a_supervisors_day(console, page):
    """What came back twice waits here, with the reasons, and is sent out again; a closed case is called."""
    number, base = await dispatched(console), await base_of(console)

    def bounced(desk) -> None:
        send_back(desk, number, "不是我们的路灯", HANDLER)
        dispatch(desk, number, "gongan", DUTY)
        send_back(desk, number, "路灯不归公安", OTHER)

    await console.do(bounced)
    await sign_in(page, base, SUPERVISOR.login)

    await page.get_by_role("link", name="督办件").click()
    await page.locator("a.row").click()
    await page.get_by_text("不是我们的路灯").wait_for()
    await page.get_by_text("路灯不归公安").wait_for()
    await page.get_by_label("主办单位").select_option("chengguan")
    await page.get_by_label("派单说明").fill("督办定：由城市管理局牵头")
    await press(page, "派单", "已派单")

    def done(desk) -> None:
        sign(desk, number, HANDLER)
        begin(desk, number, HANDLER)

    await console.do(done)
    unit = await console.browser(HANDLER)
    await unit.post(
        f"/tickets/{number}/answer", revision=(await console.ticket(number)).revision, words="认了，已经修好。"
    )
    await page.reload()
    await unfold(page, "办结")
    await page.get_by_label("已解决", exact=True).check()
    await press(page, "办结", "已办结")
    await page.goto(f"{base}/?list=calls")
    await page.locator("a.row").click()
    await unfold(page, "登记回访")
    await page.get_by_label("联系上了", exact=True).check()
    await page.get_by_label("电话里的评价").select_option("满意")
    await page.get_by_label("回访记录").fill("说修好了。")
    await press(page, "登记回访", "回访已登记")

    ticket = await console.ticket(number)
    assert (ticket.first_unit, ticket.unit, ticket.rating) == ("chengguan", "chengguan", Rating.GOOD)


async def test_a_reviewers_day(console, page):
    """An answer by somebody else is read, checked for secrets and made public; nothing of one's own can be."""
    writer, base = await console.browser(DUTY), await base_of(console)
    address = (await writer.post("/drafts", **FIELDS)).headers["Location"].partition("?")[0]
    await writer.post(f"{address}/submit", revision=1)
    await sign_in(page, base, REVIEWER.login)

    await page.get_by_role("link", name="资料发布").click()
    await page.locator("a.row").click()
    await page.get_by_text("公开后群众看到的").wait_for()
    await page.get_by_role("button", name="审核通过并公开").click()
    assert await page.get_by_label("我已做保密审查").evaluate("box => box.validity.valueMissing")
    await page.get_by_label("我已做保密审查").check()
    await press(page, "审核通过并公开", "已公开")
    await shoot(page, "draft-published-1280")

    draft = await console.parts().drafts.get(address.rpartition("/")[2])
    assert (draft.state, draft.author, draft.reviewer) == (State.PUBLISHED, DUTY.login, REVIEWER.login)
    assert list(await console.database.read(overlay.files)) == [f"faq/{draft.id}.yaml"]


async def test_an_administrators_day(console, page):
    """A new colleague gets an account and a password shown once; who left is locked out at once."""
    base, leaver = await base_of(console), await console.browser(OTHER)
    await sign_in(page, base, ADMIN.login)

    await page.get_by_role("link", name="人员").click()
    await page.get_by_label("姓名").fill("新来的")
    await page.get_by_label("用户名").fill("xin3")
    await page.locator("select[name=role]").select_option("承办人")
    await page.locator("select[name=unit]").select_option("gongan")
    await press(page, "新增，并生成一次性密码", "已新增 新来的")
    once = await page.locator(".secret code").text_content()
    await page.get_by_role("button", name=f"停用：{OTHER.login}").click()
    await page.get_by_text("已停用 孙承办").wait_for()
    await page.get_by_role("link", name="系统", exact=True).click()
    await page.get_by_text("还没有核定的").wait_for()

    assert (await leaver.get("/")).status == 303
    fresh = await console.browser(DUTY)
    await fresh.client.post("/logout", data={"csrf": fresh.csrf})
    assert await fresh.log_in("xin3", once) == 303


@pytest.mark.parametrize("width", [1280, 390])
async def test_busy_pages_fit_every_screen(console, page, width):
    """A case with a history, a draft in review, a preview with bad cells: for each role that meets them."""
    number, base = await console.handling(), await base_of(console)
    unit, writer = await console.browser(HANDLER), await console.browser(DUTY)
    revision = (await console.ticket(number)).revision
    await unit.post(f"/tickets/{number}/ask_extension", revision=revision, days="2", words="等" * 200)
    address = (await writer.post("/drafts", **FIELDS)).headers["Location"].partition("?")[0]
    await writer.post(f"{address}/submit", revision=1)
    await page.set_viewport_size({"width": width, "height": 800})

    visits = {
        HANDLER: ("/?list=unit", f"/tickets/{number}"),
        LEADER: ("/?list=extensions", f"/tickets/{number}", "/reports?by=month"),
        SUPERVISOR: ("/?list=supervised", "/?list=calls"),
        REVIEWER: ("/drafts", address, "/gaps"),
    }
    for who, paths in visits.items():
        await page.context.clear_cookies()
        await sign_in(page, base, who.login)
        for path in paths:
            await page.goto(base + path)
            await shoot(page, f"{who.login}-{path.strip('/?').replace('/', '-')[:24]}-{width}")
            assert await width_over(page) <= 0, path
