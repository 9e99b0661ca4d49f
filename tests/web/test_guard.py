"""What another site, another unit or a resident's text can do to the console: nothing."""

import pytest

from casework.limits_settings import InnerLimits
from casework.tickets.desk import accept, dispatch
from casework.tickets.events import IdentityLookedAt
from casework.tickets.model import Kind, TextKind
from documents.spreadsheets import write_csv
from storage.reminders import ReminderRound
from tests.casework.calendars import shipped
from tests.web.desk import ADMIN, DUTY, HANDLER, LEADER, OTHER, PHONE, REVIEWER, SUPERVISOR, ZHANG
from tests.web.test_importing import send
from tests.web.test_publishing import FIELDS as DRAFT_FIELDS, ask
from web.console.acts import ACTS

EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="x'
FIELDS = {
    "words": "理由",
    "resolved": "yes",
    "route": "信访",
    "kind": "咨询",
    "lawfulness": "合理合法",
    "unit": "gongan",
    "reason": "不可抗力",
    "days": "1",
    "into": "GA20261124-0002",
    "reached": "yes",
    "external": "YC-1",
}


@pytest.mark.parametrize("act", list(ACTS))
async def test_another_units_officer_can_do_nothing_by_any_form(console, act):
    """Whatever the address and the fields: refused, and the ticket is as it was."""
    number = await console.handling()
    before = await console.ticket(number)
    browser = await console.browser(OTHER)

    answer = await browser.post(f"/tickets/{number}/{act}", revision=before.revision, **FIELDS)

    assert answer.status == 403
    assert "路灯" not in await answer.text()
    assert await console.ticket(number) == before


async def test_another_units_officer_can_read_nothing_by_any_address(console):
    """Page, preview, picture, list, search and counts."""
    number = await console.handling()
    await add_picture(console, number)
    browser = await console.browser(OTHER)

    for path in (f"/tickets/{number}", f"/tickets/{number}/pictures/pic1"):
        assert (await browser.get(path)).status == 403
    assert (await browser.post(f"/tickets/{number}/preview", words="x")).status == 403
    assert (await browser.post(f"/tickets/{number}/asker", why="想看")).status == 403
    revision = (await console.ticket(number)).revision
    assert (await browser.post(f"/tickets/{number}/code", revision=revision)).status == 403
    for path in ("/?list=unit", "/?list=open", "/?list=overdue", f"/?list=open&q={number}", "/?list=done", "/refresh"):
        page = await browser.text(path)
        assert "路灯" not in page, path
        assert "<b>1</b>" not in page, path
    assert (await browser.get("/reports")).status == 403


async def test_a_helping_unit_reads_but_has_no_buttons(console):
    """It sees the case and can change nothing."""
    number = await console.opened()

    def work(desk):
        accept(desk, number, DUTY)
        dispatch(desk, number, "chengguan", DUTY, ("gongan",))

    await console.do(work)
    browser = await console.browser(OTHER)

    page = await browser.text(f"/tickets/{number}")
    assert "没有您要做的事" in page
    assert 'action="/tickets/' not in page
    assert number in await browser.text("/?list=open")
    assert (await browser.post(f"/tickets/{number}/sign", revision=3)).status == 403


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (DUTY, "/staff"),
        (HANDLER, "/staff"),
        (LEADER, "/staff"),
        (SUPERVISOR, "/staff"),
        (REVIEWER, "/staff"),
        (HANDLER, "/intake"),
        (LEADER, "/intake"),
        (REVIEWER, "/intake"),
        (HANDLER, "/reports"),
        (SUPERVISOR, "/gaps"),
    ],
    ids=str,
)
async def test_a_page_of_another_role_is_refused(console, who, path):
    """By its address too, not only by leaving it off the menu."""
    browser = await console.browser(who)

    assert (await browser.get(path)).status == 403
    assert f'href="{path}"' not in await browser.text("/")


@pytest.mark.parametrize("act", ["add", "password", "disable", "enable", "sign_out"])
async def test_only_an_administrator_changes_accounts(console, act):
    """A form sent by somebody else changes nothing."""
    browser = await console.browser(SUPERVISOR)

    answer = await browser.post(f"/staff/{act}", login="guanli1", name="某人", role="管理员")

    assert answer.status == 403
    assert await console.parts().staff.notes() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
