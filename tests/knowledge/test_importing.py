"""Importing: what messy tables mean, and what taking them over would do."""

import pytest
from hypothesis import given, settings, strategies as st

from knowledge.importing import marks
from knowledge.importing.grid import cleaned, letters
from knowledge.importing.importer import NotImportedError
from knowledge.importing.naming import domain_in
from knowledge.importing.preview import Preview, Terms
from knowledge.importing.table_rows import Rejected
from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger
from knowledge.reading.tables import read_table
from tests.knowledge.tables import EXISTING, FIRST, HEAD, grid, imported, previewed, row

ALL = tuple(
    (str(place), one["一级事项"], one["二级事项"], one["公开内容"], one["依据"], one["时限"], one["主体"], one["渠道"],
     one["公开对象"], one["公开方式"], one["层级"])
    for place, one in enumerate(EXISTING, 1)
)  # fmt: skip


def changes(found: Preview) -> dict[str, tuple[str, str, str]]:
    """The elements of the one changed matter that its cells speak of: before, after, place."""
    (item,) = found.changed
    return {one.column: (one.before, one.after, one.place) for one in item.differences if one.place}


def new(found: Preview) -> dict[str, str]:
    """The one added row."""
    (item,) = found.added
    return next(one for one in found.rows if one["编号"] == item.number)


def test_the_same_table_changes_nothing() -> None:
    found = previewed(*ALL)

    assert not found.changes_something
    assert found.unchanged == 3
    assert found.rows == EXISTING


def test_every_row_is_added_changed_removed_or_unchanged() -> None:
    found = previewed(row((5, "20个工作日内")), ("2", "新事项", "名单", "名单", "", "", "民政局"), ALL[1])

    assert [item.number for item in found.changed] == ["20-001"]
    assert changes(found) == {"时限": ("10个工作日内", "20个工作日内", "社会救助!F2")}
    assert [(item.number, item.place) for item in found.added] == [("20-004", "社会救助!B3")]
    assert [item.number for item in found.removed] == ["20-003"]
    assert found.unchanged == 1


def test_a_changed_matter_keeps_its_number_and_its_phrasings_but_not_what_was_read_elsewhere() -> None:
    found = previewed(
        row((5, "20个工作日内")), *ALL[1:], terms=Terms("", "https://www.example.gov.cn/t", "张三甲 2026-11-24")
    )
    (changed,) = [one for one in found.rows if one["编号"] == "20-001"]

    assert changed["问法"] == EXISTING[0]["问法"]
    assert (changed["来源"], changed["证据"], changed["核对日期"]) == ("https://www.example.gov.cn/t", "", "")
    assert changed["审核"] == "张三甲 2026-11-24"


def test_an_empty_cell_says_nothing_against_what_is_known() -> None:
    found = previewed(row((4, ""), (5, "/"), (7, "—")), *ALL[1:])

    assert not found.changes_something


def test_full_width_digits_and_spaces_are_no_change() -> None:
    found = previewed(row((5, "１０个　工作日内"), (6, "县级 民政部门")), *ALL[1:])

    assert not found.changes_something


def test_ticked_channels_are_taken_and_the_others_not() -> None:
    found = previewed(row((7, "■政府网站 □政府公报\n□两微一端 ■公示栏\n■其他____")), *ALL[1:])

    assert changes(found) == {"渠道": ("政府网站；公示栏", "政府网站；公示栏；其他", "社会救助!H2")}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("√政府网站 □政府公报", ("政府网站",)),
        ("政府网站√ 政府公报□ 公示栏☑", ("政府网站", "公示栏")),
        ("☑社区/企事业单位/村公示栏（电子屏）\n☐精准推送", ("社区/企事业单位/村公示栏（电子屏）",)),
        ("□政府网站 □公示栏", ()),
        ("■ 其他（村民小组会）", ("其他（村民小组会）",)),
    ],
)
def test_marks_stand_before_or_behind_their_labels(text: str, labels: tuple[str, ...]) -> None:
    assert marks.words(text) == labels


