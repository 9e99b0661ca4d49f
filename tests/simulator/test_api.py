"""The API side refuses what the platform refuses, with its codes."""

import json

import pytest
from aiohttp import FormData

from tests.simulator.desk import Desk
from tests.simulator.echo_bot import fresh_token

SEND = "/cgi-bin/message/custom/send"
DAY = 86_400


async def plain_token(desk: Desk, **changed: str) -> dict[str, object]:
    """Fetch a token the old way."""
    query = {"grant_type": "client_credential", "appid": desk.account.appid, "secret": desk.account.secret}
    return await desk.call("/cgi-bin/token", **query | changed)


async def test_a_message_opens_five_sends_for_48_hours(desk: Desk) -> None:
    """The sixth is 45047, and after two days 45015."""
    openid = desk.platform.new_openid()
    await desk.platform.say(openid, "你好")

    codes = [await desk.send(openid, str(n)) for n in range(6)]
    desk.clock.now += 2 * DAY
    desk.token = await fresh_token(desk.session, desk.base, desk.account)

    assert codes == [0, 0, 0, 0, 0, 45047]
    assert await desk.send(openid, "太晚") == 45015
    assert [b.text for b in desk.platform.seen(openid) if b.via == "service"] == list("01234")


@pytest.mark.parametrize("gesture", ["follow", "tap_menu", "scan"])
async def test_a_gesture_opens_three_sends_for_one_minute(desk: Desk, gesture: str) -> None:
    """Follow, click and scan open the short window."""
    openid = desk.platform.new_openid()
    await getattr(desk.platform, gesture)(openid, "k")

    codes = [await desk.send(openid, "好") for _ in range(4)]
    desk.clock.now += 60

    assert codes == [0, 0, 0, 45047]
    assert await desk.send(openid, "太晚") == 45015


async def test_nothing_reaches_who_never_wrote_has_left_or_is_unknown(desk: Desk) -> None:
    """45015 without a window, 40003 for an openid of nobody."""
    silent, gone = desk.platform.new_openid(), desk.platform.new_openid()
    desk.platform.resident(silent)
    await desk.platform.say(gone, "你好")
    await desk.platform.unfollow(gone)

    assert await desk.send(silent, "好") == 45015
    assert await desk.send(gone, "好") == 45015
    assert await desk.send(desk.platform.new_openid(), "好") == 40003


async def test_a_link_tap_opens_only_the_short_window(desk: Desk) -> None:
    """The strict reading of what is not documented."""
    openid = desk.platform.new_openid()
    await desk.platform.tap_link(openid, "低保", "1")
    desk.clock.now += 61

    assert await desk.send(openid, "好") == 45015


async def test_sizes_and_kinds_are_checked_before_anything_is_shown(desk: Desk) -> None:
    """A refused message costs nothing and shows nothing."""
    openid = desk.platform.new_openid()
    await desk.platform.say(openid, "你好")
    article = {"title": "题", "description": "", "url": "https://example.com", "picurl": ""}
    bodies: list[tuple[object, int]] = [
        ({"touser": openid, "msgtype": "text", "text": {"content": "字" * 683}}, 45002),
        ({"touser": openid, "msgtype": "news", "news": {"articles": [article] * 2}}, 45008),
        ({"touser": openid, "msgtype": "hologram", "hologram": {}}, 40008),
        ({"touser": openid, "msgtype": "image", "image": {"media_id": "none"}}, 40007),
        (b"{", 47001),
        (b"", 44004),
    ]

    told = [(await desk.call(SEND, body))["errcode"] for body, _ in bodies]

    assert told == [code for _, code in bodies]
    assert all(bubble.via != "service" for bubble in desk.platform.seen(openid))
    assert [await desk.send(openid, "好") for _ in range(5)] == [0] * 5


async def test_escaped_chinese_is_seen_as_escapes(desk: Desk) -> None:
    """aiohttp's json= would escape; the resident then reads backslashes, and a menu is refused."""
    openid = desk.platform.new_openid()
    await desk.platform.say(openid, "你好")
    body = {"touser": openid, "msgtype": "text", "text": {"content": "好\n的"}}
    menu = {"button": [{"type": "click", "name": "低保", "key": "k"}]}

    await desk.call(SEND, json.dumps(body).encode())
    refused = await desk.call("/cgi-bin/menu/create", json.dumps(menu).encode())

    assert desk.platform.seen(openid)[-1].text == "\\u597d\n\\u7684"
    assert refused["errcode"] == 40033


