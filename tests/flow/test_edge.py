"""At the door: retries, replays, forgeries and hostile bodies; nothing is done twice, nothing for a stranger."""

import asyncio
import re
import time
from collections.abc import Sequence

import pytest

from bot.limiter import Limiter
from simulator import messages, packet
from simulator.crypto import decrypt, sign
from simulator.exchange import Exchange, Fault
from simulator.faults import Faults
from tests.flow.town import PLAYED, Town

COMPLAINT = ("我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "跳过")
TEXT = re.compile(r"<Content><!\[CDATA\[(.*?)\]\]></Content>", re.S)


def texts(exchange: Exchange) -> set[str]:
    """What each delivery was answered with."""
    return {TEXT.search(one.answer_plain)[1] for one in exchange.tries}


async def tickets_of(town: Town, openid: str) -> int:
    rows = await town.rows("SELECT count(*) FROM askers WHERE openid = ?", openid)
    return int(str(rows[0][0]))


async def answered(town: Town) -> int:
    """How many messages were ever taken."""
    rows = await town.rows("SELECT count(*) FROM messages")
    return int(str(rows[0][0]))


@pytest.mark.parametrize("switch", ["lost_answers", "duplicate", "concurrent", "replay"])
@pytest.mark.parametrize("same_nonce", [False, True])
async def test_a_message_delivered_several_times_gets_one_reply_and_does_one_thing(
    town: Town, switch: str, same_nonce: bool
) -> None:
    openid = town.resident()
    await town.say(openid, *COMPLAINT)
    setattr(town.platform.faults, switch, 2 if switch == "lost_answers" else True)
    town.platform.faults.same_nonce = same_nonce
    exchange = await town.platform.say(openid, "确认")
    assert len(exchange.tries) >= 2
    assert len(texts(exchange)) == 1
    assert "登记好了" in texts(exchange).pop()
    assert await tickets_of(town, openid) == 1


async def test_a_retry_after_a_restart_gets_the_first_reply_and_does_nothing(own_town: Town) -> None:
    town = own_town
    await town.start()
    openid = town.resident()
    await town.say(openid, *COMPLAINT)
    parcel = _message(town, openid, "确认")
    status, first = await town.platform.post_raw(dict(parcel.query), parcel.body)
    await town.restart()
    again = packet.stamped(PLAYED, openid, parcel, time.time(), Faults())
    for one in (parcel, again, packet.stamped(PLAYED, openid, parcel, time.time(), Faults(stale_seconds=4000))):
        assert (await _said(town, one)) == (200, _opened(first))
    assert status == 200
    assert await tickets_of(town, openid) == 1
    assert await answered(town) == len(COMPLAINT) + 1


async def test_an_event_is_deduplicated_by_who_when_and_what(town: Town) -> None:
    """Events have no MsgId; two different ones in the same second are two."""
    openid = town.resident()
    before = await answered(town)
    now = time.time()
    for key in ("help", "catalog", "help"):
        xml = messages.render(messages.click(key), openid, PLAYED.original_id, int(now), 0)
        parcel = packet.pack(PLAYED, openid, xml, now, Faults())
        assert (await _said(town, parcel))[0] == 200
    assert await answered(town) == before + 2


async def test_an_old_timestamp_is_refused_for_a_new_message_and_not_for_a_known_one(town: Town) -> None:
    openid = town.resident()
    town.platform.faults.stale_seconds = 4000
    refused = await town.platform.say(openid, "医保怎么交")
    assert {one.status for one in refused.tries} == {403}
    town.platform.faults.stale_seconds = 0
    parcel = _message(town, openid, "医保怎么交")
    first = await _said(town, parcel)
    later = packet.stamped(PLAYED, openid, parcel, time.time(), Faults(stale_seconds=4000))
    assert await _said(town, later) == first


async def test_a_stamp_used_for_another_message_is_refused(town: Town) -> None:
    openid = town.resident()
    first, second = _message(town, openid, "你好"), _message(town, openid, "医保怎么交")
    assert (await _said(town, first))[0] == 200
    before = await answered(town)
    forged = _with_stamp_of(second, first)
    assert (await town.platform.post_raw(dict(forged.query), forged.body))[0] == 403
    assert await answered(town) == before


async def test_a_known_message_with_a_used_stamp_still_gets_its_reply(own_town: Town) -> None:
    """A known key is a retry whatever its stamp, also when only the database knows it."""
    town = own_town
    await town.start()
    openid = town.resident()
    known, other = _message(town, openid, "医保怎么交"), _message(town, openid, "你好")
    first = await _said(town, known)
    await town.restart()
    await _said(town, other)
    assert await _said(town, _with_stamp_of(known, other)) == first


@pytest.mark.parametrize(
    "switch", ["wrong_signature", "plain_body", "wrong_appid", "truncated", "doctype", "huge_body"]
)
async def test_a_forged_or_hostile_request_is_refused_without_work(town: Town, switch: str) -> None:
    openid = town.resident()
    before = await answered(town)
    setattr(town.platform.faults, switch, True)
    exchange = await town.platform.say(openid, "医保怎么交")
    assert isinstance(exchange.outcome, Fault)
    statuses = {one.status for one in exchange.tries}
    # A server that hangs up in the middle of 10 MB may be noticed before its answer is read.
    assert statuses <= ({413, None} if switch == "huge_body" else {400, 403})
    assert all("Traceback" not in one.answer_raw for one in exchange.tries)
    assert await answered(town) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"<xml></xml>",
        b"<xml>" + b"<a>" * 5000,
        b"not xml at all",
        b'{"json": 1}',
        b"<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>',
    ],
)
async def test_any_body_that_is_no_envelope_is_a_client_error(town: Town, body: bytes) -> None:
    parcel = _message(town, town.resident(), "你好")
    status, answer = await town.platform.post_raw(dict(parcel.query), body)
    assert status in (400, 403)
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "xml",
    [
        "<xml></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>o-zhang1</FromUserName><CreateTime>x</CreateTime></xml>",
        "<x>",
        "",
        "\x00\x01",
        '<!DOCTYPE x [<!ENTITY a "aa">]><xml><Content>&a;</Content></xml>',
        "<xml><a><b><c/></b></a><MsgType><x/></MsgType></xml>",
    ],
)
async def test_a_rightly_sealed_body_that_is_no_message_is_a_client_error(town: Town, xml: str) -> None:
    """Whoever holds the key may still send nonsense."""
    before = await answered(town)
    parcel = packet.pack(PLAYED, "o-zhang1", xml, time.time(), Faults())
    assert (await town.platform.post_raw(dict(parcel.query), parcel.body))[0] in (400, 403)
    assert await answered(town) == before