def test_the_same_as_above_is_filled_in() -> None:
    found = previewed(
        row(), ("2", "新事项", "名单", "同上", "同上", "〃", "同上", "同上", "同上", "同上", "同上"), *ALL[1:]
    )

    assert (new(found)["公开内容"], new(found)["时限"], new(found)["渠道"]) == (
        "低保对象名单",
        "10个工作日内",
        "政府网站；公示栏",
    )


def test_the_same_as_above_with_nothing_above_is_rejected_with_its_cell() -> None:
    found = previewed(row((5, "同上")))

    assert [(one.place, one.message) for one in found.rejected] == [
        ("社会救助!F2", "时限：写着“同上”，上面没有可以照抄的")
    ]


def test_the_same_as_above_reaches_over_a_row_that_only_goes_on() -> None:
    found = previewed(row(), ("", "", "", "金额"), ("2", "新事项", "名单", "名单", "同上", "", "同上"), *ALL[1:])

    assert new(found)["依据"] == EXISTING[0]["依据"]


def test_the_same_as_an_empty_cell_is_rejected() -> None:
    found = previewed(row((5, "")), ("2", "新事项", "名单", "名单", "", "同上", "民政局"))

    assert [one.place for one in found.rejected] == ["社会救助!F3"]


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("□全社会\n■特定群体：养老机构", "特定群体（养老机构）"),
        ("特定群体（请写明）：申请人", "特定群体（申请人）"),
        ("R全社会 £特定群体", "全社会"),
        ("\uf052全社会\n\uf0a3特定群体", "全社会"),
    ],
)
def test_who_it_is_for_is_read_from_boxes_of_any_font(text: str, audience: str) -> None:
    assert new(previewed(("2", "新事项", "名单", "名单", "", "", "民政局", "", text)))["公开对象"] == audience


def test_numbered_lines_become_separate_contents() -> None:
    assert marks.sentences("1.名单\n2、金额；（三）依据\n④1.5米以上的") == ("名单", "金额", "依据", "1.5米以上的")
    assert marks.documents("《甲法》、《乙办法》《丙令》第三条") == ("《甲法》", "《乙办法》", "《丙令》第三条")


TWO_ROWS = (
    ("序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "",
     "公开对象", "", "公开方式", "", "公开层级", ""),
    ("", "一级事项", "二级事项", "", "", "", "", "政府网站", "其他",
     "全社会", "特定群体（请写明）", "主动", "依申请公开", "县级", "乡、村级"),
)  # fmt: skip
SPLIT = (
    "1",
    "新事项",
    "名单",
    "名单",
    "",
    "20个工作日",
    "民政局",
    "√",
    "村务公示栏",
    "",
    "√（申请人）",
    "",
    "√",
    "",
    "√",
)


def test_two_header_rows_and_split_columns_are_understood() -> None:
    """Not merged, as after saving as CSV: the group label stands over its first column only."""
    added = new(imported(grid([("社会救助领域标准目录",), *TWO_ROWS, SPLIT])).previews[0])

    assert (added["渠道"], added["公开对象"]) == ("政府网站；村务公示栏", "特定群体（申请人）")
    assert (added["公开方式"], added["层级"]) == ("依申请", "乡级；村级")


def test_a_request_only_matter_gets_no_attribute_without_its_reason() -> None:
    """属性 依申请 needs 属性理由, which such tables do not give."""
    added = new(imported(grid([*TWO_ROWS, SPLIT])).previews[0])

    assert (added["属性"], added["属性理由"]) == ("", "")


def test_words_in_a_column_of_ticks_are_rejected_with_their_cell() -> None:
    found = imported(grid([*TWO_ROWS, (*SPLIT[:13], "大概", "")])).previews[0]

    assert [one.place for one in found.rejected] == ["社会救助!N3"]


