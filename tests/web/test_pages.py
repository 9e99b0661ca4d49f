"""The pages around a ticket: intake, dispatch, extension, merging, gaps, reports, accounts."""

from datetime import date

import pytest

from casework.limits_settings import InnerLimits
from casework.tickets.desk import answer_directly
from casework.tickets.model import Kind, Lawfulness, Rating, Stage, TextKind
from handlers.services import AskedQuestion
from storage.questions import StoredQuestions
from storage.reminders import ReminderRound
from tests.casework.calendars import shipped
from tests.web.desk import ADMIN, DUTY, HANDLER, LEADER, REVIEWER, SUPERVISOR, ZHANG
from web.console.masks import mask_name, mask_phone


async def test_the_way_through_the_stages(console):
    """受理, 派单 by proposal, 签收, 办理, 答复 and 办结, each by the one whose turn it is."""
    number = await console.opened()
    desk, unit, leader = [await console.browser(who) for who in (DUTY, HANDLER, LEADER)]

    async def act(browser, name, **fields):
        answer = await browser.post(
            f"/tickets/{number}/{name}", revision=(await console.ticket(number)).revision, **fields
        )
        assert answer.status == 303, (name, await answer.text())

    await act(desk, "accept")
    page = await desk.text(f"/tickets/{number}")
    assert '<option value="chengguan" selected>' in page
    await act(desk, "dispatch", unit="chengguan", co_units="gongan", why="属城管")
    assert number in await unit.text("/?list=sign")
    await act(unit, "sign")
    await act(unit, "begin")
    await act(unit, "answer", words="已修好。")
    await act(leader, "close", resolved="yes")
    ticket = await console.ticket(number)

    assert (ticket.stage, ticket.unit, ticket.co_units) == (Stage.CLOSED, "chengguan", ("gongan",))
    history = await desk.text(f"/tickets/{number}")
    for words in ("派单给 城市管理局，协办：公安局（属城管）", "城市管理局 签收", "答复（城市管理局）", "办结，已解决"):
        assert words in history
    assert "钱承办" in history


async def test_an_extension_is_decided_by_somebody_else(console):
    """The one who asked sees no button; the leader does, and the date moves."""
    number = await console.handling()
    unit, leader = await console.browser(HANDLER), await console.browser(LEADER)
    before = await console.ticket(number)

    await unit.post(f"/tickets/{number}/ask_extension", revision=before.revision, days="2", words="等配件")
    assert "approve_extension" not in await unit.text(f"/tickets/{number}")
    assert number in await leader.text("/?list=extensions")
    answer = await leader.post(f"/tickets/{number}/approve_extension", revision=before.revision + 1)

    assert answer.status == 303
    assert (await console.ticket(number)).due.due > before.due.due


async def test_pausing_stops_the_light(console):
    """And the page says so."""
    number = await console.handling()
    unit = await console.browser(HANDLER)
    revision = (await console.ticket(number)).revision

    await unit.post(f"/tickets/{number}/pause", revision=revision, reason="不可抗力", words="大雪封路")

    assert "暂停计时" in await unit.text("/?list=unit")
    assert "大雪封路" in await unit.text(f"/tickets/{number}")


async def test_the_same_matter_is_proposed_and_merged(console):
    """Both askers are owed the one answer."""
    first, second = await console.opened(), await console.opened(openid="oTEST-lisiyi_000000000000000B")
    browser = await console.browser(DUTY)

    page = await browser.text(f"/tickets/{second}")
    assert "像是同一件事" in page
    assert first in page
    answer = await browser.post(f"/tickets/{second}/merge", revision=1, into=first.lower())
    assert answer.status == 303
    await browser.post(f"/tickets/{first}/answer_directly", revision=1, words="都修好了", resolved="yes")

    assert sum("都修好了" in body for body in await console.owed()) == 2
    assert first in await browser.text(f"/tickets/{second}")


