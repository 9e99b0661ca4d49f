"""A city changes its knowledge while the account runs: residents get the new answer, nobody waits."""

import asyncio

import aiohttp

from storage import overlay
from tests.flow.town import Town
from tests.world import CATALOGS

ACT = overlay.Act("张三甲", "", 1_800_000_000_000, "试")
FAQ = next(iter(sorted(CATALOGS.glob("faq/*.yaml"))))
PATH = FAQ.relative_to(CATALOGS).as_posix()


def asked(text: str) -> str:
    """The first phrasing of the entry."""
    return next(line.strip().removeprefix("- ") for line in text.partition("问法:")[2].splitlines() if line.strip())


async def health(town: Town) -> dict[str, object]:
    assert town.bot is not None
    async with aiohttp.ClientSession() as session, session.get(f"{town.bot.console}/health") as answer:
        return dict(await answer.json())


async def stored(town: Town, content: str) -> None:
    assert town.bot is not None
    await town.bot.database.write(lambda connection: overlay.put(connection, {PATH: content}, ACT))


async def seen(town: Town, key: str, value: object = None) -> dict[str, object]:
    """The health report once *key* is *value*, or anything at all; a process looks every two seconds."""
    for _ in range(600):
        told = await health(town)
        if told[key] == value if value is not None else told[key]:
            return told
        await asyncio.sleep(0.1)
    raise AssertionError(f"{key} never became {value}")


async def test_a_running_account_takes_over_expires_and_survives_a_broken_version(own_town: Town) -> None:
    await own_town.start()
    text = FAQ.read_text("utf-8")
    answer = next(line for line in text.splitlines() if line.startswith("回答:"))
    resident, words = own_town.resident(), asked(text)

    await stored(own_town, text.replace(answer, "回答: 本市已经改了说法。"))
    await seen(own_town, "overlay", 1)
    assert "本市已经改了说法" in await own_town.say(resident, words)

    await stored(own_town, "坏的")
    told = await seen(own_town, "overlay_failed")
    assert told["overlay"] == 1
    assert f"overlay:{PATH}:1" in str(told["overlay_failed"])
    assert "本市已经改了说法" in await own_town.say(resident, words)

    await stored(own_town, text.replace("有效期: ''", "有效期: 2020-01-01").replace(answer, "回答: 早就过期的说法。"))
    await seen(own_town, "overlay", 3)
    assert "早就过期的说法" not in await own_town.say(resident, words)
