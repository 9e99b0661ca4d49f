"""Writing a ticket down: any sequence of words ends in a sentence and a known step."""

from dataclasses import replace
from datetime import datetime
from typing import get_args

import pytest
from hypothesis import given, settings, strategies as st

from casework.china_time import SHANGHAI
from handlers import drafting
from handlers.commands import Command
from handlers.drafting import Cancelled, Confirmed, Next, Refused, advance, first_step, question, town_in
from handlers.state import FRESH, Draft, Drafting, Step
from handlers.turn import Content, Link, Location, Picture, Text, Turn, Unsupported, Voice
from knowledge.model import Answer, Asked, Door, Match, Understanding

NOON = datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
TOWNS = ("瑞州街道", "八景镇", "相城垦殖场")
STEPS = get_args(Step)
KINDS = st.sampled_from(drafting.KINDS)


def turn(content: Content) -> Turn:
    words = content.words if isinstance(content, Text) else ""
    return Turn("o-zhang", content, words, None, FRESH, NOON)


def go(pending: Drafting, *said: str | Content) -> drafting.Advance:
    """Answer several steps, one after the other, and return what the last answer led to."""
    for one in said[:-1]:
        led = advance(pending, turn(Text(one) if isinstance(one, str) else one), TOWNS)
        assert isinstance(led, Next | Refused), led
        pending = led.pending
    last = said[-1]
    return advance(pending, turn(Text(last) if isinstance(last, str) else last), TOWNS)


def step_after(pending: Drafting, *said: str | Content) -> str:
    led = go(pending, *said)
    assert isinstance(led, Next | Refused), led
    return led.pending.step


COMPLAINT = first_step(Draft("投诉", "半夜施工"))
QUESTION = first_step(Draft("咨询", "医保怎么交"))

words = st.one_of(
    st.sampled_from([command.value for command in Command]),
    st.sampled_from(
        ["瑞州街道正街", "昨晚", "13800000000", "1", "2", "3", "4", "5", "6", "投诉", "好", "没有", "不用了"]
    ),
    st.text(max_size=12),
)
contents = st.one_of(
    words.map(Text),
    st.just(Picture("media-1")),
    st.builds(Location, st.just(28.4), st.just(115.3), st.sampled_from(["", "瑞州街道正街1号"])),
    st.sampled_from([Voice("v"), Voice("v", "在正街"), Link("文章"), Unsupported("video")]),
)
drafts = st.builds(Draft, KINDS, st.sampled_from(["", "路灯不亮"]))


@settings(max_examples=300, deadline=None)
@given(drafts, st.lists(contents, max_size=14))
def test_whatever_is_sent_there_is_a_sentence_and_a_known_step(draft: Draft, sent: list[Content]) -> None:
    pending = first_step(draft)
    for content in sent:
        assert pending.step in STEPS
        assert question(pending).text
        match advance(pending, turn(content), TOWNS):
            case Cancelled():
                return
            case Confirmed(draft=done):
                assert done.what.strip()
                assert done.kind in drafting.KINDS
                return
            case Refused(reply=reply, pending=same):
                assert reply.text
                assert same.step == pending.step
                pending = same
            case Next(pending=following):
                pending = following
        assert len(pending.draft.pictures) <= drafting.MOST_PICTURES


@settings(max_examples=100, deadline=None)
@given(drafts, st.lists(contents, max_size=8), st.sampled_from(["取消", "算了", "不登记"]))
def test_cancelling_always_leaves(draft: Draft, sent: list[Content], word: str) -> None:
    pending = first_step(draft)
    for content in sent:
        led = advance(pending, turn(content), TOWNS)
        if not isinstance(led, Next | Refused):
            return
        pending = led.pending
    assert isinstance(advance(pending, turn(Text(word)), TOWNS), Cancelled)


@settings(max_examples=100, deadline=None)
@given(drafts, st.lists(contents, max_size=10))
def test_going_back_again_and_again_ends_outside(draft: Draft, sent: list[Content]) -> None:
    """返回 never runs in a circle: from any step a few of them leave the ticket."""
    pending = first_step(draft)
    for content in sent:
        led = advance(pending, turn(content), TOWNS)
        if not isinstance(led, Next | Refused):
            return
        pending = led.pending
    for _ in range(12):
        led = advance(pending, turn(Text("返回")), TOWNS)
        if isinstance(led, Cancelled):
            return
        assert isinstance(led, Next)
        pending = led.pending
    pytest.fail("still inside")


def test_a_complaint_asks_where_when_pictures_and_phone_then_reads_back() -> None:
    said = ("瑞州街道正街", "昨晚", "跳过", "跳过")
    steps = [COMPLAINT.step] + [step_after(COMPLAINT, *said[: number + 1]) for number in range(4)]
    assert steps == ["where", "when", "pictures", "phone", "confirm"]
    assert isinstance(go(COMPLAINT, *said, "确认"), Confirmed)


def test_a_question_asks_only_for_a_phone() -> None:
    assert QUESTION.step == "phone"
    assert step_after(QUESTION, "跳过") == "confirm"


def test_a_ticket_without_a_matter_asks_for_it_first() -> None:
    assert first_step(Draft("咨询", "")).step == "what"


@pytest.mark.parametrize("word", ["登记", "确认", "好", "是的", "提交", "对"])
def test_the_read_back_is_confirmed_by_any_plain_yes(word: str) -> None:
    assert isinstance(go(QUESTION, "跳过", word), Confirmed)


