"""A village from the console to the group and back: one code, one paste, one answer, one publication, one notice."""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from casework.staff import Role
from storage import staff as staff_book
from tests.flow.town import Town
from tests.flow.waiting import until
from tests.web.desk import Browser, password_hash

VILLAGE = "八景镇/上保村"
HERE = f"/villages/{VILLAGE}"
CHAT = "钱三甲: 低保怎么申请\n孙四乙: 村口路灯坏了没人修\n王五丙: 收到"
CODE = re.compile(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>")
NUMBER = re.compile(r"GA\d{8}-\d{4}")
EXIF = b"\xff\xe1\x00\x0fExif\x00\x00GPS 28N"
PHOTO = b"\xff\xd8" + EXIF + b"\xff\xda\x00\x02\x01\x02\xff\xd9"


@pytest.fixture
async def clerk(town: Town) -> AsyncIterator[Browser]:
    """A clerk of 八景镇, signed in at the running console."""

    def add(connection) -> None:
        if staff_book.get(connection, "zhen1") is None:
            staff_book.add(connection, "zhen1", "冯镇办", Role.HANDLER, "360983104", password_hash(), False)

    await town.bot.database.write(add)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(town.bot.console, cookie_jar=jar) as session:
        browser = Browser(session)
        assert await browser.log_in("zhen1") == 303
        yield browser


async def admin(town: Town, clerk: Browser) -> str:
    """An account bound with a code of the console."""
    openid = town.resident()
    code = CODE.search(await (await clerk.post(f"{HERE}/code")).text())[1]
    assert "上保村的村群管理员" in await town.say(openid, code)
    return openid


async def test_the_whole_round_of_a_village(town: Town, clerk: Browser) -> None:
    """Code at the console, binding, paste, card, 登记, staff answer, card back, and the register knows it."""
    openid = await admin(town, clerk)
    await town.say(openid, "群名 上保村便民群")
    card = await town.say(openid, CHAT)
    assert card.startswith("【群里的问题】")
    number = NUMBER.search(await town.say(openid, "登记 2"))[0]
    await town.answered(number, "路灯已经修好了。")
    await until(lambda: town.services(openid))
    assert "路灯已经修好了" in town.services(openid)[0].text
    register = await clerk.text("/villages?view=admins")
    assert "上保村便民群" in register
    assert openid not in register
    assert not any(name in register for name in ("钱三甲", "孙四乙"))


async def test_what_the_admin_marked_reaches_the_resident_and_the_clerk_sees_the_photo(
    town: Town, clerk: Browser
) -> None:
    """The photo has lost where it was taken, and no resident gets it."""
    openid = await admin(town, clerk)
    assert "记下了：集体财务收支" in await town.say(openid, "已公开", "集体财务收支 今天 公开栏")
    assert "不给居民看" in (await town.platform.send_image(openid, PHOTO)).text
    asker = town.resident()
    answer = await town.say(asker, "我们村的账在哪看", "八景镇 上保村")
    assert "集体财务收支" in answer
    assert "村务信息公开栏" in answer
    assert "集体财务收支" not in (await town.say(openid, "本周")).partition("村务公开")[2]

    async def kept() -> bool:
        return bool(await town.rows("SELECT 1 FROM pictures WHERE openid = ? AND state = 'kept'", openid))

    await until(kept)
    page = await clerk.text(HERE)
    photo = re.search(r'href="([^"]+/photos/[^"]+)"', page)[1]
    assert await (await clerk.get(photo)).read() == PHOTO.replace(EXIF, b"")
    assert town.services(asker) == []


async def test_an_admin_released_at_the_console_forwards_no_more(town: Town, clerk: Browser) -> None:
    """At once."""
    openid = await admin(town, clerk)
    ((binding,),) = await town.rows("SELECT id FROM village_admins WHERE openid = ?", openid)
    assert "已解除" in await (await clerk.post(f"{HERE}/release", admin=binding)).text()
    assert not (await town.say(openid, CHAT)).startswith("【群里的问题】")


async def test_the_admins_code_for_a_successor_releases_the_first_one(town: Town, clerk: Browser) -> None:
    """换人, when the successor sends it."""
    first, second = await admin(town, clerk), town.resident()
    ((binding,),) = await town.rows("SELECT id FROM village_admins WHERE openid = ?", first)
    page = await (await clerk.post(f"{HERE}/code", replaces=binding)).text()
    assert "上保村的村群管理员" in await town.say(second, CODE.search(page)[1])
    assert (await town.rows("SELECT ending FROM village_admins WHERE id = ?", binding)) == [("换人",)]


async def test_a_village_code_of_the_platform_asks_once_and_the_books_are_known(town: Town, clerk: Browser) -> None:
    """Made at the console, scanned by a resident, answered for the right village."""
    assert "二维码做好了" in await (await clerk.post(f"{HERE}/qr")).text()
    ((link,),) = await town.rows("SELECT value FROM settings WHERE name = ?", f"qr:village:{VILLAGE}")
    assert link
    (scene,) = [one for one in town.platform.menu.tickets if one.startswith("v:")]
    openid = town.resident()
    assert "您是八景镇上保村的人吗" in (await town.platform.follow(openid, scene)).text
    await town.say(openid, "是")
    assert (await town.say(openid, "我们村的账在哪看")).startswith("八景镇上保村")
