"""已公开 from an admin, and 我们村的账在哪看 from a resident: one record, seen from both sides."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import assembly
from bot.assembly import Holder
from bot.calendars import Calendars
from bot.parts import Parts
from bot.settings import Settings
from casework.village.codes import issue, make_code
from handlers.state import Marking, NamingVillage
from handlers.turn import Followed, Left, Picture
from storage.database import transaction
from storage.village_codes import StoredCodes, hash_code
from storage.village_pastes import Memory
from tests.world import CATALOGS, World

VILLAGE = "八景镇/上保村"
ASK = "我们村的账在哪看"


@pytest.fixture(scope="module")
def parts(holder: Holder) -> Parts:
    """What messages are handled with, the matcher included."""
    return assembly.make_parts(Settings(), holder, Calendars({}, CATALOGS))


@pytest.fixture
def town(parts: Parts) -> Iterator[World]:
    world = World(replace(parts, memory=Memory()))
    yield world
    world.db.close()


def admin(world: World, who: str = "周七戊", village: str = VILLAGE) -> str:
    """Bind *who* with a fresh code."""
    made = make_code(secrets.randbelow)
    with transaction(world.db) as connection:
        StoredCodes(connection).add(issue(made, village, world.now, "zhiban1", hash_code))
    world.read(who, made)
    return who


def marks(world: World) -> list[tuple[object, ...]]:
    """What counts as published."""
    return world.rows("SELECT item, published_on, channel FROM village_publications WHERE withdrawn_ms = 0")


def test_what_the_admin_marked_is_what_the_resident_gets(town: World) -> None:
    who = admin(town)
    told = town.read(who, "已公开", "3 昨天 公开栏")
    assert "集体财务收支，2026年11月23日在村务信息公开栏公开" in told
    assert marks(town) == [("C03", "2026-11-23", "村务信息公开栏")]

    assert "哪个村" in town.read("张三甲", ASK)
    answer = town.read("张三甲", "八景镇 上保村")
    assert "集体财务收支：2026年11月23日，村务信息公开栏" in answer
    assert "村民委员会组织法" in answer


def test_the_village_is_asked_once_and_known_from_then_on(town: World) -> None:
    town.read("张三甲", ASK, "八景镇上保村")
    assert town.read("张三甲", ASK).startswith("八景镇上保村")


def test_the_village_is_known_from_its_code(town: World) -> None:
    town.send("张三甲", Followed(f"v:{VILLAGE}"))
    town.read("张三甲", "是")
    assert town.read("张三甲", ASK).startswith("八景镇上保村")


def test_an_admin_asks_about_the_own_village_without_being_asked(town: World) -> None:
    assert town.read(admin(town), ASK).startswith("八景镇上保村")


def test_where_nothing_is_recorded_it_says_so_and_where_to_look(town: World) -> None:
    answer = town.read("张三甲", ASK, "八景镇 上保村")
    assert "本号还没有公开记录" in answer
    assert "没有记录不等于没公开" in answer
    assert "公开栏" in answer


def test_a_community_borrows_no_clause_of_the_villages_law(town: World) -> None:
    answer = town.read("张三甲", "我们社区的账在哪看", "八景镇 虎山社区")
    assert "村民委员会组织法" not in answer
    assert "待核" in answer


def test_a_complaint_about_hidden_accounts_goes_its_own_way(town: World) -> None:
    town.read("张三甲", "举报村干部不公开账目贪钱")
    assert not isinstance(town.state("张三甲").pending, NamingVillage)


def test_a_new_question_instead_of_a_village_is_answered(town: World) -> None:
    assert "最低生活保障" in town.read("张三甲", ASK, "低保怎么申请")


def test_a_village_nobody_knows_may_be_named_again(town: World) -> None:
    assert "没找到" in town.read("张三甲", ASK, "火星村")
    assert town.read("张三甲", "八景镇 上保村").startswith("八景镇上保村")


def test_what_is_missing_is_asked_for_one_thing_at_a_time(town: World) -> None:
    who = admin(town)
    assert "哪天、在哪里" in town.read(who, "已公开", "3")
    assert "在哪里公开" in town.read(who, "今天")
    assert "记下了" in town.read(who, "贴在村口小店")
    assert marks(town) == [("C03", "2026-11-24", "村口小店")]


def test_a_day_in_the_future_is_refused_and_may_be_corrected(town: World) -> None:
    who = admin(town)
    assert "还没到" in town.read(who, "已公开", "3 12月25日 公开栏")
    assert "记下了" in town.read(who, "11月20日 公开栏")


def test_a_question_in_the_middle_is_answered_and_marks_nothing(town: World) -> None:
    who = admin(town)
    assert "最低生活保障" in town.read(who, "已公开", "3", "低保怎么申请")
    assert marks(town) == []
    assert "没有标记" in town.read(who, "已公开", "取消")


def test_a_photo_after_the_mark_is_kept_for_staff_and_named_nowhere_else(town: World) -> None:
    who = admin(town)
    town.read(who, "已公开 集体财务收支 今天 公开栏")
    assert "不给居民看" in town.send(who, Picture("media-1")).reply.text
    ((photo,),) = town.rows("SELECT photo FROM village_publications")
    assert town.rows("SELECT id, media_id FROM pictures") == [(photo, "media-1")]
    assert photo not in town.read("张三甲", ASK, "八景镇 上保村")


def test_a_second_photo_takes_the_place_of_the_first(town: World) -> None:
    who = admin(town)
    town.read(who, "已公开 集体财务收支 今天 公开栏")
    for media in ("media-1", "media-2"):
        town.send(who, Picture(media))
    assert town.rows("SELECT media_id FROM pictures") == [("media-2",)]


def test_a_mark_taken_back_counts_no_more_and_its_photo_is_gone(town: World) -> None:
    who = admin(town)
    town.read(who, "已公开 集体财务收支 今天 公开栏")
    town.send(who, Picture("media-1"))
    assert "不算" in town.read(who, "撤销")
    assert marks(town) == []
    assert town.rows("SELECT * FROM pictures") == []
    types = [row[0] for row in town.rows("SELECT type FROM village_events ORDER BY rowid")]
    assert types == ["AdminBound", "ItemPublished", "PublicationWithdrawn"]


def test_an_admin_who_leaves_takes_the_photo_along_and_no_trace_of_the_account_stays(town: World) -> None:
    who = admin(town)
    town.read(who, "已公开 集体财务收支 今天 公开栏")
    town.send(who, Picture("media-1"))
    town.send(who, Left())
    assert town.rows("SELECT * FROM pictures") == []
    assert marks(town) == [("C03", "2026-11-24", "村务信息公开栏")]
    assert f"o-{who}" not in str(town.rows("SELECT * FROM village_publications"))


def test_nobody_but_an_admin_marks_anything(town: World) -> None:
    town.read("张三甲", "已公开 集体财务收支 今天 公开栏")
    assert marks(town) == []
    assert not isinstance(town.state("张三甲").pending, Marking)


def test_a_phone_number_in_the_place_is_masked(town: World) -> None:
    town.read(admin(town), "已公开 集体财务收支 今天 找13800000000看")
    assert "13800000000" not in str(marks(town))


def test_the_digest_names_what_is_overdue_and_leaves_out_what_is_published(town: World) -> None:
    who = admin(town)
    town.later(days=50)
    week = town.read(who, "本周")
    assert "逾期1期：集体财务收支" in week
    town.read(who, "已公开 集体财务收支 今天 公开栏")
    assert "集体财务收支" not in town.read(who, "本周")


def test_a_group_that_asks_gets_its_own_villages_record_on_the_card(town: World) -> None:
    """And the whole of it for 看1; 登记 does not open a ticket for it."""
    who = admin(town)
    chat = "钱三甲: 我们村的账在哪看\n孙四乙: 村口路灯坏了没人修"
    assert "本号还没有公开记录" in town.read(who, chat)
    town.read(who, "已公开 集体财务收支 昨天 公开栏")
    town.later(minutes=1)
    card = town.read(who, chat)
    assert "集体财务收支11月23日在村务信息公开栏公开" in card
    assert len(card) <= 500
    assert "集体财务收支：2026年11月23日" in town.read(who, "看1")
    assert "登记了1件" in town.read(who, "登记")
