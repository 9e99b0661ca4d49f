"""The words that are always understood, and numbers however they are typed."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from handlers.commands import Command, command_in, number_in, says_no, says_yes, ticket_in, tidy

ALWAYS = (
    "登记 确认 跳过 修改 满意 基本满意 不满意 取消 返回 更多 全部 "
    "目录 指南 看原文 查询 没解决 有用 没用 撤回 补充 催办 帮助"
)


@pytest.mark.parametrize("word", ALWAYS.split())
def test_every_promised_word_is_a_command_of_its_own_name(word: str) -> None:
    found = command_in(word)
    assert found is not None
    assert found.value == word


@pytest.mark.parametrize("words", ["“登记”", " 登记。", "登记！", "回复登记", "回复“登记”", "【登记】", "登记\n"])
def test_quotes_stops_and_the_word_reply_do_not_matter(words: str) -> None:
    """People copy what they were told to reply, with its quotation marks."""
    assert command_in(words) is Command.REGISTER


@pytest.mark.parametrize("words", ["我要登记", "登记结婚", "查询低保", "没用过", "", "。", "满意度调查"])
def test_a_sentence_with_a_command_in_it_is_no_command(words: str) -> None:
    assert command_in(words) is None


def test_the_three_ratings_are_told_apart() -> None:
    assert [command_in(word) for word in ("满意", "基本满意", "不满意")] == [Command.GOOD, Command.FAIR, Command.BAD]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", 2),
        ("２", 2),
        ("二", 2),
        ("第2个", 2),
        ("第二个", 2),
        ("选2", 2),
        ("2.", 2),
        ("12", 12),
        ("0", 0),
        ("十", 10),
        ("②", 2),
        ("（3）", 3),
    ],
)
def test_numbers_are_read_however_they_are_typed(words: str, number: int) -> None:
    assert number_in(words) == number


@pytest.mark.parametrize("words", ["123", "2月", "两个", "1 2", "-1", "二十", "GA20261124-0001", "", "一二", "2个人"])
def test_other_words_are_no_number(words: str) -> None:
    assert number_in(words) is None


@given(st.integers(0, 99), st.sampled_from(["{}", " {} ", "第{}个", "选{}", "{}。", "“{}”", "回答", "({})"]))
def test_any_number_up_to_99_is_found_again(number: int, shape: str) -> None:
    words = shape.format(number)
    assert number_in(words) == (number if "{}" in shape else None)


@given(st.text(max_size=30))
def test_reading_never_fails(words: str) -> None:
    """Whatever is typed: a command or none, a number or none, a ticket or none."""
    assert command_in(words) is None or isinstance(command_in(words), Command)
    number = number_in(words)
    assert number is None or 0 <= number <= 99
    assert tidy(tidy(words)) == tidy(words)
    assert not (says_yes(words) and says_no(words))
    named = ticket_in(words)
    assert named is None or len(named) == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("查询 GA20260213-0001", ("GA20260213-0001", "")),
        ("ga20260213-0001 1234", ("GA20260213-0001", "1234")),
        ("ＧＡ２０２６０２１３－０００１", ("GA20260213-0001", "")),
        ("GA202602130001", ("GA20260213-0001", "")),
        ("编号GA20260213-0001，查询码0417", ("GA20260213-0001", "0417")),
        ("GA20260213-0001 12345", None),
        ("GA2026-0001", None),
        ("20260213-0001", None),
    ],
)
def test_a_ticket_number_and_its_code_are_found(words: str, named: tuple[str, str] | None) -> None:
    found = ticket_in(words)
    assert found == named or (named is None and (found is None or found[1] == ""))


@given(st.dates(min_value=date(2020, 1, 1)), st.integers(0, 9999), st.integers(0, 9999))
def test_every_number_we_give_out_is_found_again(day: date, sequence: int, code: int) -> None:
    number = f"GA{day:%Y%m%d}-{sequence:04d}"
    assert ticket_in(f"查询 {number} {code:04d}") == (number, f"{code:04d}")
