"""办事一本通: every chapter has its page, unknowns are shown, joined papers stand once."""

from dataclasses import replace
from datetime import date

from hypothesis import given, strategies as st

from documents.booklet import Booklet, Chapter, Finder, Paper, Part, Situation, booklet_pdf, booklet_values
from documents.papers import shared_papers
from documents.pdf import page_count


def chapter(key: str, *papers: Paper) -> Chapter:
    """A guide with nothing known but its papers."""
    return Chapter(
        key=key,
        title=f"示例事项{key}",
        conclusion="能办。",
        eligibility=("示例的人。",),
        situations=(Situation((("谁去办？", "自己去"),), tuple(paper.name for paper in papers)),),
        papers=papers,
        places=(("乡", "便民服务中心"),),
        online="待核",
        proxy="",
        steps=(),
        legal_limit="待核",
        promised_limit="待核",
        fee="待核",
        bases=(),
        myths=(("听来的", "不是这样。"),),
        local_gaps=("办公地点",),
        unit="示例局",
        trust="来源：待核。原文待核，未经本市审核，以本市公布的为准。",
    )


ID_CARD = Paper("身份证", "原件", "待核", "自己带")
A = chapter("a", ID_CARD, Paper("户口簿", "原件"))
B = chapter("b", replace(ID_CARD, copies="1份"), Paper("身份证", "复印件", "2份"))
BOOK = Booklet(
    "办事一本通", "示例", "示例单位", "0123456789ab", date(2026, 11, 24), (Part("示例一件事", "", (A, B), True),)
)


def test_a_joined_part_lists_each_paper_once_and_a_copy_apart_from_its_original() -> None:
    papers = shared_papers([(A.title, A.papers), (B.title, B.papers)])

    assert [(paper.name, paper.form, paper.steps) for paper in papers] == [
        ("身份证", "原件", (1, 2)),
        ("户口簿", "原件", (1,)),
        ("身份证", "复印件", (2,)),
    ]


def test_where_guides_differ_each_says_its_own_and_the_unknown_stays_unknown() -> None:
    first = shared_papers([(A.title, A.papers), (B.title, B.papers)])[0]

    assert first.copies == "第2件：1份；第1件：待核"
    assert first.origin == "自己带"


PAPERS = st.builds(
    Paper, st.sampled_from("甲乙丙丁"), st.sampled_from(["原件", "复印件"]), st.sampled_from(["待核", "1份", "2份"])
)


@given(st.lists(st.lists(PAPERS, max_size=4), max_size=4))
def test_no_paper_of_any_guide_is_lost_or_written_twice(guides: list[list[Paper]]) -> None:
    shared = shared_papers([("", papers) for papers in guides])

    asked = {(step, paper.name, paper.form) for step, papers in enumerate(guides, 1) for paper in papers}
    assert {(step, paper.name, paper.form) for paper in shared for step in paper.steps} == asked
    assert len({(paper.name, paper.form) for paper in shared}) == len(shared)


def test_each_chapter_points_to_its_papers_in_the_common_table() -> None:
    part = booklet_values(BOOK)["parts"][0]

    assert [one["shared"] for one in part["chapters"]] == [[1, 2], [1, 3]]


def test_each_guide_starts_a_page_of_its_own() -> None:
    """Cover, contents, the joined part, and a page for each of the two guides."""
    assert page_count("booklet", booklet_values(BOOK)) == 5


def test_a_book_of_domains_has_a_leaf_before_each_and_finds_bundles() -> None:
    short_a, short_b = (replace(one, myths=(), local_gaps=()) for one in (A, B))
    parts = (Part("社会救助", "", (short_a,)), Part("户籍管理", "", (short_b,)))
    plain = replace(BOOK, parts=parts)

    assert page_count("booklet", booklet_values(plain)) == 6
    assert page_count("booklet", booklet_values(replace(plain, finders=(Finder("一件事", ("b", "gone")),)))) == 7


def test_a_book_of_one_domain_has_no_empty_leaf() -> None:
    short = replace(A, myths=(), local_gaps=())

    assert page_count("booklet", booklet_values(replace(BOOK, parts=(Part("社会救助", "", (short,)),)))) == 3


def test_the_same_book_gives_the_same_bytes() -> None:
    assert booklet_pdf(BOOK) == booklet_pdf(BOOK)
