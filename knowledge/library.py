"""The only door to the knowledge files: load them whole, or say what is wrong with them.

*overlay* holds what a city changed: file contents by path, ``None`` for a file withdrawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from knowledge.model import Entry
from knowledge.plain import Glossary, lint
from knowledge.reading.contents import Contents, read_contents
from knowledge.reading.dated import check_dates
from knowledge.reading.draft import Draft
from knowledge.reading.files import read_files
from knowledge.reading.gaps import list_gaps
from knowledge.reading.pairs import MarkedPair
from knowledge.reading.problems import Ledger, Problem, Report
from knowledge.reading.references import check_bundles, check_identity, check_phrasings, check_units
from knowledge.vocabulary import PlainTerm, Settlement, Synonym

SHOWN = 20
Overlay = Mapping[str, str | None]
UNCHANGED: Overlay = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the catalogs say, under one *version* (a SHA-256 over names and contents)."""

    entries: Mapping[str, Entry]
    lexicon: tuple[Synonym, ...]
    plain_terms: tuple[PlainTerm, ...]
    words: tuple[str, ...]
    places: tuple[Settlement, ...]
    version: str
    not_this: tuple[MarkedPair, ...] = ()


class LibraryError(Exception):
    """The catalogs cannot be used as they are; *problems* says why, file by file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        shown = "\n".join(str(problem) for problem in problems[:SHOWN])
        rest = len(problems) - SHOWN
        super().__init__(shown + (f"\n还有 {rest} 处" if rest > 0 else ""))
        self.problems = problems


def load(root: Path, overlay: Overlay = UNCHANGED) -> Library:
    """Read all of *root*, or raise with every fault that makes it unusable.

    Faults of wording, dates and double phrasings do not stop the service; :func:`check` finds them.

    Raises:
        LibraryError: a file, a field or a reference is broken.
    """
    ledger = Ledger(frozenset(overlay))
    contents = _read(root, overlay, ledger)
    if ledger.problems:
        raise LibraryError(tuple(sorted(ledger.problems)))
    return Library(
        entries=MappingProxyType({draft.entry.id: draft.entry for draft in contents.drafts}),
        lexicon=contents.synonyms,
        plain_terms=contents.plain_terms,
        words=contents.words,
        places=contents.settlements,
        version=contents.version,
        not_this=contents.not_this,
    )


def check(root: Path, today: date, overlay: Overlay = UNCHANGED) -> Report:
    """Read all of *root* and report every error and every gap as of *today*; never raises for content."""
    ledger = Ledger(frozenset(overlay))
    contents = _read(root, overlay, ledger)
    check_phrasings(contents.drafts, ledger)
    check_units(contents.drafts, contents.units, ledger)
    glossary = Glossary(contents.plain_terms)
    for draft in contents.drafts:
        check_dates(draft, today, ledger)
        _check_words(draft, glossary, ledger)
        list_gaps(draft, ledger)
    return Report(tuple(sorted(set(ledger.problems))), len(contents.drafts), contents.version)


def texts(root: Path, overlay: Overlay = UNCHANGED) -> dict[str, str]:
    """Return the text of every knowledge file in force by its path, sound or not."""
    return {file.name: file.text for file in read_files(root, overlay, Ledger())}


def gaps_by_unit(report: Report) -> dict[str, tuple[Problem, ...]]:
    """Return the gaps under each responsible unit, the unit with the most first."""
    units: dict[str, list[Problem]] = {}
    for gap in report.gaps:
        units.setdefault(gap.unit or "未写责任单位", []).append(gap)
    order = sorted(units, key=lambda unit: (-len(units[unit]), unit))
    return {unit: tuple(units[unit]) for unit in order}


def run_check(root: Path, out: TextIO, today: date, overlay: Overlay = UNCHANGED, *, full: bool = False) -> int:
    """Print the report on *root* to *out*; 1 when there is an error, 0 when only gaps remain.

    Gaps are summed up per unit; *full* prints each of them too.
    """
    report = check(root, today, overlay)
    for problem in report.errors:
        print(problem, file=out)
    for unit, gaps in gaps_by_unit(report).items():
        print(f"{unit}：{len(gaps)} 处待补、待核", file=out)
        for gap in gaps if full else ():
            print(f"  {gap}", file=out)
    print(
        f"共 {report.entries} 条，错误 {len(report.errors)} 处，待补待核 {len(report.gaps)} 处，"
        f"版本 {report.version[:12]}",
        file=out,
    )
    return 1 if report.errors else 0


def _check_words(draft: Draft, glossary: Glossary, ledger: Ledger) -> None:
    told = {(problem.file, problem.field) for problem in ledger.problems}
    for finding in lint(draft.entry, glossary):
        if (ledger.shown(draft.file), finding.field) in told:
            continue
        place = (draft.file, draft.line(finding.field), finding.field, finding.message)
        if finding.grave:
            ledger.error(*place)
        else:
            ledger.gap(*place, draft.entry.origin.unit)


def _read(root: Path, overlay: Overlay, ledger: Ledger) -> Contents:
    contents = read_contents(root, overlay, ledger)
    check_identity(contents.drafts, ledger)
    check_bundles(contents.drafts, ledger)
    return contents
