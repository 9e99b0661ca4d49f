"""订阅通知: where a template is set and the resident agreed, after the windows and before the next contact."""

import asyncio
from dataclasses import replace

import pytest

from casework.staff import Role, Staff
from casework.tickets import desk as tickets
from simulator.notices import TEMPLATE
from tests.flow.test_notices import close_windows, settled, states, ticket
from tests.flow.town import Town
from tests.flow.waiting import until
from tests.world import DUTY

FIELDS = {"编号": "character_string1", "进展": "phrase2", "期限": "date3", "提示": "thing4"}
NOTICED = {"wechat_notice_template": TEMPLATE, "wechat_notice_fields": FIELDS}


@pytest.fixture
async def noticed(own_town: Town) -> Town:
    """A town whose account has a one-time template, set in the bot too."""
    own_town.settings = NOTICED
    await own_town.start()
    return own_town


def cards(town: Town, openid: str) -> list[str]:
    """The 订阅通知 on a screen."""
    return [bubble.text for bubble in town.platform.seen(openid) if bubble.via == "subscribed"]


def sends(town: Town) -> int:
    """How often the bot called for one."""
    return [call.path for call in town.platform.calls].count("/cgi-bin/message/subscribe/bizsend")


async def out_of_reach(noticed: Town) -> tuple[str, str]:
    """Somebody with a ticket who agreed to a notice and has no window: only a notice can reach them."""
    openid = noticed.resident()
    number = await ticket(noticed, openid)
    await noticed.platform.agree(openid)
    await close_windows(noticed, openid)
    return openid, number


async def test_whoever_agreed_and_cannot_be_written_to_gets_one_card_for_the_answer(noticed: Town) -> None:
    openid, number = await out_of_reach(noticed)
    await noticed.answered(number, "已经退了。")
    await settled(noticed, openid, "sent")

    assert cards(noticed, openid) == [
        f"诉求办理进度通知\n诉求编号：{number}\n办理进展：有答复了\n"
        f"办结期限：{(await due(noticed, number))}\n温馨提示：在公众号回复“查询”，看全部内容"
    ]
    assert noticed.services(openid) == []
    assert await noticed.rows("SELECT 1 FROM notice_consents") == []
    assert "已经退了" not in await noticed.say(openid, "你好")
    assert "已经退了" in await noticed.say(openid, "查询")


async def due(town: Town, number: str) -> str:
    found = await town.staff(lambda desk: desk.book.get(number).due.due)
    return f"{found.year}年{found.month}月{found.day}日"


async def test_the_customer_service_window_comes_first_and_leaves_the_consent_alone(noticed: Town) -> None:
    openid = noticed.resident()
    number = await ticket(noticed, openid)
    await noticed.platform.agree(openid)
    await noticed.answered(number, "已经退了。")
    await settled(noticed, openid, "sent")

    assert cards(noticed, openid) == []
    assert len(noticed.services(openid)) == 1
    assert await noticed.rows("SELECT unused FROM notice_consents") == [(1,)]


async def test_one_consent_is_good_for_one_send_and_kept_for_the_result(noticed: Town) -> None:
    """受理 and 派单 wait for the next contact; of two answers only the first is carried."""
    openid = noticed.resident()
    first, second = await ticket(noticed, openid), await ticket(noticed, openid)
    await noticed.platform.agree(openid)
    await close_windows(noticed, openid)
    await noticed.staff(lambda desk: tickets.accept(desk, first, DUTY))
    await noticed.answered(first, "第一件好了。")
    await noticed.answered(second, "第二件好了。")
    await until(lambda: noticed.rows("SELECT 1 FROM outbox WHERE via <> '' AND state = 'sent'"))
    await asyncio.sleep(2.2)

    assert [first in card for card in cards(noticed, openid)] == [True]
    assert await states(noticed, openid) == ["owed", "sent", "owed"]
    reply = await noticed.say(openid, "你好")
    assert "已受理" in reply
    assert "第二件好了" in reply
    assert "第一件好了" not in reply


async def test_a_lasting_template_carries_every_step_until_it_is_switched_off(own_town: Town) -> None:
    town = own_town
    town.settings = {**NOTICED, "wechat_notice_lasting": True}
    played = town.platform.notices.templates
    played[TEMPLATE] = replace(played[TEMPLATE], lasting=True)
    await town.start()
    openid = town.resident()
    number = await ticket(town, openid)
    await town.platform.agree(openid)
    await close_windows(town, openid)
    await town.staff(lambda desk: tickets.accept(desk, number, DUTY))
    await settled(town, openid, "sent")
    await town.staff(lambda desk: tickets.dispatch(desk, number, "chengguan", DUTY))
    await settled(town, openid, "sent", "sent")
    await town.platform.take_back(openid)
    await town.staff(lambda desk: tickets.sign(desk, number, Staff("c", Role.HANDLER, "chengguan")))
    await town.answered(number, "好了。")
    await asyncio.sleep(1.5)

    assert [card.split("\n")[2] for card in cards(town, openid)] == ["办理进展：已受理", "办理进展：已交办"]
    assert await states(town, openid) == ["sent", "sent", "owed"]


