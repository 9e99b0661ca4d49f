"""Invented entries for tests: obviously made up, small, of every type that matters."""

from knowledge.model import Disclosure, Entry, Guide, Origin
from knowledge.vocabulary import Synonym

ORIGIN = Origin((), (), None, None, None, "中", "未经本市审核", "民政局")


def guide(slug: str, title: str, domain: str, aliases: tuple[str, ...], phrasings: tuple[str, ...]) -> Guide:
    """A guide that holds nothing but its names."""
    return Guide(
        id=f"guide:{slug}",
        title=title,
        domain=domain,
        aliases=aliases,
        phrasings=phrasings,
        conclusion="可以办。",
        eligibility=(),
        situations=None,
        materials=(),
        places=(),
        online="待核",
        proxy="待核",
        steps=(),
        legal_limit="待核",
        promised_limit="待核",
        fee="待核",
        bases=(),
        myths=(),
        local_gaps=(),
        origin=ORIGIN,
    )


def row(number: str, domain: str, level1: str, level2: str) -> Disclosure:
    """A catalog row that holds nothing but its names."""
    return Disclosure(
        id=f"disclosure:{number}",
        title=f"{level1}：{level2}",
        domain=domain,
        level1=level1,
        level2=level2,
        content=(),
        bases=(),
        time_limit="",
        body="",
        channels=(),
        audience="",
        method="",
        levels=(),
        five_kind="",
        attribute="主动",
        attribute_reason="",
        aliases=(),
        phrasings=(f"{level1}{level2}在哪里公开",),
        status="待核",
        origin=ORIGIN,
    )


ENTRIES: tuple[Entry, ...] = (
    guide(
        "dibao",
        "申请最低生活保障（低保）",
        "社会救助",
        ("低保", "低保户"),
        ("低保怎么申请", "家里没收入想吃低保", "办低保要哪些材料", "低保找谁申请"),
    ),
    guide(
        "social-card-lost",
        "社会保障卡补办",
        "社会保险",
        ("补社保卡", "社保卡丢了"),
        ("社保卡丢了怎么补", "社保卡不见了去哪里补", "补社保卡要带什么"),
    ),
    guide(
        "social-card-new",
        "社会保障卡申领",
        "社会保险",
        ("办社保卡",),
        ("第一次办社保卡", "新办社保卡要多久", "小孩能办社保卡吗"),
    ),
    guide(
        "passport",
        "普通护照申领",
        "其他",
        ("护照", "办护照"),
        ("护照去哪里办", "第一次办护照要带什么", "办护照多少钱"),
    ),
    guide("hukou-in", "户口迁入登记", "户籍管理", ("迁入户口", "落户"), ("户口怎么迁进来", "户口迁入要什么材料")),
    guide("hukou-out", "户口迁出登记", "户籍管理", ("迁出户口",), ("户口怎么迁出去", "户口迁出要什么材料")),
    guide(
        "gas",
        "煤气安全检查",
        "市政服务",
        ("煤气安检",),
        ("煤气泄漏怎么预防", "煤气多久检查一次", "防止煤气中毒要注意什么"),
    ),
    row("20-006", "社会救助", "最低生活保障", "审核信息公示"),
)
SYNONYMS = (Synonym("社保卡", "社会保障卡", "简称", "测试"), Synonym("低保", "最低生活保障", "俗称", "测试"))