async def test_corrections_are_put_down(console):
    """Kind, class and external number; the class is never shown to a resident."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    await browser.post(f"/tickets/{number}/kind", revision=1, kind="求助")
    await browser.post(f"/tickets/{number}/classify", revision=2, lawfulness="涉法涉诉")
    await browser.post(f"/tickets/{number}/external", revision=3, external="YC20261124-9")
    ticket = await console.ticket(number)

    assert (ticket.kind, ticket.lawfulness, ticket.external_number) == (
        Kind.HELP,
        Lawfulness.LITIGATION,
        "YC20261124-9",
    )
    assert number in await browser.text("/?q=YC20261124-9")
    assert "涉法涉诉" not in "".join(await console.owed())


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("answer_directly", {"words": "", "resolved": "yes"}, "请填写答复内容"),
        ("answer_directly", {"words": "好", "resolved": ""}, "请选择问题是否已解决"),
        ("decline", {"words": "理由", "route": "随便"}, "请选择应走的途径"),
        ("dispatch", {"unit": "no-such-unit"}, "单位不在单位表里"),
        ("dispatch", {"unit": ""}, "请填写主办单位"),
        ("merge", {"into": "GA20000101-0001"}, "没有找到编号"),
        ("kind", {"kind": "投诉"}, "已经是投诉"),
        ("answer_directly", {"words": "长" * 5001, "resolved": "yes"}, "内容太长"),
    ],
)
async def test_a_form_that_cannot_be_used_says_why(console, act, fields, words):
    """In Chinese, on the same page, and nothing changes."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    answer = await browser.post(f"/tickets/{number}/{act}", revision=1, **fields)

    assert answer.status in {409, 422}
    assert words in await answer.text()
    assert (await console.ticket(number)).revision == 1


@pytest.mark.parametrize("path", ["/tickets/GA20261124-9999", "/tickets/xyz", "/tickets/GA20261124-0001/x", "/nowhere"])
async def test_what_does_not_exist_gets_a_page(console, path):
    """In Chinese, with a way back."""
    browser = await console.browser(DUTY)

    answer = await browser.get(path)

    assert answer.status in {404, 405}
    assert "回到工作台" in await answer.text()


async def test_the_desk_puts_a_callers_demand_down(console):
    """With a number and a code that is shown once."""
    browser = await console.browser(DUTY)
    fields = {
        "source": "电话",
        "kind": "求助",
        "what": "家里停水",
        "town": "八景镇",
        "where": "观上村",
        "phone": "13800000000",
    }

    page = await (await browser.post("/intake", **fields, external="YC-77")).text()
    number = page.split("编号 <code>")[1].split("<")[0]

    assert "0417" in page
    texts = await console.do(lambda desk: [(text.kind, text.body) for text in desk.book.texts(number)])
    assert texts == [(TextKind.DEMAND, "家里停水"), (TextKind.PLACE, "观上村")]
    shown = await browser.text(f"/tickets/{number}")
    assert "0417" not in shown
    assert "微信通知送不到" in shown
    assert number in await browser.text("/?q=YC-77")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": ""}, "请填写诉求内容"),
        ({"source": "公众号"}, "请选择来源"),
        ({"phone": "打我电话"}, "电话号码看着不对"),
        ({"town": "别处镇"}, "请从列表里选镇街"),
        ({"kind": ""}, "请选择种类"),
    ],
)
async def test_an_intake_that_cannot_be_used_keeps_what_was_typed(console, wrong, words):
    """And opens nothing."""
    browser = await console.browser(DUTY)
    fields = {"source": "电话", "kind": "求助", "what": "家里停水了", "where": "观上村祠堂"} | wrong

    answer = await browser.post("/intake", **fields)
    page = await answer.text()

    assert answer.status == 422
    assert words in page
    assert "观上村祠堂" in page
    assert await console.do(lambda desk: list(desk.book.open_tickets())) == []


