"""One approved text, three outputs: the same facts in each, and a script that can be read as it stands."""

import re
from dataclasses import replace
from datetime import date

import cn2an
import pytest
from hypothesis import given, settings, strategies as st

from casework.village.numerals import number_words
from casework.village.outputs import (
    CARD_LENGTH,
    ApprovedText,
    Fact,
    broadcast_script,
    facts_in,
    facts_of,
    group_card,
    notice_sheet,
    problems,
    unlisted_figures,
)
from casework.village.spoken import spoken

TEXT = ApprovedText(
    title="2027年度城乡居民医保缴费通知",
    facts=(
        Fact("缴费时间", "2026年9月1日至12月31日"),
        Fact("缴多少", "每人30元（示例）"),
        Fact("咨询电话", "12345"),
    ),
    body=("请大家抓紧时间。", "低保对象自己不用交。"),
    source="示例文件（示例发〔2026〕2号）",
    date=date(2026, 11, 24),
    issuer="示例镇示例村村民委员会",
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026年11月24日", "二〇二六年十一月二十四日"),
        ("2026-11-24", "二〇二六年十一月二十四日"),
        ("2026.9.1", "二〇二六年九月一日"),
        ("9月1日至12月31日", "九月一日到十二月三十一日"),
        ("8:30-17:00", "八点三十分到十七点"),
        ("９：０５", "九点零五分"),
        ("30元", "三十元"),
        ("400.00元", "四百元"),
        ("1,200元", "一千二百元"),
        ("1.5万元", "一点五万元"),
        ("¥99.5", "九十九点五元"),
        ("15个工作日", "十五个工作日"),
        ("拨打12345", "拨打幺二三四五"),
        ("120元，急救打120", "一百二十元，急救打幺二零"),
        ("0795-1234567", "零七九五幺二三四五六七"),
        ("13800000000", "幺三八零零零零零零零零"),
        ("95.5%", "百分之九十五点五"),
        ("5%-10%", "百分之五到百分之十"),
        ("60～79岁", "六十到七十九岁"),
        ("2个、2份、2月2日、第2天、2号楼", "两个、两份、二月二日、第二天、二号楼"),
        ("20000人", "两万人"),
        ("100㎡", "一百平方米"),
        ("-5℃", "零下五摄氏度"),
        ("1/3", "三分之一"),
        ("320国道", "三二零国道"),
        ("1.申请书；2.户口簿", "第一，申请书；第二，户口簿"),
        ("示例发〔2026〕2号", "示例发〔二〇二六〕二号"),
        ("没有数字：一句话", "没有数字：一句话"),
    ],
)
def test_written_signs_are_read_as_people_say_them(written: str, read: str) -> None:
    assert spoken(written) == read


def test_after_an_account_number_label_digits_are_read_one_by_one() -> None:
    assert spoken("1234", after="账号") == "幺二三四"
    assert spoken("1234", after="人数") == "一千二百三十四"


@given(st.integers(0, 10**12))
def test_numbers_are_read_as_an_independent_reader_reads_them(number: int) -> None:
    expected = cn2an.an2cn(number, "low")

    assert number_words(str(number)).replace("两", "二") == re.sub("^一十", "十", expected)


@given(st.text("0123456789.,:：-－~至/%年月日元个号第（） 电话", max_size=30))
def test_no_digit_is_left_for_the_reader_to_guess(text: str) -> None:
    assert not re.search(r"\d", spoken(text))


def test_the_script_greets_repeats_the_facts_and_ends() -> None:
    lines = broadcast_script(TEXT).splitlines()

    assert lines[0].startswith("各位村民，大家好")
    assert lines.count("缴费时间，二〇二六年九月一日到十二月三十一日。") == 2
    assert lines.count("咨询电话，幺二三四五。") == 2
    assert lines[-1].endswith("谢谢大家。")


def test_all_three_outputs_carry_the_same_facts() -> None:
    outputs = (group_card(TEXT), broadcast_script(TEXT), notice_sheet(TEXT).lines())

    assert [facts_in(output, TEXT) for output in outputs] == [facts_of(TEXT)] * 3


def test_a_fact_that_was_changed_in_one_output_is_missed() -> None:
    changed = group_card(TEXT).replace("30元", "130元")

    assert {fact.label for fact in facts_of(TEXT)} - {fact.label for fact in facts_in(changed, TEXT)} == {"缴多少"}


WORDS = st.text("高安医保缴费村镇低保补贴公示䶮㐂", min_size=1, max_size=8)
VALUES = st.one_of(
    WORDS,
    st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    st.integers(0, 10**9).map(lambda number: f"{number}元"),
    st.decimals(0, 10**6, places=2).map(lambda number: f"{number}万元"),
    st.integers(0, 100).map(lambda number: f"{number}%"),
    st.integers(1, 60).map(lambda number: f"{number}个工作日"),
    st.integers(2000000, 8999999).map(lambda number: f"0795-{number}"),
    st.times().map(lambda time: f"{time:%H:%M}"),
    st.sampled_from(["12345", "2号楼301室", "  八景镇  示例村 ", "第2组"]),
)
TEXTS = st.builds(
    ApprovedText,
    title=WORDS,
    facts=st.lists(st.builds(Fact, WORDS | st.just("电话"), VALUES), max_size=8).map(tuple),
    body=st.lists(st.text("请大家注意，按时办理。", max_size=120), max_size=8).map(tuple),
    source=WORDS,
    date=st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    issuer=WORDS,
)


@settings(max_examples=60)
@given(TEXTS)
def test_every_fact_survives_in_every_output(text: ApprovedText) -> None:
    card = group_card(text)

    assert len(card) <= CARD_LENGTH
    for output in (card, broadcast_script(text), notice_sheet(text).lines()):
        assert facts_in(output, text) == facts_of(text)


def test_a_long_body_is_left_out_of_the_card_and_said_to_be_on_the_board() -> None:
    card = group_card(replace(TEXT, body=("这是一句示例正文。" * 20,) * 4))

    assert len(card) <= CARD_LENGTH
    assert "全文看公示栏" in card


def test_facts_too_long_for_a_card_are_refused_not_cut() -> None:
    long = replace(TEXT, facts=(Fact("说明", "长" * CARD_LENGTH),))

    with pytest.raises(ValueError, match="写不下"):
        group_card(long)
    assert any("写不下" in problem for problem in problems(long))


def test_a_figure_that_stands_only_in_the_body_is_named_before_approval() -> None:
    hidden = replace(TEXT, body=("过了12月31日每人多交50元。",))

    assert "50" in unlisted_figures(hidden)
    assert any("50" in problem for problem in problems(hidden))


def test_a_sound_text_has_no_problems_and_an_empty_one_names_each() -> None:
    assert problems(TEXT) == ()
    empty = ApprovedText(" ", (), (), "", date(2026, 11, 24), "")

    assert len(problems(empty)) == 4
