"""村务 at the console: who sees which 镇, codes shown once, 换人, 解除, marks, photos, QR sheets."""

import re

import pytest

from storage.times import to_ms
from storage.village_codes import StoredCodes, hash_code
from tests.web.desk import ADMIN, DUTY, HANDLER, REVIEWER, SUPERVISOR
from tests.web.village_town import (
    CLERK,
    HERE,
    LEAD,
    MAKES,
    NEIGHBOUR,
    OPENID,
    REFUSES,
    VILLAGE,
    bound,
    move_in,
    rows,
)

CODE = re.compile(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>")
MARK = {"item": "C03", "day": "2026-11-20", "channel": "村务信息公开栏", "other": ""}


@pytest.fixture
async def town(console):
    """The console with villages."""
    return await move_in(console)


async def test_the_city_sees_every_town_and_a_town_only_itself(town):
    """By the page and by the address."""
    assert "瑞州街道" in await (await town.browser(DUTY)).text("/villages")
    clerk = await town.browser(CLERK)
    page = await clerk.text("/villages")
    assert "上保村" in page
    assert "瑞州" not in page
    assert (await clerk.get("/villages/瑞州街道/瑞州社区")).status == 403
    assert "瑞州社区" not in await clerk.text("/villages?town=瑞州街道")


@pytest.mark.parametrize("who", [NEIGHBOUR, HANDLER, SUPERVISOR, REVIEWER], ids=str)
@pytest.mark.parametrize("act", ["code", "release", "publish", "take_back", "settle", "withdraw_code", "qr"])
async def test_nobody_else_changes_anything_by_any_form(town, who, act):
    """Another town, another unit, or a role that only reads: refused, and everything is as it was."""
    admin = await bound(town)
    browser = await town.browser(who)
    before = await rows(town, "SELECT * FROM village_events")

    answer = await browser.post(
        f"{HERE}/{act}", admin=admin.id, hashed="x", publication="x", words="x", since="2026-01-01", **MARK
    )

    assert answer.status == 403
    assert await rows(town, "SELECT * FROM village_events") == before
    assert await rows(town, "SELECT * FROM village_codes") == []


async def test_a_unit_that_is_no_town_has_no_such_menu(town):
    """And the page is refused."""
    browser = await town.browser(HANDLER)
    assert 'href="/villages"' not in await browser.text("/")
    assert (await browser.get("/villages")).status == 403
    assert 'href="/villages"' in await (await town.browser(CLERK)).text("/")


async def test_a_code_is_shown_once_and_stored_hashed(town):
    """The page after that only says that one is out."""
    clerk = await town.browser(CLERK)
    page = await (await clerk.post(f"{HERE}/code")).text()
    code = CODE.search(page)[1]
    ((hashed, village, by),) = await rows(town, "SELECT hashed, village, issued_by FROM village_codes")
    assert (hashed, village, by) == (hash_code(code.replace("-", "")), VILLAGE, CLERK.login)
    again = await clerk.text(HERE)
    assert code not in again
    assert "没用的绑定码" in again
    assert "发了一个绑定码" in again
    assert code not in str(await rows(town, "SELECT * FROM village_events"))


async def test_a_code_may_be_taken_back(town):
    """Nobody is bound by it then."""
    clerk = await town.browser(CLERK)
    await clerk.post(f"{HERE}/code")
    ((hashed,),) = await rows(town, "SELECT hashed FROM village_codes")
    assert "收回了" in await (await clerk.post(f"{HERE}/withdraw_code", hashed=hashed)).text()
    code = await town.database.read(lambda connection: StoredCodes(connection).find(hashed))
    assert code.withdrawn_at is not None


async def test_a_code_for_another_one_names_whom_it_replaces(town):
    """换人."""
    admin = await bound(town)
    clerk = await town.browser(CLERK)
    page = await (await clerk.post(f"{HERE}/code", replaces=admin.id)).text()
    assert "原来的管理员就换下" in page
    assert await rows(town, "SELECT replaces FROM village_codes") == [(admin.id,)]
    assert (await clerk.post(f"{HERE}/code", replaces="nobody")).status == 409


async def test_a_released_admin_is_in_the_register_with_the_end(town):
    """解除, logged with the one who did it; the account itself is shown nowhere."""
    admin = await bound(town)
    clerk = await town.browser(CLERK)
    assert "没说群名" in await clerk.text("/villages?view=admins")
    assert "已解除" in await (await clerk.post(f"{HERE}/release", admin=admin.id)).text()
    register = await clerk.text("/villages?view=admins")
    assert "解除" in register
    page = await clerk.text(HERE)
    assert "冯镇办" in page
    assert OPENID not in page + register
    ended = await rows(town, "SELECT actor, type FROM village_events WHERE type = 'AdminEnded'")
    assert ended == [(f"staff:{CLERK.login}", "AdminEnded")]
    assert (await clerk.post(f"{HERE}/release", admin=admin.id)).status == 409


async def test_an_admin_of_another_village_cannot_be_released_here(town):
    """By its id in the form."""
    other = await bound(town, "瑞州街道/瑞州社区")
    answer = await (await town.browser(CLERK)).post(f"{HERE}/release", admin=other.id)
    assert answer.status == 409
    assert await rows(town, "SELECT count(*) FROM village_events WHERE type = 'AdminEnded'") == [(0,)]


async def test_the_last_digest_of_each_admin_is_shown(town):
    """With what became of it."""
    admin = await bound(town)
    sql = (
        "INSERT INTO outbox(id, openid, case_id, body, dedup, state, created_ms)"
        f" VALUES ('w1', '{OPENID}', '', 'x', 'week:{admin.id}:2026-47', 'given', {to_ms(town.now)})"
    )
    await town.database.write(lambda connection: connection.execute(sql))
    assert "已随回复给出" in await (await town.browser(CLERK)).text("/villages?view=admins")
    assert "已随回复给出" in await (await town.browser(CLERK)).text(HERE)


async def test_a_mark_counts_and_can_be_taken_back_with_a_reason(town):
    """The list of what is due follows."""
    clerk = await town.browser(CLERK)
    assert "集体财务收支" in await clerk.text("/villages?view=due")
    assert "记下了" in await (await clerk.post(f"{HERE}/publish", **MARK)).text()
    assert "集体财务收支" not in await clerk.text("/villages?view=due")
    ((publication,),) = await rows(town, "SELECT id FROM village_publications")
    assert (await clerk.post(f"{HERE}/take_back", publication=publication, words="")).status == 409
    page = await (await clerk.post(f"{HERE}/take_back", publication=publication, words="日期写错")).text()
    assert "撤销了" in page
    assert "日期写错" in page
    assert "集体财务收支" in await clerk.text("/villages?view=due")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"day": "2026-12-25"}, "还没到"),
        ({"day": "2020-01-01"}, "一年以前"),
        ({"day": "x"}, "公开日期要写成"),
        ({"item": "S01"}, "没有这一项"),
        ({"channel": "", "other": ""}, "在哪里公开"),
    ],
)
async def test_a_mark_that_cannot_be_is_refused_with_a_sentence(town, changed, why):
    """And nothing is put down."""
    answer = await (await town.browser(CLERK)).post(f"{HERE}/publish", **(MARK | changed))
    assert answer.status == 409
    assert why in await answer.text()
    assert await rows(town, "SELECT * FROM village_publications") == []


