"""Loading: what a sound set of files becomes, and that a broken one is refused whole."""

import time
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import LibraryError, load
from knowledge.model import Branch, Bundle, Disclosure, Guide, Leaf, Policy
from tests.knowledge.sample import FILES, GUIDE, write

SHIPPED = Path(__file__).parents[2] / "catalogs"


def test_every_file_becomes_an_entry_under_its_id(tmp_path: Path) -> None:
    library = load(write(tmp_path))

    assert set(library.entries) == {
        "guide:apply-dibao",
        "guide:apply-tekun",
        "bundle:hardship",
        "policy:relief-measures",
        "disclosure:20-001",
        "disclosure:20-002",
        "disclosure:20-003",
    }
    assert [place.path for place in library.places] == ["八景镇/上保村"]
    assert library.words == ("低保", "特困")


def test_a_guide_keeps_its_situations_and_where_it_stands(tmp_path: Path) -> None:
    guide = load(write(tmp_path)).entries["guide:apply-dibao"]

    assert isinstance(guide, Guide)
    assert isinstance(guide.situations, Branch)
    answer, nested = guide.situations.options[1]
    assert answer == "别人代办"
    assert isinstance(nested, Branch)
    assert nested.options[1] == ("村干部", Leaf(("身份证",), "村干部会帮你填表。"))
    assert guide.origin.checked_on == date(2026, 11, 24)
    assert guide.origin.file == "guides/社会救助/apply-dibao.yaml"
    assert guide.materials[1].copies == "1"


def test_a_nested_question_may_stand_under_its_own_heading(tmp_path: Path) -> None:
    """Editors write it both ways: the tree is the same."""
    text = GUIDE.replace(
        "      问: 代办的是谁？\n      选项:\n", "      情形:\n       问: 代办的是谁？\n       选项:\n"
    )
    one = load(write(tmp_path / "a")).entries["guide:apply-dibao"]
    other = load(write(tmp_path / "b", {"guides/社会救助/apply-dibao.yaml": text})).entries["guide:apply-dibao"]

    assert isinstance(one, Guide)
    assert isinstance(other, Guide)
    assert one.situations == other.situations


def test_a_superseded_basis_keeps_its_name_and_what_replaced_it(tmp_path: Path) -> None:
    row = load(write(tmp_path)).entries["disclosure:20-001"]

    assert isinstance(row, Disclosure)
    assert (row.bases[0].name, row.bases[0].article) == ("《某办法》", "第三条")
    assert row.bases[0].note == "已由《新办法》取代"
    assert row.title == "最低生活保障：审批信息"
    assert row.channels == ("政府网站", "公示栏")


def test_bundles_and_policies_are_read(tmp_path: Path) -> None:
    entries = load(write(tmp_path)).entries
    bundle, policy = entries["bundle:hardship"], entries["policy:relief-measures"]

    assert isinstance(bundle, Bundle)
    assert bundle.guides == ("apply-dibao", "apply-tekun")
    assert isinstance(policy, Policy)
    assert policy.issued_on is None


def test_a_spreadsheet_with_byte_order_mark_and_windows_line_ends_reads_the_same(tmp_path: Path) -> None:
    name = "disclosure/20-社会救助.csv"
    windows = "\ufeff" + FILES[name].replace("\n", "\r\n")

    assert (
        load(write(tmp_path / "a")).entries["disclosure:20-002"]
        == load(write(tmp_path / "b", {name: windows})).entries["disclosure:20-002"]
    )


def test_the_version_follows_the_contents_and_not_the_folder(tmp_path: Path) -> None:
    one, same = load(write(tmp_path / "a")), load(write(tmp_path / "b"))
    other = load(write(tmp_path / "c", {"lexicon/words.txt": "低保\n"}))

    assert one.version == same.version
    assert one.version != other.version


def test_one_broken_file_refuses_everything_and_names_itself(tmp_path: Path) -> None:
    broken = write(tmp_path, {"guides/社会救助/apply-dibao.yaml": GUIDE.replace("费用: 不收费\n", "")})

    with pytest.raises(LibraryError) as refused:
        load(broken)

    assert [str(problem) for problem in refused.value.problems] == [
        "guides/社会救助/apply-dibao.yaml:1: 费用: 缺少这个字段"
    ]


def test_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="没有这个目录"):
        load(tmp_path / "nowhere")


def test_an_expired_entry_does_not_keep_the_service_from_starting(tmp_path: Path) -> None:
    """Whether an entry may still be answered is decided on the day it is asked for."""
    text = GUIDE.replace('有效期: ""', "有效期: 2020-01-01")

    assert load(write(tmp_path, {"guides/社会救助/apply-dibao.yaml": text})).entries


def test_the_shipped_catalogs_load_quickly() -> None:
    """The whole program starts in under three seconds; this is a fair share of it on a slow machine."""
    start = time.perf_counter()
    library = load(SHIPPED)

    assert time.perf_counter() - start < 2
    assert len(library.places) == 367
