"""The platform waits, repeats and gives up as WeChat does."""

import asyncio
from dataclasses import replace

import pytest

from simulator import kinds
from simulator.account import Mode
from simulator.exchange import FAULT_NOTICE, Fault, Nothing, Shown
from simulator.platform import NotFollowingError
from tests.simulator.desk import Desk


async def test_the_address_check_passes_only_with_the_right_token(desk: Desk) -> None:
    """The console's GET check is signed with the account's token."""
    assert await desk.platform.verify_url()
    desk.platform.callback_url = desk.base + "/nowhere"
    assert not await desk.platform.verify_url()


async def test_a_question_is_answered_and_both_are_on_the_screen(desk: Desk) -> None:
    """In safe mode the reply is opened, judged and shown."""
    openid = desk.platform.new_openid()

    exchange = await desk.platform.say(openid, "低保怎么申请 𠮷 🙏")

    assert exchange.outcome == Shown("text", "低保怎么申请 𠮷 🙏")
    assert len(openid) == 28
    assert openid.startswith("o")
    assert [bubble.side for bubble in desk.platform.seen(openid)] == ["me", "bot"]


async def test_a_slow_bot_gets_the_identical_message_three_times_then_the_resident_a_notice(
    desk: Desk,
) -> None:
    """Same body on every try, a fresh signature over it, and the notice only once."""
    desk.bot.delay = 5
    openid = desk.platform.new_openid()

    exchange = await desk.platform.say(openid, "慢")

    assert len(exchange.tries) == 3
    assert len({body for _, body in desk.bot.received}) == 1
    assert len({query["nonce"] for query, _ in desk.bot.received}) == 3
    assert isinstance(exchange.outcome, Fault)
    assert [(b.side, b.text) for b in desk.platform.seen(openid)] == [("me", "慢"), ("notice", FAULT_NOTICE)]


async def test_retries_can_reuse_timestamp_and_nonce(desk: Desk) -> None:
    """Which of the two the real platform does is not documented, so it is a switch."""
    desk.platform.faults.same_nonce = True
    desk.platform.faults.lost_answers = 2

    exchange = await desk.platform.say(desk.platform.new_openid(), "你好")

    assert len({one.query for one in exchange.tries}) == 1
    assert len(exchange.tries) == 3
    assert exchange.text == "你好"


async def test_a_refused_connection_is_tried_three_times(desk: Desk) -> None:
    """A bot that is down ends in the notice."""
    desk.platform.callback_url = "http://127.0.0.1:1/wechat"

    exchange = await desk.platform.say(desk.platform.new_openid(), "有人吗")

    assert [one.status for one in exchange.tries] == [None, None, None]
    assert isinstance(exchange.outcome, Fault)


async def test_duplicates_are_recorded_but_shown_once(desk: Desk) -> None:
    """Extra copies, in turn or at once, never put a second answer on the screen."""
    openid = desk.platform.new_openid()
    desk.platform.faults.duplicate = desk.platform.faults.replay = True
    in_turn = await desk.platform.say(openid, "一")
    desk.platform.faults.clear()
    desk.platform.faults.concurrent = True
    at_once = await desk.platform.say(openid, "二")

    assert len(in_turn.tries) == 3
    assert in_turn.tries[0].query == in_turn.tries[2].query != in_turn.tries[1].query
    assert len(at_once.tries) == 3
    assert [bubble.text for bubble in desk.platform.seen(openid)] == ["一", "一", "二", "二"]


@pytest.mark.parametrize("switch", ["wrong_signature", "plain_body", "wrong_appid", "truncated", "huge_body"])
async def test_a_hostile_request_is_refused_by_a_careful_bot(desk: Desk, switch: str) -> None:
    """Each switch makes a request that wechatpy's checks refuse."""
    desk.platform.faults.change(switch, True)

    exchange = await desk.platform.say(desk.platform.new_openid(), "你好")

    assert desk.bot.messages == []
    assert isinstance(exchange.outcome, Fault)
    assert {one.status for one in exchange.tries} <= {403, 413, None}


async def test_a_stale_request_carries_an_old_timestamp_with_a_right_signature(desk: Desk) -> None:
    """Only a freshness check can catch it."""
    desk.platform.faults.stale_seconds = 3_600

    exchange = await desk.platform.say(desk.platform.new_openid(), "你好")

    assert int(dict(exchange.tries[0].query)["timestamp"]) == int(desk.clock.now) - 3_600
    assert exchange.text == "你好"


