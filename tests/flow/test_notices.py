"""What is said later: staff answers inside and outside the windows, and results that took too long."""

import asyncio
import re
import time

from casework.staff import Role, Staff
from casework.tickets import desk as tickets
from simulator.exchange import Nothing, Shown
from simulator.gestures import sample_png
from tests.flow.town import Town
from tests.flow.waiting import until
from tests.world import DUTY

NUMBER = re.compile(r"GA\d{8}-\d{4}")
COMPLAINT = ("我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "跳过", "确认")
FIVE_DAYS_MS = 5 * 24 * 3600 * 1000


async def ticket(town: Town, openid: str) -> str:
    return NUMBER.search(await town.say(openid, *COMPLAINT))[0]


async def close_windows(town: Town, openid: str) -> None:
    """Five days pass for this resident, on the platform and in the bot's ledger."""
    town.platform.resident(openid).windows.open.clear()
    sql = "UPDATE residents SET message_ms = message_ms - ?, brief_ms = 0 WHERE openid = ?"
    await town.bot.database.write(lambda connection: connection.execute(sql, (FIVE_DAYS_MS, openid)))


async def states(town: Town, openid: str) -> list[str]:
    rows = await town.rows("SELECT state FROM outbox WHERE openid = ? ORDER BY created_ms", openid)
    return [str(state) for (state,) in rows]


async def settled(town: Town, openid: str, *wanted: str) -> None:
    async def done() -> bool:
        return await states(town, openid) == list(wanted)

    await until(done)


async def test_an_answer_inside_the_window_arrives_by_itself_and_once(town: Town) -> None:
    openid = town.resident()
    await town.answered(await ticket(town, openid), "已经退了。")
    await settled(town, openid, "sent")
    assert "已经退了" not in await town.say(openid, "你好")
    assert [("已经退了" in one.text) for one in town.services(openid)] == [True]


async def test_each_step_is_told_once_and_in_order(town: Town) -> None:
    """受理, 派单, 延期, 答复 and 办结: five messages for five events, while signing and the like say nothing."""
    openid = town.resident()
    number = await ticket(town, openid)
    unit, leader = Staff("chengban1", Role.HANDLER, "chengguan"), Staff("fuze1", Role.LEADER, "chengguan")
    steps = (
        lambda desk: tickets.accept(desk, number, DUTY),
        lambda desk: tickets.dispatch(desk, number, "chengguan", DUTY),
        lambda desk: tickets.sign(desk, number, unit),
        lambda desk: tickets.begin(desk, number, unit),
        lambda desk: tickets.ask_extension(desk, number, 2, "等配件", unit),
        lambda desk: tickets.approve_extension(desk, number, leader),
        lambda desk: tickets.answer(desk, number, "已经退了。", unit),
        lambda desk: tickets.close(desk, number, True, leader),
    )
    for step in steps:
        await town.staff(step)
    reply = await town.say(openid, "你好")
    await until(lambda: town.rows("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending')"))

    told = "\n".join([*(one.text for one in town.services(openid)), reply])
    expected = ("已受理", "已交给负责的单位", "要多办几天", "已经退了", "已办完")
    assert [told.count(words) for words in expected] == [1] * 5
    assert told.count(number) == 5
    assert await town.rows("SELECT count(*) FROM outbox WHERE case_id = ?", number) == [(5,)]


async def test_an_answer_outside_the_window_is_given_with_the_next_message_and_once(town: Town) -> None:
    openid = town.resident()
    number = await ticket(town, openid)
    await close_windows(town, openid)
    await town.answered(number, "已经退了。")
    await asyncio.sleep(1.2)
    assert await states(town, openid) == ["owed"]
    assert town.services(openid) == []
    reply = await town.say(openid, "你好")
    assert "已经退了" in reply
    assert "您好" in reply
    assert "已经退了" not in await town.say(openid, "你好")
    assert await states(town, openid) == ["given"]
    assert "记为" in await town.say(openid, "满意")


async def test_a_refusal_of_the_platform_keeps_the_answer_for_the_next_message(town: Town) -> None:
    """The ledger said yes, the platform says 45015."""
    openid = town.resident()
    number = await ticket(town, openid)
    town.platform.faults.window_closed = True
    await town.answered(number, "已经退了。")
    await until(lambda: town.rows("SELECT 1 FROM outbox WHERE openid = ? AND detail <> ''", openid))
    assert town.services(openid) == []
    assert "已经退了" in await town.say(openid, "你好")


async def test_a_send_that_may_have_arrived_is_not_sent_again_but_given_and_marked(town: Town) -> None:
    openid = town.resident()
    number = await ticket(town, openid)
    town.platform.faults.api_500 = True
    await town.answered(number, "已经退了。")
    await settled(town, openid, "uncertain")
    town.platform.faults.api_500 = False
    await asyncio.sleep(1.2)
    assert town.services(openid) == []
    assert "已经退了" in await town.say(openid, "你好")
    assert await town.rows("SELECT state, uncertain FROM outbox WHERE openid = ?", openid) == [("given", 1)]


async def test_an_expired_token_is_renewed_and_the_answer_arrives(town: Town) -> None:
    openid = town.resident()
    number = await ticket(town, openid)
    town.platform.faults.token_errors = 1
    await town.answered(number, "已经退了。")
    await settled(town, openid, "sent")
    assert len(town.services(openid)) == 1


async def test_notices_to_one_resident_arrive_in_the_order_of_events(town: Town) -> None:
    openid = town.resident()
    numbers = [await ticket(town, openid) for _ in range(4)]
    town.platform.faults.api_slow_seconds = 0.05
    for number in numbers:
        await town.answered(number, f"{number}办好了。")
    await settled(town, openid, *["sent"] * 4)
    assert [NUMBER.search(one.text)[0] for one in town.services(openid)] == numbers


async def test_a_long_answer_by_staff_fits_its_message_and_stands_whole_in_progress(town: Town) -> None:
    openid = town.resident()
    number = await ticket(town, openid)
    words = "".join(f"第{n}条：已经处理好了，请放心。" for n in range(1, 120))
    await town.answered(number, words)
    await settled(town, openid, "sent")
    (sent,) = town.services(openid)
    assert len(sent.text.encode()) <= 1800
    pages = [await town.say(openid, f"查询 {number}")]
    while "更多" in pages[-1][-30:] and len(pages) < 20:
        pages.append(await town.say(openid, "更多"))
    shown = re.findall(r"第(\d+)条", "".join(pages))
    assert [int(one) for one in dict.fromkeys(shown)] == list(range(1, 120))


async def test_a_slow_api_does_not_delay_replies(town: Town) -> None:
    waiting, other = town.resident(), town.resident()
    number = await ticket(town, waiting)
    town.platform.faults.api_slow_seconds = 2.5
    await town.answered(number)
    await asyncio.sleep(1.1)
    begun = time.perf_counter()
    for _ in range(20):
        assert await town.say(other, "低保怎么申请")
    assert time.perf_counter() - begun < 2.0


async def test_a_picture_is_fetched_by_its_media_id_and_kept(town: Town) -> None:
    openid = town.resident()
    await town.say(openid, *COMPLAINT[:3], "跳过")
    picture = sample_png(8, 8)
    await town.platform.send_image(openid, picture)
    await town.say(openid, "好了", "跳过", "确认")
    kept = "SELECT content_type, body FROM pictures WHERE state = 'kept'"
    await until(lambda: town.rows(kept))
    assert await town.rows(kept) == [("image/png", picture)]
    paths = [call.path for call in town.platform.calls]
    assert "/cgi-bin/media/get" in paths


async def test_the_menu_is_pushed_once_and_not_again_when_nothing_changed(own_town: Town) -> None:
    town = own_town
    await town.start()
    await until(lambda: bool(town.platform.menu.buttons))
    await asyncio.sleep(0.3)
    await town.restart()
    await asyncio.sleep(0.5)
    assert [call.path for call in town.platform.calls].count("/cgi-bin/menu/create") == 1


def _sleeps(seconds: float) -> object:
    return lambda connection: time.sleep(seconds)


async def test_a_slow_disk_gets_a_sentence_in_time_and_the_result_once(own_town: Town) -> None:
    town = own_town
    await town.start(answer_within=0.3)
    openid = town.resident()
    await town.say(openid, *COMPLAINT[:-1])
    town.bot.database.submit(_sleeps(1.5))
    exchange = await town.platform.say(openid, "确认")
    assert exchange.tries[0].seconds < 1.0
    assert "还在办" in exchange.text
    await until(lambda: len(town.services(openid)) == 1)
    assert "登记好了" in town.services(openid)[0].text
    assert await town.rows("SELECT count(*) FROM askers WHERE openid = ?", openid) == [(1,)]
    assert "登记好了" not in await town.say(openid, "你好")


async def test_retries_of_a_slow_message_are_told_the_same_and_nothing_happens_twice(own_town: Town) -> None:
    town = own_town
    await town.start(answer_within=0.3)
    openid = town.resident()
    await town.say(openid, *COMPLAINT[:-1])
    town.platform.faults.concurrent = True
    town.platform.faults.duplicate = True
    town.bot.database.submit(_sleeps(1.0))
    exchange = await town.platform.say(openid, "确认")
    assert all("还在办" in one.answer_plain for one in exchange.tries)
    town.platform.faults.clear()
    await until(lambda: len(town.services(openid)) == 1)
    await asyncio.sleep(1.2)
    assert len(town.services(openid)) == 1
    assert await town.rows("SELECT count(*) FROM askers WHERE openid = ?", openid) == [(1,)]


async def test_a_slow_result_waits_for_the_next_message_when_it_cannot_be_sent(own_town: Town) -> None:
    town = own_town
    await town.start(answer_within=0.3)
    openid = town.resident()
    town.platform.faults.window_closed = True
    town.bot.database.submit(_sleeps(0.8))
    assert "还在办" in await town.say(openid, "低保怎么申请")
    await until(lambda: town.rows("SELECT 1 FROM outbox WHERE openid = ? AND detail <> ''", openid))
    assert "最低生活保障" in await town.say(openid, "你好")


async def test_whoever_leaves_while_an_answer_is_late_leaves_nothing_behind(own_town: Town) -> None:
    town = own_town
    await town.start(answer_within=0.3)
    openid = town.resident()
    await town.say(openid, "你好")
    town.bot.database.submit(_sleeps(1.0))
    assert "还在办" in await town.say(openid, "低保怎么申请")
    assert isinstance((await town.platform.unfollow(openid)).outcome, Nothing)
    await asyncio.sleep(1.5)
    assert await town.rows("SELECT 1 FROM outbox WHERE openid = ?", openid) == []
    assert await town.rows("SELECT 1 FROM residents WHERE openid = ?", openid) == []


async def test_silent_events_stay_silent_when_the_disk_is_slow(own_town: Town) -> None:
    town = own_town
    await town.start(answer_within=0.2)
    openid = town.resident()
    town.bot.database.submit(_sleeps(0.6))
    assert isinstance((await town.platform.send_kind(openid, "VIEW")).outcome, Nothing)


async def test_nothing_done_slowly_on_other_threads_delays_a_reply(town: Town) -> None:
    """A password hash or a read of a big table happens beside the path of messages."""
    begun = time.perf_counter()
    slow = [asyncio.create_task(town.bot.database.read(_sleeps(1.0))) for _ in range(2)]
    exchange = await town.platform.say(town.resident(), "低保怎么申请")
    assert isinstance(exchange.outcome, Shown)
    assert time.perf_counter() - begun < 0.8
    await asyncio.gather(*slow)
