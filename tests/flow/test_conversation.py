"""From the first hello to the rated ticket, through the platform and back."""

import re

from simulator import kinds
from simulator.exchange import Nothing, Shown
from tests.flow.town import Town
from tests.flow.waiting import until

NUMBER = re.compile(r"GA\d{8}-\d{4}")
CODE = re.compile(r"查询码 (\d{4})")


async def test_a_follower_is_welcomed_with_things_to_try_and_the_privacy_notice(town: Town) -> None:
    openid = town.resident()
    exchange = await town.platform.follow(openid)
    assert all(part in exchange.text for part in ("1. ", "2. ", "3. ", "隐私", "取消关注"))
    notice = await town.say(openid, "隐私")
    assert all(part in notice for part in ("谁处理", "为什么", "留多久", "怎么删除"))


async def test_a_question_in_everyday_words_is_answered_with_its_source(town: Town) -> None:
    reply = await town.say(town.resident(), "低保申请书咋写")
    assert "最低生活保障" in reply
    assert "依据" in reply
    assert "本市还没审核" in reply


async def test_several_questions_in_one_message_are_answered_and_opened_by_number(town: Town) -> None:
    openid = town.resident()
    both = await town.say(openid, "社保卡掉了怎么补？结婚登记要带什么？")
    assert "回复数字" in both
    assert "婚姻登记处" in await town.say(openid, "2")


async def test_guides_are_found_by_numbers_alone(town: Town) -> None:
    openid = town.resident()
    domains = await town.say(openid, "指南")
    place = re.search(r"(\d+)\. 社会救助", domains)[1]
    assert "申请最低生活保障" in await town.say(openid, place)
    assert "谁去申请" in await town.say(openid, "1")
    assert "户口在哪里" in await town.say(openid, "1")
    assert "残疾证" in await town.say(openid, "1", "1")


async def test_the_original_text_comes_page_by_page_and_complete(town: Town) -> None:
    """Each page fits the platform, and together they hold every step of a very long guide."""
    openid = town.resident()
    pages = [await town.say(openid, "测试长事项怎么办", "看原文")]
    while "更多" in pages[-1][-30:] and len(pages) < 30:
        pages.append(await town.say(openid, "更多"))
    assert len(pages) > 3
    assert all(len(page.encode()) <= 1800 for page in pages)
    steps = re.findall(r"第(\d+)步", "".join(pages))
    assert [int(step) for step in dict.fromkeys(steps)] == list(range(1, 61))
    assert await town.say(openid, "更多") == "后面没有了。有别的事，直接说就行。"


async def test_what_is_behind_more_survives_a_question_to_staff_but_not_a_new_one(town: Town) -> None:
    openid = town.resident()
    await town.say(openid, "测试长事项怎么办", "看原文", "你好")
    assert "后面没有了" in await town.say(openid, "更多")


async def test_an_unsolved_question_becomes_a_ticket_with_number_code_and_date(town: Town) -> None:
    openid = town.resident()
    offer = await town.say(openid, "社保卡掉了怎么补", "没解决")
    assert "登记" in offer
    assert "电话" in await town.say(openid, "登记")
    assert "请核对" in await town.say(openid, "跳过")
    done = await town.say(openid, "确认")
    number = NUMBER.search(done)
    assert number is not None
    assert CODE.search(done)
    assert "12345" in done
    assert "期限" in done
    assert number[0] in await town.say(openid, "查询")


async def test_a_complaint_goes_all_the_way_to_its_rating(town: Town) -> None:
    openid = town.resident()
    assert "投诉" in await town.say(openid, "我要投诉隔壁半夜施工太吵")
    await town.say(openid, "登记", "瑞州街道正街", "昨晚")
    await town.platform.send_image(openid, b"\xff\xd8\xff\xe0jpeg")
    done = await town.say(openid, "好了", "13800000000", "确认")
    number = NUMBER.search(done)[0]
    await town.answered(number, "已去现场，让他们停了。")
    await _until_served(town, openid, 1)
    assert "已去现场" in town.services(openid)[0].text
    assert "满意" in town.services(openid)[0].text
    assert "满意" in await town.say(openid, "基本满意")
    assert "现在没有等您评价的诉求" in await town.say(openid, "满意")


