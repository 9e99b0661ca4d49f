"""A service guide in plain words: one screen, or everything."""

from collections.abc import Sequence

from knowledge.cards.common import (
    PENDING,
    UNKNOWN,
    bases_line,
    grounds,
    joined,
    material_line,
    numbered,
    seen_line,
    sources_line,
    stop,
    trust,
)
from knowledge.model import Branch, Facet, Guide, Leaf, Material

BRIEF = 72
"""Characters of a slot nobody asked for; the full list stands behind 看原文."""
_End = tuple[tuple[str, ...], Leaf]
_ORDER = (Facet.ELIGIBILITY, Facet.MATERIALS, Facet.PLACE, Facet.TIME, Facet.FEE)
_CONCLUDED = frozenset({Facet.ELIGIBILITY, Facet.STEPS})
LABELS = {
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


def guide_card(guide: Guide, facets: tuple[Facet, ...]) -> str:
    """The asked sides in full and the conclusion, then the other slots in brief: one screen of a phone.

    Whether something can be done, and how, begins with the conclusion; papers, money, place and time
    begin with what was asked.
    """
    asked = [f"{LABELS[side]}：{_asked(guide, side)}" for side in facets]
    rest = [f"{LABELS[side]}：{_brief(guide, side)}" for side in _ORDER if side not in facets]
    lead = (*asked, guide.conclusion) if facets and facets[0] not in _CONCLUDED else (guide.conclusion, *asked)
    return joined(f"【{guide.title}】", *lead, *rest, grounds(guide))


def _asked(guide: Guide, side: Facet) -> str:
    if side is Facet.MATERIALS and guide.situations is not None:
        return _by_situation(guide, limit=2 * BRIEF)
    return tell(guide, side)


def _brief(guide: Guide, side: Facet) -> str:
    if side is Facet.ELIGIBILITY:
        return _within(list(guide.eligibility) or [guide.conclusion])
    if side is Facet.MATERIALS and guide.situations is not None:
        return _by_situation(guide, BRIEF)
    if side is Facet.MATERIALS and guide.materials:
        return _within([material_line(material) for material in guide.materials])
    return tell(guide, side)


def _by_situation(guide: Guide, limit: int) -> str:
    """What everybody brings, whatever the situation; the exact list follows the choice below."""
    lists = [set(leaf.materials) for _, leaf in _leaves(guide.situations)]
    always = [item for item in guide.materials if all(item.name in listed for listed in lists)]
    if not always:
        return "看您是哪种情况，选下面的数字，给您全部清单。"
    told = numbered([material_line(item) for item in always]).rstrip("。")
    if len(told) > limit:
        told = f"{'、'.join(item.name for item in always[:3])}等{len(always)}样"
    return (
        f"都要带：{told}。"
        if all(len(listed) == len(always) for listed in lists)
        else f"都要带：{told}。别的看情况，见下面。"
    )


def _about(guide: Guide, item: Material) -> list[str]:
    """One paper, when it is needed where not everybody needs it, and where it comes from."""
    told = [material_line(item)]
    if when := _only_when(item, _leaves(guide.situations)):
        told.append(f"只在这种情况要：{when}")
    return told + [f"从哪来：{item.origin}"] * (item.origin not in UNKNOWN)


def _only_when(item: Material, leaves: Sequence[_End]) -> str:
    """The one answer that tells those who need a paper from the others, else all their situations."""
    needed = [path for path, leaf in leaves if item.name in leaf.materials]
    if not needed or len(needed) == len(leaves):
        return ""
    for said in needed[0]:
        if [path for path, _ in leaves if said in path] == needed:
            return said
    return "；或者".join("，".join(path) for path in needed)


def _leaves(node: Branch | Leaf | None, path: tuple[str, ...] = ()) -> list[_End]:
    """Every end of the tree with the answers that led to it."""
    match node:
        case Branch(options=options):
            return [found for said, below in options for found in _leaves(below, (*path, said))]
        case Leaf():
            return [(path, node)]
        case None:
            return []


def _within(items: list[str], limit: int = BRIEF) -> str:
    """Number as many items as fit *limit* characters, and say when there are more."""
    for count in range(len(items), 0, -1):
        told = numbered(items[:count])
        if len(told) <= limit or count == 1:
            return told if count == len(items) else f"{told.rstrip('。')}……共{len(items)}条，回复“看原文”。"
    return ""


def tell(guide: Guide, facet: Facet) -> str:
    """Say one side of a guide in full."""
    match facet:
        case Facet.ELIGIBILITY:
            return numbered(list(guide.eligibility)) if guide.eligibility else stop(guide.conclusion)
        case Facet.MATERIALS:
            lines = [material_line(material) for material in guide.materials]
            return numbered(lines) if lines else stop(f"材料{PENDING}")
        case Facet.PLACE:
            return stop("；".join(dict.fromkeys(place.office for place in guide.places)) or PENDING)
        case Facet.TIME:
            return stop(_limit(guide))
        case Facet.FEE:
            return stop(guide.fee if guide.fee not in UNKNOWN else PENDING)
        case Facet.STEPS:
            return numbered(list(guide.steps)) if guide.steps else stop(f"流程{PENDING}")
        case Facet.PROXY:
            return stop(guide.proxy if guide.proxy not in UNKNOWN else PENDING)
        case Facet.ONLINE:
            return stop(_online(guide))
        case Facet.BASIS:
            return stop(bases_line(guide.bases) or PENDING)
        case Facet.FORM:
            return _forms(guide)
        case Facet.RUMOUR:
            return " ".join(f"听说“{myth.heard}”：{stop(myth.fact)}" for myth in guide.myths) or guide.conclusion


def _limit(guide: Guide) -> str:
    legal = guide.legal_limit if guide.legal_limit not in UNKNOWN else f"法定时限{PENDING}"
    return legal if guide.promised_limit in UNKNOWN else f"{legal.rstrip('。')}；承诺{guide.promised_limit}"


def _online(guide: Guide) -> str:
    told = guide.online if guide.online not in UNKNOWN else f"能不能网上办{PENDING}"
    return f"{told.rstrip('。')}。入口：{guide.hands_to}" if guide.hands_to not in UNKNOWN else told


def _forms(guide: Guide) -> str:
    """The papers to fill in: where the blank is known, what to write where that is known."""
    forms = [item for item in guide.materials if item.blank]
    if not forms:
        return "这件事没有专门的表格，或者表格待核。"
    missing = [item.name for item in forms if item.blank in UNKNOWN]
    told = [f"{item.name}：{item.blank}" for item in forms if item.blank not in UNKNOWN]
    told += [f"要填{'、'.join(missing)}。空白表本号还没有（待补），到窗口领"] * bool(missing)
    told += [f"{item.name}怎么填：{item.filling}" for item in forms if item.filling not in UNKNOWN]
    return numbered(told)


def full_guide(guide: Guide) -> str:
    """Say everything the guide holds, for 看原文."""
    materials = [stop("，".join(_about(guide, item))) for item in guide.materials]
    return joined(
        f"【{guide.title}】{guide.conclusion}",
        "谁能办：" + tell(guide, Facet.ELIGIBILITY),
        "带什么：" + "".join(f"\n{place}. {line}" for place, line in enumerate(materials, 1)),
        "怎么办：" + tell(guide, Facet.STEPS),
        "去哪办：" + tell(guide, Facet.PLACE),
        "网上办：" + tell(guide, Facet.ONLINE),
        "代办：" + tell(guide, Facet.PROXY),
        "多久：" + tell(guide, Facet.TIME),
        "多少钱：" + tell(guide, Facet.FEE),
        *(f"听说“{myth.heard}”。实际：{stop(myth.fact)}" for myth in guide.myths),
        "依据：" + tell(guide, Facet.BASIS),
        f"本市还要核实的：{'、'.join(guide.local_gaps)}。" if guide.local_gaps else "",
        sources_line(guide.origin),
        seen_line(guide.origin),
        trust(guide.origin),
    )
