"""Faults sown one at a time: each is found, in its file, on its line, under its field."""

import io
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import check, gaps_by_unit, run_check
from tests.knowledge.sample import BUNDLE, FILES, GUIDE, HEADER, POLICY, ROWS, line_of, write

TODAY = date(2026, 11, 25)
DIBAO = "guides/社会救助/apply-dibao.yaml"
TABLE = "disclosure/20-社会救助.csv"
SHIPPED = Path(__file__).parents[2] / "catalogs"

UNREAD_POLICY = POLICY.replace("解读: 家里有难处，可以向政府申请帮助。\n", "")
LONG = "这一句话写得实在是太长了" * 6

# (what is replaced, by what, the words on the line blamed, the field, a part of the message)
GUIDE_FAULTS = [
    ("费用: 不收费", "费用 不收费", "费用 不收费", "文件", "写法有错"),
    ("费用: 不收费", "费用: 不收费\n费用: 收费", "费用: 收费", "费用", "写了两次"),
    ("费用: 不收费", "费用: 不收费\n收费吗: 不", "收费吗", "收费吗", "没有这个字段"),
    ("费用: 不收费", 'f费用: 1\n费用: ""', '费用: ""', "费用", "不能空着"),
    ("费用: 不收费", "费用: [不收费]", "费用:", "费用", "一段文字"),
    ("费用: 不收费", "费用: &a 不收费", "费用:", "费用", "引用"),
    ("费用: 不收费", "费用: *a", "费用:", "费用", "引用"),
    ("费用: 不收费", "费用: !!python/none 不收费", "费用:", "费用", "标记"),
    ("费用: 不收费", "费用: 不收费\x08", "费用:", "费用", "控制字符"),
    ("费用: 不收费", "费用: 不收\u202e费", "费用:", "费用", "控制字符"),
    ("领域: 社会救助", "领域: 社会就助", "领域:", "领域", "没有"),
    ("领域: 社会救助", "领域: 就业", "领域:", "领域", "两处要一样"),
    ("  - 低保可以代办吗\n", "", "问法:", "问法", "至少要 8 条"),
    ("[身份证, 委托书]", "[身份证, 户口簿]", "户口簿]", "情形.选项[2].选项[1].材料[2]", "不在上面的材料里"),
    ("    - 答: 本人去\n      材料: [身份证]\n", "", "选项:", "情形.选项", "2 到 6 个"),
    ("      材料: [身份证]\n    - 答: 别人", "    - 答: 别人", "答: 本人去", "情形.选项[1].材料", "缺少"),
    ("[身份证, 委托书]", "[身份证]", "名称: 委托书", "材料[2].名称", "没有哪种情形"),
    ("    从哪来: 自己写\n", "", "名称: 委托书", "材料[2].从哪来", "缺少"),
    ("名称: 委托书", "名称: 身份证", "名称: 身份证", "材料[2].名称", "写了两次"),
    ("层级: 乡", "层级: 镇上", "层级:", "去哪办[1].层级", "只能写"),
    ("核对日期: 2026-11-24", "核对日期: 2026年11月24日", "核对日期:", "核对日期", "不是日期"),
    ("核对日期: 2026-11-24", "核对日期: 2026-02-30", "核对日期:", "核对日期", "不是日期"),
    ("核对日期: 2026-11-24", "核对日期: 2026-12-01", "核对日期:", "核对日期", "还没有到"),
    ('有效期: ""', "有效期: 2026-11-24", "有效期:", "有效期", "已经过了"),
    ("摘录: 共同", "摘录: " + "共" * 40, "摘录:", "证据[1].摘录", "最多 40"),
    ("地址: github:LawRefBook/Laws/行政法规/社会救助", "地址: ftp://a/社会救助", "地址:", "来源[1].地址", "开头"),
    ("审核: 未经本市审核", "审核: 张三甲", "审核:", "审核", "姓名 日期"),
    ("可信度: 高", "可信度: 很高", "可信度:", "可信度", "只能写"),
    ("结论: 可以申请。", f"结论: {LONG}。", "结论:", "结论", "句子太长"),
    ("  - 到镇上交申请。", "  - 切实做好申请。", "切实做好", "流程[1]", "官话"),
    ("  - 到镇上交申请。", "  - 镇上受理。", "镇上受理", "流程[1]", "受理"),
    ("      材料: [身份证]\n", "      材料: []\n", "材料: []", "情形.选项[1].材料", "不用带材料"),
    ("    - 答: 本人去\n", "    - 答: 别人代办\n", "答: 别人代办", "情形.选项[2].答", "写了两次"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "blamed", "field", "message"), GUIDE_FAULTS)
