"""An entry in plain words: the short card that fits one screen, and the full text behind 看原文.

Everything here comes out of the entry; unknown fields are said to be 待核, never filled in.
"""

from datetime import date

from knowledge.model import (
    Basis,
    Bundle,
    Disclosure,
    Entry,
    Facet,
    Faq,
    Guide,
    Material,
    Origin,
    Policy,
)

PENDING = "待核（要等本市核实）"
BRIEF = 72
"""Characters of a slot nobody asked for; the full list stands behind 看原文."""

_UNKNOWN = frozenset({"", "待核", "待补"})

_ORDER = (Facet.ELIGIBILITY, Facet.MATERIALS, Facet.PLACE, Facet.TIME, Facet.FEE)
_LABELS = {
    Facet.ELIGIBILITY: "谁能办",
    Facet.MATERIALS: "带什么",
    Facet.PLACE: "去哪办",
    Facet.TIME: "多久",
    Facet.FEE: "多少钱",
    Facet.STEPS: "怎么办",
    Facet.PROXY: "能不能代办",
    Facet.ONLINE: "能不能网上办",
    Facet.BASIS: "依据",
    Facet.FORM: "表格",
    Facet.RUMOUR: "听说的对不对",
}


def short(entry: Entry, facets: tuple[Facet, ...] = ()) -> str:
    """Return the card of one entry, led by the asked sides."""
    match entry:
        case Guide():
            return _guide_card(entry, facets)
        case Disclosure():
            return _disclosure_card(entry)
        case Faq():
            return _joined(f"【{entry.title}】", entry.answer, grounds(entry))
        case Policy():
            return _policy_card(entry)
        case Bundle():
            return _joined(entry.title, entry.intro, trust(entry.origin))


def full(entry: Entry) -> str:
    """Return everything the entry holds, for 看原文."""
    match entry:
        case Guide():
            return _full_guide(entry)
        case Disclosure():
            return _full_disclosure(entry)
        case _:
            return _joined(short(entry), _sources(entry.origin), _seen(entry.origin))


def one_line(entry: Entry, facet: Facet | None = None) -> str:
    """Return the answer in one or two sentences, for a further question of the same message."""
    match entry:
        case Guide():
            return f"{entry.title}：{_lead(entry, facet) if facet else entry.conclusion}"
        case Faq():
            return f"{entry.title}：{entry.answer}"
        case Disclosure():
            return f"{entry.title}：按国家标准由{entry.body or PENDING}公开，{entry.time_limit or '时间' + PENDING}。"
        case Policy():
            return f"{entry.title}：{entry.reading or '解读' + PENDING}"
        case Bundle():
            return f"{entry.title}：{entry.intro}"


def is_live(entry: Entry, today: date) -> bool:
    """May this entry be answered today? Expired text and repealed policies may not."""
    until = entry.origin.valid_until
    if until is not None and until < today:
        return False
    return not isinstance(entry, Policy) or entry.state == "有效"


def trust(origin: Origin) -> str:
    """Say in one or two clauses where the answer comes from and how far it was checked."""
    names = "、".join(source.title for source in origin.sources[:2] if source.title)
    read = f"{_day(origin.checked_on)}核对" if origin.checked_on else "原文待核"
    return f"来源：{names or '待核'}，{read}，{_review(origin)}"


def material_line(material: Material) -> str:
    """Say one paper with its form and where it comes from, leaving out what is unknown."""
    known = [part for part in (material.form, _copies(material.copies)) if part not in _UNKNOWN]
    return material.name + (f"（{'，'.join(known)}）" if known else "")


def numbered(items: list[str]) -> str:
    """Return items as one numbered run: 1 …；2 …。"""
    if len(items) == 1:
        return _stop(items[0])
    return "；".join(f"{place}.{item.rstrip('。；')}" for place, item in enumerate(items, 1)) + "。"