async def test_dissatisfied_reopens_once(town: Town) -> None:
    openid = town.resident()
    number = await _ticket(town, openid)
    await town.answered(number)
    sorry = await town.say(openid, "不满意")
    assert "已重新办理" in sorry
    assert sorry.count("重新办理") == 1
    assert await town.rows("SELECT 1 FROM outbox WHERE body LIKE '%重新办理%'") == []
    await town.answered(number, "又去了一次。")
    again = await town.say(openid, "不满意")
    assert "已重新办理" not in again
    assert "12345" in again


async def test_nobody_else_sees_a_ticket_without_its_code_and_guesses_are_limited(town: Town) -> None:
    openid, stranger = town.resident(), town.resident()
    done = await town.say(openid, "我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "跳过", "确认")
    number, code = NUMBER.search(done)[0], CODE.search(done)[1]
    wrong = f"{(int(code) + 1) % 10000:04d}"
    assert "查询码" in await town.say(stranger, f"查询 {number}")
    assert "可以试" in await town.say(stranger, wrong)
    assert number in await town.say(stranger, f"查询 {number} {code}")
    replies = [await town.say(stranger, f"查询 {number} {wrong}") for _ in range(8)]
    assert "明天再试" in replies[-1]
    assert "明天再试" in await town.say(stranger, f"查询 {number} {code}")
    assert number in await town.say(town.resident(), f"查询 {number} {code}"), "one guesser locks out nobody else"


async def test_unfollowing_erases_the_person_and_the_code_brings_the_case_back(town: Town) -> None:
    openid = town.resident()
    done = await town.say(openid, "我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "13811112222", "确认")
    number, code = NUMBER.search(done)[0], CODE.search(done)[1]
    await town.platform.send_image(openid, b"\xff\xd8\xff\xe0jpeg")
    await town.say(openid, "低保怎么申请", "火星移民怎么报名")
    await town.platform.unfollow(openid)
    tables = [name for (name,) in await town.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    held = [table for table in tables if await _holds(town, table, openid)]
    assert held == []
    assert await town.rows("SELECT openid, phone FROM askers WHERE ticket = ?", number) == [("", "13811112222")]
    assert (await town.rows("SELECT is_open FROM tickets WHERE number = ?", number)) == [(1,)]
    await town.platform.follow(openid)
    assert "没有查到" in await town.say(openid, "查询")
    assert number in await town.say(openid, f"查询 {number} {code}")
    assert number in await town.say(openid, "查询")


async def test_every_kind_of_message_gets_a_sentence_or_a_fitting_silence(town: Town) -> None:
    for kind in kinds.names():
        openid = town.resident()
        exchange = await town.platform.send_kind(openid, kind)
        assert len(exchange.tries) == 1, kind
        event = kinds.sample(kind, "m").event
        speaks = not event or event in ("CLICK", "scancode_push", "scancode_waitmsg")
        assert isinstance(exchange.outcome, Shown if speaks else Nothing), (kind, exchange.outcome)
        assert len(exchange.text.encode()) <= 1800
        if speaks:
            assert exchange.text.strip()


async def test_scans_and_menu_taps_are_answered(town: Town) -> None:
    openid = town.resident()
    assert (await town.platform.scan(openid, "village-1")).text
    for key in ("guides", "help", "catalog", "apply", "register", "progress", "privacy", "no-such-key"):
        assert (await town.platform.tap_menu(openid, key)).text, key


async def test_words_that_hurt_xml_come_back_whole(town: Town) -> None:
    openid = town.resident()
    reply = await town.say(openid, "我要投诉物业乱收费 a<b & c ]]> d", "登记", "瑞州街道", "跳过", "跳过", "跳过")
    assert "a＜b & c ]]> d" in reply


async def test_danger_comes_first_and_a_ticket_being_written_goes_on(town: Town) -> None:
    openid = town.resident()
    await town.say(openid, "我要投诉物业乱收费", "登记")
    reply = await town.say(openid, "着火了在瑞州街道")
    assert reply.startswith("先打电话")
    assert "119" in reply
    assert "什么时候" in reply


async def test_a_voice_that_was_understood_is_answered_like_words(town: Town) -> None:
    exchange = await town.platform.send_voice(town.resident(), "社保卡掉了怎么补")
    assert "社会保障卡" in exchange.text


async def _ticket(town: Town, openid: str) -> str:
    done = await town.say(openid, "我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "跳过", "确认")
    return NUMBER.search(done)[0]


async def _holds(town: Town, table: str, openid: str) -> bool:
    rows = await town.rows(f"SELECT * FROM {table}")
    return any(openid in str(cell) for row in rows for cell in row)


async def _until_served(town: Town, openid: str, count: int) -> None:
    await until(lambda: len(town.services(openid)) >= count)
