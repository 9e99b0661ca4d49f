"""Masking: personal numbers go, public ones stay, twice is the same as once."""

import timeit

import pytest
from hypothesis import example, given, settings, strategies as st
from stdnum.cn import ric

from knowledge.masking import mask

FEW = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我电话13812345678，有事打", "我电话〔电话〕，有事打"),
        ("138-1234-5678", "〔电话〕"),
        ("138 1234 5678", "〔电话〕"),
        ("＋86 13812345678", "〔电话〕"),
        ("１３８１２３４５６７８", "〔电话〕"),
        ("(0795)5212345", "〔电话〕"),
        ("0795－5212345", "〔电话〕"),
        ("座机5212345", "座机〔电话〕"),
        ("13812345678和13912345679", "〔电话〕和〔电话〕"),
        ("13812345678 2026-11-24", "〔电话〕 2026-11-24"),
        ("11010119900307751X", "〔证件号〕"),
        ("360983 19900307 123x", "〔证件号〕"),
        ("110101900307751", "〔证件号〕"),
        ("36098319900307123", "〔证件号〕"),
        ("卡号 6222 0212 3456 7890 123", "卡号 〔卡号〕"),
        ("6222021234567890", "〔卡号〕"),
        ("车牌赣C12345挡路", "车牌〔车牌〕挡路"),
        ("赣C·12345", "〔车牌〕"),
        ("赣CD12345", "〔车牌〕"),
        ("赣CF1234挂", "〔车牌〕"),
        ("微信号zhangsan_01", "微信号〔微信号〕"),
        ("我微信是 zhangsan01", "我微信是 〔微信号〕"),
        ("zhangsan@example.com", "〔邮箱〕"),
    ],
)
def test_a_personal_number_is_replaced_by_its_kind(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "打110、119、120、122都行",
        "110 119 120 122 12333 12348 12345 96333 95588",
        "查询 GA20261124-0001",
        "2026-11-24到2027/1/5",
        "2026年11月24日，20261124",
        "高府办发〔2022〕20号",
        "低保一个月450元，一年补了1234567元",
        "住3-2-501室，面积120.5平",
        "公众号发了通知，怎么办低保",
        "",
    ],
)
def test_public_numbers_dates_and_amounts_stay(text: str) -> None:
    assert mask(text) == text


def test_a_ticket_number_stays_beside_a_phone() -> None:
    assert mask("GA20261124-0001 13812345678") == "GA20261124-0001 〔电话〕"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "－"]))
@FEW
def test_no_mobile_number_survives_however_it_is_split(number: str, gap: str) -> None:
    written = gap.join((number[:3], number[3:7], number[7:]))

    assert mask(f"电话{written}找我") == "电话〔电话〕找我"


@given(st.dates(), st.integers(0, 999), st.sampled_from(["110101", "360983", "440305"]))
@FEW
def test_no_identity_number_survives(born: object, serial: int, region: str) -> None:
    digits = f"{region}{born:%Y%m%d}".replace("-", "")
    body = (region + digits[6:].rjust(8, "0"))[:14] + f"{serial:03d}"
    number = body + ric.calc_check_digit(body + "0")

    assert body not in mask(f"身份证{number}")
    assert number[6:] not in mask(f"身份证{number[:6]} {number[6:]}")


@given(st.text("0123456789", min_size=9, max_size=40))
@FEW
def test_no_long_run_of_digits_survives(digits: str) -> None:
    assert digits not in mask(f"号码{digits}。") or digits.startswith("0000")


WORDS = st.sampled_from(
    ["138", "13812345678", "赣", "C12345", "微信号", "abc_12345", " ", "-", "(", ")", "+", "2026-11-24", "元",
     "110", "GA20261124-0001", "36098319900307", "123x", "@", "a.b", ".com", "五", "０１２３", "/", "12345"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12).map("".join))
@example("13812345678 2026-11-24-1381234567")
@settings(max_examples=300, deadline=None)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


def test_a_hostile_run_of_digits_takes_no_long_time() -> None:
    text = "1 " * 20_000 + "@" * 1_000 + "赣C" * 1_000

    assert timeit.timeit(lambda: mask(text), number=1) < 1


def test_a_usual_sentence_takes_well_under_a_millisecond() -> None:
    """About 2 µs without digits and 16 µs with; the bound leaves room for a busy machine."""
    text = "我叫张三甲，电话13812345678，住八景镇上保村3组"

    assert min(timeit.repeat(lambda: mask(text), number=100, repeat=3)) / 100 < 0.0005
