"""An entry in plain words: the short card that fits one screen, and the full text behind 看原文.

Everything here comes out of the entry; unknown fields are said to be 待核, never filled in.
"""

from datetime import date
from functools import lru_cache

from knowledge.cards.catalog import disclosure_card, full_disclosure
from knowledge.cards.common import (
    PENDING,
    UNKNOWN,
    grounds,
    joined,
    material_line,
    numbered,
    seen_line,
    sources_line,
    trust,
)
from knowledge.cards.guide import LABELS, full_guide, guide_card, tell
from knowledge.model import Bundle, Disclosure, Entry, Facet, Faq, Guide, Policy

__all__ = [
    "PENDING",
    "full",
    "grounds",
    "is_live",
    "material_line",
    "numbered",
    "one_line",
    "one_side",
    "short",
    "tell",
    "trust",
]


@lru_cache(maxsize=2048)  # what many ask is put into words once; 2 KB each
def short(entry: Entry, facets: tuple[Facet, ...] = ()) -> str:
    """Return the card of one entry, led by the asked sides."""
    match entry:
        case Guide():
            return guide_card(entry, facets)
        case Disclosure():
            return disclosure_card(entry)
        case Faq():
            return joined(f"【{entry.title}】", entry.answer, grounds(entry))
        case Policy():
            return _policy_card(entry)
        case Bundle():
            return joined(entry.title, entry.intro, trust(entry.origin))


def full(entry: Entry) -> str:
    """Return everything the entry holds, for 看原文."""
    match entry:
        case Guide():
            return full_guide(entry)
        case Disclosure():
            return full_disclosure(entry)
        case _:
            return joined(short(entry), sources_line(entry.origin), seen_line(entry.origin))


def one_line(entry: Entry, facet: Facet | None = None) -> str:
    """Return the answer in one or two sentences, for a further question of the same message."""
    match entry:
        case Guide():
            return f"{entry.title}：{_side(entry, facet)}"
        case Faq():
            return f"{entry.title}：{entry.answer}"
        case Disclosure():
            return f"{entry.title}：按国家标准由{entry.body or PENDING}公开，{entry.time_limit or '时间' + PENDING}。"
        case Policy():
            return f"{entry.title}：{entry.reading or '解读' + PENDING}"
        case Bundle():
            return f"{entry.title}：{entry.intro}"


def _side(guide: Guide, facet: Facet | None) -> str:
    """Whether something can be done is the conclusion; how it is done begins with the conclusion's first words."""
    match facet:
        case None | Facet.ELIGIBILITY:
            return guide.conclusion
        case Facet.STEPS:
            return guide.conclusion.partition("。")[0] + "。" + tell(guide, facet)
        case _:
            return tell(guide, facet)


def one_side(entry: Entry, facet: Facet) -> str:
    """Return one side of an entry with what it rests on; an entry without sides is told whole."""
    if isinstance(entry, Guide):
        return joined(f"【{entry.title}】", f"{LABELS[facet]}：{tell(entry, facet)}", grounds(entry))
    return short(entry)


def is_live(entry: Entry, today: date) -> bool:
    """May this entry be answered today? Expired text and repealed policies may not."""
    until = entry.origin.valid_until
    if until is not None and until < today:
        return False
    return not isinstance(entry, Policy) or entry.state == "有效"


def _policy_card(policy: Policy) -> str:
    number = policy.number if policy.number not in UNKNOWN else "文号待核"
    return joined(
        f"【{policy.title}】{policy.reading}",
        f"发文：{policy.issuer or PENDING}，{number}。",
        grounds(policy),
    )