def test_the_place_may_be_sent_from_the_map() -> None:
    led = go(COMPLAINT, Location(28.4, 115.3, "高安市八景镇某村"))
    assert isinstance(led, Next)
    assert (led.pending.draft.place, led.pending.draft.town) == ("高安市八景镇某村", "八景镇")
    unnamed = go(COMPLAINT, Location(28.4, 115.3, ""))
    assert isinstance(unnamed, Next)
    assert unnamed.pending.draft.place == "28.40000,115.30000"


@pytest.mark.parametrize(
    ("words", "town"),
    [("瑞州街道正街", "瑞州街道"), ("八景某村", "八景镇"), ("相城垦殖场三队", "相城垦殖场"), ("某地", "")],
)
def test_the_town_is_found_by_its_full_and_its_short_name(words: str, town: str) -> None:
    assert town_in(words, TOWNS) == town


def test_what_is_needed_cannot_be_skipped_and_a_suggestion_needs_no_place() -> None:
    assert step_after(COMPLAINT, "跳过") == "where"
    assert step_after(first_step(Draft("建议", "多栽树")), "跳过") == "when"


@pytest.mark.parametrize("word", ["没有", "不用了", "无", "不知道"])
def test_an_optional_step_is_left_by_a_plain_no(word: str) -> None:
    """不用了 means that this need not be said, not that the whole ticket is cancelled."""
    led = go(COMPLAINT, "瑞州街道正街", word)
    assert isinstance(led, Next)
    assert led.pending.step == "pictures"
    assert led.pending.draft.when == ""


@pytest.mark.parametrize("word", ["帮助", "查询", "目录", "看原文", "满意", "更多"])
def test_a_word_that_belongs_elsewhere_is_not_written_into_the_ticket(word: str) -> None:
    led = go(COMPLAINT, word)
    assert isinstance(led, Refused)
    assert led.pending.draft.place == ""
    assert "取消" in led.reply.text


@pytest.mark.parametrize("phone", ["13800000000", "138-0000-0000", "０７９５ ５２０００００", "+8613800000000"])
def test_phone_numbers_are_taken_as_people_write_them(phone: str) -> None:
    led = go(QUESTION, phone)
    assert isinstance(led, Next)
    assert led.pending.draft.phone.lstrip("+").isdigit()


@pytest.mark.parametrize("words", ["我的电话", "12345", "138000000001380000", "邮箱a@b.c"])
def test_what_is_no_phone_number_is_asked_again(words: str) -> None:
    assert step_after(QUESTION, words) == "phone"


def test_six_pictures_are_taken_one_by_one() -> None:
    pictures = [Picture(f"media-{number}") for number in range(8)]
    led = go(COMPLAINT, "瑞州街道正街", "跳过", *pictures[:6])
    assert isinstance(led, Refused | Next)
    assert len(led.pending.draft.pictures) == 6
    assert step_after(COMPLAINT, "瑞州街道正街", "跳过", *pictures[:2], "好了") == "phone"


def test_each_part_can_be_changed_after_the_read_back() -> None:
    at_end = ("瑞州街道正街", "昨晚", "跳过", "跳过")
    for number, step in enumerate(drafting.FIXABLE, 1):
        assert step_after(COMPLAINT, *at_end, "修改", str(number)) == step
    led = go(COMPLAINT, *at_end, "修改", "3", "八景镇街上")
    assert isinstance(led, Next)
    assert (led.pending.step, led.pending.draft.place) == ("confirm", "八景镇街上")


def test_going_back_from_a_change_returns_to_the_read_back() -> None:
    at_end = ("瑞州街道正街", "昨晚", "跳过", "跳过", "修改")
    assert step_after(COMPLAINT, *at_end, "返回") == "confirm"
    assert step_after(COMPLAINT, *at_end, "3", "返回") == "fix"


def test_going_back_asks_the_step_before() -> None:
    assert step_after(COMPLAINT, "瑞州街道正街", "返回") == "where"
    assert step_after(COMPLAINT, "瑞州街道正街", "昨晚", "返回") == "when"


def test_another_kind_asks_what_that_kind_needs() -> None:
    assert step_after(QUESTION, "跳过", "投诉") == "where"
    assert step_after(QUESTION, "跳过", "修改", "1", "4") == "where"
    assert step_after(QUESTION, "跳过", "修改", "1", "九") == "kind"


def test_words_beyond_the_limit_are_refused() -> None:
    assert step_after(first_step(Draft("咨询", "")), "长" * (drafting.LONGEST + 1)) == "what"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_names_the_words_that_leave_it(step: Step) -> None:
    assert "取消" in question(Drafting(Draft("投诉", "半夜施工"), step)).text


@pytest.mark.parametrize(("words", "step"), [("低保怎么申请", "when"), ("昨天开始的，低保也停了", "pictures")])
def test_a_question_is_not_when_something_happened(words: str, step: str) -> None:
    """Answered by the catalogs and without a word of time in it: asked again, not written down."""
    answer = Answer(Match("guide:dibao", 0.9, "低保"), 0.9, ())
    read = Understanding(words, Door.QUESTION, (Asked(words, None, answer),))
    asked = Drafting(Draft("投诉", "半夜施工", place="正街", asked=("what", "where")), "when")
    led = advance(asked, replace(turn(Text(words)), understood=read), TOWNS)
    assert isinstance(led, Next | Refused)
    assert led.pending.step == step
