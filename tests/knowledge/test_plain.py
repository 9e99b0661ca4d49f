"""大众语言: what the lint remarks, what it leaves alone, and how terms are explained."""

import pytest

from knowledge.library import load
from knowledge.model import Faq, Guide, Origin, Source
from knowledge.plain import Finding, Glossary, lint
from knowledge.vocabulary import PlainTerm

ORIGIN = Origin((Source("某办法"),), (), None, None, None, "中", "未经本市审核", "民政局")
GLOSSARY = Glossary([PlainTerm("受理", "收下来办"), PlainTerm("赡养", "养老人"), PlainTerm("赡养人", "该养老人的人")])


def faq(answer: str, title: str = "某事") -> Faq:
    return Faq("faq:a", title, "其他", (), (), answer, (), ORIGIN)


def remarks(answer: str, title: str = "某事") -> list[Finding]:
    return list(lint(faq(answer, title), GLOSSARY))


def test_short_spoken_sentences_pass() -> None:
    assert remarks("可以。到镇上交申请，带身份证。") == []


@pytest.mark.parametrize(("length", "graves"), [(40, []), (41, [False]), (60, [False]), (61, [True])])
def test_a_sentence_over_forty_is_remarked_and_over_sixty_refused(length: int, graves: list[bool]) -> None:
    assert [finding.grave for finding in remarks("好" * length + "。")] == graves


def test_only_the_sentence_counts_not_the_paragraph() -> None:
    assert remarks(("好" * 30 + "。") * 5) == []


def test_the_name_of_a_law_does_not_make_a_sentence_long() -> None:
    assert remarks("按《" + "某" * 50 + "》办。") == []


@pytest.mark.parametrize(
    "answer",
    [
        "镇上受理（收下来办）。",
        "镇上收下来办（受理）。",
        "镇上先受理，就是收下来办。",
        "按《受理办法》办。",
        "子女要赡养（养老人）。",
    ],
)
def test_an_explained_term_passes(answer: str) -> None:
    assert remarks(answer) == []


def test_an_unexplained_term_is_refused_once_and_offers_plain_words() -> None:
    found = remarks("镇上受理。受理后等通知。")

    assert [finding.field for finding in found] == ["回答"]
    assert "收下来办" in found[0].message
    assert found[0].grave


def test_the_longest_term_is_the_one_meant() -> None:
    assert "“赡养人”" in remarks("赡养人要出钱。")[0].message


def test_a_title_explains_too() -> None:
    assert remarks("镇上受理。", title="受理（收下来办）") == []


def test_empty_officialese_is_refused() -> None:
    assert "切实做好" in remarks("要切实做好工作。")[0].message


def test_a_text_without_a_source_is_refused() -> None:
    bare = Faq("faq:a", "甲", "其他", (), (), "可以。", (), Origin((), (), None, None, None, "中", "", "民政局"))

    assert [finding.field for finding in lint(bare, GLOSSARY)] == ["来源"]


def test_a_guide_without_the_five_answers_is_told_each_of_them() -> None:
    guide = Guide(
        "guide:a", "甲", "其他", (), (), "", (), None, (), (), "", "", (), "", "", "", (), (), (), ORIGIN
    )  # fmt: skip

    assert [finding.field for finding in lint(guide, GLOSSARY)] == ["结论", "材料", "去哪办", "时限", "费用"]


def test_terms_are_explained_where_they_first_stand_and_only_once() -> None:
    once = GLOSSARY.annotated("镇上受理，受理后通知。")

    assert once == "镇上受理（收下来办），受理后通知。"
    assert GLOSSARY.annotated(once) == once


def test_an_empty_term_table_finds_nothing() -> None:
    assert list(lint(faq("镇上受理。"), Glossary([]))) == []


def test_the_shipped_term_table_explains_no_term_with_itself() -> None:
    from tests.knowledge.test_library import SHIPPED

    terms = load(SHIPPED).plain_terms
    assert len(terms) >= 80
    assert not [term for term in terms if term.official in term.plain]
