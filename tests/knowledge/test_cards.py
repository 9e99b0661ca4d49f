"""A card says first what was asked, holds the conclusion, and names what everybody brings."""

from dataclasses import replace

import pytest

from knowledge import cards
from knowledge.model import Basis, Branch, Facet, Leaf, Material, Source
from tests.knowledge.entries import guide

PAPERS = tuple(Material(name, "原件", "1", "自己的", "", "", "") for name in ("身份证", "户口簿", "委托书"))
PLAIN = replace(
    guide("card", "补办证", "民政", (), ()),
    conclusion="能补。丢了先挂失。",
    eligibility=("丢了证的人",),
    steps=("先挂失", "再去窗口"),
    materials=PAPERS,
    fee="不收费",
)
TREE = Branch("谁去办？", (("本人", Leaf(("身份证", "户口簿"))), ("代办", Leaf(("身份证", "户口簿", "委托书")))))
BRANCHING = replace(PLAIN, situations=TREE)


def lines(*facets: Facet, of=PLAIN) -> list[str]:
    return cards.short(of, facets).splitlines()


@pytest.mark.parametrize("facet", [Facet.STEPS, Facet.ELIGIBILITY])
def test_whether_and_how_begin_with_the_conclusion(facet: Facet) -> None:
    told = lines(facet)
    assert told[1] == "能补。丢了先挂失。"
    assert told[2].startswith({Facet.STEPS: "怎么办：1.先挂失", Facet.ELIGIBILITY: "谁能办：丢了证的人"}[facet])


@pytest.mark.parametrize(("facet", "label"), [(Facet.MATERIALS, "带什么："), (Facet.FEE, "多少钱：")])
def test_papers_and_money_begin_with_what_was_asked(facet: Facet, label: str) -> None:
    told = lines(facet)
    assert told[1].startswith(label)
    assert told[2] == "能补。丢了先挂失。"


def test_no_side_is_told_twice() -> None:
    told = lines(Facet.MATERIALS, Facet.FEE, of=BRANCHING)
    labels = [line.split("：")[0] for line in told if "：" in line]
    assert len(labels) == len(set(labels))


def test_a_guide_with_situations_names_what_everybody_brings_and_no_more() -> None:
    told = next(line for line in lines(Facet.MATERIALS, of=BRANCHING) if line.startswith("带什么"))
    assert told == "带什么：都要带：1.身份证（原件，1份）；2.户口簿（原件，1份）。别的看情况，见下面。"


def test_where_every_situation_brings_something_else_the_choice_is_announced() -> None:
    apart = Branch("谁去办？", (("本人", Leaf(("身份证",))), ("代办", Leaf(("委托书",)))))
    told = next(line for line in lines(of=replace(PLAIN, situations=apart)) if line.startswith("带什么"))
    assert "选下面的数字" in told
    assert "身份证" not in told


def test_a_source_that_is_the_basis_is_named_once() -> None:
    origin = replace(PLAIN.origin, sources=(Source("《补证办法（试行）》（待核原文）"), Source("另一页")))
    card = cards.short(replace(PLAIN, bases=(Basis("补证办法（试行）", "第三条"),), origin=origin))
    assert card.count("补证办法") == 1
    assert "另一页" in card


def test_the_whole_text_says_when_a_paper_is_needed() -> None:
    told = cards.full(BRANCHING).splitlines()
    assert "1. 身份证（原件，1份），从哪来：自己的。" in told
    assert "3. 委托书（原件，1份），只在这种情况要：代办，从哪来：自己的。" in told


def test_where_no_single_answer_tells_it_every_situation_is_named() -> None:
    deep = Branch(
        "丢了没有？",
        (
            ("丢了", Branch("谁去？", (("本人", Leaf(("身份证",))), ("代办", Leaf(("身份证", "委托书")))))),
            ("坏了", Leaf(("身份证", "户口簿"))),
        ),
    )
    told = cards.full(replace(PLAIN, situations=deep))
    assert "户口簿（原件，1份），只在这种情况要：坏了" in told
    assert "委托书（原件，1份），只在这种情况要：代办" in told
