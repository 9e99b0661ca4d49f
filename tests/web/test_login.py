"""Logging in: who gets in, who must wait, and what a stolen or planted cookie is worth."""

import asyncio

import pytest

from casework.staff import Role
from storage import staff as staff_book
from tests.web.desk import ADMIN, DUTY, HANDLER, OTHER, PASSWORD, Browser, cheap_hasher
from web.console.passwords import objection, one_time_password

WRONG = "not-the-password"


async def test_the_right_password_opens_the_list_and_a_wrong_one_does_not(console):
    """A wrong one says what to do, without saying which of the two was wrong."""
    browser = Browser(await console.client())

    assert await browser.log_in(DUTY.login, WRONG) == 401
    assert (await browser.get("/")).status == 303
    assert await browser.log_in(DUTY.login) == 303
    assert (await browser.get("/")).status == 200


async def test_an_unknown_name_looks_like_a_wrong_password(console):
    """The same status and the same words."""
    client = await console.client()
    pages = []
    for login in (DUTY.login, "nobody9"):
        page = await (await client.get("/login")).text()
        word = page.split('name="csrf" value="')[1].split('"')[0]
        answer = await client.post("/login", data={"csrf": word, "login": login, "password": WRONG})
        pages.append((answer.status, (await answer.text()).count("用户名或密码不对")))

    assert pages == [(401, 1), (401, 1)]


async def test_no_page_opens_without_a_login(console):
    """Neither reading nor writing; only the login itself and the style sheet."""
    number = await console.opened()
    client = await console.client()

    for path in ("/", f"/tickets/{number}", "/gaps", "/reports", "/staff", "/intake", "/help", "/refresh", "/password"):
        answer = await client.get(path, allow_redirects=False)
        assert answer.status == 303, path
        assert answer.headers["Location"].startswith("/login"), path
    answer = await client.post(f"/tickets/{number}/accept", data={"revision": "1"})
    assert answer.status == 401
    assert (await console.ticket(number)).revision == 1


async def test_a_planted_session_id_is_worth_nothing_after_login(console):
    """The login makes a new id; what came with the request is not taken over (session fixation)."""
    client = await console.client()
    client.session.cookie_jar.update_cookies({"minwen": "planted-by-somebody"}, client.make_url("/"))
    browser = Browser(client)

    await browser.log_in(DUTY.login)

    assert browser.cookie != "planted-by-somebody"
    thief = await console.client()
    thief.session.cookie_jar.update_cookies({"minwen": "planted-by-somebody"}, thief.make_url("/"))
    assert (await thief.get("/", allow_redirects=False)).status == 303


async def test_a_living_session_planted_by_its_owner_is_not_taken_over(console):
    """An officer puts the own cookie into a colleague's browser: the colleague's login is under another id."""
    planted = (await console.browser(OTHER)).cookie
    victim = Browser(await console.client())
    page = await (await victim.client.get("/login")).text()
    word = page.split('name="csrf" value="')[1].split('"')[0]
    victim.client.session.cookie_jar.update_cookies({"minwen": planted}, victim.client.make_url("/"))
    form = {"csrf": word, "login": DUTY.login, "password": PASSWORD, "next": ""}

    assert (await victim.client.post("/login", data=form, allow_redirects=False)).status == 303

    assert victim.cookie != planted
    assert "赵值班" in await victim.text("/")
    assert not await opens(console, planted)


async def test_each_login_has_its_own_id_and_ends_the_one_before(console):
    """An id that was copied before the second login opens nothing after it."""
    browser = await console.browser(DUTY)
    copied = browser.cookie

    page = await browser.text("/")
    assert "退出登录" in page
    await browser.post("/logout")
    await browser.log_in(DUTY.login)

    assert browser.cookie != copied
    assert not await opens(console, copied)


async def test_logging_out_ends_the_session_on_the_server(console):
    """A copied cookie is dead afterwards."""
    browser = await console.browser(DUTY)
    copied = browser.cookie

    await browser.post("/logout")

    assert not await opens(console, copied)


async def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(console):
    """Two hours idle, twelve hours in all; what a page asks for by itself is no use."""
    browser = await console.browser(DUTY)
    for _ in range(7):
        console.later(minutes=100)
        assert (await browser.get("/")).status == 200
    console.later(minutes=21)
    assert (await browser.get("/")).status == 303

    browser = await console.browser(DUTY)
    for _ in range(3):
        console.later(minutes=45)
        await browser.get("/refresh")
    assert (await browser.get("/")).status == 303


async def test_only_the_digest_of_a_session_id_is_stored(console):
    """Whoever reads the database cannot log in with it."""
    browser = await console.browser(DUTY)

    rows = await console.database.read(
        lambda connection: [tuple(row) for row in connection.execute("SELECT * FROM staff_sessions")]
    )

    assert rows
    assert browser.cookie not in repr(rows)


@pytest.mark.parametrize("https", [False, True])
async def test_the_cookie_is_kept_from_scripts_and_other_sites(console, https):
    """HttpOnly and SameSite always; Secure and __Host- behind https."""
    console.https = https
    client = await console.client()
    page = await client.get("/login")
    word = (await page.text()).split('name="csrf" value="')[1].split('"')[0]
    pre = page.headers["Set-Cookie"]
    headers = {"Cookie": pre.split(";")[0]}
    answer = await client.post(
        "/login",
        data={"csrf": word, "login": DUTY.login, "password": PASSWORD},
        headers=headers,
        allow_redirects=False,
    )

    cookie = next(value for value in answer.headers.getall("Set-Cookie") if "minwen=" in value)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is https
    assert cookie.startswith("__Host-minwen=" if https else "minwen=")


