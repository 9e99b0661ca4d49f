"""A catalog row in plain words: what should be published, by whom, when and where."""

from knowledge.cards.common import PENDING, bases_line, joined, sources_line, stop, trust
from knowledge.model import Disclosure


def disclosure_card(row: Disclosure) -> str:
    """Say in one screen what should be published, by whom, when and where."""
    content = "；".join(row.content[:8]) or PENDING
    return joined(
        f"【{row.title}】应不应该公开：{_attribute(row)}",
        f"按国家统一的公开标准，要公开的是：{stop(content)}",
        f"谁来公开：{stop(row.body or PENDING)}",
        f"什么时候：{stop(row.time_limit or PENDING)}",
        f"去哪看：{stop('、'.join(row.channels) or PENDING)}",
        "这是国家标准和外地公开表的口径，高安市自己的目录待核。" + trust(row.origin),
        "没看到公开的，可以书面申请公开，不用说明用途。想申请，回复“申请公开”。",
    )


def _attribute(row: Disclosure) -> str:
    match row.attribute:
        case "主动":
            return "应当主动公开。"
        case "依申请":
            return f"要申请才公开，因为{row.attribute_reason or PENDING}。"
        case "不予公开":
            return f"不公开，因为{row.attribute_reason or PENDING}。"
        case _:
            return f"公开属性{PENDING}。"


def full_disclosure(row: Disclosure) -> str:
    """Say every element of the row (名称、内容、依据、时限、主体、方式、渠道、公开对象)."""
    return joined(
        f"【{row.title}】（{row.domain}）",
        f"公开内容：{stop('；'.join(row.content) or PENDING)}",
        f"公开依据（目录原文）：{stop(bases_line(row.bases) or PENDING)}",
        f"公开时限：{stop(row.time_limit or PENDING)}",
        f"公开主体：{stop(row.body or PENDING)}",
        f"公开渠道：{stop('、'.join(row.channels) or PENDING)}",
        f"公开对象：{stop(row.audience or PENDING)}",
        f"公开方式：{stop(row.method or row.attribute or PENDING)}",
        f"公开层级：{stop('、'.join(row.levels) or PENDING)}",
        f"五公开：{stop(row.five_kind or PENDING)}",
        sources_line(row.origin),
        trust(row.origin),
    )