async def test_gaps_stand_together_and_can_be_closed(console):
    """With the nearest entries, masked, and gone when dealt with."""
    await ask(console, "q1", "猪得病死了有没有补贴", date(2026, 11, 24))
    await ask(console, "q2", "请问猪得病死了有没有补贴？", date(2026, 11, 25))
    await ask(console, "q3", "建材市场搬到哪里去了，我电话13900000000", date(2026, 11, 25))
    browser = await console.browser(DUTY)

    page = await browser.text("/gaps")
    assert "3条，合成2组" in page
    assert "还有1个人这样问" in page
    assert "路灯坏了找谁" in page
    assert "13900000000" not in page
    await browser.client.post("/gaps", data=[("csrf", browser.csrf), ("question", "q1"), ("question", "q2")])

    page = await browser.text("/gaps")
    assert "猪得病" not in page
    assert "建材市场" in page


async def test_a_reviewer_reads_gaps_and_closes_none(console):
    """Closing is for those who draft."""
    await ask(console, "q1", "猪得病死了有没有补贴", date(2026, 11, 24))
    browser = await console.browser(REVIEWER)

    assert "已处理</button>" not in await browser.text("/gaps")
    assert (await browser.post("/gaps", question="q1")).status == 403


async def test_a_reports_figures_open_their_tickets(console):
    """Per unit, with a total, the definitions, and the tickets behind a rate on both sides."""
    done, open_one = await console.handling(), await console.handling()
    await console.do(lambda desk: answer_directly(desk, done, "好了", ADMIN))
    browser = await console.browser(DUTY)

    page = await browser.text("/reports?by=unit")
    assert "城市管理局" in page
    assert "本期登记的诉求件数" in page
    counted = await browser.text("/reports/figure?by=unit&name=chengguan&column=办件数量")
    assert done in counted
    assert open_one in counted
    on_time = await browser.text("/reports/figure?by=unit&name=chengguan&column=按期办结率")
    assert done in on_time
    assert open_one not in on_time
    assert (await browser.get("/reports/figure?by=unit&name=x&column=nonsense")).status == 404


async def test_a_leaders_report_holds_only_the_own_unit(console):
    """By every grouping and every address."""
    own, other = await console.handling(), await console.handling(unit="gongan")
    browser = await console.browser(LEADER)

    for by in ("unit", "town", "month"):
        assert "公安局" not in await browser.text(f"/reports?by={by}")
        page = await browser.text(f"/reports/figure?by={by}&name=合计&column=办件数量")
        assert own in page
        assert other not in page


async def test_the_table_to_take_away_holds_no_formula(console):
    """A town that looks like one is text; the file opens in a spreadsheet as UTF-8."""
    await console.opened(town="=HYPERLINK(1)")
    browser = await console.browser(SUPERVISOR)

    answer = await browser.get("/reports/table.csv?by=town")
    body = await answer.read()

    assert body.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in body.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "query", ["from=2026-13", "from=x&to=y", "from=2026-12&to=2026-01", "by=nonsense", "from=9999-01"]
)
async def test_a_report_of_nonsense_months_is_still_a_report(console, query):
    """Wrong ones are this year, turned ones are turned back."""
    browser = await console.browser(SUPERVISOR)

    assert "通报" in await browser.text(f"/reports?{query}")


async def test_an_account_is_added_with_a_password_shown_once(console):
    """A unit role needs a unit; a name is given once; nobody disables themselves."""
    browser = await console.browser(ADMIN)

    refused = await browser.post("/staff/add", login="xin2", name="新承办", role="承办人", unit="")
    assert "要选择所在单位" in await refused.text()
    page = await (await browser.post("/staff/add", login="Xin2", name="新承办", role="承办人", unit="gongan")).text()
    assert "<code>" in page
    account = await console.parts().staff.get("xin2")
    assert (account.unit, account.must_change) == ("gongan", True)
    again = await browser.post("/staff/add", login="xin2", name="又一个", role="值班员")
    assert "已经有人用了" in await again.text()
    own = await browser.post("/staff/disable", login=ADMIN.login)
    assert "不能停用自己" in await own.text()
    assert "新增账号（承办人）" in await browser.text("/staff")