def _guide_card(guide: Guide, facets: tuple[Facet, ...]) -> str:
    """The asked sides in full, then the conclusion, then the other slots in brief: one screen of a phone."""
    lead = [f"{_LABELS[side]}：{_lead(guide, side)}" for side in facets if not _depends(guide, side)]
    rest = [f"{_LABELS[side]}：{_brief(guide, side)}" for side in _ORDER if side not in facets or _depends(guide, side)]
    return _joined(f"【{guide.title}】", *lead, guide.conclusion, *rest, grounds(guide))


def _depends(guide: Guide, side: Facet) -> bool:
    return side is Facet.MATERIALS and guide.situations is not None


def _brief(guide: Guide, side: Facet) -> str:
    if _depends(guide, side):
        return "看您是哪种情况，见下面。"
    if side is Facet.ELIGIBILITY:
        return _within(list(guide.eligibility) or [guide.conclusion])
    if side is Facet.MATERIALS:
        return (
            _within([material_line(material) for material in guide.materials])
            if guide.materials
            else _lead(guide, side)
        )
    return _lead(guide, side)


def _within(items: list[str], limit: int = BRIEF) -> str:
    """Number as many items as fit *limit* characters, and say when there are more."""
    for count in range(len(items), 0, -1):
        told = numbered(items[:count])
        if len(told) <= limit or count == 1:
            return told if count == len(items) else f"{told.rstrip('。')}……共{len(items)}条，回复“看原文”。"
    return ""


def grounds(entry: Guide | Faq | Policy) -> str:
    """Say in one breath what an answer rests on, when that was read, and whether this city has reviewed it."""
    names = {basis.name.strip("《》") for basis in entry.bases}
    others = [source.title for source in entry.origin.sources if source.title.strip("《》") not in names][:1]
    told = "；".join(part for part in (_bases(entry.bases[:2]), *others) if part) or "待核"
    read = f"{_day(entry.origin.checked_on)}核对" if entry.origin.checked_on else "原文待核"
    return f"依据：{told}。{read}，{_review(entry.origin)}"


def _review(origin: Origin) -> str:
    if "未经本市审核" in origin.review:
        return "本市还没审核，以本市公布的为准。"
    return f"本市审核：{origin.review}。"


def _lead(guide: Guide, facet: Facet) -> str:
    match facet:
        case Facet.ELIGIBILITY:
            return numbered(list(guide.eligibility)) if guide.eligibility else _stop(guide.conclusion)
        case Facet.MATERIALS:
            lines = [material_line(material) for material in guide.materials]
            return numbered(lines) if lines else _stop(f"材料{PENDING}")
        case Facet.PLACE:
            return _stop("；".join(dict.fromkeys(place.office for place in guide.places)) or PENDING)
        case Facet.TIME:
            return _stop(_limit(guide))
        case Facet.FEE:
            return _stop(guide.fee if guide.fee not in _UNKNOWN else PENDING)
        case Facet.STEPS:
            return numbered(list(guide.steps)) if guide.steps else _stop(f"流程{PENDING}")
        case Facet.PROXY:
            return _stop(guide.proxy if guide.proxy not in _UNKNOWN else PENDING)
        case Facet.ONLINE:
            return _stop(_online(guide))
        case Facet.BASIS:
            return _stop(_bases(guide.bases) or PENDING)
        case Facet.FORM:
            return _forms(guide)
        case Facet.RUMOUR:
            return " ".join(f"听说“{myth.heard}”：{_stop(myth.fact)}" for myth in guide.myths) or guide.conclusion


def _limit(guide: Guide) -> str:
    legal = guide.legal_limit if guide.legal_limit not in _UNKNOWN else f"法定时限{PENDING}"
    return legal if guide.promised_limit in _UNKNOWN else f"{legal}；承诺{guide.promised_limit}"


def _online(guide: Guide) -> str:
    told = guide.online if guide.online not in _UNKNOWN else f"能不能网上办{PENDING}"
    return f"{told}。入口：{guide.hands_to}" if guide.hands_to not in _UNKNOWN else told


