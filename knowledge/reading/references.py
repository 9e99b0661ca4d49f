"""What can only be seen across entries: names used twice, names that lead nowhere."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from knowledge.model import Bundle
from knowledge.reading.draft import Draft
from knowledge.reading.problems import Ledger

_SIGNS = re.compile(r"[\W_]+")


def check_identity(drafts: Sequence[Draft], ledger: Ledger) -> None:
    """Report every id that two entries share, in both places."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        first = seen.setdefault(draft.entry.id, draft)
        if first is not draft:
            kind, _, name = draft.entry.id.partition(":")
            field = "编号" if kind == "disclosure" else "文件名"
            _clash((first, field), (draft, field), name, ledger)


def check_bundles(drafts: Sequence[Draft], ledger: Ledger) -> None:
    """Report guides that a bundle names but nobody wrote."""
    known = {draft.entry.id for draft in drafts}
    for draft in drafts:
        if isinstance(draft.entry, Bundle):
            _check_bundle(draft, draft.entry, known, ledger)


def _check_bundle(draft: Draft, bundle: Bundle, known: Iterable[str], ledger: Ledger) -> None:
    for number, slug in enumerate(bundle.guides, 1):
        place = f"指南[{number}]"
        if f"guide:{slug}" not in known:
            ledger.error(draft.file, draft.line(place), place, f"没有“{slug}”这篇指南")
        elif slug in bundle.guides[: number - 1]:
            ledger.error(draft.file, draft.line(place), place, f"“{slug}”写了两次")


def check_phrasings(drafts: Sequence[Draft], ledger: Ledger) -> None:
    """Report phrasings that stand twice, punctuation and width aside, in both places."""
    seen: dict[str, tuple[Draft, str]] = {}
    for draft in drafts:
        for number, phrasing in enumerate(draft.entry.phrasings, 1):
            here = (draft, f"问法[{number}]")
            first = seen.setdefault(folded(phrasing), here)
            if first is not here:
                _clash(first, here, phrasing, ledger)


def _clash(one: tuple[Draft, str], other: tuple[Draft, str], words: str, ledger: Ledger) -> None:
    for (draft, field), (there, far) in ((one, other), (other, one)):
        message = f"“{words[:30]}”写了两次，{ledger.shown(there.file)}:{there.line(far)} 也有"
        ledger.error(draft.file, draft.line(field), field, message)


def check_units(drafts: Sequence[Draft], units: frozenset[str], ledger: Ledger) -> None:
    """Note responsible units that the 派单目录 does not know, with or without 市 in front."""
    for draft in drafts:
        unit = draft.entry.origin.unit
        if units and unit and unit not in units and f"市{unit}" not in units:
            message = f"待核：派单目录里没有“{unit[:20]}”"
            ledger.gap(draft.file, draft.line("责任单位"), "责任单位", message, unit)


def folded(text: str) -> str:
    """Return *text* without width, case and punctuation, for comparing."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
