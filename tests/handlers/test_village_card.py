"""What goes back into the group is short, numbered and about nobody."""

import json
import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from handlers.village_answers import BadLineError, answer_questions, parse_lines, read_paste
from handlers.village_card import LONGEST_CARD, CardItem, State, compose_card, one_answer, shorten, without_names
from knowledge.chatlog import Question
from knowledge.model import (
    Answer,
    Asked,
    Choice,
    Context,
    DemandKind,
    Door,
    Entry,
    EntryType,
    Faq,
    Match,
    Origin,
    Outcome,
    Source,
    Understanding,
    Unknown,
)

TODAY = date(2026, 11, 24)
ORIGIN = Origin((Source("社会救助暂行办法"),), (), TODAY, None, None, "高", "未经本市审核", "民政局")
SUBSISTENCE = Faq("faq/低保", "低保怎么申请", "社会救助", (), (), "写申请交到镇里。二十天左右有结果。", (), ORIGIN)
GONE = Faq("faq/旧", "旧事", "其他", (), (), "旧答案。", (), Origin((), (), None, None, date(2020, 1, 1), "中", "", ""))


class SmallKnowledge:
    """Knows 低保; 举报 and 没人修 are demands; 补贴 is one of two things; a repealed entry is still listed."""

    version = "1"

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        demand: DemandKind | None = "举报" if "举报" in text else "求助" if "没人修" in text else None
        door = Door.DEMAND if demand else Door.QUESTION
        return Understanding(text, door, (Asked(text, None, self._outcome(text)),), demand=demand)

    def entry(self, entry_id: str) -> Entry | None:
        return {SUBSISTENCE.id: SUBSISTENCE, GONE.id: GONE}.get(entry_id)

    def entries(self, type: EntryType | None = None, domain: str | None = None) -> Sequence[Entry]:
        return (SUBSISTENCE, GONE)

    def domains(self) -> Sequence[str]:
        return ("社会救助",)

    def _outcome(self, text: str) -> Outcome:
        if "旧事" in text:
            return Answer(Match(GONE.id, 1.0, ""), 1.0, ())
        if "低保" in text:
            return Answer(Match(SUBSISTENCE.id, 1.0, ""), 1.0, ())
        if "补贴" in text:
            return Choice((Match(SUBSISTENCE.id, 0.5, ""), Match(GONE.id, 0.5, "")), 0.5)
        return Unknown((), 0.1)


KNOWLEDGE = SmallKnowledge()


def test_an_answer_comes_with_its_source_and_where_to_read_on() -> None:
    card = read_paste("张三甲: 低保怎么申请", KNOWLEDGE, TODAY).pages[0]

    assert "1. 低保怎么申请" in card
    assert "写申请交到镇里" in card
    assert "来源：社会救助暂行办法，本市还没审核" in card
    assert card.endswith("详情问公众号。")


def test_what_has_no_answer_is_listed_with_the_words_that_register_it() -> None:
    card = read_paste("张三甲: 低保怎么申请\n李四乙: 路灯坏了没人修\n王五丙: 养蜂要不要备案", KNOWLEDGE, TODAY).pages[0]

    assert "第2、3条：管理员回复“登记 2 3”，就交给工作人员答复。" in card
    assert card.count("还没有现成答案") == 2


def test_a_report_is_not_taken_on_behalf_and_not_even_named() -> None:
    read = read_paste("张三甲: 我要举报李某某冒领低保", KNOWLEDGE, TODAY)

    assert "请本人私下发给公众号" in read.pages[0]
    assert "李某某" not in read.pages[0]
    assert "登记" not in read.pages[0]


def test_an_entry_that_is_no_longer_valid_is_not_said() -> None:
    (item,) = answer_questions([Question("张三甲", "旧事怎么办")], KNOWLEDGE, TODAY)

    assert item.state is State.OPEN


def test_a_question_that_may_mean_several_things_names_the_valid_ones() -> None:
    (item,) = answer_questions([Question("张三甲", "补贴什么时候发")], KNOWLEDGE, TODAY)

    assert item.state is State.UNCLEAR
    assert "低保怎么申请" in item.answer
    assert "旧事" not in item.answer


def test_no_more_than_five_questions_stand_on_a_card_and_numbers_run_through() -> None:
    pages = compose_card([CardItem(f"第{place}件事", state=State.OPEN) for place in range(1, 13)])

    assert [len(re.findall(r"^\d+\. ", page, re.MULTILINE)) for page in pages] == [5, 5, 2]
    assert "12. 第12件事" in pages[2]
    assert "还有的在下一张" in pages[0]
    assert "还有的在下一张" not in pages[2]


def test_an_empty_chat_gives_a_card_that_says_so() -> None:
    assert compose_card([]) == ("【群里的问题】没有看到要答复的问题。详情问公众号。",)


def test_a_long_answer_is_one_or_two_sentences_on_the_card_and_whole_on_request() -> None:
    item = CardItem("低保怎么申请", "先写申请。" + "再等公示。" * 60, "某办法")

    assert "先写申请。再等公示。（来源：某办法）" in compose_card([item])[0]
    assert one_answer(3, item).count("再等公示。") == 60


