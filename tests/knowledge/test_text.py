"""One form for equal questions: width, case, traditional characters, courtesies, numerals, sounds."""

import time

import pytest
from cn2an import cn2an
from hypothesis import given, settings, strategies as st

from knowledge.clauses import clauses_in
from knowledge.facets import facets_of, lead_facet
from knowledge.marks import marks_of
from knowledge.model import Facet
from knowledge.pinyin import loose, spelling_table
from knowledge.text import arabic_numerals, normalise, strip_courtesies, tidy


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("　ＡＢＣ１２３", "abc123"),
        ("護照在哪裡辦？", "护照在哪里办"),
        ("你好，请问低保怎么办？谢谢", "低保怎么办"),
        ("老人满六十岁有补贴吗", "老人满60岁有补贴吗"),
        ("一次性告知", "一次性告知"),
    ],
)
def test_equal_questions_get_one_form(written: str, plain: str) -> None:
    assert normalise(written) == plain


@pytest.mark.parametrize("numeral", ["二", "九", "十", "十一", "二十", "三十五", "九十九", "两", "一百二十", "三万五"])
def test_small_numerals_are_read_as_the_library_reads_them(numeral: str) -> None:
    assert arabic_numerals(f"满{numeral}岁") == f"满{cn2an(numeral, 'smart')}岁"


@pytest.mark.parametrize("kept", ["亲属关系证明怎么开", "老师资格证怎么考", "客服", "急救培训"])
def test_words_that_only_look_like_courtesies_stay(kept: str) -> None:
    assert strip_courtesies(kept) == kept


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_form_and_the_form_is_stable(text: str) -> None:
    once = normalise(text)

    assert normalise(text) == once
    assert not any(mark in once for mark in "，。！？ \n")


@pytest.mark.parametrize("hostile", ["啊" * 2000, "急" * 2000 + "x", "一" * 2000, "谢谢" * 900 + "。x", "你好" * 1000])
def test_long_runs_cost_no_time(hostile: str) -> None:
    started = time.perf_counter()
    normalise(hostile)

    assert time.perf_counter() - started < 0.2


def test_sounds_that_are_mixed_up_are_one_sound() -> None:
    table = spelling_table()

    assert loose("zhāng") == loose("zān")
    assert "身份正".translate(table) == "身份证".translate(table)
    assert "结婚".translate(table) != "离婚".translate(table)


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("低保要带什么", Facet.MATERIALS),
        ("办护照多少钱", Facet.FEE),
        ("补身份证在哪办", Facet.PLACE),
        ("社保卡几天能拿到", Facet.TIME),
        ("我妈不会写字咋办", Facet.PROXY),
        ("能不能吃低保", Facet.ELIGIBILITY),
        ("申请书怎么写", Facet.FORM),
        ("听说有车不能吃低保", Facet.RUMOUR),
        ("手机上能办吗", Facet.ONLINE),
    ],
)
def test_the_asked_side_is_found(question: str, facet: Facet) -> None:
    assert lead_facet(question) is facet


def test_a_bare_name_asks_for_no_side() -> None:
    assert facets_of("护照") == ()


def test_opposite_directions_do_not_meet() -> None:
    _, into, _, _ = marks_of("社保转入")
    _, out, _, _ = marks_of("社保转出")

    assert into
    assert out
    assert not into & out


def test_a_long_message_is_asked_by_its_asking_clause_with_the_case_kept() -> None:
    told = "我爸去年摔断了腿，家里就靠我妈种田。想问一下残疾证怎么办，要带什么？"
    (clause,) = clauses_in(tidy(told), 120)

    assert "残疾证" in clause.queries[0]
    assert Facet.MATERIALS in clause.facets


def test_two_matters_are_two_clauses() -> None:
    clauses = clauses_in("社保卡丢了怎么补办？另外老人高龄补贴去哪里申请？", 120)

    assert len(clauses) == 2