async def test_the_address_check_passes_again_and_again_with_the_same_stamp(town: Town) -> None:
    """The GET check has no replay guard."""
    assert await town.platform.verify_url()
    query = {"timestamp": str(int(time.time())), "nonce": "1", "echostr": "42"}
    query["signature"] = town.platform.sign(query["timestamp"], query["nonce"])
    session = town.platform.courier().session
    for _ in range(2):
        async with session.get(town.platform.callback_url, params=query) as answer:
            assert (answer.status, await answer.text()) == (200, "42")
    async with session.get(town.platform.callback_url, params={**query, "signature": "0" * 40}) as answer:
        assert answer.status == 403


async def test_health_says_ok_and_nothing_else(town: Town) -> None:
    base = town.platform.callback_url.removesuffix("/wechat")
    async with town.platform.courier().session.get(f"{base}/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
        assert "Server" not in answer.headers


async def test_fifty_residents_writing_ten_messages_at_once_are_all_answered_in_their_order(own_town: Town) -> None:
    """Each tells a story of ten messages; all stories end with the storyteller's own ticket."""
    town = own_town
    await town.start()
    residents = [town.resident() for _ in range(50)]

    async def story(number: int, openid: str) -> Sequence[Exchange]:
        said = ("你好", "低保怎么申请", "看原文", *COMPLAINT[:2], f"瑞州街道{number}号", *COMPLAINT[3:], "确认")
        return [await town.platform.say(openid, words) for words in said]

    stories = await asyncio.gather(*(story(number, openid) for number, openid in enumerate(residents)))
    exchanges = [exchange for one in stories for exchange in one]
    assert len(exchanges) == 500
    assert all(len(exchange.tries) == 1 and exchange.text for exchange in exchanges)
    assert max(one.tries[0].seconds for one in exchanges) < 4.0
    numbers = {re.search(r"GA\d{8}-\d{4}", story[-1].text)[0] for story in stories}
    assert len(numbers) == 50
    places = await town.rows(
        "SELECT a.openid, t.body FROM askers a JOIN case_texts t ON t.ticket = a.ticket WHERE t.kind = '地点'"
    )
    assert sorted(places) == sorted((openid, f"瑞州街道{n}号") for n, openid in enumerate(residents))


async def test_messages_of_one_resident_sent_at_once_are_handled_in_the_order_they_came(own_town: Town) -> None:
    town = own_town
    await town.start()
    openid = town.resident()
    await town.say(openid, *COMPLAINT[:2])
    pending = []
    for words in ("瑞州街道", "昨晚", "跳过", "跳过"):
        pending.append(asyncio.create_task(town.platform.say(openid, words)))
        await asyncio.sleep(0.02)
    replies = [exchange.text for exchange in await asyncio.gather(*pending)]
    assert "瑞州街道" in replies[-1]
    assert "昨晚" in replies[-1]


async def test_too_fast_gets_a_sentence_and_leaving_is_never_too_fast(own_town: Town) -> None:
    town = own_town
    await town.start(limiter=Limiter(per_minute=3, per_hour=100))
    openid = town.resident()
    replies = [await town.say(openid, "你好") for _ in range(5)]
    assert "太快" in replies[-1]
    assert "太快" not in replies[2]
    assert "太快" not in await town.say(town.resident(), "你好")
    await town.platform.unfollow(openid)
    assert await town.rows("SELECT * FROM residents WHERE openid = ?", openid) == []
    assert "隐私" in (await town.platform.follow(openid)).text


def _message(town: Town, openid: str, words: str) -> packet.Packet:
    number = time.time_ns()
    now = time.time()
    xml = messages.render(messages.text(words), openid, PLAYED.original_id, int(now), number)
    return packet.pack(PLAYED, openid, xml, now, Faults())


def _with_stamp_of(parcel: packet.Packet, other: packet.Packet) -> packet.Packet:
    """Seal one message under the timestamp and nonce of another one, rightly signed."""
    query, stamp = dict(parcel.query), dict(other.query)
    query |= {"timestamp": stamp["timestamp"], "nonce": stamp["nonce"], "signature": stamp["signature"]}
    query["msg_signature"] = sign(PLAYED.token, stamp["timestamp"], stamp["nonce"], parcel.sealed)
    return packet.Packet(tuple(query.items()), parcel.body, parcel.plain, parcel.sealed)


async def _said(town: Town, parcel: packet.Packet) -> tuple[int, str]:
    status, answer = await town.platform.post_raw(dict(parcel.query), parcel.body)
    return status, _opened(answer)


def _opened(answer: bytes) -> str:
    sealed = re.search(rb"<Encrypt><!\[CDATA\[(.*?)\]\]></Encrypt>", answer)
    if sealed is None:
        return answer.decode()
    xml = decrypt(PLAYED.key_bytes, sealed[1].decode(), PLAYED.appid).decode()
    return TEXT.search(xml)[1]