async def test_a_form_from_another_site_is_refused_even_with_the_token(console, headers):
    """The browser says where it comes from."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    answer = await browser.post(f"/tickets/{number}/accept", headers=headers, revision=1)

    assert answer.status == 403
    assert (await console.ticket(number)).revision == 1


@pytest.mark.parametrize("token", ["", "wrong", "é", "x" * 150, "x" * 500])
async def test_a_form_without_the_sessions_token_is_refused(console, token):
    """A cookie alone does nothing."""
    number = await console.opened()
    browser = await console.browser(DUTY)
    browser.csrf = token

    answer = await browser.post(f"/tickets/{number}/accept", revision=1)

    assert answer.status in {403, 422}
    assert (await console.ticket(number)).revision == 1


async def test_a_token_of_another_session_is_refused(console):
    """Each session has its own."""
    number = await console.opened()
    one, other = await console.browser(DUTY), await console.browser(DUTY)
    one.csrf = other.csrf

    assert (await one.post(f"/tickets/{number}/accept", revision=1)).status == 403


async def test_reading_changes_nothing(console):
    """An act by GET does not exist, so no picture or link can trigger one."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    for act in ("accept", "asker", "preview", "dispatch"):
        assert (await browser.get(f"/tickets/{number}/{act}")).status == 405
    assert (await browser.get("/logout")).status == 405
    assert (await console.ticket(number)).revision == 1


async def test_a_residents_text_stays_text_on_every_page(console):
    """Words, place, name, typed answers, filters, staff names and questions are never markup."""
    number = await console.opened(words=EVIL, texts=((TextKind.PLACE, EVIL), (TextKind.WHEN, EVIL)))
    await ask(console, "q1", "o-asker", EVIL)
    console.later(days=1)
    await ReminderRound(console.database, shipped, console.moment, InnerLimits()).give()
    browser = await console.browser(ADMIN)

    refused = await browser.post(f"/tickets/{number}/answer", revision=0, words=EVIL)
    await browser.post("/staff/add", login="evil1", name=EVIL[:30], role="值班员")
    duty, table = await console.browser(DUTY), write_csv(("外部编号", "种类", "诉求内容"), [("YC-1", "投诉", EVIL)])
    draft = await browser.post("/drafts", **(DRAFT_FIELDS | {"title": EVIL[:60], "answer": EVIL}))
    pages = [
        await browser.text("/gaps"),
        await browser.text("/drafts/new?question=q1"),
        await browser.text("/drafts"),
        await browser.text(draft.headers["Location"]),
        await duty.text("/reminders"),
        await (await duty.post("/intake", what=EVIL, where=EVIL, when=EVIL, name=EVIL[:30], phone="x")).text(),
        await (await send(duty, "表.csv", table)).text(),
        await browser.text("/"),
        await browser.text(f"/tickets/{number}"),
        await refused.text(),
        await (await browser.post(f"/tickets/{number}/preview", words=EVIL)).text(),
        await (await browser.post(f"/tickets/{number}/asker", why=EVIL)).text(),
        await browser.text("/staff"),
        await (await browser.client.get("/", params={"q": EVIL, "kind": EVIL, "list": EVIL})).text(),
    ]

    assert sum("&lt;script&gt;alert" in page for page in pages) >= 10, "the words are on the pages, as words"
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert '" onmouseover="x' not in page


async def test_pages_forbid_scripts_frames_sniffing_and_caching(console):
    """Strict headers on pages, refusals and the login alike; no inline script or style anywhere."""
    number = await console.opened()
    browser = await console.browser(ADMIN)

    for path in ("/", f"/tickets/{number}", "/staff", "/nowhere", "/login", "/help", "/intake", "/reports", "/gaps"):
        answer = await browser.get(path)
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "style=" not in page
        assert "<script>" not in page
        assert " onclick" not in page


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8081", 200),
        ("localhost:8081", 200),
        ("[::1]:8081", 200),
        ("ban.gaoan.example", 200),
        ("evil.example", 421),
        ("evil.example:8081", 421),
        ("127.0.0.1.evil.example", 421),
    ],
)
async def test_only_known_names_reach_the_console(console, host, status):
    """A foreign name that points at this machine is refused (DNS rebinding)."""
    console.hosts = frozenset({"ban.gaoan.example"})
    client = await console.client()

    assert (await client.get("/login", headers={"Host": host})).status == status


