"""Codes bind once and in time, admins change in order, and pastes end when they should."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from casework.village.admins import (
    Admin,
    AdminBound,
    AdminEnded,
    AlreadyAdmin,
    Change,
    admin_of,
    bind,
    erase,
    name_group,
    release,
    used,
)
from casework.village.codes import (
    ALPHABET,
    LENGTH,
    Bound,
    Expired,
    IssuedCode,
    Locked,
    UsedUp,
    WrongCode,
    issue,
    locked_until,
    make_code,
    normalise,
    redeem,
    resembles_code,
    withdraw,
)
from casework.village.gathering import Complete, Gathering, Nothing, Started, Waiting, close, is_closed, receive
from casework.village.places import Found, NotFound, Several, Village, find_village

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MINUTE = timedelta(minutes=1)
VILLAGE = "八景镇/上保村"
CODE = "K7MPW-3XHDA"


def hashed(code: str) -> str:
    return f"#{code}"


def matches(code: str, stored: str) -> bool:
    return hashed(code) == stored


def issued(at: datetime = NOW, replaces: str = "") -> IssuedCode:
    return issue(CODE, VILLAGE, at, "gongwu", hashed, replaces)


def bound(at: datetime = NOW, replaces: str = "") -> IssuedCode:
    outcome = redeem(CODE, at, [], [issued(at, replaces)], matches)
    assert isinstance(outcome, Bound)
    return outcome.code


def test_a_code_has_at_least_40_random_bits_and_no_signs_that_look_alike() -> None:
    assert len(ALPHABET) ** LENGTH >= 2**40
    assert not set("0O1IL2Z5SBUVGQ") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(st.integers())
def test_a_code_is_read_back_however_it_is_typed(seed: int) -> None:
    code = make_code(random.Random(seed).randrange)
    plain = code.replace("-", "")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in plain)

    for typed in (code, code.lower(), wide, f" 绑定 {plain[:3]} {plain[3:]} ", f"绑定码：{code}。"):
        assert normalise(typed) == plain
        assert resembles_code(typed)


@pytest.mark.parametrize("words", ["低保怎么申请", "", "13800000000", "HELLO", "K7MPW-3XHD", "K7MPW-3XHD0"])
def test_other_words_are_no_code(words: str) -> None:
    assert normalise(words) == ""


def test_a_mistyped_code_is_recognised_as_meant_and_a_plate_or_word_is_not() -> None:
    assert resembles_code("K7MPW3XHD0")
    assert not resembles_code("赣C12345")
    assert not resembles_code("13800000000")


def test_only_the_hash_of_a_code_is_kept() -> None:
    assert CODE not in repr(issue(CODE, VILLAGE, NOW, "gongwu", lambda code: str(len(code))))


def test_the_right_code_binds_once() -> None:
    first = redeem("k7mpw 3xhda", NOW, [], [issued()], matches)

    assert isinstance(first, Bound)
    assert first.code.village == VILLAGE
    assert first.code.used_at == NOW
    assert redeem(CODE, NOW, [], [first.code], matches) == UsedUp(VILLAGE)


def test_a_code_is_good_for_seven_days_and_not_a_moment_longer() -> None:
    late = NOW + timedelta(days=7)

    assert isinstance(redeem(CODE, late - timedelta(seconds=1), [], [issued()], matches), Bound)
    assert redeem(CODE, late, [], [issued()], matches) == Expired(VILLAGE)


def test_a_code_taken_back_binds_nobody() -> None:
    assert redeem(CODE, NOW, [], [withdraw(issued(), NOW)], matches) == Expired(VILLAGE)


def test_a_used_code_cannot_be_taken_back() -> None:
    assert withdraw(bound(), NOW + MINUTE).withdrawn_at is None


def test_wrong_codes_count_down_and_the_sixth_try_is_locked_even_with_the_right_code() -> None:
    tries: list[datetime] = []
    for left in (4, 3, 2, 1, 0):
        assert redeem("AAAAA-AAAAA", NOW, tries, [issued()], matches) == WrongCode(left)
        tries.append(NOW)

    assert redeem(CODE, NOW + MINUTE, tries, [issued()], matches) == Locked(NOW + timedelta(hours=1))
    assert isinstance(redeem(CODE, NOW + timedelta(hours=1), tries, [issued()], matches), Bound)


@given(st.lists(st.integers(0, 240), max_size=12), st.integers(0, 300))
def test_a_lock_always_ends_within_the_hour_and_only_five_tries_make_one(minutes: list[int], now: int) -> None:
    tries = [NOW + minute * MINUTE for minute in minutes]
    at = NOW + now * MINUTE
    until = locked_until(tries, at)

    if until is None:
        assert sum(at - timedelta(hours=1) < moment <= at for moment in tries) < 5
    else:
        assert at < until <= at + timedelta(hours=1)
        assert locked_until([moment for moment in tries if moment <= at], until) is None


def test_binding_makes_an_admin_and_says_so_without_the_account() -> None:
    change = bind("a1", "o-zhang", bound(), NOW, [])

    assert isinstance(change, Change)
    assert change.admins == (Admin("a1", "o-zhang", VILLAGE, NOW),)
    assert change.events == (AdminBound("a1", VILLAGE, NOW, "admin:a1"),)
    assert "o-zhang" not in repr(change.events)


def test_a_replacement_ends_the_old_binding_and_keeps_the_groups_name() -> None:
    old = Admin("a1", "o-zhang", VILLAGE, NOW, "上保村大家庭")
    change = bind("a2", "o-li", bound(NOW + MINUTE, replaces="a1"), NOW + MINUTE, [old])

    assert isinstance(change, Change)
    ended, new = change.admins
    assert (ended.id, ended.ending, ended.active) == ("a1", "换人", False)
    assert (new.id, new.group, new.active) == ("a2", "上保村大家庭", True)
    assert change.events[0] == AdminEnded("a1", VILLAGE, NOW + MINUTE, "staff:gongwu", "换人")


def test_another_village_ends_the_binding_to_the_first() -> None:
    old = Admin("a1", "o-zhang", "八景镇/礼港村", NOW)
    change = bind("a2", "o-zhang", bound(), NOW, [old])

    assert isinstance(change, Change)
    assert [(admin.id, admin.ending) for admin in change.admins] == [("a1", "换村"), ("a2", None)]


def test_who_is_admin_of_the_village_already_stays_so() -> None:
    mine = Admin("a1", "o-zhang", VILLAGE, NOW)

    assert bind("a2", "o-zhang", bound(), NOW, [mine]) == AlreadyAdmin(mine)


def test_a_village_may_have_several_admins() -> None:
    change = bind("a2", "o-li", bound(), NOW, [Admin("a1", "o-zhang", VILLAGE, NOW)])

    assert isinstance(change, Change)
    assert [admin.id for admin in change.admins] == ["a2"]


def test_a_released_admin_is_none_and_a_second_release_changes_nothing() -> None:
    change = release(Admin("a1", "o-zhang", VILLAGE, NOW), NOW, "staff:gongwu")
    (ended,) = change.admins

    assert admin_of("o-zhang", change.admins) is None
    assert release(ended, NOW, "staff:gongwu") == Change((), ())
    assert erase(ended).openid == ""


def test_the_name_of_the_group_is_one_short_line() -> None:
    (admin,) = name_group(Admin("a1", "o-zhang", VILLAGE, NOW), " 上保村\n大家庭 " + "好" * 90, NOW).admins

    assert admin.group.startswith("上保村 大家庭")
    assert len(admin.group) == 30
    assert name_group(admin, admin.group, NOW) == Change((), ())


def test_the_last_use_never_runs_back() -> None:
    admin = used(Admin("a1", "o-zhang", VILLAGE, NOW), NOW + MINUTE)

    assert used(admin, NOW).last_used == NOW + MINUTE


def test_a_paste_between_start_and_end_is_one() -> None:
    step = receive(None, "开始转发", NOW)
    assert isinstance(step, Started)
    step = receive(step.gathering, "张三甲: 低保怎么申请", NOW + MINUTE / 2)
    assert isinstance(step, Waiting)
    step = receive(step.gathering, "李四乙: 收到", NOW + MINUTE)
    assert isinstance(step, Waiting)

    assert receive(step.gathering, "结束。", NOW + 1.5 * MINUTE) == Complete(
        "张三甲: 低保怎么申请\n李四乙: 收到", False
    )


def test_twenty_seconds_of_quiet_complete_a_paste_without_a_start() -> None:
    step = receive(None, "张三甲: 低保怎么申请", NOW)
    assert isinstance(step, Waiting)

    assert not is_closed(step.gathering, NOW + timedelta(seconds=19))
    assert is_closed(step.gathering, NOW + timedelta(seconds=20))
    assert close(step.gathering) == Complete("张三甲: 低保怎么申请", False)


def test_a_message_after_the_end_is_handed_on_and_not_swallowed() -> None:
    held = Gathering(NOW, NOW, texts=("张三甲: 低保怎么申请",))

    assert receive(held, "本周", NOW + 5 * MINUTE) == Complete("张三甲: 低保怎么申请", False, rest="本周")


def test_an_end_without_a_paste_is_nothing() -> None:
    assert receive(None, "结束", NOW) == Nothing()
    assert receive(Gathering(NOW, NOW, explicit=True), "结束", NOW) == Nothing()


def test_a_paste_of_more_than_30_lines_is_marked() -> None:
    step = close(Gathering(NOW, NOW, texts=("张三甲: 好\n" * 31,)))

    assert isinstance(step, Complete)
    assert step.too_long


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["开始转发", "结束", "张三甲: 话", "字" * 9000]), st.integers(0, 90)), max_size=20
    )
)
def test_nothing_waits_longer_than_two_minutes_and_no_words_are_lost(moves: list[tuple[str, int]]) -> None:
    held: Gathering | None = None
    now, heard, said = NOW, 0, 0
    for words, seconds in moves:
        now += timedelta(seconds=seconds)
        heard += words == "张三甲: 话"
        match receive(held, words, now):
            case Started(gathering) | Waiting(gathering):
                held = gathering
                assert held.closes <= held.began + timedelta(minutes=2)
                assert len(held.paste) <= 20_000
            case Complete(paste, _, rest):
                said += paste.count("张三甲: 话") + rest.count("张三甲: 话")
                held = None
            case Nothing():
                held = None
    left = held.paste.count("张三甲: 话") if held else 0
    assert said + left == heard or any(len(words) > 999 for words, _ in moves)


PLACES = (
    Village("八景镇", "上保村"),
    Village("八景镇", "新街社区", "社区"),
    Village("杨圩镇", "新村村"),
    Village("村前镇", "新村村"),
)


@pytest.mark.parametrize("named", ["八景镇/上保村", "八景镇 上保村", "八景镇／上保村委会", "上保村"])
def test_a_village_is_found_as_people_write_it(named: str) -> None:
    assert find_village(named, PLACES) == Found(PLACES[0])


def test_a_neighbourhood_committee_is_a_community() -> None:
    assert find_village("八景镇/新街居委会", PLACES) == Found(PLACES[1])


def test_a_name_two_towns_share_asks_which() -> None:
    assert find_village("新村村", PLACES) == Several(PLACES[2:])


@pytest.mark.parametrize("named", ["", "没有村", "八景镇/没有村", "甲/乙/丙"])
def test_an_unknown_village_is_said_to_be_unknown(named: str) -> None:
    assert isinstance(find_village(named, PLACES), NotFound)
