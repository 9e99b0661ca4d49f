"""What can only be seen across entries: names used twice, names that lead nowhere."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from knowledge.model import Bundle
from knowledge.reading.draft import Draft
from knowledge.reading.problems import Ledger

_SIGNS = re.compile(r"[\W_]+")


def check_identity(drafts: Sequence[Draft], ledger: Ledger) -> None:
    """Report every id that two entries share."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        first = seen.setdefault(draft.entry.id, draft)
        if first is not draft:
            kind, _, name = draft.entry.id.partition(":")
            field = "编号" if kind == "disclosure" else "文件名"
            message = f"“{name}”已经用在 {first.file}:{first.line('')}"
            ledger.error(draft.file, draft.line(""), field, message)


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
    """Report phrasings that two entries share, punctuation and width aside."""
    seen: dict[str, tuple[Draft, int]] = {}
    for draft in drafts:
        for number, phrasing in enumerate(draft.entry.phrasings, 1):
            key, place = folded(phrasing), f"问法[{number}]"
            if key in seen:
                first, line = seen[key]
                where = "本条" if first is draft else f"{first.file}:{line}"
                ledger.error(draft.file, draft.line(place), place, f"“{phrasing[:30]}”在{where}已经有了")
            else:
                seen[key] = (draft, draft.line(place))


def folded(text: str) -> str:
    """Return *text* without width, case and punctuation, for comparing."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()