def test_rows_under_one_merged_name_are_one_matter() -> None:
    table = grid(
        [HEAD, ("1", "新事项", "名单", "姓名", "", "", "民政局"), ("", "", "", "金额", "", "", "民政局")],
        merged=[((1, 1), (2, 1)), ((1, 2), (2, 2))],
    )

    assert new(imported(table).previews[0])["公开内容"] == "姓名；金额"


def test_a_first_level_written_once_holds_for_the_rows_below() -> None:
    found = previewed(row(), ("2", "", "审核信息", "名单", "", "", "民政局"))

    assert new(found)["一级事项"] == "最低生活保障"


@pytest.mark.parametrize(
    ("head", "cells", "names"),
    [
        (("公开事项类别", "公开事项名称"), ("最低生活保障", "新名单"), ("最低生活保障", "新名单")),
        (("公开事项",), ("新名单",), ("新名单", "")),
        (("事项名称",), ("新名单",), ("新名单", "新名单")),
        (("一级目录", "二级目录"), ("甲", "乙"), ("甲", "乙")),
    ],
)
def test_names_stand_under_different_labels(
    head: tuple[str, ...], cells: tuple[str, ...], names: tuple[str, str]
) -> None:
    table = grid([("序号", *head, "公开内容", "公开时限", "责任主体"), ("1", *cells, "名单", "5日", "民政局")])
    added = new(imported(table).previews[0])

    assert (added["一级事项"], added["二级事项"]) == names


def test_a_row_known_only_by_its_first_level_shields_what_stands_under_it() -> None:
    found = previewed(row((2, ""), (5, "=1")))

    assert [one["编号"] for one in found.rows] == ["20-001"]
    assert [item.number for item in found.removed] == ["20-002", "20-003"]


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        (("注：本目录由民政局解释。",), "注"),
        (("填表人：张三甲", "审核人：李四乙"), "注"),
        (HEAD, "表头重复"),
        (("二、特困人员",), "小标题"),
    ],
)
def test_rows_that_hold_no_matter_are_skipped_and_named(extra: tuple[str, ...], why: str) -> None:
    found = previewed(*ALL, extra)

    assert [(one.place, one.why) for one in found.skipped] == [("社会救助!A5", why)]
    assert not found.changes_something


def test_the_row_of_column_numbers_is_skipped() -> None:
    found = previewed(tuple(str(number) for number in range(1, 12)), *ALL)

    assert [one.why for one in found.skipped] == ["列号"]


def test_blank_lines_are_nothing() -> None:
    assert not previewed(("",), ALL[0], ("",), ("", " "), *ALL[1:]).skipped


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (5, '=HYPERLINK("http://x.example")', "公式"),
        (5, "'=1+1", "公式"),
        (6, "＠民政局", "公式"),
        (3, "名\x07单", "控制字符"),
        (3, "名\u202e单", "控制字符"),
        (3, "长" * 3001, "字太多"),
        (1, "", "不能空着"),
    ],
)
def test_a_cell_that_cannot_be_taken_rejects_its_row_and_keeps_the_old_one(column: int, text: str, words: str) -> None:
    found = previewed(row((column, text)), *ALL[1:])

    (rejected,) = found.rejected
    assert rejected.place == f"社会救助!{letters(column)}2"
    assert words in rejected.message
    assert EXISTING[0] in found.rows
    assert not found.removed


def test_a_formula_cell_is_rejected_although_it_has_a_value() -> None:
    table = grid([HEAD, *ALL])
    spoiled = type(table)(table.name, table.rows, table.origins, frozenset({(2, 5)}))

    assert [one.place for one in imported(spoiled).previews[0].rejected] == ["社会救助!F3"]


def test_the_same_matter_twice_is_rejected_and_names_the_first() -> None:
    found = previewed(*ALL, row((5, "5日")))

    (rejected,) = found.rejected
    assert (rejected.place, "社会救助!B2" in rejected.message) == ("社会救助!B5", True)
    assert not found.changes_something


