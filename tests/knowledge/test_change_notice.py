"""The change notice: 新增、调整、取消, element by element."""

from knowledge.change_notice import notice
from tests.knowledge.sample import GUIDE, HEADER, ROWS

TABLE = "disclosure/20-社会救助.csv"
DIBAO = "guides/社会救助/apply-dibao.yaml"


def test_nothing_changed_says_nothing() -> None:
    assert notice({TABLE: HEADER + ROWS}, {TABLE: HEADER + ROWS}) == ()


def test_a_table_is_told_matter_by_matter() -> None:
    first, second, *rest = ROWS.splitlines(keepends=True)
    changed = first.replace("10个工作日内", "20个工作日内").replace("政府网站；公示栏", "政府网站；广播")
    added = rest[-1].replace("20-003", "20-004").replace("临时救助,", "医疗救助,")
    lines = notice({TABLE: HEADER + ROWS}, {TABLE: HEADER + changed + second + rest[0] + added})

    assert lines == (
        "新增 社会救助 20-004 医疗救助／审核信息",
        "  公开内容：名单",
        "  主体：乡镇人民政府",
        "调整 社会救助 20-001 最低生活保障／审批信息",
        "  时限：由“10个工作日内”改为“20个工作日内”",
        "  渠道：增加“广播”，去掉“公示栏”",
        "取消 社会救助 20-003 临时救助／审核信息",
    )


def test_an_entry_is_told_field_by_field() -> None:
    changed = GUIDE.replace("费用: 不收费", "费用: 待核").replace(
        "本地待核: [低保标准金额]", "本地待核: [低保标准金额, 电话]"
    )

    assert notice({DIBAO: GUIDE}, {DIBAO: changed}) == (
        "调整 办事指南“申请最低生活保障（低保）”",
        "  费用：由“不收费”改为“待核”",
        "  本地待核：增加“电话”",
    )


def test_whole_entries_come_and_go() -> None:
    assert notice({}, {DIBAO: GUIDE}) == ("新增 办事指南“申请最低生活保障（低保）”",)
    assert notice({DIBAO: GUIDE}, {}) == ("取消 办事指南“申请最低生活保障（低保）”",)


def test_a_word_list_is_told_line_by_line() -> None:
    assert notice({"lexicon/words.txt": "低保\n特困\n"}, {"lexicon/words.txt": "低保\n孤儿\n"}) == (
        "调整 lexicon/words.txt",
        "  去掉：特困",
        "  增加：孤儿",
    )


def test_a_broken_file_is_still_told() -> None:
    """A version stored by hand may hold anything; the notice must not fail on it."""
    assert notice({DIBAO: GUIDE}, {DIBAO: "&a [*a"})[0] == f"调整 办事指南“{DIBAO}”"
