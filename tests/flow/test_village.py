"""The whole round of a village group: code, binding, paste, card, 登记, staff answer, card back."""

import asyncio
import re
import sqlite3
from datetime import timedelta

from bot import assembly, village_round
from casework.village.codes import issue, make_code
from simulator.exchange import Nothing
from storage.village_codes import StoredCodes, hash_code
from tests.flow.town import Town
from tests.flow.waiting import until

VILLAGE = "八景镇/虎山社区"
NUMBER = re.compile(r"GA\d{8}-\d{4}")
CHAT = "钱三甲: 低保怎么申请\n孙四乙: 村口路灯坏了没人修\n王五丙: 收到"


async def code_for(town: Town) -> str:
    """A fresh code, put down as the command line does."""
    made = make_code(lambda below: hash(town.resident()) % below)
    row = issue(made, VILLAGE, assembly.now(), "zhiban1", hash_code)
    await town.bot.database.write(lambda connection: StoredCodes(connection).add(row))
    return made


async def admin(town: Town) -> str:
    """An account bound to the village."""
    openid = town.resident()
    assert "村群管理员" in await town.say(openid, await code_for(town))
    return openid


async def dump(town: Town) -> str:
    """Everything in the database, as text."""
    return await town.bot.database.read(lambda connection: "\n".join(connection.iterdump()))


async def test_from_the_code_to_the_answer_pasted_back(town: Town) -> None:
    openid = await admin(town)
    card = await town.say(openid, CHAT)
    assert card.startswith("【群里的问题】")
    assert "最低生活保障" in card
    number = NUMBER.search(await town.say(openid, "登记 2"))[0]
    assert f"{number}：孙四乙" in await town.say(openid, "谁问的")
    await town.answered(number, "路灯已经修好了。")
    await until(lambda: town.services(openid))
    (back,) = town.services(openid)
    assert back.text.startswith("【群里问的有答复了】")
    assert "路灯已经修好了" in back.text
    assert not any(name in text for name in ("钱三甲", "孙四乙") for text in (card, back.text))
    assert "孙四乙" not in await dump(town)


async def test_an_answer_outside_the_window_comes_with_the_next_message(town: Town) -> None:
    openid = await admin(town)
    number = NUMBER.search(await town.say(openid, CHAT, "登记 2"))[0]
    sql = "UPDATE residents SET message_ms = 1, brief_ms = 1 WHERE openid = ?"
    await town.bot.database.write(lambda connection: connection.execute(sql, (openid,)))
    await town.answered(number, "路灯已经修好了。")
    await asyncio.sleep(1.2)
    assert town.services(openid) == []
    assert "【群里问的有答复了】" in await town.say(openid, "你好")


async def test_a_paste_in_pieces_is_answered_by_itself_when_it_is_quiet(town: Town) -> None:
    """The twenty seconds pass on the clock that is handed in."""
    openid = await admin(town)
    await town.say(openid, "钱三甲: 低保怎么申请\n王五丙: 收到", "孙四乙: 社保卡掉了怎么补\n王五丙: 好的")
    later = assembly.now() + timedelta(seconds=21)
    parts = town.bot.parts

    def give(connection: sqlite3.Connection) -> int:
        return village_round.owe_cards(connection, parts, later)

    assert await town.bot.database.write(give) == 1
    await until(lambda: town.services(openid))
    (card,) = town.services(openid)
    assert "最低生活保障" in card.text
    assert "社会保障卡" in card.text
    assert "后面没有了" in await town.say(openid, "下一张")


async def test_a_retry_of_a_paste_gets_the_same_card_and_nothing_twice(town: Town) -> None:
    openid = await admin(town)
    town.platform.faults.duplicate = True
    exchange = await town.platform.say(openid, CHAT)
    town.platform.faults.clear()
    assert len({one.answer_plain for one in exchange.tries}) == 1
    assert await town.rows("SELECT count(*) FROM questions WHERE openid = ?", openid) == [(2,)]


async def test_an_admin_who_leaves_is_released_and_forgotten(town: Town) -> None:
    openid = await admin(town)
    await town.say(openid, CHAT, "登记 2", "谁问的")
    assert isinstance((await town.platform.unfollow(openid)).outcome, Nothing)
    text = await dump(town)
    assert openid not in text
    assert "孙四乙" not in text
    await town.platform.follow(openid)
    assert not (await town.say(openid, CHAT)).startswith("【群里的问题】")


async def test_the_code_on_a_sheet_asks_once_which_village_it_is(town: Town) -> None:
    openid = town.resident()
    exchange = await town.platform.follow(openid, f"v:{VILLAGE}")
    assert "您是八景镇虎山社区的人吗" in exchange.text
    assert "记下了" in await town.say(openid, "是")
    done = await town.say(openid, "我要投诉物业乱收费", "登记", "跳过", "跳过", "跳过", "跳过", "确认")
    found = await town.staff(lambda desk: desk.book.get(NUMBER.search(done)[0]))
    assert (found.town, found.village) == ("八景镇", VILLAGE)
