"""``ask --jsonl``: the fixed shape of every line, and conversations by *who* and *at*."""

import json
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings, strategies as st

from bot import asking, assembly
from bot.asking import BadLine, Desk, ask_lines, read_line
from bot.calendars import Calendars
from bot.parts import Parts
from bot.settings import Settings
from casework.china_time import SHANGHAI
from knowledge import library
from tests.handlers.fakes import CARD, DIBAO, ID_CARD, MEDICAL, FakeKnowledge
from tests.world import CATALOGS, TUESDAY

KEYS = {"id", "outcome", "entry", "choices", "kind", "also", "domain", "unit", "reply", "ms"}


@pytest.fixture(scope="module")
def known() -> Parts:
    """The parts with a knowledge base that knows a handful of sentences."""
    fake = FakeKnowledge(library.load(CATALOGS))
    held = SimpleNamespace(library=fake.library, base=fake)
    made = assembly.make_parts(Settings(), held, Calendars({}, CATALOGS))
    return replace(made, knowledge=lambda: fake)


def asked(known: Parts, *lines: object) -> list[dict]:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return [json.loads(line) for line in ask_lines(Desk(known, TUESDAY), texts)]


@pytest.mark.parametrize(
    ("text", "outcome", "kind"),
    [
        ("社保卡掉了怎么补", "answer", None),
        ("补证", "choice", None),
        ("路灯坏了", "ticket", "求助"),
        ("火星移民", "unknown", "咨询"),
        ("法院判错了", "redirect", None),
        ("着火了快来人", "redirect", "求助"),
        ("你好", "chat", None),
    ],
)
def test_every_outcome_has_the_same_shape(known: Parts, text: str, outcome: str, kind: str | None) -> None:
    (line,) = asked(known, {"id": "q1", "text": text})
    assert line.keys() == KEYS
    assert (line["id"], line["outcome"], line["kind"]) == ("q1", outcome, kind)
    assert line["reply"].strip()
    assert line["ms"] >= 0
    assert (line["choices"] == []) == (outcome != "choice")


def test_entries_are_shown_with_id_type_title_and_domain(known: Parts) -> None:
    (line,) = asked(known, {"id": "1", "text": "社保卡掉了怎么补"})
    assert line["entry"] == {"id": CARD, "type": "guide", "title": "补办社会保障卡", "domain": "社会保险"}
    assert (line["domain"], line["unit"]) == ("社会保险", "测试单位")


def test_a_choice_lists_its_entries_and_a_demand_its_guide(known: Parts) -> None:
    choice, demand = asked(known, {"id": "1", "text": "补证"}, {"id": "2", "text": "低保没人管"})
    assert [entry["id"] for entry in choice["choices"]] == [ID_CARD, CARD]
    assert choice["entry"] is None
    assert demand["entry"]["id"] == DIBAO


def test_further_questions_of_one_message_stand_in_also(known: Parts) -> None:
    (line,) = asked(known, {"id": "1", "text": "两件事"})
    assert line["entry"]["id"] == CARD
    assert [entry["id"] for entry in line["also"]] == [MEDICAL]


def test_lines_of_the_same_person_are_one_conversation(known: Parts) -> None:
    lines = [{"id": str(n), "who": "a", "text": text} for n, text in enumerate(("补证", "2", "看原文"))]
    choice, picked, original = asked(known, *lines)
    assert choice["outcome"] == "choice"
    assert picked["entry"]["id"] == CARD
    assert "怎么办" in original["reply"]


def test_two_people_do_not_hear_each_other_and_nobody_is_somebody_new_each_time(known: Parts) -> None:
    lines = [
        {"id": "1", "who": "a", "text": "补证"},
        {"id": "2", "who": "b", "text": "2"},
        {"id": "3", "text": "补证"},
        {"id": "4", "text": "2"},
        {"id": "5", "who": "a", "text": "1"},
    ]
    found = asked(known, *lines)
    assert [line["outcome"] for line in found] == ["choice", "chat", "choice", "chat", "answer"]


def test_a_whole_ticket_can_be_told_and_its_date_is_counted_from_at(known: Parts) -> None:
    said = ("我要投诉物业", "登记", "瑞州街道", "跳过", "跳过", "跳过", "确认", "查询")
    lines = [{"id": n, "who": "a", "at": "2026-02-13 17:00", "text": text} for n, text in enumerate(said)]
    found = asked(known, *lines)
    assert "GA20260213-0001" in found[6]["reply"]
    assert "GA20260213-0001" in found[7]["reply"]


@pytest.mark.parametrize("at", ["2026-11-24 09:00", "2026-11-24T09:00:00+08:00", "2026-11-24T01:00:00Z"])
def test_a_moment_is_read_on_the_shanghai_clock(at: str) -> None:
    read = read_line(json.dumps({"id": "1", "text": "x", "at": at}), 1)
    assert read.at == datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize("given_id", ["a", 7, None, ""])
def test_the_id_comes_back_as_it_was_given(known: Parts, given_id: object) -> None:
    (line,) = asked(known, {"id": given_id, "text": "你好"})
    assert line["id"] == given_id


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '"text"', "7", "null", "{}", '{"id":"1"}', '{"id":"1","text":null}', '{"id":"1","text":["x"]}'],
)
def test_a_bad_line_is_named_with_its_number(known: Parts, line: str) -> None:
    with pytest.raises(BadLine, match="第2行不对"):
        asked(known, {"id": "1", "text": "你好"}, line)


@pytest.mark.parametrize("at", ["昨天", "2026-13-01", "25:00", 7])
def test_a_bad_moment_is_named_with_its_line(at: object) -> None:
    with pytest.raises(BadLine, match="第3行不对"):
        read_line(json.dumps({"id": "1", "text": "x", "at": at}), 3)


def test_empty_lines_and_a_byte_order_mark_do_not_matter(known: Parts) -> None:
    found = asked(known, '\ufeff{"id":"1","text":"你好"}', "", "   \n", {"id": "2", "text": "谢谢"})
    assert [line["id"] for line in found] == ["1", "2"]


@pytest.mark.parametrize("text", ["", "   ", "字" * 5000, "\x00\x07", "a\ud800b", "]]>", "👨‍👩‍👧‍👦"])
def test_any_text_gets_a_sentence(known: Parts, text: str) -> None:
    (line,) = asked(known, {"id": "1", "text": text})
    assert line["reply"].strip()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_reading_a_line_ends_in_a_question_or_a_named_fault(line: str) -> None:
    try:
        read = read_line(line, 4)
    except BadLine as bad:
        told = str(bad)
    else:
        told = f"第4行{read.text}"
    assert told.startswith("第4行")


def test_nothing_is_left_behind(known: Parts, tmp_path, monkeypatch) -> None:
    """The database is in memory: no file is written."""
    monkeypatch.chdir(tmp_path)
    asked(known, {"id": "1", "text": "火星移民"})
    assert list(tmp_path.iterdir()) == []
    assert asking.show.__doc__