def test_few_words_keep_the_asking_clause() -> None:
    assert shorten("各位好，我妈今年八十了，高龄补贴怎么申请") == "高龄补贴怎么申请"
    assert len(shorten("低保" * 40 + "怎么申请", 12)) == 12


def test_nicknames_and_mentions_are_cut_from_the_question_words() -> None:
    assert without_names("@涂嫂子 低保找桂花问怎么申请", {"涂嫂子", "桂花"}) == "低保找问怎么申请"


def test_json_lines_carry_questions_and_the_first_card() -> None:
    line = json.dumps({"id": "a1", "text": "张三甲: 低保怎么申请"}, ensure_ascii=False)
    (told,) = [json.loads(row) for row in parse_lines([line, "\n"], KNOWLEDGE, TODAY)]

    assert told["id"] == "a1"
    assert told["questions"] == [{"asker": "张三甲", "text": "低保怎么申请"}]
    assert told["card"].startswith("【群里的问题】")


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": null, "text": "好"}', '{"id": "1", "text": 5}'])
def test_a_bad_line_is_named_with_its_number(line: str) -> None:
    with pytest.raises(BadLineError, match="第2行"):
        list(parse_lines(["\n", line], KNOWLEDGE, TODAY))


DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
NAMES = st.sampled_from(
    [
        "张三甲",
        "李四乙",
        "平安是福",
        "A建材小王",
        "涂嫂子🌸",
        "Lucky",
        "老周头",
        "1388888大山",
        "张三甲！",
        "快乐每一天。",
        "小李乙?",
        "一生：何求",
        "小 苹 果",
        "~小猪~",
        "(外号)阿三",
        "李四乙138 0000 2222",
        "赣C12345老司机",
        "１３８００００１１１１",
    ]
)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A personal number as people write it, and its bare form."""
    kind = draw(st.sampled_from(["phone", "identity", "bank", "plate"]))
    tail = draw(st.text("0123456789", min_size=20, max_size=20))
    raw = {
        "phone": "1" + draw(st.sampled_from("356789")) + tail[:9],
        "identity": "360983"
        + f"19{int(tail[:2]) % 90 + 10}0{int(tail[2]) % 9 + 1}1{tail[3]}"
        + tail[4:7]
        + draw(st.sampled_from("0123X")),
        "bank": "622848" + tail[: draw(st.sampled_from([10, 13]))],
        "plate": "赣C" + draw(st.sampled_from(["A", "B", "D", "D1", "1"])) + tail[:4],
    }[kind]
    written = raw
    if kind == "plate":
        written = draw(st.sampled_from([raw, f"{raw[:2]}·{raw[2:]}", f"{raw[:2]} {raw[2:]}", raw.lower()]))
    elif draw(st.booleans()):
        size = draw(st.sampled_from([3, 4, 6]))
        sign = draw(st.sampled_from([" ", "-", "  "]))
        written = sign.join(raw[at : at + size] for at in range(0, len(raw), size))
    if draw(st.booleans()):
        written = written.translate(DIGITS)
    return written, raw


def _plain(text: str) -> str:
    """*text* as somebody reads it who wants the number: nothing between its figures, all of them narrow."""
    return re.sub(r"[\s\-·]", "", text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))


@settings(max_examples=200, deadline=None)
@given(
    NAMES,
    NAMES,
    numbers(),
    st.sampled_from(["低保怎么申请", "路灯坏了没人修", "残疾证换证多少钱", "补贴什么时候发"]),
    st.booleans(),
)
def test_no_name_and_no_personal_number_gets_on_a_card(
    asker: str, called: str, number: tuple[str, str], matter: str, first: bool
) -> None:
    written, raw = number
    words = f"我的号{written}，{matter}" if first else f"{matter}，我的号{written}"
    chat = (
        f"{asker}：{words} @{called} 帮看下\n{called}：{asker}你别急，{asker}说的对\n"
        f"{called}：{matter} {asker} {written}\n{asker}：养蜂{called}说要备案，{called}家的也要吗"
    )
    read = read_paste(chat, KNOWLEDGE, TODAY)
    card = _plain("".join(read.pages))

    assert read.questions
    assert raw.upper() not in card.upper()
    assert asker not in card
    assert called not in card


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=80), numbers(), NAMES, st.sampled_from(State))
def test_an_item_never_carries_a_number_whatever_stands_around_it(
    words: str, number: tuple[str, str], name: str, state: State
) -> None:
    written, raw = number
    item = CardItem(f"{words} {written} {name}", f"{words}。 {written}。", f" {written} ", state)
    card = _plain("".join(compose_card([item], {name})))

    assert name not in card
    assert raw.upper() not in card.upper()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.builds(CardItem, st.text(max_size=90), st.text(max_size=900), st.text(max_size=90), st.sampled_from(State)),
        max_size=14,
    )
)
def test_every_card_has_at_most_500_characters_and_every_question_stands_on_one(items: list[CardItem]) -> None:
    pages = compose_card(items, {"张三甲"}, account="高安发布政务公开问答服务号")

    assert all(len(page) <= LONGEST_CARD for page in pages)
    numbers_seen = [int(found) for page in pages for found in re.findall(r"^(\d+)\. ", page, re.MULTILINE)]
    assert [place for place in range(1, len(items) + 1) if place not in numbers_seen] == []
