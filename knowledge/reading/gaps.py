"""What the city still has to fill in or confirm, entry by entry."""

from collections.abc import Iterator

from knowledge.model import Disclosure, Guide, Material
from knowledge.reading.common import NOT_REVIEWED
from knowledge.reading.draft import Draft
from knowledge.reading.problems import Ledger

OPEN = ("待核", "待补")


def list_gaps(draft: Draft, ledger: Ledger) -> None:
    """Note every open field of one entry under its responsible unit."""
    for field, message in _gaps(draft):
        ledger.gap(draft.file, draft.line(field), field, message, draft.entry.origin.unit)


def _gaps(draft: Draft) -> Iterator[tuple[str, str]]:
    entry = draft.entry
    if isinstance(entry, Guide):
        yield from _guide_gaps(entry)
    if isinstance(entry, Disclosure):
        yield from _row_gaps(entry)
    if entry.origin.checked_on is None:
        yield "核对日期", "待核：依据原文还没有读过"
    elif not entry.origin.evidence:
        yield "证据", "待补：写了核对日期，没有摘录"
    if entry.origin.review == NOT_REVIEWED:
        yield "审核", "待核：未经本市审核"


def _guide_gaps(guide: Guide) -> Iterator[tuple[str, str]]:
    fields = [
        ("网办", guide.online),
        ("代办", guide.proxy),
        ("办理入口", guide.hands_to),
        ("时限.法定", guide.legal_limit),
        ("时限.承诺", guide.promised_limit),
        ("费用", guide.fee),
    ]
    fields += [(f"去哪办[{number}].地点", place.office) for number, place in enumerate(guide.places, 1)]
    for number, material in enumerate(guide.materials, 1):
        fields += [(f"材料[{number}].{name}", value) for name, value in _material_fields(material)]
    for field, value in fields:
        if value.startswith(OPEN):
            yield field, value
    for number, matter in enumerate(guide.local_gaps, 1):
        yield f"本地待核[{number}]", f"待核：{matter}"


def _material_fields(material: Material) -> tuple[tuple[str, str], ...]:
    return (
        ("形式", material.form),
        ("份数", material.copies),
        ("从哪来", material.origin),
        ("空白表", material.blank),
        ("填写说明", material.filling),
        ("样表", material.sample),
    )


def _row_gaps(row: Disclosure) -> Iterator[tuple[str, str]]:
    elements = (
        ("公开内容", bool(row.content)),
        ("依据", bool(row.bases)),
        ("时限", bool(row.time_limit)),
        ("渠道", bool(row.channels)),
        ("公开对象", bool(row.audience)),
        ("公开方式", bool(row.method)),
        ("层级", bool(row.levels)),
        ("五公开", bool(row.five_kind)),
        ("属性", bool(row.attribute)),
        ("来源", any(source.address for source in row.origin.sources)),
    )
    for field, filled in elements:
        if not filled:
            yield field, "待核：空着"