async def test_a_cancelled_popup_is_no_consent(noticed: Town) -> None:
    openid = noticed.resident()
    number = await ticket(noticed, openid)
    await noticed.platform.decline(openid)
    await close_windows(noticed, openid)
    await noticed.answered(number)
    await asyncio.sleep(1.5)
    assert sends(noticed) == 0
    assert await states(noticed, openid) == ["owed"]


async def test_a_consent_the_platform_does_not_know_is_forgotten_and_the_answer_kept(noticed: Town) -> None:
    """43101: tried once, then given with the next message; whoever follows still follows."""
    openid = noticed.resident()
    number = await ticket(noticed, openid)
    await noticed.platform.agree(openid)
    noticed.platform.notices.consents.clear()
    await close_windows(noticed, openid)
    await noticed.answered(number, "已经退了。")
    await until(lambda: noticed.rows("SELECT 1 FROM outbox WHERE detail = 'NoConsent'"))
    await asyncio.sleep(1.5)

    assert sends(noticed) == 1
    assert await noticed.rows("SELECT 1 FROM notice_consents") == []
    assert "已经退了" in await noticed.say(openid, "你好")
    assert await noticed.rows("SELECT following FROM residents WHERE openid = ?", openid) == [(1,)]


async def test_without_the_right_nothing_is_tried_for_an_hour_and_the_consent_stays(noticed: Town) -> None:
    openid = noticed.resident()
    number = await ticket(noticed, openid)
    await noticed.platform.agree(openid)
    noticed.platform.faults.notices_unauthorised = True
    await close_windows(noticed, openid)
    await noticed.answered(number, "已经退了。")
    await until(lambda: noticed.rows("SELECT 1 FROM outbox WHERE detail = 'NotAuthorised'"))
    await asyncio.sleep(1.5)

    assert sends(noticed) == 1
    assert await noticed.rows("SELECT unused FROM notice_consents") == [(1,)]
    learned = await noticed.rows("SELECT value FROM settings WHERE name = 'learned:notices'")
    assert '"refused"' in str(learned[0][0])
    assert "48001" in str(learned[0][0])
    assert "已经退了" in await noticed.say(openid, "你好")


async def test_a_send_that_may_have_arrived_is_not_sent_again(noticed: Town) -> None:
    openid, number = await out_of_reach(noticed)
    noticed.platform.faults.api_500 = True
    await noticed.answered(number, "已经退了。")
    await settled(noticed, openid, "uncertain")
    noticed.platform.faults.api_500 = False
    await asyncio.sleep(1.5)
    assert cards(noticed, openid) == []
    assert "已经退了" in await noticed.say(openid, "你好")


async def test_what_the_platform_reports_as_not_arrived_is_told_with_the_next_message(noticed: Town) -> None:
    openid, number = await out_of_reach(noticed)
    noticed.platform.faults.notices_lost = True
    await noticed.answered(number, "已经退了。")
    await settled(noticed, openid, "uncertain")
    await asyncio.sleep(1.5)
    assert sends(noticed) == 1
    assert "已经退了" in await noticed.say(openid, "你好")


async def test_a_crash_before_the_answer_of_the_call_never_leads_to_a_second_card(noticed: Town) -> None:
    """The row was committed as sending and its consent used up: the next process only marks it."""
    openid, number = await out_of_reach(noticed)
    noticed.platform.faults.api_slow_seconds = 60
    await noticed.answered(number, "已经退了。")
    await until(lambda: noticed.rows("SELECT 1 FROM outbox WHERE state = 'sending'"))
    assert await noticed.rows("SELECT unused FROM notice_consents") == [(0,)]
    await noticed.stop()
    noticed.platform.faults.api_slow_seconds = 0
    await noticed.start()
    age = "UPDATE outbox SET sending_ms = sending_ms - 200000 WHERE state = 'sending'"
    await noticed.bot.database.write(lambda connection: connection.execute(age))
    await noticed.stop()
    await noticed.start()
    await settled(noticed, openid, "uncertain")
    assert cards(noticed, openid) == []
    assert "已经退了" in await noticed.say(openid, "你好")


async def test_whoever_leaves_takes_their_consents_along(noticed: Town) -> None:
    openid = noticed.resident()
    await noticed.say(openid, "你好")
    await noticed.platform.agree(openid)
    await until(lambda: noticed.rows("SELECT 1 FROM notice_consents"))
    await noticed.platform.unfollow(openid)
    assert await noticed.rows("SELECT 1 FROM notice_consents") == []


async def test_a_retry_of_the_popup_event_is_one_consent(noticed: Town) -> None:
    openid = noticed.resident()
    await noticed.say(openid, "你好")
    noticed.platform.faults.concurrent = True
    noticed.platform.faults.duplicate = True
    await noticed.platform.agree(openid)
    assert await noticed.rows("SELECT unused FROM notice_consents") == [(1,)]


async def test_without_a_template_nothing_is_called_and_everything_is_told_by_replies(town: Town) -> None:
    openid = town.resident()
    number = await ticket(town, openid)
    await town.platform.agree(openid)
    await close_windows(town, openid)
    await town.answered(number, "已经退了。")
    await asyncio.sleep(1.5)
    assert "/cgi-bin/message/subscribe/bizsend" not in [call.path for call in town.platform.calls]
    assert "已经退了" in await town.say(openid, "你好")