def test_a_fault_in_a_guide_is_found_where_it_is(
    tmp_path: Path, old: str, new: str, blamed: str, field: str, message: str
) -> None:
    assert old in GUIDE
    text = GUIDE.replace(old, new, 1)

    found = check(write(tmp_path, {DIBAO: text}), TODAY).errors

    lines = [number for number, line in enumerate(text.split("\n"), 1) if blamed in line]
    assert [p for p in found if p.file == DIBAO and p.line in lines and p.field == field and message in p.message]


TABLE_FAULTS = [
    ("20-003,临时救助", "20-001,临时救助", 5, "编号", "写了两次"),
    ("20-003,临时救助", "21-003,临时救助", 5, "编号", "20-001 这样"),
    ("20-003,临时救助", "20-003,=1+1", 5, "一级事项", "公式"),
    ("20-003,临时救助", "20-003,@临时救助", 5, "一级事项", "公式"),
    ("20-003,临时救助,", "20-003,临时救助,,", 5, "整行", "格"),
    ("20-003,临时救助", "20-003,", 5, "一级事项", "空着"),
    ("；临时救助哪里查", "", 5, "问法", "至少要 4 条"),
    ("临时救助公示吗", "低保名单在哪公示？", 5, "问法[2]", "写了两次"),
    (",2026-11-24,https", ",2027-01-01,https", 2, "核对日期", "还没有到"),
    (",结果,主动,,", ",好事,主动,,", 2, "五公开", "只能写"),
    (",结果,主动,,", ",结果,依申请,,", 2, "属性理由", "必须写理由"),
    ("｜低保对象名单", "｜" + "低" * 41, 2, "证据", "最多 40"),
    ("目录原文", "原文", 2, "状态", "只能写"),
    (HEADER, HEADER.replace("属性理由", "理由"), 1, "属性理由", "缺少这一列"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "message"), TABLE_FAULTS)
def test_a_fault_in_a_table_is_found_on_the_line_its_record_starts(
    tmp_path: Path, old: str, new: str, line: int, field: str, message: str
) -> None:
    """The second record spans two lines, so the third starts on line five."""
    text = (HEADER + ROWS).replace(old, new, 1)

    found = check(write(tmp_path, {TABLE: text}), TODAY).errors

    assert [p for p in found if (p.file, p.line, p.field) == (TABLE, line, field) and message in p.message]


@pytest.mark.parametrize(
    ("file", "text", "line", "field", "message"),
    [
        ("bundles/hardship.yaml", BUNDLE.replace("apply-tekun", "nobody"), 8, "指南[2]", "没有“nobody”"),
        ("policies/relief-measures.yaml", UNREAD_POLICY, 1, "解读", "要有解读"),
        ("policies/relief-measures.yaml", POLICY.replace("状态: 有效", "状态: 还行"), 8, "状态", "只能写"),
        ("bundles/hardship.yaml", BUNDLE.replace("困难救助一起办", "低保怎么申请？"), 4, "问法[4]", "写了两次"),
        ("bundles/Bad_Name.yaml", BUNDLE, 1, "文件名", "小写英文"),
        ("lexicon/everyday.csv", FILES["lexicon/everyday.csv"] + "农合,医保,旧名,通行说法\n", 3, "说法", "写了两次"),
        ("lexicon/everyday.csv", FILES["lexicon/everyday.csv"] + "合疗,医保,旧名,\n", 3, "出处", "不能空着"),
        ("lexicon/plain.csv", FILES["lexicon/plain.csv"] + "+受理,收下\n", 4, "官话", "公式"),
        ("lexicon/words.txt", "低保\n特困\n低保\n", 3, "低保", "写了两次"),
        ("units/places.csv", FILES["units/places.csv"] + "八景镇,上保村,村\n", 3, "村社区", "写了两次"),
        ("units/other.csv", "甲,乙\n1,-2\n", 2, "乙", "公式"),
        ("guides/社会救助/a.yml", "名称: 甲", 1, "文件", "扩展名"),
        ("guides/社会救助/empty.yaml", "", 1, "文件", "空的"),
        ("guides/社会救助/list.yaml", "- 甲\n", 1, "文件", "字段: 内容"),
        ("guides/社会救助/two.yaml", "甲: 乙\n---\n丙: 丁\n", 3, "文件", "只能有一份"),
    ],
)  # fmt: skip
def test_faults_of_other_files_are_found(
    tmp_path: Path, file: str, text: str, line: int, field: str, message: str
) -> None:
    found = check(write(tmp_path, {file: text}), TODAY).errors

    assert [p for p in found if (p.file, p.line, p.field) == (file, line, field) and message in p.message]


