"""What an admin types when something was published, and what counts as asking where to see it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from casework.village.asked import AskedWhere, asks_where, items_of, villages_in
from casework.village.duties import Settings, counted_from
from casework.village.duty_items import parse_items
from casework.village.places import Village
from casework.village.publications import LONGEST_CHANNEL, Mark, NotADay, channel_in, item_in, read_day, read_mark

TODAY = date(2026, 11, 24)
FILE = Path(__file__).parents[2] / "catalogs" / "village" / "items.csv"
ITEMS = tuple(item for item in parse_items(FILE.read_text("utf-8"), "items.csv") if item.kind == "村")
FORMS = ("村务信息公开栏", "村民微信群", "村村通广播", "待核")
PLACES = (Village("八景镇", "上保村"), Village("瑞州街道", "东方社区", "社区"), Village("筠阳街道", "东方社区", "社区"))


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("2 11月20日 公开栏", Mark(2, date(2026, 11, 20), "公开栏")),
        ("第3项 昨天 群里", Mark(3, date(2026, 11, 23), "群里")),
        ("集体财务收支 今天 大喇叭", Mark(0, TODAY, "集体财务收支   大喇叭")),
        ("1", Mark(1, None, "")),
        ("12月30日", Mark(0, NotADay("12月30日还没到，公开以后再标记"), "")),
        ("20号", Mark(0, date(2026, 11, 20), "")),
        ("28号", Mark(0, date(2026, 10, 28), "")),
        ("去年11月30日", Mark(0, date(2025, 11, 30), "")),
        ("2026-11-01", Mark(0, date(2026, 11, 1), "")),
    ],
)
def test_a_line_is_read_into_number_day_and_the_rest(words: str, mark: Mark) -> None:
    found = read_mark(words, TODAY)
    assert (found.number, found.day, found.rest.split()) == (mark.number, mark.day, mark.rest.split())


@pytest.mark.parametrize("words", ["明天", "明年1月1日", "2月30日", "2024-01-01", "2026年13月1日"])
def test_a_day_that_cannot_be_is_refused_with_a_sentence(words: str) -> None:
    found = read_day(words, TODAY)
    assert isinstance(found, NotADay)
    assert found.why


def test_in_january_a_day_of_december_is_the_last_one() -> None:
    assert read_day("12月30日", date(2027, 1, 5)) == date(2026, 12, 30)


@settings(max_examples=60)
@given(st.text(max_size=40), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_no_words_give_a_day_in_the_future_or_fail(words: str, today: date) -> None:
    day = read_mark(words, today).day
    assert not isinstance(day, date) or today - timedelta(days=367) < day <= today
    assert len(channel_in(words, FORMS)) <= LONGEST_CHANNEL


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("公开栏", "村务信息公开栏"),
        ("贴在公示栏", "村务信息公开栏"),
        ("群里发了", "村民微信群"),
        ("大喇叭", "村村通广播"),
        ("2", "村民微信群"),
        ("贴在村口小店", "村口小店"),
        ("", ""),
    ],
)
def test_where_it_was_published_is_a_form_of_the_list_where_the_words_mean_one(said: str, channel: str) -> None:
    assert channel_in(said, FORMS) == channel


def test_an_item_is_named_by_its_title_or_an_unmistakable_part_of_it() -> None:
    assert item_in("集体财务收支 公开栏", ITEMS)[0].id == "C03"
    assert item_in("养老 群里", ITEMS)[0].id == "C13"
    assert item_in("村民 群里", ITEMS)[0] is None


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("我们村的账在哪看", "财务"),
        ("村里的账目公开了没有", "财务"),
        ("咱村的账目去哪里查", "财务"),
        ("我们村的钱花哪了", "财务"),
        ("社区财务公布了吗", "财务"),
        ("村务公开", ""),
        ("公示栏在哪", ""),
        ("我村的补贴名单贴出来了吗", "惠农补贴和救助款物"),
        ("村干部名单在哪里看", "班子信息"),
        ("我们村的低保名单公示了吗", "社会救助"),
    ],
)
def test_a_question_where_to_see_it_is_heard_with_its_thing(words: str, thing: str) -> None:
    assert asks_where(words) == AskedWhere(thing)


@pytest.mark.parametrize(
    "words",
    [
        "村里不公开账目怎么办",
        "举报村干部做假账",
        "社区医院在哪",
        "村里补贴在哪领",
        "农村户口怎么查",
        "土地征收补偿公示在哪里看",
        "农村危房改造补助多少钱在哪里办",
        "社保账户怎么查",
        "村口路灯坏了",
        "耕地地力保护补贴怎么查",
        "村" * 80 + "账在哪看",
    ],
)
def test_what_only_sounds_alike_is_left_to_others(words: str) -> None:
    assert asks_where(words) is None


def test_a_thing_stands_for_items_of_the_list_and_nothing_for_all() -> None:
    assert {item.id for item in items_of("财务", ITEMS)} == {"C03", "C04", "C09"}
    assert items_of("", ITEMS) == ITEMS


def test_a_named_village_is_found_and_its_town_narrows_it() -> None:
    assert villages_in("上保村的账在哪看", PLACES) == (PLACES[0],)
    assert len(villages_in("东方社区的账在哪看", PLACES)) == 2
    assert villages_in("筠阳街道东方社区的账", PLACES) == (PLACES[2],)


def test_a_village_counts_from_what_was_settled_else_from_its_first_admin_else_from_today() -> None:
    assert counted_from(Settings(since=date(2026, 1, 1)), [TODAY], TODAY).since == date(2026, 1, 1)
    assert counted_from(None, [TODAY, date(2026, 5, 1)], TODAY).since == date(2026, 5, 1)
    assert counted_from(None, [], TODAY).since == TODAY
