"""Which domain a table is of, what a matter is called by, and everyday phrasings for a new one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from knowledge.reading.domains import DOMAINS
from knowledge.reading.tables import GENERIC

_NUMBER = {domain: number for number, domain in DOMAINS.items()}
_KINDRED = {
    "国土空间规划": "城乡规划",
    "重大建设项目批准和实施": "重大建设项目",
    "公共资源配置": "公共资源交易",
    "农村集体土地征收": "征地补偿",
    "房屋征收": "国有土地上房屋征收",
    "危房改造": "农村危房改造",
    "环境保护": "生态环境",
    "公共文化体育": "公共文化服务",
    "乡村振兴": "扶贫",
    "食品药品": "食品药品监管",
    "城市管理": "城市综合执法",
    "城市综合管理": "城市综合执法",
    "就业创业": "就业",
    "户口": "户籍管理",
    "惠农补贴": "涉农补贴",
    "卫生健康": "医疗卫生",
}
_SIGNS = re.compile(r"[\W_]+")
_HEADING = re.compile(r"(基层|政务公开|标准|目录|领域|高安市|清单|事项)+")
_ASKED = ("{}在哪看", "{}公开吗", "{}哪里能查到", "想看{}找哪个单位")


def path_of(domain: str) -> str:
    """Return the file a domain's table stands in."""
    return f"disclosure/{_NUMBER[domain]}-{domain}.csv"


def number_of(domain: str) -> str:
    """Return the two digits of a domain."""
    return _NUMBER[domain]


def domain_in(hints: Iterable[str]) -> str:
    """Return the one domain the first telling hint names (sheet name, title, file name), else nothing."""
    names = {**{domain: domain for domain in _NUMBER}, **_KINDRED}
    for hint in hints:
        found = [name for name in names if name in hint]
        # 农村危房改造 also holds 危房改造: only names that no longer one explains.
        whole = {names[name] for name in found if not any(name != other and name in other for other in found)}
        if len(whole) == 1:
            return whole.pop()
    return ""


def key_of(row: Mapping[str, str]) -> str:
    """Return what a matter is recognised by inside its domain: both levels, signs and width aside."""
    return f"{folded(row.get('一级事项', ''))}/{folded(row.get('二级事项', ''))}"


def folded(text: str) -> str:
    """Return *text* for comparing: without width, case, signs and spaces."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def title_of(row: Mapping[str, str]) -> str:
    """Return how the preview names a matter."""
    return "／".join(filter(None, (row.get("一级事项", ""), row.get("二级事项", "")))) or "（没写事项名）"


def phrasings_of(domain: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """Return plain questions made of the names only, so that a new matter can be found at once."""
    first, second = row.get("一级事项", ""), row.get("二级事项", "")
    front = domain + first if first in GENERIC and not domain.endswith(first) else first
    name = re.sub(r"\s+", "", front if second in ("", first) else f"{front}{second}")
    return tuple(shape.format(name) for shape in _ASKED)


def heading_hint(text: str) -> str:
    """Return a sheet's title without the words every such title has, for :func:`domain_in`."""
    return _HEADING.sub(" ", text)
