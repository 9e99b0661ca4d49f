"""The catalog commands, run as an operator runs them, on the shipped catalogs."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from bot.cli import commands
from bot.cli.root import cli

ROOT = Path(__file__).parents[2]
CHANNELS = (
    "■政府网站 □政府公报\n□两微一端 □发布会/听证会\n■公开查阅点 ■政务服务中心\n"
    "■社区/企事业单位/村公示栏（电子屏）\n□其他______"
)
MERGED_LABELS = (
    ("A2:A3", "序号"), ("B2:C2", "公开事项"), ("D2:D3", "公开内容\n（要素）"), ("E2:E3", "公开依据"),
    ("F2:F3", "公开时限"), ("G2:G3", "公开主体"), ("H2:H3", "公开渠道和载体"), ("I2:J2", "公开对象"),
    ("K2:L2", "公开方式"), ("M2:N2", "公开层级"),
)  # fmt: skip
LAWS = (
    "政策法规文件", "1.《社会救助暂行办法》（国务院令第649号）\n2.各地配套政策法规文件",
    "《中华人民共和国政府信息公开条例》", "制定或获取信息之日起１０个工作日内",
    "县级民政部门、乡镇人民政府（街道办事处）", CHANNELS, "√", "", "√", "", "√", "√",
)  # fmt: skip
WATCHED = (
    "监督检查", "社会救助信访通讯地址；社会救助投诉举报电话", "同上", "信息形成之日起２０个工作日内",
    "同上", "同上", "√", "", "√", "", "√", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that the tests of this module change one after the other."""
    return tmp_path_factory.mktemp("data")