async def test_guessing_is_slowed_down_and_says_until_when(console):
    """Five are free; then even the right password has to wait, and then it is taken."""
    browser = Browser(await console.client())
    for _ in range(5):
        assert await browser.log_in(DUTY.login, WRONG) == 401

    assert await browser.log_in(DUTY.login, PASSWORD) == 429
    console.later(seconds=61)
    assert await browser.log_in(DUTY.login, PASSWORD) == 303


async def test_guesses_at_the_same_moment_are_counted_too(console):
    """An attempt counts before its hash is computed."""
    browsers = [Browser(await console.client()) for _ in range(12)]

    statuses = await asyncio.gather(*(browser.log_in(DUTY.login, WRONG) for browser in browsers))

    assert statuses.count(401) == 5
    assert statuses.count(429) == 7


async def test_one_account_under_attack_does_not_lock_another(console):
    """The others log in as always."""
    attacker = Browser(await console.client())
    for _ in range(8):
        await attacker.log_in(DUTY.login, WRONG)

    assert await Browser(await console.client()).log_in(HANDLER.login) == 303


async def test_a_one_time_password_must_be_changed_before_anything_else(console):
    """No page and no form works until it is; afterwards the own one is the only one."""
    number = await console.opened()
    once = one_time_password()
    await console.database.write(
        lambda connection: staff_book.add(
            connection, "xin1", "新来的", Role.DUTY, "", cheap_hasher()._hasher.hash(once), True
        )
    )
    browser = Browser(await console.client())
    await browser.log_in("xin1", once)

    assert (await browser.get("/")).headers["Location"] == "/password"
    assert (await browser.post(f"/tickets/{number}/accept", revision=1)).headers["Location"] == "/password"
    assert (await console.ticket(number)).revision == 1
    refused = await browser.post("/password", old=once, new="short", again="short")
    assert refused.status == 422
    assert "至少要10个字符" in await refused.text()
    await browser.post("/password", old=once, new="si-ge-zi-lianqilai", again="si-ge-zi-lianqilai")
    assert (await browser.get("/")).status == 200
    assert await Browser(await console.client()).log_in("xin1", once) == 401


async def test_a_changed_password_ends_the_other_sessions(console):
    """Whoever else was signed in with it is out."""
    one, other = await console.browser(DUTY), await console.browser(DUTY)

    await one.post("/password", old=PASSWORD, new="yi-ge-xin-de-mima", again="yi-ge-xin-de-mima")

    assert (await one.get("/")).status == 200
    assert (await other.get("/")).status == 303


async def test_a_disabled_account_is_out_at_once_and_stays_out(console):
    """Its sessions end and its password opens nothing."""
    admin, browser = await console.browser(ADMIN), await console.browser(DUTY)

    await admin.post("/staff/disable", login=DUTY.login)

    assert (await browser.get("/")).status == 303
    assert await Browser(await console.client()).log_in(DUTY.login) == 401


async def test_a_new_one_time_password_is_shown_once(console):
    """The old password is dead, the new one leads to the change form, and no later page shows it."""
    admin = await console.browser(ADMIN)

    page = await (await admin.post("/staff/password", login=HANDLER.login)).text()
    once = page.split("<code>")[1].split("</code>")[0]

    assert once not in await admin.text("/staff")
    assert await Browser(await console.client()).log_in(HANDLER.login) == 401
    browser = Browser(await console.client())
    await browser.log_in(HANDLER.login, once)
    assert (await browser.get("/")).headers["Location"] == "/password"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/\tx",
        "/\n/evil.example",
    ],
)
async def test_a_login_never_leads_to_another_site(console, target):
    """What is no path of ours becomes the work list."""
    browser = Browser(await console.client())
    page = await (await browser.client.get("/login", params={"next": target})).text()
    word = page.split('name="csrf" value="')[1].split('"')[0]

    answer = await browser.client.post(
        "/login",
        data={"csrf": word, "login": DUTY.login, "password": PASSWORD, "next": target},
        allow_redirects=False,
    )

    assert answer.headers["Location"] == "/"


async def test_a_login_leads_on_to_the_page_that_was_asked_for(console):
    """A link to a ticket works after the login."""
    number = await console.opened()
    browser = Browser(await console.client())

    asked = await browser.get(f"/tickets/{number}")
    assert asked.headers["Location"] == f"/login?next=/tickets/{number}"
    await browser.log_in(DUTY.login, next=f"/tickets/{number}")
    assert (await browser.get(f"/tickets/{number}")).status == 200


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kuai", "至少"),
        ("aaaaaaaaaaaa", "太简单"),
        ("zhiban1-2026-x", "用户名"),
        ("old-password-1", "不能和原来的一样"),
        ("y" * 129 + "abcd", "最多"),
        ("mai-cai-zuo-fan", ""),
    ],
)
def test_a_new_password_is_judged_by_length_and_by_what_it_repeats(password, words):
    """Not by signs and capitals."""
    found = objection(password, "zhiban1", "old-password-1")

    assert words in found
    assert bool(found) == bool(words)


def test_one_time_passwords_do_not_repeat_and_avoid_look_alikes():
    """Four groups of four, without 0/o, 1/l/i."""
    made = {one_time_password() for _ in range(200)}

    assert len(made) == 200
    assert not set("".join(made)) & set("01ilo")


async def opens(console, cookie: str) -> bool:
    """Does a session id open the work list?"""
    client = await console.client()
    client.session.cookie_jar.update_cookies({"minwen": cookie}, client.make_url("/"))
    return (await client.get("/", allow_redirects=False)).status == 200