def _forms(guide: Guide) -> str:
    forms = [item for item in guide.materials if item.blank]
    if not forms:
        return "这件事没有专门的表格，或者表格待核。"
    lines = [f"{item.name}：{item.blank if item.blank not in _UNKNOWN else '空白表待补，可到窗口领'}" for item in forms]
    return numbered(lines)


def _full_guide(guide: Guide) -> str:
    materials = [
        _stop("，".join([material_line(item)] + [f"从哪来：{item.origin}"] * (item.origin not in _UNKNOWN)))
        for item in guide.materials
    ]
    return _joined(
        f"【{guide.title}】{guide.conclusion}",
        "谁能办：" + _lead(guide, Facet.ELIGIBILITY),
        "带什么：" + "".join(f"\n{place}. {line}" for place, line in enumerate(materials, 1)),
        "怎么办：" + _lead(guide, Facet.STEPS),
        "去哪办：" + _lead(guide, Facet.PLACE),
        "网上办：" + _lead(guide, Facet.ONLINE),
        "代办：" + _lead(guide, Facet.PROXY),
        "多久：" + _lead(guide, Facet.TIME),
        "多少钱：" + _lead(guide, Facet.FEE),
        *(f"听说“{myth.heard}”。实际：{_stop(myth.fact)}" for myth in guide.myths),
        "依据：" + _lead(guide, Facet.BASIS),
        f"本市还要核实的：{'、'.join(guide.local_gaps)}。" if guide.local_gaps else "",
        _sources(guide.origin),
        _seen(guide.origin),
        trust(guide.origin),
    )


def _disclosure_card(row: Disclosure) -> str:
    content = "；".join(row.content[:8]) or PENDING
    return _joined(
        f"【{row.title}】应不应该公开：{_attribute(row)}",
        f"按国家统一的公开标准，要公开的是：{_stop(content)}",
        f"谁来公开：{_stop(row.body or PENDING)}",
        f"什么时候：{_stop(row.time_limit or PENDING)}",
        f"去哪看：{_stop('、'.join(row.channels) or PENDING)}",
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


def _full_disclosure(row: Disclosure) -> str:
    return _joined(
        f"【{row.title}】（{row.domain}）",
        f"公开内容：{_stop('；'.join(row.content) or PENDING)}",
        f"公开依据（目录原文）：{_stop(_bases(row.bases) or PENDING)}",
        f"公开时限：{_stop(row.time_limit or PENDING)}",
        f"公开主体：{_stop(row.body or PENDING)}",
        f"公开渠道：{_stop('、'.join(row.channels) or PENDING)}",
        f"公开对象：{_stop(row.audience or PENDING)}",
        f"公开方式：{_stop(row.method or row.attribute or PENDING)}",
        f"公开层级：{_stop('、'.join(row.levels) or PENDING)}",
        f"五公开：{_stop(row.five_kind or PENDING)}",
        _sources(row.origin),
        trust(row.origin),
    )


def _policy_card(policy: Policy) -> str:
    number = policy.number if policy.number not in _UNKNOWN else "文号待核"
    return _joined(
        f"【{policy.title}】{policy.reading}",
        f"发文：{policy.issuer or PENDING}，{number}。",
        grounds(policy),
    )


def _bases(bases: tuple[Basis, ...]) -> str:
    return "；".join(
        f"《{basis.name.strip('《》')}》{basis.article}" + (f"（{basis.note}）" if basis.note else "")
        for basis in bases
    )


def _sources(origin: Origin) -> str:
    shown = [f"{item.title} {item.address}" for item in origin.sources if item.address.startswith("http")]
    return "原文地址：" + "；".join(shown) if shown else ""


def _seen(origin: Origin) -> str:
    return f"原文摘录：“{origin.evidence[0].excerpt}”" if origin.evidence else ""


def _copies(copies: str) -> str:
    return copies if not copies.isdigit() else f"{copies}份"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _stop(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text.rstrip("；，、") + "。"


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