async def test_personal_data_are_masked_until_a_reason_is_given(console):
    """Name, phone and the numbers in the text; the openid never. The look is logged with its reason."""
    number = await console.opened(words=f"路灯坏了，打我电话{PHONE}")
    browser = await console.browser(DUTY)

    for path in ("/", f"/tickets/{number}"):
        page = await browser.text(path)
        assert PHONE not in page
        assert "张三甲" not in page
    assert "138****0000" in page
    shown = await (await browser.post(f"/tickets/{number}/asker", why="约上门时间")).text()

    assert PHONE in shown
    assert "张三甲" in shown
    assert ZHANG.openid not in page + shown
    last = (await console.do(lambda desk: desk.book.history(number)))[-1]
    assert (last.actor, last.event) == ("staff:zhiban1", IdentityLookedAt("约上门时间"))
    assert PHONE not in await browser.text(f"/tickets/{number}")


async def test_looking_without_a_reason_shows_nothing(console):
    """And nothing is logged."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    answer = await browser.post(f"/tickets/{number}/asker", why="  ")

    assert answer.status == 422
    assert PHONE not in await answer.text()
    assert (await console.ticket(number)).revision == 1


async def test_the_unit_never_learns_who_reported(console):
    """A 举报 hides its reporter from the handling unit, by button and by form."""
    number = await console.handling(Kind.REPORT)
    browser = await console.browser(HANDLER)

    page = await browser.text(f"/tickets/{number}")
    assert "对承办单位保密" in page
    assert "张*" not in page
    assert "138****" not in page
    answer = await browser.post(f"/tickets/{number}/asker", why="想知道")
    assert answer.status == 403
    assert PHONE not in await answer.text()


async def test_a_picture_is_a_download_of_its_own_ticket_only(console):
    """With its type, as an attachment; by another ticket's address it does not exist."""
    number, other = await console.opened(), await console.opened()
    await add_picture(console, number)
    browser = await console.browser(DUTY)

    answer = await browser.get(f"/tickets/{number}/pictures/pic1")
    assert answer.status == 200
    assert answer.content_type == "image/png"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}-1.png"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (await browser.get(f"/tickets/{other}/pictures/pic1")).status == 404


@pytest.mark.parametrize(
    "path",
    ["/static/../console/app.py", "/static/%2e%2e/console/app.py", "/static/console", "/static/vendor/VENDOR.json"],
)
async def test_static_files_are_only_those_of_the_folder(console, path):
    """No way out of it, and only kinds a page uses."""
    client = await console.client()

    assert (await client.get(path, allow_redirects=False)).status in {303, 404}


async def test_words_typed_in_an_expired_session_are_given_back(console):
    """Nothing an officer wrote is lost, and nothing is executed."""
    number = await console.opened()
    browser = await console.browser(DUTY)
    console.later(hours=3)

    answer = await browser.post(f"/tickets/{number}/answer_directly", revision=1, words="写了半天", resolved="yes")

    assert answer.status == 401
    assert "写了半天</textarea>" in await answer.text()
    assert (await console.ticket(number)).revision == 1


@pytest.mark.parametrize("field", ["csrf", "next", "login", "password"])
async def test_an_overlong_field_is_no_failure_of_ours(console, field):
    """The login answers with a sentence, whatever is sent."""
    client = await console.client()
    page = await (await client.get("/login")).text()
    word = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": word, "login": "zhiban1", "password": "x", "next": "/"} | {field: "长" * 3000}

    answer = await client.post("/login", data=form)

    assert answer.status in {401, 403, 422}
    assert "系统出了问题" not in await answer.text()


async def test_a_form_that_is_too_large_gets_a_sentence(console):
    """413, no stack trace."""
    number = await console.opened()
    browser = await console.browser(DUTY)

    answer = await browser.post(f"/tickets/{number}/answer", revision=1, words="长" * 90_000)

    assert answer.status == 413
    assert "太大" in await answer.text()


async def add_picture(console, number: str) -> None:
    """Give a ticket one stored picture."""

    def work(connection):
        connection.execute(
            "INSERT INTO pictures(id, openid, media_id, state, content_type, body, created_ms)"
            " VALUES ('pic1', 'o', 'm', 'kept', 'image/png', x'89504e47', 1)"
        )
        connection.execute(
            "INSERT INTO case_texts(id, ticket, kind, body, author, at_ms)"
            " VALUES ('t1', ?, '图片', 'pic1', 'resident', 1)",
            (number,),
        )

    await console.database.write(work)
