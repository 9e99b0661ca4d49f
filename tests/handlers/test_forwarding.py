"""A village admin from the code to the card, and from the card to the tickets; everybody else stays as they were."""

import re
from collections.abc import Iterator
from dataclasses import replace
from secrets import randbelow

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot import assembly, village_round
from bot.assembly import Holder
from bot.calendars import Calendars
from bot.parts import Parts
from bot.settings import Settings
from casework.tickets import desk as tickets
from casework.tickets.model import Kind, Source
from casework.village.codes import issue, make_code
from handlers import village_home
from handlers.state import AskedVillage, Drafting, Village
from handlers.turn import Followed, Left, Scanned
from storage.database import transaction
from storage.village_codes import StoredCodes, hash_code
from storage.village_pastes import Memory
from tests.world import CATALOGS, DUTY, World

VILLAGE = "八景镇/虎山社区"
NUMBER = re.compile(r"GA\d{8}-\d{4}")
CHAT = "钱三甲: 低保怎么申请\n孙四乙: 村口路灯坏了没人修\n王五丙: 收到\n赵六丁: 举报村干部收钱不办事"
"""One question with an answer, one demand, one line of chatter, one 举报."""


@pytest.fixture(scope="module")
def parts(holder: Holder) -> Parts:
    """What messages are handled with, the matcher included: it tells a 举报 from a question."""
    return assembly.make_parts(Settings(), holder, Calendars({}, CATALOGS))


@pytest.fixture
def town(parts: Parts) -> Iterator[World]:
    """A town whose memory of pastes is its own."""
    world = World(replace(parts, memory=Memory()))
    yield world
    world.db.close()


def code_for(world: World, village: str = VILLAGE, replaces: str = "") -> str:
    """A fresh code, as the command line gives it."""
    made = make_code(randbelow)
    with transaction(world.db) as connection:
        StoredCodes(connection).add(issue(made, village, world.now, "zhiban1", hash_code, replaces))
    return made


def admin(world: World, who: str = "周七戊") -> str:
    """Bind *who* and return the name."""
    world.read(who, code_for(world))
    return who


def round_of_cards(world: World) -> list[tuple[object, ...]]:
    """What the clock owes now."""
    with transaction(world.db) as connection:
        village_round.owe_cards(connection, world.parts, world.now)
    return world.rows("SELECT body FROM outbox WHERE state = 'owed'")


def test_a_code_binds_once_and_says_what_can_be_done_with_an_example(town: World) -> None:
    code = code_for(town)
    told = town.read("周七戊", code.lower())
    assert "八景镇虎山社区的村群管理员" in told
    assert "低保怎么申请" in told
    assert "有人用过" in town.read("吴八己", code)
    assert town.rows("SELECT village, type, actor LIKE '%o-%' FROM village_events") == [(VILLAGE, "AdminBound", 0)]


def test_no_code_is_stored_as_it_is(town: World) -> None:
    code = code_for(town)
    stored = str(town.rows("SELECT * FROM village_codes"))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_a_code_is_good_for_seven_days(town: World) -> None:
    code = code_for(town)
    town.later(days=7)
    assert "过期" in town.read("周七戊", code)


def test_five_wrong_codes_lock_for_an_hour_even_for_the_right_one(town: World) -> None:
    code = code_for(town)
    for number in range(5):
        assert "没有这个绑定码" in town.read("周七戊", f"3346{number + 3}-3346A".replace("5", "6"))
    assert "试错太多次" in town.read("周七戊", code)
    assert "低保" in town.read("周七戊", "低保怎么申请")
    assert "绑定好了" in town.read("吴八己", code)
    town.later(minutes=61)
    assert "绑定好了" in town.read("周七戊", code_for(town))


@pytest.mark.parametrize(
    "words", ["iPhone15pro", "GA20261124", "SF12345678", "赣C12345", "13800000000", "低保怎么申请"]
)
def test_what_only_resembles_a_code_is_no_try(town: World, words: str) -> None:
    assert "绑定码" not in town.read("周七戊", words)
    assert town.rows("SELECT 1 FROM village_tries") == []


def test_a_second_code_moves_the_admin_to_another_village(town: World) -> None:
    who = admin(town)
    town.read(who, code_for(town, "八景镇/吉岭社区"))
    rows = town.rows("SELECT village, ending FROM village_admins ORDER BY ended_ms DESC")
    assert rows == [(VILLAGE, "换村"), ("八景镇/吉岭社区", "")]


