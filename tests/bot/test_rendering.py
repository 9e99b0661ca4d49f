"""What a reply looks like on the phone."""

import re

import pytest
from hypothesis import given, settings, strategies as st

from bot.rendering import fit, harmless, render, split
from handlers.turn import NOTHING, Reply, Tap

LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^"&<>]*)&msgmenuid=(\d+)">([^<]*)</a>')


def test_taps_are_lines_with_small_integer_ids():
    """The label is read, the words are sent."""
    text = render(Reply("您要问的是？", (Tap("1. 低保", "1"), Tap("2. 医保", "医保"))))

    assert text.split("\n")[0] == "您要问的是？"
    assert LINK.findall(text) == [("1", "1", "1. 低保"), ("医保", "2", "2. 医保")]


def test_the_words_of_a_tap_cannot_leave_their_link():
    """Quotes, brackets and ampersands are URL-encoded, brackets in the label shown full width."""
    text = render(Reply("问", (Tap('<b>"x"', 'a&b"<c>%d\n'),)))

    assert LINK.findall(text) == [("a%26b%22%3Cc%3E%25d%0A", "1", '＜b>"x"')]


@pytest.mark.parametrize("typed", ['<a href="http://evil.example">点我</a>', "&lt;a href=x>", "&#60;a>", "&#x3C;a>"])
def test_echoed_text_never_becomes_a_link(typed):
    """Clients render <a> in any text: what a resident typed must stay words."""
    shown = render(Reply(f"您问：{typed}"))

    assert "<" not in shown
    assert not re.search(r"&(lt|#)", shown)
    assert harmless(shown) == shown


def test_a_short_text_is_not_cut():
    """Nothing to continue."""
    assert fit("短。") == ("短。", "")


def test_a_long_text_is_cut_after_a_sentence():
    """Not in the middle of the one that does not fit any more."""
    head, rest = fit("甲乙丙丁。" * 10, limit=80)

    assert head == "甲乙丙丁。" * 5
    assert rest == "甲乙丙丁。" * 5


@pytest.mark.parametrize(
    "whole",
    [
        "13800000000",
        "2026-11-24",
        "1,234.50",
        "https://example.com/?a=1&b=2",
        "👨‍👩‍👧",
        "🇨🇳",
        "👍🏽",
        "１２３４",
    ],
)
def test_numbers_addresses_and_composed_characters_stay_whole(whole):
    """At every possible limit."""
    text = "甲" * 20 + whole + "乙" * 20
    start = 20
    for limit in range(20 * 3, len(text.encode()) - 1):
        head, _ = fit(text, limit)

        assert not start < len(head) < start + len(whole), (limit, head)


def test_a_link_is_never_cut():
    """At every possible limit."""
    text = render(Reply("甲" * 30, (Tap("一。二，三", "说。这"),)))
    for limit in range(90, len(text.encode())):
        head, _ = fit(text, limit)

        assert head.count("<a ") == head.count("</a>")


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("甲乙。，\n 1a<>/&é\u0301😀\ud800"), max_size=120), limit=st.integers(8, 120))
def test_cutting_loses_nothing_and_always_advances(text, limit):
    """Head and rest are the text; the head fits."""
    head, rest = fit(text, limit)

    assert head + rest == text
    assert len(head.encode("utf-8", "surrogatepass")) <= limit
    assert head or not text


def test_a_reply_that_fits_is_not_split():
    """And nothing is left over."""
    reply = Reply("好。", (Tap("更多", "更多"),))

    assert split(reply, "回复 更多 看下文") == (reply, NOTHING)


def test_a_long_reply_is_split_into_pages_that_all_fit_and_lose_nothing():
    """The hint ends every page but the last; the taps stand on the first."""
    sentences = [f"第{n}条，请带身份证和户口簿到窗口办理。" for n in range(200)]
    rest, pages = Reply("".join(sentences), (Tap("有用", "有用"),)), []
    while rest != NOTHING:
        page, rest = split(rest, "回复 更多 看下文")
        pages.append(page)

    assert all(len(render(page).encode()) <= 1800 for page in pages)
    assert all(page.text.endswith("\n回复 更多 看下文") for page in pages[:-1])
    assert [bool(page.taps) for page in pages] == [True] + [False] * (len(pages) - 1)
    assert "".join(p.text.removesuffix("\n回复 更多 看下文") for p in pages) == "".join(sentences)
