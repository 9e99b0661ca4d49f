"""The platform's side of 订阅通知: consents, templates and the limits of fields."""

import pytest

from simulator.notices import TEMPLATE
from tests.simulator.desk import Desk

SEND = "/cgi-bin/message/subscribe/bizsend"
GOOD = {"character_string1": "GA20261124-0001", "phrase2": "有答复了", "date3": "2026年11月25日", "thing4": "回复查询"}


async def send(desk: Desk, openid: str, template: str = TEMPLATE, **values: str) -> object:
    data = {name: {"value": value} for name, value in {**GOOD, **values}.items()}
    return (await desk.call(SEND, {"touser": openid, "template_id": template, "data": data}))["errcode"]


def cards(desk: Desk, openid: str) -> int:
    return sum(bubble.via == "subscribed" for bubble in desk.platform.seen(openid))


async def test_one_consent_is_one_send_and_needs_no_window(desk: Desk) -> None:
    openid = desk.platform.new_openid()
    desk.platform.resident(openid)
    assert await send(desk, openid) == 43101
    await desk.platform.agree(openid)
    assert [await send(desk, openid), await send(desk, openid)] == [0, 43101]
    assert cards(desk, openid) == 1


async def test_declined_or_taken_back_is_no_consent(desk: Desk) -> None:
    openid = desk.platform.new_openid()
    await desk.platform.decline(openid)
    assert await send(desk, openid) == 43101
    await desk.platform.agree(openid)
    await desk.platform.take_back(openid)
    assert await send(desk, openid) == 43101


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thing4", "字" * 21),
        ("thing4", ""),
        ("phrase2", "六个字超过了"),
        ("phrase2", "答复1"),
        ("character_string1", "编号一"),
        ("character_string1", "1" * 33),
        ("date3", "明天"),
        ("other9", "x"),
    ],
)
async def test_a_field_over_its_limit_is_refused_and_costs_nothing(desk: Desk, field: str, value: str) -> None:
    openid = desk.platform.new_openid()
    await desk.platform.agree(openid)
    assert await send(desk, openid, **{field: value}) == 47003
    assert await send(desk, openid) == 0


async def test_an_unknown_template_or_person_is_refused(desk: Desk) -> None:
    openid = desk.platform.new_openid()
    await desk.platform.agree(openid)
    assert await send(desk, openid, "another") == 40037
    assert await send(desk, "nobody") == 40003


async def test_the_answer_has_no_id_and_an_event_tells_what_became_of_it(desk: Desk) -> None:
    openid = desk.platform.new_openid()
    await desk.platform.agree(openid)
    data = {name: {"value": value} for name, value in GOOD.items()}
    told = await desk.call(SEND, {"touser": openid, "template_id": TEMPLATE, "data": data})
    assert told == {"errcode": 0, "errmsg": "ok"}


async def test_an_account_without_the_right_gets_48001(desk: Desk) -> None:
    openid = desk.platform.new_openid()
    await desk.platform.agree(openid)
    desk.platform.faults.notices_unauthorised = True
    assert await send(desk, openid) == 48001