def test_a_code_that_replaces_ends_the_old_binding(town: World) -> None:
    admin(town)
    ((old,),) = town.rows("SELECT id FROM village_admins")
    town.read("吴八己", code_for(town, replaces=str(old)))
    assert town.rows("SELECT ending FROM village_admins WHERE id = ?", old) == [("换人",)]
    assert not isinstance(town.state("周七戊").pending, Village)
    town.read("周七戊", CHAT)
    assert not isinstance(town.state("周七戊").pending, Village)


def test_a_paste_comes_back_as_one_card_without_names(town: World) -> None:
    card = town.read(admin(town), CHAT)
    assert card.startswith("【群里的问题】")
    assert len(card) <= 500
    assert "最低生活保障" in card
    assert "登记 2" in card
    assert not any(name in card for name in ("钱三甲", "孙四乙", "王五丙", "赵六丁"))
    assert "举报类的事：请本人私下发给公众号" in card


def test_nothing_of_the_paste_is_put_down_but_masked_questions(town: World) -> None:
    who = admin(town)
    town.read(who, "钱三甲: 低保怎么申请\n孙四乙: 路灯坏了没人修，打13800001111找我\n赵六丁: 举报村干部收钱")
    dump = "\n".join(town.db.iterdump())
    assert not any(secret in dump for secret in ("钱三甲", "孙四乙", "赵六丁", "13800001111", "收钱"))


def test_somebody_else_gets_the_questions_answered_and_nothing_more(town: World) -> None:
    reply = town.read("吴八己", CHAT)
    assert "群里的问题" not in reply
    assert not isinstance(town.state("吴八己").pending, Village)
    assert "孙四乙" not in "\n".join(town.db.iterdump())


def test_a_card_goes_on_with_the_next_and_with_one_in_full(town: World) -> None:
    who = admin(town)
    chat = "\n".join(f"人{place}号: {words}" for place, words in enumerate(QUESTIONS))
    first = town.read(who, chat)
    assert "下一张" in first
    second = town.read(who, "下一张")
    assert "2/" in second
    assert len(town.read(who, "看1")) > 100
    assert "没有第40条" in town.read(who, "看40")
    for _ in range(5):
        last = town.read(who, "下一张")
    assert "后面没有了" in last


QUESTIONS = (
    "低保怎么申请", "社保卡掉了怎么补", "医保在哪交", "身份证掉了怎么补", "结婚登记要带什么",
    "高龄津贴怎么领", "低保名单在哪看", "小孩上学怎么报名",
)  # fmt: skip