async def test_each_plain_token_replaces_the_last_with_five_minutes_overlap(desk: Desk) -> None:
    """The stable token is another matter and not disturbed."""
    first = str((await plain_token(desk))["access_token"])
    await plain_token(desk)
    stable, desk.token = desk.token, first
    within = await desk.call("/cgi-bin/getcallbackip")
    desk.clock.now += 301
    after = await desk.call("/cgi-bin/getcallbackip")
    desk.token = stable
    other = await desk.call("/cgi-bin/getcallbackip")

    assert "ip_list" in within
    assert after["errcode"] == 40001
    assert "not latest" in str(after["errmsg"])
    assert "ip_list" in other


async def test_the_stable_token_stays_until_its_last_five_minutes(desk: Desk) -> None:
    """Then a new one comes while the old one still works; after two hours the old one is dead."""
    desk.clock.now += 6_899
    same = await fresh_token(desk.session, desk.base, desk.account)
    desk.clock.now += 2
    renewed = await fresh_token(desk.session, desk.base, desk.account)
    overlap = await desk.call("/cgi-bin/getcallbackip")
    desk.clock.now += 300

    assert same == desk.token != renewed
    assert "ip_list" in overlap
    assert (await desk.call("/cgi-bin/getcallbackip"))["errcode"] == 40001


async def test_an_expired_latest_token_is_42001_and_a_missing_one_41001(desk: Desk) -> None:
    """Errors name what is wrong and carry a rid that decodes to the time."""
    desk.clock.now += 7_200
    expired = await desk.call("/cgi-bin/getcallbackip")
    desk.token = ""
    missing = await desk.call("/cgi-bin/getcallbackip")

    assert expired["errcode"] == 42001
    assert missing["errcode"] == 41001
    rid = str(expired["errmsg"]).rpartition("rid: ")[2]
    assert int(rid.split("-")[0], 16) == int(desk.clock.now)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"grant_type": "x"}, 40002), ({"appid": "wx0"}, 40013), ({"secret": "no"}, 40125)],
)
async def test_wrong_credentials_have_their_codes(desk: Desk, changed: dict[str, str], code: int) -> None:
    """One code for each thing that can be wrong."""
    assert (await plain_token(desk, **changed))["errcode"] == code


async def test_the_daily_quota_runs_out_and_comes_back_at_midnight_in_beijing(desk: Desk) -> None:
    """45009 until the day changes or the quota is cleared, ten times a month."""
    desk.platform.quotas.daily["/cgi-bin/token"] = 1
    asked = {"cgi_path": "/cgi-bin/token"}
    first, second = await plain_token(desk), await plain_token(desk)
    quota = await desk.call("/cgi-bin/openapi/quota/get", asked)
    cleared = [(await desk.call("/cgi-bin/clear_quota", {"appid": desk.account.appid}))["errcode"] for _ in range(11)]
    third = await plain_token(desk)
    desk.clock.now += DAY
    tomorrow = await plain_token(desk)

    assert "access_token" in first
    assert second["errcode"] == 45009
    assert quota["quota"] == {"daily_limit": 1, "used": 1, "remain": 0}
    assert cleared == [0] * 10 + [48006]
    assert "access_token" in third
    assert "access_token" in tomorrow


async def test_a_forced_refresh_kills_the_old_token_and_is_rationed(desk: Desk) -> None:
    """Twice within 30 s is 45011."""
    body = {
        "grant_type": "client_credential",
        "appid": desk.account.appid,
        "secret": desk.account.secret,
        "force_refresh": True,
    }
    forced = await desk.call("/cgi-bin/stable_token", body)
    again = await desk.call("/cgi-bin/stable_token", body)

    assert forced["access_token"] != desk.token
    assert again["errcode"] == 45011
    assert (await desk.call("/cgi-bin/getcallbackip"))["errcode"] == 40001