async def test_every_role_has_lists_that_open_and_say_what_to_do_when_empty(console):
    """Each list of each role, with nothing in it."""
    for who in (DUTY, HANDLER, LEADER, SUPERVISOR, ADMIN, REVIEWER):
        browser = await console.browser(who)
        page = await browser.text("/")
        for key in {part.split('"')[0] for part in page.split("/?list=")[1:]}:
            shown = await browser.text(f"/?list={key}")
            assert 'class="empty"' in shown, (who, key)
            assert 'class="hint"' in shown, (who, key)


async def test_a_return_call_can_carry_a_rating(console):
    """Put down by the desk, and the ticket leaves 待回访."""
    number = await console.opened()
    await console.do(lambda desk: answer_directly(desk, number, "好了", DUTY))
    browser = await console.browser(DUTY)
    assert number in await browser.text("/?list=calls")
    revision = (await console.ticket(number)).revision

    await browser.post(f"/tickets/{number}/call", revision=revision, reached="yes", words="都好", rating="满意")

    assert (await console.ticket(number)).rating is Rating.GOOD
    assert number not in await browser.text("/?list=calls")


async def test_who_is_to_be_told_by_telephone_stands_out_in_the_list(console):
    """Somebody without WeChat here, or who follows no longer, once there is a result to tell."""
    follower, caller = await console.opened(), await console.opened(words="来电：井盖松了")
    sql = "UPDATE askers SET openid = '' WHERE ticket = ?"
    await console.database.write(lambda connection: connection.execute(sql, (caller,)))
    browser = await console.browser(DUTY)
    assert "要打电话" not in await browser.text("/?list=open")

    await console.do(lambda desk: [answer_directly(desk, number, "好了", DUTY) for number in (follower, caller)])
    assert (await browser.text("/?list=calls")).count("要打电话") == 1
    sql = "INSERT INTO residents(openid, following, first_ms) VALUES (?, 0, 0)"
    await console.database.write(lambda connection: connection.execute(sql, (ZHANG.openid,)))
    assert (await browser.text("/?list=calls")).count("要打电话") == 2


async def test_what_became_of_a_notice_is_shown(console):
    """Also when nobody knows."""
    number = await console.opened()
    browser = await console.browser(DUTY)
    await browser.post(f"/tickets/{number}/accept", revision=1)
    assert "等待发送或下次联系时给出" in await browser.text(f"/tickets/{number}")

    await console.database.write(
        lambda connection: connection.execute("UPDATE outbox SET state = 'uncertain', uncertain = 1")
    )

    assert "不确定是否送达" in await browser.text(f"/tickets/{number}")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800000000", "138****0000"), ("", ""), ("07951234567", "079****4567"), ("110", "****"), ("5201234", "*****34")],
)
def test_a_phone_shows_enough_to_recognise_and_not_to_call(phone, shown):
    """Three and four of a mobile number."""
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(("name", "shown"), [("张三甲", "张**"), ("李", "李*"), ("", ""), (" 王五乙 ", "王**")])
def test_a_name_shows_its_first_character(name, shown):
    """And how long it is."""
    assert mask_name(name) == shown


async def ask(console, question_id: str, words: str, due: date) -> None:
    """Log an unresolved question as the bot does."""
    question = AskedQuestion(
        question_id, "o", words, console.now, "unknown", "", (("faq-1", 0.4),), "v1", "", "", "没有答案", due
    )
    await console.database.write(lambda connection: StoredQuestions(connection).add(question))


async def test_reminders_reach_the_desk_that_has_to_act(console):
    """Of its own tickets, with the reason; another unit sees none of them."""
    number = await console.opened()
    console.later(days=9)
    await ReminderRound(console.database, shipped, console.moment, InnerLimits()).give()

    page = await (await console.browser(DUTY)).text("/reminders")

    assert number in page
    assert "已经超期" in page
    assert number not in await (await console.browser(HANDLER)).text("/reminders")
    assert number in await (await console.browser(SUPERVISOR)).text("/reminders")
