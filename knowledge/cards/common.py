"""What every card says in the same way: papers, bases, sources, how far it was checked."""

import re
from datetime import date

from knowledge.model import Basis, Faq, Guide, Material, Origin, Policy

PENDING = "待核（要等本市核实）"
_OFFICIAL = re.compile(r"https?://(?:[\w-]+\.)*gov\.cn(?:[:/]|$)")
UNKNOWN = frozenset({"", "待核", "待补"})


def trust(origin: Origin) -> str:
    """Say in one or two clauses where the answer comes from and how far it was checked."""
    names = "、".join(source.title for source in origin.sources[:2] if source.title)
    read = f"{long_day(origin.checked_on)}核对" if origin.checked_on else "原文待核"
    return f"来源：{names or '待核'}，{read}，{review(origin)}"


def material_line(material: Material) -> str:
    """Say one paper with its form and where it comes from, leaving out what is unknown."""
    known = [part for part in (material.form, _copies(material.copies)) if part not in UNKNOWN]
    return material.name + (f"（{'，'.join(known)}）" if known else "")


def numbered(items: list[str]) -> str:
    """Return items as one numbered run: 1 …；2 …。"""
    if len(items) == 1:
        return stop(items[0])
    return "；".join(f"{place}.{item.rstrip('。；')}" for place, item in enumerate(items, 1)) + "。"


def grounds(entry: Guide | Faq | Policy) -> str:
    """Say in one breath what an answer rests on, when that was read, and whether this city has reviewed it."""
    names = [basis.name.strip("《》") for basis in entry.bases]
    others = [one.title for one in entry.origin.sources if not any(name in one.title for name in names)][:1]
    told = "；".join(part for part in (bases_line(entry.bases[:3]), *others) if part) or "待核"
    read = f"{long_day(entry.origin.checked_on)}核对" if entry.origin.checked_on else "原文待核"
    return f"依据：{told}。{read}，{review(entry.origin)}"


def review(origin: Origin) -> str:
    """Say whether this city has reviewed it."""
    if "未经本市审核" in origin.review:
        return "本市还没审核，以本市公布的为准。"
    return f"本市审核：{origin.review}。"


def bases_line(bases: tuple[Basis, ...]) -> str:
    """Name each law once, with all its articles."""
    laws: dict[str, list[str]] = {}
    for basis in bases:
        note = f"（{basis.note}）" if basis.note else ""
        article = "（条号待核）" if basis.article in UNKNOWN - {""} else basis.article
        laws.setdefault(f"《{basis.name.strip('《》')}》", []).append(article + note)
    return "；".join(law + "、".join(part for part in articles if part) for law, articles in laws.items())


def sources_line(origin: Origin) -> str:
    """Name the pages that may be shown: those of an authority; a reprint is named as a source, without its address."""
    shown = [f"{item.title} {item.address}" for item in origin.sources if _OFFICIAL.match(item.address)]
    return "原文地址：" + "；".join(shown) if shown else ""


def seen_line(origin: Origin) -> str:
    """Quote the words that were read."""
    return f"原文摘录：“{origin.evidence[0].excerpt}”" if origin.evidence else ""


def _copies(copies: str) -> str:
    return copies if not copies.isdigit() else f"{copies}份"


def long_day(day: date) -> str:
    """Say a date: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def stop(text: str) -> str:
    """End a text with a full stop."""
    return text if text.endswith(("。", "！", "？")) else text.rstrip("；，、") + "。"


def joined(*lines: str) -> str:
    """Join the lines that are not empty."""
    return "\n".join(line for line in lines if line)