def test_registering_opens_a_ticket_marked_on_behalf(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    told = town.read(who, "登记")
    (number,) = NUMBER.findall(told)
    assert "孙四乙" not in told
    found = town.staff(lambda desk: desk.book.get(number))
    assert (found.source, found.village, found.town) == (Source.VILLAGE, VILLAGE, "八景镇")
    assert found.kind is not Kind.REPORT
    assert "登记过了" in town.read(who, "登记 2")


def test_a_report_is_never_taken_on_behalf(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    assert "本人私下" in town.read(who, "登记 3")
    assert town.rows("SELECT 1 FROM tickets") == []


def test_who_asked_is_shown_to_the_admin_alone_and_gone_when_the_ticket_closes(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    number = NUMBER.search(town.read(who, "登记 2"))[0]
    assert f"{number}：孙四乙" in town.read(who, "谁问的")
    assert town.rows("SELECT alias FROM village_askers") == [("孙四乙",)]
    assert "孙四乙" not in str(town.rows("SELECT reply FROM messages"))
    assert "孙四乙" not in str(town.staff(lambda desk: (desk.book.texts(number), desk.book.asker(number))))
    town.answered(number)
    assert "孙四乙" not in "\n".join(town.db.iterdump())


def test_the_answer_comes_back_as_a_card_to_paste(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    number = NUMBER.search(town.read(who, "登记 2"))[0]
    town.answered(number, "路灯已经修好，问13900002222。" + "好" * 600)
    reply = town.read(who, "你好")
    card = reply.partition("\n\n")[0]
    assert card.startswith("【群里问的有答复了】")
    assert "路灯已经修好" in card
    assert len(card) <= 500
    assert "孙四乙" not in card
    assert "13900002222" not in card


def test_pieces_between_begin_and_end_make_one_card(town: World) -> None:
    who = admin(town)
    assert "结束" in town.read(who, "开始转发")
    assert "第1段" in town.read(who, "钱三甲: 低保怎么申请")
    town.later(seconds=50)
    assert "第2段" in town.read(who, "社保卡掉了怎么补")
    card = town.read(who, "结束")
    assert "最低生活保障" in card
    assert "社会保障卡" in card
    assert town.rows("SELECT 1 FROM village_pastes") == []


def test_a_second_paste_within_twenty_seconds_is_joined_and_sent_when_it_is_quiet(town: World) -> None:
    who = admin(town)
    town.read(who, "钱三甲: 低保怎么申请\n王五丙: 收到")
    town.later(seconds=10)
    assert "合在一起" in town.read(who, "孙四乙: 社保卡掉了怎么补\n王五丙: 好的")
    town.later(seconds=15)
    assert round_of_cards(town) == []
    town.later(seconds=6)
    ((card,),) = round_of_cards(town)
    assert "最低生活保障" in card
    assert "社会保障卡" in card
    assert isinstance(town.state(who).pending, Village)


def test_a_paste_that_is_over_stands_in_front_of_the_next_reply(town: World) -> None:
    who = admin(town)
    town.read(who, "开始转发", "钱三甲: 低保怎么申请")
    town.later(minutes=3)
    reply = town.read(who, "你好")
    assert reply.startswith("【群里的问题】")
    assert "您好" in reply


def test_a_paste_lost_with_the_process_is_owned_up_to(town: World) -> None:
    who = admin(town)
    town.read(who, "开始转发", "钱三甲: 低保怎么申请")
    town.parts = replace(town.parts, memory=Memory())
    town.later(minutes=4)
    with transaction(town.db) as connection:
        village_round.own_up(connection, town.parts, town.now)
    assert "请再贴一遍" in town.read(who, "你好")


def test_the_admin_may_give_up_a_paste_and_the_binding(town: World) -> None:
    who = admin(town)
    assert "没有留下" in town.read(who, "开始转发", "钱三甲: 低保怎么申请", "取消")
    assert "上保一组群" in town.read(who, "群名 上保一组群")
    assert "不再是" in town.read(who, "解除绑定")
    assert town.rows("SELECT ending, group_name FROM village_admins") == [("解除", "上保一组群")]


def test_whoever_unfollows_is_released_and_erased(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT, "登记 2", "开始转发", "钱三甲: 低保怎么申请")
    town.send(who, Left())
    assert town.rows("SELECT openid, ending FROM village_admins") == [("", "取消关注")]
    assert "o-周七戊" not in "\n".join(town.db.iterdump())
    assert "孙四乙" not in "\n".join(town.db.iterdump())
    assert town.rows("SELECT type FROM village_events") == [("AdminBound",), ("AdminEnded",)]
    assert town.parts.memory.gatherings == {}


def test_the_week_names_the_tickets_and_what_is_to_be_published(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT, "登记 2")
    week = town.read(who, "本周")
    assert "问了2个问题" in week
    assert NUMBER.search(week)
    assert "孙四乙" not in week


def test_the_week_is_owed_once_and_only_the_newest(town: World) -> None:
    who = admin(town)
    town.later(days=8)
    for _ in range(3):
        with transaction(town.db) as connection:
            village_round.owe_weeks(connection, town.parts, town.now)
    assert len(town.rows("SELECT 1 FROM outbox WHERE state = 'owed'")) == 1
    town.later(days=7)
    with transaction(town.db) as connection:
        village_round.owe_weeks(connection, town.parts, town.now)
    assert town.read(who, "你好").count("这一周") == 1


def test_a_paste_in_the_middle_of_an_own_ticket_belongs_to_the_ticket(town: World) -> None:
    who = admin(town)
    town.read(who, "我要投诉物业", "登记", "虎山社区\n钱三甲家旁边")
    assert isinstance(town.state(who).pending, Drafting)


def test_a_village_code_asks_once_and_tickets_know_the_place(town: World) -> None:
    place = next(one for one in town.parts.villages.places if one.path == VILLAGE)
    for number, scene in enumerate((f"v:{VILLAGE}", f"v:{village_home.short_id(place)}")):
        who = f"郑{number}庚"
        assert "您是八景镇虎山社区的人吗" in town.send(who, Followed(scene)).reply.text
        assert town.state(who).pending == AskedVillage(VILLAGE)
        assert "记下了" in town.read(who, "是")
        assert "您是" not in town.send(who, Scanned(scene)).reply.text
        done = town.read(who, "我要投诉物业", "登记", "跳过", "跳过", "跳过", "跳过", "确认")
        found = town.staff(lambda desk, done=done: desk.book.get(NUMBER.search(done)[0]))
        assert (found.town, found.village) == ("八景镇", VILLAGE)


def test_a_no_is_asked_about_only_once(town: World) -> None:
    town.send("郑九庚", Followed(f"v:{VILLAGE}"))
    assert "没有记" in town.read("郑九庚", "不是")
    assert "您是" not in town.send("郑九庚", Scanned(f"v:{VILLAGE}")).reply.text
    assert town.rows("SELECT village FROM residents") == [("",)]


@pytest.mark.parametrize("scene", ["", "v:", "v:没有/这个", "village-1", "v:" + "x" * 60])
def test_an_unknown_scene_is_greeted_like_any_other(town: World, scene: str) -> None:
    assert town.send("郑九庚", Followed(scene)).reply.text.startswith("您好")
    assert town.state("郑九庚").pending is None


def test_the_village_word_does_what_the_code_does(town: World) -> None:
    assert "您是八景镇虎山社区的人吗" in town.read("郑九庚", "八景镇虎山社区")
    assert "记下了" in town.read("郑九庚", "是的")


def test_a_place_in_another_town_is_not_in_the_own_village(town: World) -> None:
    town.send("郑九庚", Followed(f"v:{VILLAGE}"))
    done = town.read("郑九庚", "是", "我要投诉物业", "登记", "瑞州街道正街", "跳过", "跳过", "跳过", "确认")
    found = town.staff(lambda desk: desk.book.get(NUMBER.search(done)[0]))
    assert (found.town, found.village) == ("瑞州街道", "")


surnames, forenames = (
    st.sampled_from("赵钱孙李周吴郑王冯陈"),
    st.sampled_from(["三甲", "四乙丙", "五", "大爷六", "阿姨七"]),
)
names = st.one_of(
    st.tuples(surnames, forenames).map("".join),
    st.sampled_from(["平安是福", "A开心果", "小雨🌧️", "村东头老表", "Linda_88", "一路有你", "幸福一家人"]),
)
secrets = st.one_of(
    st.integers(13000000000, 19999999999).map(str),
    st.integers(13000000000, 19999999999).map(lambda n: f"{n}"[:3] + " " + f"{n}"[3:7] + " " + f"{n}"[7:]),
    st.integers(13000000000, 19999999999).map(
        lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ),
    st.sampled_from(["362202199001011234", "6222021234567890123", "赣C12345", "赣CD12345"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(names, min_size=2, max_size=4, unique=True), secrets)
def test_no_nickname_and_no_number_in_any_card_or_table(parts: Parts, nicknames: list[str], secret: str) -> None:
    world = World(replace(parts, memory=Memory()))
    who = admin(world)
    chat = "\n".join(
        f"{name}: {QUESTIONS[place]}，我是{name}，电话{secret} @{nicknames[0]}" for place, name in enumerate(nicknames)
    )
    shown = [world.read(who, chat), world.read(who, "下一张"), world.read(who, "看1"), world.read(who, "登记 1 2")]
    for number in set(NUMBER.findall(shown[-1])):
        world.staff(lambda desk, number=number: tickets.answer_directly(desk, number, f"请打{secret}。", DUTY))
    shown += [world.read(who, "本周")]
    for text in (
        *shown,
        str(world.rows("SELECT state FROM conversations")),
        str(world.rows("SELECT words FROM questions")),
    ):
        assert secret not in text
        assert not any(name in text for name in nicknames), text
    world.db.close()


def test_the_numbers_of_a_card_hold_while_a_publication_is_marked_in_between(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    town.read(who, "已公开")
    assert "低保" in town.read(who, "看1")
    assert "替群里的人登记了1件" in town.read(who, "登记 2")
    assert "都登记过了" in town.read(who, "登记 2")


def test_the_numbers_of_a_card_hold_while_the_admin_asks_something_of_their_own(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    town.read(who, "养老金怎么领")
    assert "替群里的人登记了1件" in town.read(who, "登记 2")


def test_after_ten_minutes_an_older_card_is_asked_for_again(town: World) -> None:
    who = admin(town)
    town.read(who, CHAT)
    town.read(who, "已公开")
    town.read(who, "取消")
    town.later(minutes=11)
    assert "不知道您说的是哪张卡片" in town.read(who, "看1")
    assert town.rows("SELECT 1 FROM tickets") == []


def test_the_numbers_of_a_card_mean_nothing_to_others(town: World) -> None:
    town.read(admin(town), CHAT)
    assert "卡片" not in town.read("吴八己", "看1")


def test_a_side_of_somebody_elses_question_is_answered_with_its_matter(town: World) -> None:
    told = town.read(admin(town), "钱三甲: 低保怎么申请\n孙四乙: 要带什么材料")
    assert "2. 低保怎么申请：要带什么材料" in told
    assert told.count("身份证") == 1