async def test_the_token_fault_hits_once_or_always(desk: Desk) -> None:
    """So that a bot's single retry and its end can both be seen."""
    desk.platform.faults.token_errors = 1
    once = [(await desk.call("/cgi-bin/getcallbackip")).get("errcode") for _ in range(2)]
    desk.platform.faults.token_errors = -1
    always = [(await desk.call("/cgi-bin/getcallbackip")).get("errcode") for _ in range(3)]

    assert once == [42001, None]
    assert always == [42001] * 3


async def test_the_menu_is_checked_kept_and_taken_away(desk: Desk) -> None:
    """46003 when there is none; a bad one leaves the old one."""
    button = {"type": "click", "name": "查询", "key": "PROGRESS"}
    good = {"button": [{"name": "办事", "sub_button": [button]}, button]}

    assert (await desk.call("/cgi-bin/menu/get"))["errcode"] == 46003
    assert (await desk.call("/cgi-bin/menu/create", good))["errcode"] == 0
    assert (await desk.call("/cgi-bin/menu/create", {"button": []}))["errcode"] == 40016
    assert (await desk.call("/cgi-bin/menu/create", {"button": [button | {"name": "六个字太长"}]}))["errcode"] == 0
    long_name = {"button": [button | {"name": "六个汉字的名"}]}
    assert (await desk.call("/cgi-bin/menu/create", long_name))["errcode"] == 40018
    assert [b.name for b in desk.platform.menu.buttons] == ["六个字太长"]
    assert (await desk.call("/cgi-bin/menu/delete"))["errcode"] == 0
    assert desk.platform.menu.buttons == ()


async def test_media_live_three_days(desk: Desk) -> None:
    """What a resident sends can be fetched by id, what the bot uploads can be sent."""
    openid = desk.platform.new_openid()
    await desk.platform.send_image(openid, b"\x89PNG-picture")
    form = FormData()
    form.add_field("media", b"\xff\xd8picture", filename="a.jpg")
    query = {"access_token": desk.token, "type": "image"}
    async with desk.session.post(f"{desk.base}/cgi-bin/media/upload", params=query, data=form) as got:
        uploaded = await got.json(content_type=None)
    sent = {"touser": openid, "msgtype": "image", "image": {"media_id": uploaded["media_id"]}}
    media_id = desk.platform.seen(openid)[0].media_id
    query = {"access_token": desk.token, "media_id": media_id}
    async with desk.session.get(f"{desk.base}/cgi-bin/media/get", params=query) as got:
        data, kind = await got.read(), got.content_type

    assert (data, kind) == (b"\x89PNG-picture", "image/png")
    assert (await desk.call(SEND, sent))["errcode"] == 0
    assert desk.platform.seen(openid)[-1].kind == "image"
    desk.clock.now += 3 * DAY + 1
    desk.token = await fresh_token(desk.session, desk.base, desk.account)
    assert (await desk.call("/cgi-bin/media/get", media_id=media_id))["errcode"] == 40007


async def test_user_info_tells_only_what_is_still_told(desk: Desk) -> None:
    """No nickname since 2021; nothing at all about who has left."""
    openid = desk.platform.new_openid()
    await desk.platform.follow(openid, "7")
    here = await desk.call("/cgi-bin/user/info", openid=openid)
    await desk.platform.unfollow(openid)

    assert (here["subscribe"], here["nickname"], here["qr_scene"]) == (1, "", 7)
    assert await desk.call("/cgi-bin/user/info", openid=openid) == {"subscribe": 0, "openid": openid}


async def test_content_type_varies_and_wrong_methods_are_named(desk: Desk) -> None:
    """A client must not rely on application/json."""
    seen = set()
    for _ in range(2):
        async with desk.session.get(f"{desk.base}/cgi-bin/getcallbackip") as got:
            seen.add(got.content_type)

    assert seen == {"application/json", "text/plain"}
    assert (await desk.call(SEND))["errcode"] == 43002


async def test_the_other_faults_of_the_api(desk: Desk) -> None:
    """A closed window, a slow API and an HTTP 500 can be had by switch."""
    openid = desk.platform.new_openid()
    await desk.platform.say(openid, "你好")
    desk.platform.faults.window_closed = True
    closed = await desk.send(openid, "好")
    desk.platform.faults.clear()
    desk.platform.faults.api_500 = True
    async with desk.session.get(f"{desk.base}/cgi-bin/getcallbackip") as got:
        status = got.status

    assert (closed, status) == (45015, 500)
