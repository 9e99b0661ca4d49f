"""A ticket from the offer to its rating, and everything its asker can do with it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from casework.tickets import desk as tickets
from casework.tickets.model import Kind, Rating, Route, Stage, TextKind
from handlers.state import Drafting, Offered, OnTicket
from handlers.turn import Location, MenuTap, Picture, Text
from storage import housekeeping, residents
from storage.times import to_ms
from tests.world import DUTY, World

NUMBER = re.compile(r"GA\d{8}-\d{4}")
CODE = re.compile(r"查询码 (\d{4})")
COMPLAINT = ("我要投诉物业", "登记", "瑞州街道正街", "昨晚", "跳过", "跳过")


def opened(world: World, who: str = "张三甲", *said: str) -> str:
    """Write a complaint down and return its number."""
    return NUMBER.search(world.read(who, *(said or COMPLAINT), "确认"))[0]


def code_of(text: str) -> str:
    return CODE.search(text)[1]


def test_a_demand_is_offered_and_nothing_is_opened_unasked(world: World) -> None:
    offer = world.say("张三甲", "我要投诉物业")
    assert "投诉" in offer.reply.text
    assert "12345" in offer.reply.text
    assert world.rows("SELECT 1 FROM tickets") == []


def test_a_guide_stands_beside_the_offer(world: World) -> None:
    assert "最低生活保障" in world.read("张三甲", "低保没人管")


@pytest.mark.parametrize("word", ["登记", "确认", "好", "要", "是的", "“登记”"])
def test_the_offer_is_accepted_by_its_words_and_any_plain_yes(world: World, word: str) -> None:
    world.read("张三甲", "我要投诉物业", word)
    assert isinstance(world.state("张三甲").pending, Drafting)


@pytest.mark.parametrize("word", ["取消", "不用了", "不要", "返回", "算了"])
def test_the_offer_is_declined_by_any_plain_no(world: World, word: str) -> None:
    assert "没有登记" in world.read("张三甲", "我要投诉物业", word)
    assert world.state("张三甲").pending is None


@pytest.mark.parametrize("kind", ["咨询", "求助", "建议", "投诉", "举报"])
def test_the_kind_can_be_changed_before_it_is_accepted(world: World, kind: str) -> None:
    assert kind in world.read("张三甲", "我要投诉物业", kind)
    pending = world.state("张三甲").pending
    assert isinstance(pending, Offered)
    assert pending.draft.kind == kind


def test_the_ticket_holds_what_was_told_and_the_resident_its_number_code_and_date(world: World) -> None:
    done = world.read("张三甲", *COMPLAINT[:-1], "13800000000", "确认")
    number = NUMBER.search(done)[0]
    assert number == "GA20261124-0001"
    assert code_of(done)
    assert "12月2日" in done  # eight natural days after Tuesday 24 November
    found = world.staff(lambda desk: desk.book.get(number))
    assert (found.kind, found.town, found.stage) == (Kind.COMPLAIN, "瑞州街道", Stage.REGISTERED)
    texts = world.staff(lambda desk: [(text.kind, text.body) for text in desk.book.texts(number)])
    assert texts == [
        (TextKind.DEMAND, "我要投诉物业"),
        (TextKind.PLACE, "瑞州街道正街"),
        (TextKind.WHEN, "昨晚"),
    ]
    assert world.rows("SELECT openid, phone FROM askers") == [("o-张三甲", "13800000000")]


def test_the_code_is_stored_only_hashed(world: World) -> None:
    code = code_of(world.read("张三甲", *COMPLAINT, "确认"))
    ((stored,),) = world.rows("SELECT code_hash FROM askers")
    assert code not in str(stored)


def test_pictures_are_noted_for_fetching_and_belong_to_the_ticket(world: World) -> None:
    world.read("张三甲", *COMPLAINT[:4])
    world.send("张三甲", Picture("media-1"))
    world.send("张三甲", Picture("media-2"))
    number = NUMBER.search(world.read("张三甲", "好了", "跳过", "确认"))[0]
    wanted = world.rows("SELECT id, media_id, state FROM pictures ORDER BY rowid")
    assert [row[1:] for row in wanted] == [("media-1", "wanted"), ("media-2", "wanted")]
    held = world.staff(lambda d: [t.body for t in d.book.texts(number) if t.kind is TextKind.PICTURE])
    assert held == [row[0] for row in wanted]


def test_registering_without_a_question_asks_what_it_is_about_and_proposes_the_kind(world: World) -> None:
    """The first words about the matter decide the kind, as they would have without 登记 before them."""
    assert "什么事" in world.read("张三甲", "登记")
    assert "在哪里" in world.read("张三甲", "我要投诉物业")
    assert world.state("张三甲").pending.draft.kind == "投诉"


def test_registering_after_an_answer_takes_the_question_along(world: World) -> None:
    number = opened(world, "张三甲", "社保卡掉了怎么补", "登记", "跳过")
    assert world.rows("SELECT ticket_id FROM questions") == [(number,)]
    assert world.staff(lambda desk: desk.book.texts(number)[0].body) == "社保卡掉了怎么补"


def test_the_menu_registers_something_new_unless_something_was_just_offered(world: World) -> None:
    world.say("张三甲", "社保卡掉了怎么补")
    assert "什么事" in world.send("张三甲", MenuTap("register")).reply.text
    world.say("李四甲", "我要投诉物业")
    assert "在哪里" in world.send("李四甲", MenuTap("register")).reply.text


def test_an_unanswered_question_and_its_ticket_are_joined(world: World) -> None:
    number = opened(world, "张三甲", "火星移民", "登记", "跳过")
    assert world.rows("SELECT unresolved, ticket_id FROM questions") == [("没有答案", number)]


def test_a_place_from_the_map_is_taken(world: World) -> None:
    world.read("张三甲", "我要投诉物业", "登记")
    world.send("张三甲", Location(28.4, 115.3, "八景镇某处"))
    number = NUMBER.search(world.read("张三甲", "跳过", "跳过", "跳过", "确认"))[0]
    assert world.staff(lambda desk: desk.book.get(number)).town == "八景镇"


def test_numbers_run_through_the_day(world: World) -> None:
    assert [opened(world, who) for who in ("张三甲", "李四甲")] == ["GA20261124-0001", "GA20261124-0002"]
    world.later(days=1)
    assert opened(world, "王五甲") == "GA20261125-0001"


def test_progress_is_shown_to_the_asker_and_to_nobody_else(world: World) -> None:
    assert "没有查到" in world.read("张三甲", "查询")
    number = opened(world)
    assert number in world.read("张三甲", "查询")
    assert number in world.read("张三甲", f"查询 {number}")
    assert "查询码" in world.read("李四甲", f"查询 {number}")
    assert isinstance(world.state("李四甲").pending, OnTicket)


def test_an_unknown_number_looks_like_one_that_is_not_yours(world: World) -> None:
    number = opened(world)
    other = "GA20261124-9999"
    texts = [world.read("李四甲", f"查询 {one}").replace(one, "") for one in (number, other)]
    assert texts[0] == texts[1]
    guessers = (("王五甲", number), ("赵六甲", other))
    wrong = [world.read(who, f"查询 {one} 0000").replace(one, "") for who, one in guessers]
    assert wrong[0] == wrong[1]


def test_several_tickets_are_chosen_by_number(world: World) -> None:
    first, second = opened(world), opened(world)
    listed = world.say("张三甲", "查询").reply
    assert [number in listed.taps[place].label for place, number in enumerate((second, first))] == [True, True]
    assert first in world.read("张三甲", "2")


def test_the_code_opens_the_case_for_its_holder_and_wrong_guesses_run_out(world: World) -> None:
    done = world.read("张三甲", *COMPLAINT, "确认")
    number, code = NUMBER.search(done)[0], code_of(done)
    wrong = f"{(int(code) + 1) % 10000:04d}"
    assert "投诉" in world.read("李四甲", f"查询 {number}", code)
    replies = [world.read("李四甲", f"{number} {wrong}") for _ in range(6)]
    assert "还可以试" in replies[0]
    assert "明天再试" in replies[-1]
    assert "明天再试" in world.read("李四甲", f"{number} {code}")
    assert number in world.read("张三甲", "查询")
    world.later(hours=25)
    assert "投诉" in world.read("李四甲", f"{number} {code}")


def test_a_code_holder_does_not_take_a_case_from_its_asker(world: World) -> None:
    done = world.read("张三甲", *COMPLAINT, "确认")
    number, code = NUMBER.search(done)[0], code_of(done)
    world.read("李四甲", f"{number} {code}")
    assert "没有查到" in world.read("李四甲", "查询")
    assert number in world.read("张三甲", "查询")


def test_withdrawing_asks_once_more(world: World) -> None:
    number = opened(world)
    assert "确定撤回" in world.read("张三甲", "撤回")
    assert "没有撤回" in world.read("张三甲", "取消")
    assert "已撤回" in world.read("张三甲", "撤回", "确认")
    assert world.staff(lambda desk: desk.book.get(number)).stage is Stage.WITHDRAWN
    assert "没有正在办的诉求" in world.read("张三甲", "撤回")


def test_adding_words_and_pictures_to_a_ticket(world: World) -> None:
    number = opened(world)
    assert "已补充" in world.read("张三甲", "补充", "今天又吵了")
    world.say("张三甲", f"补充 {number}")
    assert "已补充" in world.send("张三甲", Picture("media-9")).reply.text
    kinds = world.staff(lambda d: [t.kind for t in d.book.texts(number)])
    assert kinds[-2:] == [TextKind.SUPPLEMENT, TextKind.PICTURE]


@pytest.mark.parametrize("word", ["查询", "帮助", "目录", "返回", "取消", "撤回"])
def test_a_command_is_not_taken_for_a_supplement(world: World, word: str) -> None:
    number = opened(world)
    world.read("张三甲", "补充", word)
    kinds = world.staff(lambda d: [t.kind for t in d.book.texts(number)])
    assert TextKind.SUPPLEMENT not in kinds


def test_urging_is_counted(world: World) -> None:
    opened(world)
    assert "第1次" in world.read("张三甲", "催办")
    assert "第2次" in world.read("张三甲", "催办")


def test_with_several_open_tickets_each_word_asks_which(world: World) -> None:
    first, _ = opened(world), opened(world)
    for word in ("撤回", "补充", "催办"):
        assert "哪一件" in world.read("张三甲", word)
    assert first in world.read("张三甲", "2")


def test_nobody_can_do_anything_to_another_s_ticket(world: World) -> None:
    number = opened(world)
    for word in ("撤回", "补充", "催办", "满意"):
        world.read("李四甲", f"{word} {number}", "确认")
    found = world.staff(lambda desk: desk.book.get(number))
    assert (found.stage, found.urged) == (Stage.REGISTERED, 0)


@pytest.mark.parametrize("rating", ["满意", "基本满意"])
def test_a_rating_is_taken_once(world: World, rating: str) -> None:
    number = opened(world)
    assert "没有等您评价" in world.read("张三甲", rating)
    world.answered(number)
    assert rating in world.read("张三甲", rating)
    assert world.staff(lambda desk: desk.book.get(number)).rating.value == rating
    assert "没有等您评价" in world.read("张三甲", "不满意")


def test_a_rating_may_name_its_ticket(world: World) -> None:
    first, second = opened(world), opened(world)
    world.answered(first)
    world.answered(second)
    assert first in world.read("张三甲", f"基本满意 {first}")
    assert second in world.read("张三甲", f"不满意{second}")


def test_dissatisfied_reopens_once_and_only_once(world: World) -> None:
    number = opened(world)
    world.answered(number)
    assert "已重新办理" in world.read("张三甲", "不满意")
    assert world.staff(lambda desk: desk.book.get(number)).is_open
    world.answered(number)
    assert "12345" in world.read("张三甲", "不满意")
    assert not world.staff(lambda desk: desk.book.get(number)).is_open


def test_an_answer_is_owed_once_and_given_with_the_next_message(world: World) -> None:
    number = opened(world)
    world.answered(number, "已经退了。")
    texts = [world.read("张三甲", "谢谢") for _ in range(2)]
    assert ["已经退了" in text for text in texts] == [True, False]


def test_what_is_owed_comes_first_and_behind_more_when_it_is_long(world: World) -> None:
    number = opened(world)
    world.answered(number, "很长的答复。" * 200)
    first = world.read("张三甲", "社保卡掉了怎么补")
    assert first.startswith(f"您登记的 {number}")
    pages = [first]
    while "更多" in pages[-1][-30:] and len(pages) < 9:
        pages.append(world.read("张三甲", "更多"))
    assert "补办社会保障卡" in "".join(pages)
    assert all(len(page.encode()) <= 1800 for page in pages)


def test_an_overdue_ticket_says_so(world: World) -> None:
    opened(world)
    world.later(days=30)
    assert "超过期限" in world.read("张三甲", "查询")


def test_a_date_in_an_unconfirmed_year_is_called_provisional(world: World) -> None:
    world.now = world.now.replace(month=12, day=30)
    done = world.read("张三甲", *COMPLAINT, "确认")
    assert "2027" in done or "1月" in done
    assert "暂" in done or "可能" in done


def test_a_retry_gets_the_same_reply_and_opens_nothing(world: World) -> None:
    world.read("张三甲", *COMPLAINT)
    first = world.send("张三甲", Text("确认"), key="m:same")
    again = world.send("张三甲", Text("确认"), key="m:same")
    assert again.reply == first.reply
    assert again.told is None
    assert world.rows("SELECT count(*) FROM tickets") == [(1,)]


def test_leaving_erases_the_person_keeps_the_open_case_and_the_code_brings_it_back(world: World) -> None:
    done = world.read("张三甲", *COMPLAINT[:-1], "13800000000", "确认")
    number, code = NUMBER.search(done)[0], code_of(done)
    residents.erase(world.db, "o-张三甲", to_ms(world.now))
    assert world.rows("SELECT openid, phone FROM askers") == [("", "13800000000")]
    assert "没有查到" in world.read("张三甲", "查询")
    assert number in world.read("张三甲", f"查询 {number} {code}")
    assert number in world.read("张三甲", "查询")


def test_a_closed_case_loses_its_contact_when_its_asker_leaves(world: World) -> None:
    number = opened(world, "张三甲", *COMPLAINT[:-1], "13800000000")
    world.answered(number)
    residents.erase(world.db, "o-张三甲", to_ms(world.now))
    assert world.rows("SELECT openid, phone, name FROM askers") == [("", "", "")]


def test_contact_facts_go_when_the_retention_of_a_closed_case_ends(world: World) -> None:
    number = opened(world, "张三甲", *COMPLAINT[:-1], "13800000000")
    residents.erase(world.db, "o-张三甲", to_ms(world.now))
    world.answered(number)
    soon, late = world.now + timedelta(days=29), world.now + timedelta(days=31)
    assert housekeeping.anonymise_closed(world.db, to_ms(soon), 30) == 0
    assert housekeeping.anonymise_closed(world.db, to_ms(late), 30) == 1
    assert world.rows("SELECT phone FROM askers") == [("",)]
    assert world.rows("SELECT count(*) FROM ticket_events WHERE ticket = ?", number)[0][0] > 3


def test_events_hold_nothing_personal(world: World) -> None:
    number = opened(world, "张三甲", *COMPLAINT[:-1], "13800000000")
    world.read("张三甲", "补充", "我叫张三甲，住正街1号", "催办")
    world.answered(number, "张三甲，已经办好。")
    world.read("张三甲", "满意")
    log = str(world.rows("SELECT actor, type, body FROM ticket_events"))
    ticket = str(world.rows("SELECT body FROM tickets"))
    for personal in ("张三甲", "13800000000", "正街", "o-"):
        assert personal not in log
        assert personal not in ticket


def test_a_declined_ticket_tells_the_legal_way(world: World) -> None:
    number = opened(world)
    world.staff(lambda desk: tickets.decline(desk, number, Route.LAWSUIT, "法院已经受理。", DUTY))
    text = world.read("张三甲", "你好")
    assert "诉讼" in text
    assert "法院已经受理" in text


def test_one_person_with_two_merged_tickets_reads_one_answer_and_rates_each(world: World) -> None:
    """Both numbers in one message; 满意 alone takes one and says which one still waits."""
    first, second = opened(world, "zhang"), opened(world, "zhang")
    world.staff(lambda desk: tickets.merge(desk, second, first, DUTY))
    world.answered(first, "已经退了。")

    told = world.read("zhang", "你好")
    assert told.count("已经退了") == 1
    assert f"您登记的 {first}、{second}（同一件事，一起办的）有答复了" in told
    assert f"“满意 {first}”" in told
    assert f"再评 {second}" in told

    after = world.say("zhang", f"满意 {first}").reply
    assert f"{second} 也等您评价" in after.text
    assert f"不满意 {second}" in [tap.says for tap in after.taps]
    assert "重新办理" in world.read("zhang", f"不满意 {second}")
    found = world.staff(lambda desk: [desk.book.get(number) for number in (first, second)])
    assert [ticket.stage for ticket in found] == [Stage.RATED, Stage.ACCEPTED]
    assert found[0].rating is Rating.GOOD


def test_where_a_notice_can_be_agreed_to_is_told_when_a_ticket_is_opened(parts) -> None:
    """Only where the city has such an article."""
    article = "https://mp.weixin.qq.com/s/example"
    town = World(replace(parts, account=replace(parts.account, notice_article=article)))
    assert f"点开这里按“订阅”：{article}" in town.read("张三甲", *COMPLAINT, "确认")
    town.db.close()


def test_without_such_an_article_nothing_is_said_of_notices(world: World) -> None:
    assert "订阅" not in world.read("张三甲", *COMPLAINT, "确认")