def test_a_row_nobody_can_name_keeps_everything_else_from_being_cancelled() -> None:
    found = previewed(row((1, ""), (2, "")))

    assert (len(found.rejected), found.removed, found.kept) == (1, [], 3)


def test_missing_rows_stay_when_asked() -> None:
    found = previewed(ALL[0], terms=Terms("", keep_missing=True))

    assert (found.removed, found.kept) == ([], 2)


def test_a_number_given_out_before_is_never_given_again() -> None:
    found = previewed(*ALL, ("4", "新事项", "名单", "名单", "", "", "民政局"), used=("20-017",))

    assert [item.number for item in found.added] == ["20-018"]


def test_a_new_matter_can_be_found_by_its_names_and_belongs_to_the_usual_unit() -> None:
    added = new(previewed(*ALL, ("4", "综合业务", "新名单", "名单", "", "", "乡镇人民政府")))

    assert added["问法"].startswith("社会救助综合业务新名单在哪看；")
    assert (added["责任单位"], added["状态"], added["审核"]) == ("民政局", "目录原文", "未经本市审核")


def test_what_comes_out_is_a_sound_file() -> None:
    found = previewed(row((7, "■政府网站")), ("2", "新事项", "名单", 'a,b\n"c"', "", "", "民政局"))
    ledger = Ledger()
    read_table(TextFile(found.path, found.text.encode(), found.text), ledger)

    assert ledger.problems == []


def test_a_table_of_ours_is_taken_as_it_stands() -> None:
    """With a column 编号 a cleared cell clears, and names may change."""
    header = tuple(EXISTING[0])
    rows = [tuple(one.values()) for one in EXISTING]
    renamed = {**EXISTING[0], "二级事项": "审批结果", "时限": ""}
    found = imported(grid([header, tuple(renamed.values()), *rows[1:]])).previews[0]

    assert changes(found) == {
        "二级事项": ("审批信息", "审批结果", "社会救助!C2"),
        "时限": ("10个工作日内", "", "社会救助!F2"),
    }


@pytest.mark.parametrize(
    ("hint", "domain"),
    [
        ("高安市社会救助领域基层政务公开标准目录", "社会救助"),
        ("农村危房改造", "农村危房改造"),
        ("国有土地上房屋征收与补偿领域", "国有土地上房屋征收"),
        ("公共文化体育领域", "公共文化服务"),
        ("Sheet1", ""),
        ("就业和社会保险", ""),
    ],
)
def test_the_domain_is_told_by_the_title_or_asked_for(hint: str, domain: str) -> None:
    assert domain_in([hint]) == domain


def test_without_a_domain_nothing_is_guessed() -> None:
    with pytest.raises(NotImportedError, match="--domain"):
        imported(grid([HEAD, FIRST], name="Sheet1"))


def test_a_sheet_without_a_catalog_is_named() -> None:
    found = imported(grid([HEAD, *ALL]), grid([("甲", "乙")], name="说明"))

    assert found.aside == ("表“说明”没有目录的表头，没有读",)


def test_a_column_nobody_knows_is_named_with_its_cell() -> None:
    found = imported(grid([(*HEAD, "天气"), *ALL]))

    assert found.aside == ("没有用到的列：天气（社会救助!L1）",)


def test_columns_are_named_as_in_excel() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


TEXT = st.text(alphabet="甲乙■□√同上=-；;、\n １2/《》（）()\u202e'\"", max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=11, max_size=11), max_size=4))
def test_any_cells_become_a_sound_file(rows: list[list[str]]) -> None:
    """Whatever the cells hold, what would be written can be read, and no old number is lost unsaid."""
    found = previewed(*rows)
    ledger = Ledger()
    read_table(TextFile(found.path, found.text.encode(), found.text), ledger)

    assert ledger.problems == []
    left = {one["编号"] for one in found.rows} | {item.number for item in found.removed}
    assert {one["编号"] for one in EXISTING} <= left
    assert all(isinstance(one, Rejected) and one.place and one.message for one in found.rejected)


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