async def test_what_went_by_unpublished_is_overdue_from_the_day_the_town_settled(town):
    """First with the whole town at once, then for one village."""
    clerk = await town.browser(CLERK)
    assert "逾期" not in re.sub(r"到期和逾期|“逾期”|不算逾期", "", await clerk.text("/villages"))
    told = await (await clerk.post("/villages", town="八景镇", since="2026-04-01")).text()
    assert "2个村和社区从2026-04-01起算" in told
    assert "逾期2期" in await clerk.text("/villages?view=due")
    await clerk.post(f"{HERE}/settle", since="2026-07-01", busy="yes")
    page = await clerk.text(HERE)
    assert "逾期4期" in page
    assert "每月" in page


async def test_a_legal_frequency_is_never_made_rarer(town):
    """What is 待核 the town may settle."""
    clerk = await town.browser(CLERK)
    answer = await clerk.post(f"{HERE}/settle", since="2026-07-01", often="C03:待核")
    assert answer.status == 409
    assert "不能改得更少" in await answer.text()
    assert (await clerk.post(f"{HERE}/settle", since="2026-07-01", often="C12:每季度")).status == 200
    assert "惠农政策" in await clerk.text("/villages?view=due")


async def test_a_photo_is_for_staff_of_the_town_and_every_look_is_written_down(town):
    """As a file, never as a page."""
    clerk = await town.browser(CLERK)
    await clerk.post(f"{HERE}/publish", **MARK)
    ((publication,),) = await rows(town, "SELECT id FROM village_publications")

    def add(connection):
        connection.execute("UPDATE village_publications SET photo = 'pic1'")
        connection.execute(
            "INSERT INTO pictures(id, openid, media_id, state, content_type, body, created_ms)"
            " VALUES ('pic1', ?, 'm', 'kept', 'image/jpeg', x'ffd8ff', 1)",
            (OPENID,),
        )

    await town.database.write(add)
    answer = await clerk.get(f"{HERE}/photos/{publication}")
    assert answer.status == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "看了公开照片" in await clerk.text(HERE)
    assert (await (await town.browser(NEIGHBOUR)).get(f"{HERE}/photos/{publication}")).status == 403
    assert (await clerk.get(f"{HERE}/photos/nothing")).status == 404
    await clerk.post(f"{HERE}/take_back", publication=publication, words="拍到了人")
    assert await rows(town, "SELECT * FROM pictures") == []


