"""What a city changed stands over what was shipped, and faults in it are named so."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.library import LibraryError, check, load, texts
from tests.knowledge.sample import GUIDE, HEADER, POLICY, ROWS, line_of, write

DIBAO = "guides/社会救助/apply-dibao.yaml"
TABLE = "disclosure/20-社会救助.csv"
BUNDLE = "bundles/hardship.yaml"
TODAY = date(2026, 11, 24)


def test_a_file_of_the_overlay_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    root = write(tmp_path)
    changed = GUIDE.replace("名称: 申请最低生活保障（低保）", "名称: 在本市申请低保")

    assert load(root, {DIBAO: changed}).entries["guide:apply-dibao"].title == "在本市申请低保"
    assert texts(root, {DIBAO: changed})[DIBAO] == changed


def test_a_file_only_the_overlay_has_is_read_too(tmp_path: Path) -> None:
    library = load(write(tmp_path), {"policies/local.yaml": POLICY.replace("救助办法", "本市办法")})

    assert library.entries["policy:local"].origin.file == "policies/local.yaml"


def test_a_withdrawn_file_is_not_read(tmp_path: Path) -> None:
    library = load(write(tmp_path), {TABLE: None, "policies/relief-measures.yaml": None})

    assert not any(entry.type in ("disclosure", "policy") for entry in library.entries.values())


def test_the_version_is_one_hash_over_both(tmp_path: Path) -> None:
    """The same content has the same version, wherever it lies."""
    changed = HEADER + ROWS.replace("低保对象名单", "低保对象新名单")
    shipped = load(write(tmp_path / "a")).version
    overlaid = load(write(tmp_path / "a"), {TABLE: changed}).version
    edited = load(write(tmp_path / "b", {TABLE: changed})).version

    assert shipped != overlaid
    assert overlaid == edited
    assert load(tmp_path / "a", {TABLE: HEADER + ROWS}).version == shipped


def test_a_fault_names_the_overlay_the_path_and_the_line(tmp_path: Path) -> None:
    broken = GUIDE.replace("可信度: 高", "可信度: 很高")

    with pytest.raises(LibraryError) as caught:
        load(write(tmp_path), {DIBAO: broken})

    (problem,) = caught.value.problems
    assert str(problem).startswith(f"overlay:{DIBAO}:{line_of(broken, '可信度')}: 可信度:")


def test_a_fault_in_a_shipped_file_is_not_blamed_on_the_overlay(tmp_path: Path) -> None:
    """Withdrawing a guide breaks the shipped bundle that names it."""
    with pytest.raises(LibraryError) as caught:
        load(write(tmp_path), {DIBAO: None})

    assert {problem.file for problem in caught.value.problems} == {BUNDLE}


@pytest.mark.parametrize(
    "path",
    ["../evil.yaml", "faq/../../evil.yaml", "faq/.hidden.yaml", "faq", "other/x.yaml", "faq/x.py", "calendar/2027.csv",
     "units/units.csv", "faq\\x.yaml", "faq/\u202ex.yaml", "/faq/x.yaml"],
)  # fmt: skip
def test_a_path_that_does_not_belong_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(LibraryError):
        load(write(tmp_path), {path: "x"})


def test_hidden_characters_are_refused_in_the_overlay_too(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="控制字符"):
        load(write(tmp_path), {DIBAO: GUIDE.replace("不收费", "不收\u202e费")})


def test_check_lists_the_overlay_with_its_own_place(tmp_path: Path) -> None:
    expired = GUIDE.replace('有效期: ""', "有效期: 2026-01-01")
    report = check(write(tmp_path), TODAY, {DIBAO: expired})

    assert [(one.file, one.field) for one in report.errors] == [(f"overlay:{DIBAO}", "有效期")]


def test_an_entry_read_more_than_a_year_ago_is_listed_for_its_unit(tmp_path: Path) -> None:
    """Catalog rows have no 复核日期; their 核对日期 counts."""
    report = check(write(tmp_path), date(2027, 11, 25))
    due = [gap for gap in report.gaps if "重新核对" in gap.message]

    assert {(gap.file, gap.field, gap.unit) for gap in due} == {
        (DIBAO, "复核日期", "民政局"),
        ("guides/社会救助/apply-tekun.yaml", "复核日期", "民政局"),
        ("policies/relief-measures.yaml", "复核日期", "民政局"),
        (TABLE, "核对日期", "民政局"),
    }