def bot(data: Path, *words: object) -> tuple[int, str]:
    """Run a command; what it printed, whichever way."""
    commands.register(cli)
    done = CliRunner().invoke(cli, ["catalog", *map(str, words)], env={"BOT_DATA_DIR": str(data)})
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog as counties publish it: title, two merged header rows, boxes, 同上, wide digits, notes."""
    path = tmp_path_factory.mktemp("in") / "附件3.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("附件")
        sheet.merge_range("A1:N1", "高安市社会救助领域基层政务公开标准目录")
        for cells, label in MERGED_LABELS:
            sheet.merge_range(cells, label)
        sheet.write_row("B3", ["一级事项", "二级事项"])
        sheet.write_row("I3", ["全社会", "特定群体\n（请写明）", "主动", "依申请公开", "县级", "乡、村级"])
        sheet.merge_range("B4:B5", "综合业务")
        sheet.write_row("A4", ["１"])
        sheet.write_row("C4", LAWS)
        sheet.write_row("A5", [2])
        sheet.write_row("C5", WATCHED)
        sheet.merge_range("A7:N7", "二、新事项")
        for cells, label in (
            ("B8:B9", "测试事项"),
            ("C8:C9", "名单公示"),
            ("E8:E9", "《甲法》《乙办法》"),
            ("G8:G9", "乡镇人民政府"),
        ):
            sheet.merge_range(cells, label)
        for row, content in ((7, "①家庭人数"), (8, "②救助金额")):
            sheet.write(row, 3, content)
            sheet.write_row(row, 9, ["√（申请人）", "√", "", "", "√"])
        sheet.write_row("B10", ["坏事项", "公式"])
        sheet.write_formula("F10", "=1+1", None, 2)
        sheet.write_row("B11", ["坏事项", "没有主体", "内容"])
        sheet.write("A12", "注：本目录由民政局负责解释。")
    return path


def test_a_messy_workbook_is_previewed_cell_by_cell(data: Path, messy: Path) -> None:
    code, said = bot(data, "import", messy)

    assert code == 0
    assert re.search(r"社会救助（disclosure/20-社会救助\.csv）：新增 1，修改 2，取消 \d+，不能导入 2，没有变化 0", said)
    for line in (
        "综合业务／政策法规文件（附件!B4）",
        "层级：由“县级；乡级”改为“县级；乡级；村级”（附件!N4）",
        "时限：由“制定或获取信息之日起10个工作日内”改为“信息形成之日起20个工作日内”（附件!F5）",
        "测试事项／名单公示（附件!B8）",
        "公开内容：家庭人数；救助金额（附件!D8）",
        "依据：《甲法》；《乙办法》（附件!E8）",
        "公开对象：特定群体（申请人）（附件!J8）",
        "不能导入 附件!F10：时限：这一格是公式，请先粘贴成数值",
        "不能导入 附件!G11：主体：不能空着",
        "跳过 附件!A7（小标题）：二、新事项",
        "跳过 附件!A12（注）：注：本目录由民政局负责解释。",
        "这是预览，什么都没有写。",
    ):
        assert line in said


def test_a_preview_leaves_nothing_behind(data: Path, messy: Path) -> None:
    bot(data, "import", messy)

    assert list(data.iterdir()) == []


def test_applied_it_becomes_a_version_with_author_that_can_be_compared_and_repeated(data: Path, messy: Path) -> None:
    assert "已写入第 1 版" in bot(data, "import", messy, "--apply", "--by", "张三甲", "--reviewed-by", "李四乙")[1]

    assert re.search(r"第 1 版 \S+ \S+ 张三甲，审核 李四乙：导入 附件3\.xlsx", bot(data, "versions")[1])
    told = bot(data, "diff", 0)[1]
    assert "第 0 版到第 1 版" in told
    assert re.search(r"新增 社会救助 20-\d{3} 测试事项／名单公示\n  公开内容：家庭人数；救助金额", told)
    assert "  时限：由“制定或获取信息之日起10个工作日内”改为“信息形成之日起20个工作日内”" in told
    assert "没有要写的" in bot(data, "import", messy, "--apply")[1]


@pytest.mark.parametrize("name", ["全部.xlsx", "社会救助.csv"])
def test_what_is_exported_comes_back_unchanged(data: Path, tmp_path: Path, name: str) -> None:
    """Also after the import above, whichever order the tests run in."""
    domain = ("--domain", "社会救助") if name.endswith(".csv") else ()
    assert "已导出" in bot(data, "export", "--out", tmp_path / name, *domain)[1]

    code, said = bot(data, "import", tmp_path / name)

    assert code == 0
    assert not re.search(r"(新增|修改|取消|不能导入) [1-9]", said)
    assert said.endswith("没有要写的。\n")


def test_a_withdrawal_that_would_break_something_is_refused_with_its_place(data: Path) -> None:
    code, said = bot(data, "withdraw", "guides/社会救助/apply-dibao.yaml")

    assert code == 1
    assert re.search(r"bundles/\S+\.yaml:\d+: 指南\[\d+\]: 没有“apply-dibao”这篇指南", said)


def test_a_file_is_put_shown_and_withdrawn(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "dog.yaml"
    shipped = (ROOT / "catalogs" / "faq" / "dog-bite-liability.yaml").read_text("utf-8")
    source.write_text(shipped.replace("可信度: 高", "可信度: 中"), "utf-8")

    assert "已写入" in bot(data, "put", source, "--as", "faq/dog-bite-liability.yaml", "--by", "张三甲")[1]
    bot(data, "files", tmp_path / "out")
    assert (tmp_path / "out" / "faq" / "dog-bite-liability.yaml").read_text("utf-8") == source.read_text("utf-8")

    assert "已写入" in bot(data, "withdraw", "faq/dog-bite-liability.yaml")[1]
    assert "已撤下 faq/dog-bite-liability.yaml" in bot(data, "files", tmp_path / "out")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("put", "README.md", "--as", "../evil.yaml"), "没有写入"),
        (("put", "README.md", "--as", "faq/x.yaml"), "overlay:faq/x.yaml:"),
        (("withdraw", "faq/nobody.yaml"), "现在没有 faq/nobody.yaml 这个文件"),
        (("export", "--domain", "天气"), "没有“天气”这个领域"),
        (("export", "--out", "x.csv"), "请加 --domain"),
        (("diff", "99"), "没有这个版本"),
        (("import", "LICENSE"), "没有找到目录表"),
        (("import", "docs/img/conversation.png"), "没有导入"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(data: Path, words: tuple[str, ...], sentence: str) -> None:
    if words[0] == "import" and not (ROOT / words[1]).is_file():
        pytest.skip("the picture is not in this checkout")
    bot(data, "withdraw", "faq/parcel-check.yaml")  # so that there is a database whichever test runs first

    code, said = bot(data, *words)

    assert code == 1
    assert sentence in said
    assert "Traceback" not in said