async def test_a_villages_code_is_made_once_and_its_sheet_is_a_pdf(town):
    """A verified account."""
    clerk = await town.browser(CLERK)
    assert "二维码做好了" in await (await clerk.post(f"{HERE}/qr")).text()
    sheet = await clerk.get(f"{HERE}/sheet.pdf")
    assert (await sheet.read()).startswith(b"%PDF")
    assert await rows(town, "SELECT value FROM settings WHERE name = ?", f"qr:village:{VILLAGE}") == [
        (MAKES.answer.url,)
    ]


async def test_an_account_without_the_right_says_so_and_prints_its_name(console):
    """48001 is no error of ours."""
    town = await move_in(console, REFUSES)
    clerk = await town.browser(CLERK)
    answer = await clerk.post(f"{HERE}/qr")
    assert answer.status == 409
    page = await answer.text()
    assert "没有带参数二维码的权限" in page
    assert "关注后发 八景镇上保村" in page
    assert (await (await clerk.get(f"{HERE}/sheet.pdf")).read()).startswith(b"%PDF")


async def test_without_code_and_name_no_sheet_is_printed(console):
    """Nobody could find the account with it."""
    town = await move_in(console, REFUSES, "本公众号")
    clerk = await town.browser(CLERK)
    assert "还印不了" in await clerk.text(HERE)
    answer = await clerk.get(f"{HERE}/sheet.pdf")
    assert answer.status == 422
    assert "BOT_ACCOUNT_NAME" in await answer.text()


async def test_the_accounts_own_code_is_set_by_the_administrator_only(town):
    """And only what can be one."""
    good = "http://weixin.qq.com/r/abcdefg12345"
    assert (await (await town.browser(DUTY)).post("/villages/account", link=good)).status == 403
    chief = await town.browser(ADMIN)
    assert (await chief.post("/villages/account", link="https://evil.example/r/1")).status == 422
    assert (await chief.post("/villages/account", link=good)).status == 303
    assert good in await chief.text("/villages")
    assert "印公众号的二维码" in await chief.text(HERE)


async def test_a_town_without_admins_says_what_to_do(town):
    """An empty state is an instruction."""
    page = await (await town.browser(LEAD)).text("/villages?view=admins")
    assert "还没有村群管理员" in page
    assert "发一个绑定码" in page


async def test_an_unknown_village_is_not_found(town):
    """Whatever is in the address."""
    clerk = await town.browser(CLERK)
    assert (await clerk.get("/villages/八景镇/火星村")).status == 404
    assert (await clerk.get("/villages/%2e%2e/x")).status == 404
