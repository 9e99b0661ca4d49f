"""Guides as a book: nothing of a guide is lost on the way, nothing expired is printed."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.assembly import CATALOGS
from bot.booklets import NothingToPrintError, Printer, chapter, situations, warning
from bot.cli.booklet import booklet
from documents.booklet import Part
from knowledge.library import Library, load
from knowledge.model import Branch, Bundle, Entry, Guide, Leaf, Material

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def library() -> Library:
    return load(CATALOGS)


@pytest.fixture(scope="module")
def guides(library: Library) -> list[Guide]:
    return [entry for entry in library.entries.values() if isinstance(entry, Guide)]


def printer(entries: dict[str, Entry], today: date = TODAY) -> Printer:
    return Printer(entries, "0123456789abcdef", today, "示例单位")


def bundle_of(*guides: Guide) -> Bundle:
    slugs = tuple(guide.id.removeprefix("guide:") for guide in guides)
    return Bundle("bundle:demo", "示例一件事", "其他", (), (), "示例。", slugs, guides[0].origin)


def leaves(branch: Branch | Leaf) -> list[tuple[str, ...]]:
    """The papers of every leaf, walked independently of the book."""
    if isinstance(branch, Leaf):
        return [branch.materials]
    return [papers for _, beneath in branch.options for papers in leaves(beneath)]


def test_every_leaf_of_every_guide_is_printed_with_exactly_its_papers(guides: list[Guide]) -> None:
    trees = [guide for guide in guides if guide.situations]

    assert trees
    for guide in trees:
        assert guide.situations is not None
        printed = list(situations(guide.situations))
        assert [one.papers for one in printed] == leaves(guide.situations)
        assert all(1 <= len(one.answers) <= 3 for one in printed)


def test_the_book_of_everything_holds_every_guide_once(library: Library, guides: list[Guide]) -> None:
    book = printer(dict(library.entries)).everything()
    keys = [one.key for part in book.parts for one in part.chapters]

    assert sorted(keys) == sorted(guide.id.removeprefix("guide:") for guide in guides)


def test_an_expired_guide_is_not_printed(guides: list[Guide]) -> None:
    old, live = guides[:2]
    expired = replace(old, origin=replace(old.origin, valid_until=TODAY - timedelta(days=1)))
    book = printer({expired.id: expired, live.id: live, "bundle:demo": bundle_of(live, expired)}).bundle("demo")

    assert [one.title for one in book.parts[0].chapters] == [live.title]


def test_a_bundle_keeps_the_order_of_its_guides_and_joins_their_papers(guides: list[Guide]) -> None:
    second, first = guides[:2]
    part = printer({g.id: g for g in guides} | {"bundle:demo": bundle_of(first, second)}).bundle("demo").parts[0]

    assert part.joined
    assert [one.title for one in part.chapters] == [first.title, second.title]


@pytest.mark.parametrize(("kind", "name"), [("bundle", "nothing"), ("domain", "没有的领域")])
def test_an_unknown_name_is_answered_with_the_known_ones(guides: list[Guide], kind: str, name: str) -> None:
    known = printer({g.id: g for g in guides} | {"bundle:demo": bundle_of(*guides[:2])})

    with pytest.raises(NothingToPrintError, match="demo" if kind == "bundle" else guides[0].domain):
        getattr(known, kind)(name)


def test_the_version_is_short_and_the_cover_says_what_is_not_reviewed(guides: list[Guide]) -> None:
    book = printer({g.id: g for g in guides}).everything()

    assert book.version == "0123456789ab"
    assert "本书内容未经本市审核" in book.warning


def test_a_partly_reviewed_book_counts_and_a_reviewed_one_is_silent(guides: list[Guide]) -> None:
    plain = guides[0]
    reviewed = replace(plain, origin=replace(plain.origin, review="示例审核员，2026年11月24日"))

    assert "2篇里有1篇未经本市审核" in warning([Part("甲", "", (chapter(plain), chapter(reviewed)))])
    assert warning([Part("甲", "", (chapter(reviewed),))]) == ""
    assert "未经本市审核" in chapter(plain).trust


def test_forms_that_are_missing_are_pending_and_where_none_is_needed_nothing_is_said(guides: list[Guide]) -> None:
    papers = (
        Material("甲", blank="待补", filling="待补", sample="待补"),
        Material("乙"),
        Material("丙", blank="窗口领", filling="正楷填", copies="2"),
    )
    printed = chapter(replace(guides[0], materials=papers)).papers

    assert [paper.forms for paper in printed] == ["待补", "", "窗口领；填写说明：正楷填"]
    assert printed[2].copies == "2份"


def test_the_command_writes_a_pdf_and_says_what_is_in_it(tmp_path: Path) -> None:
    out = tmp_path / "book.pdf"
    result = CliRunner().invoke(booklet, ["--domain", "救灾", "--out", str(out)], obj=None)

    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"%PDF")
    assert "已写好" in result.output


@pytest.mark.parametrize("choice", [[], ["--all", "--domain", "救灾"]])
def test_the_command_wants_exactly_one_choice(tmp_path: Path, choice: list[str]) -> None:
    result = CliRunner().invoke(booklet, [*choice, "--out", str(tmp_path / "book.pdf")])

    assert result.exit_code != 0
    assert "只能选一个" in result.output


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(booklet, ["--domain", "救灾", "--out", str(tmp_path / "no" / "book.pdf")])

    assert result.exit_code != 0
    assert "写不了" in result.output
