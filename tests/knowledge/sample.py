"""A small, sound set of knowledge files, written anew for each test that wants to spoil it."""

from pathlib import Path

GUIDE = """\
名称: 申请最低生活保障（低保）
领域: 社会救助
别名: [低保]
问法:
  - 低保怎么申请
  - 我家没收入能不能吃低保
  - 吃低保要带什么
  - 低保多久能批
  - 低保在哪里办
  - 低保要不要钱
  - 老人能不能吃低保
  - 低保可以代办吗
结论: 可以申请。家里收入低于低保标准就能申请。
谁能办:
  - 家里平均每人收入低于低保标准。
情形:
  问: 谁去申请？
  选项:
    - 答: 本人去
      材料: [身份证]
    - 答: 别人代办
      问: 代办的是谁？
      选项:
        - 答: 家里人
          材料: [身份证, 委托书]
        - 答: 村干部
          材料: [身份证]
          说明: 村干部会帮你填表。
材料:
  - 名称: 身份证
    形式: 原件
    份数: 待核
    从哪来: 自己带
  - 名称: 委托书
    形式: 原件
    份数: "1"
    从哪来: 自己写
    空白表: 待补
去哪办:
  - 层级: 乡
    地点: 户口所在的镇政府或街道办事处
网办: 待核
代办: 可以。请家里人或村干部代办。
流程:
  - 到镇上交申请。
时限:
  法定: 法律没有规定天数。
  承诺: 待核
费用: 不收费
依据:
  - 名称: 社会救助暂行办法
    条: 第十一条
误区:
  - 听说: 有摩托车就不能吃低保
    实际: 不一定，看家里收入和财产。
本地待核: [低保标准金额]
来源:
  - 名称: 社会救助暂行办法
    地址: github:LawRefBook/Laws/行政法规/社会救助暂行办法(2019-03-02).md
核对日期: 2026-11-24
有效期: ""
复核日期: 2027-11-24
责任单位: 民政局
证据:
  - 地址: github:LawRefBook/Laws/行政法规/社会救助暂行办法(2019-03-02).md
    摘录: 共同生活的家庭成员人均收入低于当地最低生活保障标准
可信度: 高
审核: 未经本市审核
"""

OTHER_GUIDE = (
    GUIDE.replace("低保", "特困")
    .replace("名称: 申请最低生活保障（特困）", "名称: 特困供养")
    .replace("谁去申请？", "谁去？")
)

BUNDLE = """\
名称: 困难救助一件事
领域: 社会救助
别名: [困难一件事]
问法: [家里太难了能申请什么, 困难家庭能领哪些钱, 家里出事了找谁帮, 困难救助一起办]
说明: 家里有困难，可以先申请低保。
指南:
  - apply-dibao
  - apply-tekun
来源:
  - 名称: 社会救助暂行办法
核对日期: ""
复核日期: ""
有效期: ""
责任单位: 民政局
证据: []
可信度: 中
审核: 未经本市审核
"""

POLICY = """\
名称: 社会救助暂行办法
领域: 社会救助
别名: [救助办法]
问法: [社会救助办法讲什么, 救助办法有几种救助, 救助办法什么时候出的, 救助办法管不管用]
文号: 待核
发文单位: 国务院
发文日期: ""
状态: 有效
解读: 家里有难处，可以向政府申请帮助。
依据: []
来源:
  - 名称: 社会救助暂行办法
核对日期: 2026-11-24
复核日期: 2027-11-24
有效期: ""
责任单位: 民政局
证据: []
可信度: 高
审核: 张三甲 2026-11-24
"""

HEADER = (
    "编号,一级事项,二级事项,公开内容,依据,时限,主体,渠道,公开对象,公开方式,层级,五公开,属性,属性理由,"
    "俗称,问法,状态,来源,核对日期,证据,责任单位,审核\n"
)
ROWS = (
    "20-001,最低生活保障,审批信息,低保对象名单,《某办法》第三条（已由《新办法》取代）,10个工作日内,县级民政部门,"
    "政府网站；公示栏,全社会,主动,县级；乡级,结果,主动,,低保名单,"
    "低保名单在哪公示；村里谁吃低保；低保户公开吗；低保名单哪里查,目录原文,https://www.example.gov.cn/a,"
    "2026-11-24,https://www.example.gov.cn/a｜低保对象名单,民政局,未经本市审核\n"
    '20-002,特困人员,审核信息,"初审名单\n和说明",,,乡镇人民政府,,,,,,,,,'
    "特困名单在哪看；特困公示贴哪里；五保名单公开吗；五保户有谁,待核,,,,民政局,未经本市审核\n"
    "20-003,临时救助,审核信息,名单,,,乡镇人民政府,,,,,,,,,"
    "临时救助名单在哪看；临时救助公示吗；临时救助给了谁；临时救助哪里查,待核,,,,民政局,未经本市审核\n"
)

FILES = {
    "guides/社会救助/apply-dibao.yaml": GUIDE,
    "guides/社会救助/apply-tekun.yaml": OTHER_GUIDE,
    "bundles/hardship.yaml": BUNDLE,
    "policies/relief-measures.yaml": POLICY,
    "disclosure/20-社会救助.csv": HEADER + ROWS,
    "lexicon/everyday.csv": "说法,标准词,种类,出处\n农合,城乡居民医保,旧名,通行说法\n",
    "lexicon/plain.csv": "官话,大白话\n受理,收下来办\n赡养,养老人\n",
    "lexicon/words.txt": "低保\n特困\n",
    "units/places.csv": "镇街,村社区,种类\n八景镇,上保村,村\n",
}


def write(root: Path, changed: dict[str, str] | None = None) -> Path:
    """Write the sample files to *root*, some of them *changed*, and return *root*."""
    for name, text in {**FILES, **(changed or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root


def line_of(text: str, words: str) -> int:
    """Return the number of the first line of *text* that holds *words*."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)