@pytest.mark.parametrize("kind", kinds.names())
async def test_every_kind_reaches_the_bot(desk: Desk, kind: str) -> None:
    """All but the ill-formed control characters parse in an independent library."""
    exchange = await desk.platform.send_kind(desk.platform.new_openid(), kind)

    assert (desk.bot.messages == []) == (kind == "control_characters")
    assert desk.bot.received
    assert exchange.tries[0].request_plain.startswith("<xml><ToUserName>")


async def test_following_leaving_and_scanning_change_the_state(desk: Desk) -> None:
    """A code scanned by a stranger is a follow with its scene; who left cannot write."""
    platform, openid = desk.platform, desk.platform.new_openid()
    await platform.follow(openid)
    await platform.scan(openid, "village-7")
    left = await platform.unfollow(openid)
    with pytest.raises(NotFollowingError):
        await platform.say(openid, "在吗")
    await platform.scan(openid, "village-7")

    events = [message.event for message in desk.bot.messages]  # type: ignore[attr-defined]
    assert events == ["subscribe", "scan", "unsubscribe", "subscribe_scan"]
    assert desk.bot.messages[-1].scene_id == "village-7"  # type: ignore[attr-defined]
    assert left.outcome == Nothing()


async def test_a_tapped_link_carries_its_id_only_on_a_verified_account(desk: Desk) -> None:
    """Test accounts do not get bizmsgmenuid back."""
    await desk.platform.tap_link(desk.platform.new_openid(), "低保怎么申请", "1")

    assert desk.bot.messages[0]._data["bizmsgmenuid"] == "1"  # type: ignore[attr-defined]


async def test_a_hundred_residents_and_five_hundred_messages_get_each_their_own_answer(desk: Desk) -> None:
    """Nothing is lost or mixed up when all write at once."""
    desk.platform.wait_seconds = 20
    openids = [desk.platform.new_openid() for _ in range(100)]
    asked = [(openid, f"{openid}-{n}") for n in range(5) for openid in openids]

    exchanges = await asyncio.gather(*(desk.platform.say(openid, text) for openid, text in asked))

    assert [exchange.text for exchange in exchanges] == [text for _, text in asked]
    assert all(len(desk.platform.seen(openid)) == 10 for openid in openids)


async def test_hand_made_requests_get_through_and_their_status_comes_back(desk: Desk) -> None:
    """The tools for hostile tests make a correct request and can spoil it."""
    openid = desk.platform.new_openid()
    xml = "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>"
    xml += "<MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>"
    packet = desk.platform.envelope(openid, xml)

    good = await desk.platform.post_raw(dict(packet.query), packet.body)
    bad = await desk.platform.post_raw(dict(packet.query) | {"msg_signature": "0" * 40}, packet.body)

    assert good[0] == 200
    assert bad[0] == 403


async def test_a_reply_that_breaks_out_of_cdata_is_a_fault(desk: Desk) -> None:
    """wechatpy does not split ``]]>``, so echoing it shows the notice and not a forged reply."""
    exchange = await desk.platform.send_kind(desk.platform.new_openid(), "cdata_end")

    assert isinstance(exchange.outcome, Fault)


@pytest.mark.parametrize("mode", ["plain", "compat"])
async def test_the_other_two_modes_carry_plain_fields(desk: Desk, mode: Mode) -> None:
    """Plain mode has no msg_signature; compat has both and takes a plain answer."""
    account = replace(desk.account, mode=mode)
    desk.platform.account = desk.bot.account = account

    exchange = await desk.platform.say(desk.platform.new_openid(), "低保")

    assert exchange.text == "低保"
    assert ("msg_signature" in dict(exchange.tries[0].query)) == (mode == "compat")
    assert ("<Encrypt>" in exchange.tries[0].request_raw) == (mode == "compat")


async def test_a_slow_first_try_is_answered_on_the_second(desk: Desk) -> None:
    """The retry comes with the same MsgId, and its answer is what the resident sees."""
    desk.platform.faults.slow_seconds, desk.platform.faults.slow_tries = 1.0, 1

    exchange = await desk.platform.say(desk.platform.new_openid(), "低保")

    assert [isinstance(one.verdict, Fault) for one in exchange.tries] == [True, False]
    assert exchange.text == "低保"
    assert len({message.id for message in desk.bot.messages}) == 1  # type: ignore[attr-defined]