def test_a_fourth_question_in_a_row_is_refused(tmp_path: Path) -> None:
    deep = "    - 答: 村干部\n      问: 三？\n      选项:\n" + "".join(
        f"        - 答: {name}\n          问: 四？\n          选项:\n"
        f"            - {{答: 是, 材料: [身份证]}}\n            - {{答: 否, 材料: [身份证]}}\n"
        for name in "甲乙"
    )
    old = "        - 答: 村干部\n          材料: [身份证]\n          说明: 村干部会帮你填表。\n"
    text = GUIDE.replace(old, "".join(f"    {line}\n" for line in deep.splitlines()))

    found = check(write(tmp_path, {DIBAO: text}), TODAY).errors

    assert [(p.line, p.field) for p in found if "最多连问 3" in p.message] == [
        (line_of(text, "答: 甲") + 1, "情形.选项[2].选项[2].选项[1].问"),
        (line_of(text, "答: 乙") + 1, "情形.选项[2].选项[2].选项[2].问"),
    ]


def test_bottomless_nesting_is_refused_without_falling_over(tmp_path: Path) -> None:
    report = check(write(tmp_path, {"faq/deep.yaml": "甲: " + "[" * 5000}), TODAY)

    assert [p.message for p in report.errors if p.file == "faq/deep.yaml"] == ["嵌套太深"]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "lexicon/words.txt").write_bytes("低保\n".encode() + "特困\n".encode("gbk"))

    assert [(p.file, p.line) for p in check(tmp_path, TODAY).errors] == [("lexicon/words.txt", 2)]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "catalogs")
    (tmp_path / "secret.yaml").write_text("名称: 甲", encoding="utf-8")
    (tmp_path / "catalogs/faq").mkdir()
    (tmp_path / "catalogs/faq/secret.yaml").symlink_to(tmp_path / "secret.yaml")

    assert [p.file for p in check(tmp_path / "catalogs", TODAY).errors] == ["faq/secret.yaml"]


def test_sound_files_leave_only_gaps_and_end_well(tmp_path: Path) -> None:
    out = io.StringIO()

    assert run_check(write(tmp_path), out, TODAY) == 0
    assert "错误 0 处" in out.getvalue()
    assert "民政局：" in out.getvalue()


def test_an_error_ends_with_one_and_is_printed_with_file_line_and_field(tmp_path: Path) -> None:
    out = io.StringIO()
    root = write(tmp_path, {DIBAO: GUIDE.replace("层级: 乡", "层级: 镇上")})

    assert run_check(root, out, TODAY) == 1
    assert out.getvalue().startswith(f"{DIBAO}:{line_of(GUIDE, '层级:')}: 去哪办[1].层级: 只能写")


def test_open_fields_are_listed_under_the_unit_that_has_to_fill_them(tmp_path: Path) -> None:
    text = GUIDE.replace("责任单位: 民政局", "责任单位: 医疗保障局")
    report = check(write(tmp_path, {DIBAO: text}), TODAY)

    fields = [gap.field for gap in gaps_by_unit(report)["医疗保障局"]]
    assert fields == ["材料[1].份数", "材料[2].空白表", "网办", "时限.承诺", "本地待核[1]", "审核"]


def test_a_long_but_readable_sentence_is_a_gap_and_not_an_error(tmp_path: Path) -> None:
    sentence = "到镇上的便民服务中心交申请，" * 3 + "就行。"
    report = check(write(tmp_path, {DIBAO: GUIDE.replace("到镇上交申请。", sentence)}), TODAY)

    assert not report.errors
    assert [p.line for p in report.gaps if "句子太长" in p.message] == [line_of(GUIDE, "到镇上交申请。")]


def test_a_review_that_is_not_twelve_months_after_is_a_gap(tmp_path: Path) -> None:
    text = GUIDE.replace("复核日期: 2027-11-24", "复核日期: 2027-05-24")
    report = check(write(tmp_path, {DIBAO: text}), TODAY)

    assert [(p.field, p.line) for p in report.gaps if p.file == DIBAO and "12 个月" in p.message] == [
        ("复核日期", line_of(text, "复核日期"))
    ]


def test_the_last_day_of_validity_is_still_valid(tmp_path: Path) -> None:
    text = GUIDE.replace('有效期: ""', "有效期: 2026-11-25")

    assert not check(write(tmp_path, {DIBAO: text}), TODAY).errors


def test_all_faults_of_a_file_are_told_in_one_run(tmp_path: Path) -> None:
    text = GUIDE.replace("层级: 乡", "层级: 镇上").replace("可信度: 高", "可信度: 很高")

    assert [p.field for p in check(write(tmp_path, {DIBAO: text}), TODAY).errors] == ["去哪办[1].层级", "可信度"]
