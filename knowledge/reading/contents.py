"""All of the catalogs, read once: entries with their lines, word lists, places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from knowledge.model import Entry
from knowledge.reading.bundles import read_bundle
from knowledge.reading.csv_lines import read_rows
from knowledge.reading.draft import Draft
from knowledge.reading.faq import read_faq
from knowledge.reading.files import TextFile, digest, read_files
from knowledge.reading.guides import read_guide
from knowledge.reading.lexicon_files import read_plain_terms, read_settlements, read_synonyms, read_words
from knowledge.reading.pairs import FILE as PAIRS, MarkedPair, read_pairs
from knowledge.reading.policies import read_policy
from knowledge.reading.problems import Ledger
from knowledge.reading.record import Record
from knowledge.reading.tables import read_table
from knowledge.reading.yaml_lines import Map, parse
from knowledge.vocabulary import PlainTerm, Settlement, Synonym

ROOMS: dict[str, Callable[[Record], Entry]] = {
    "guides": read_guide,
    "faq": read_faq,
    "policies": read_policy,
    "bundles": read_bundle,
}


@dataclass(slots=True)
class Contents:
    """What was read so far; frozen into a Library by the caller."""

    version: str = ""
    drafts: list[Draft] = field(default_factory=list)
    synonyms: tuple[Synonym, ...] = ()
    plain_terms: tuple[PlainTerm, ...] = ()
    words: tuple[str, ...] = ()
    not_this: tuple[MarkedPair, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    units: frozenset[str] = frozenset()
    """Names of the units of the 派单目录, empty where there is none."""


def read_contents(root: Path, overlay: Mapping[str, str | None], ledger: Ledger) -> Contents:
    """Read everything below *root* and in *overlay*; faults go to *ledger*, never an exception."""
    files = read_files(root, overlay, ledger)
    contents = Contents(version=digest(files))
    for file in files:
        _read_one(file, contents, ledger)
    return contents


def _read_one(file: TextFile, contents: Contents, ledger: Ledger) -> None:
    match file.name.partition("/")[0], PurePosixPath(file.name).suffix:
        case ("guides" | "faq" | "policies" | "bundles") as room, ".yaml":
            contents.drafts.extend(_entry(file, ROOMS[room], ledger))
        case "disclosure", ".csv":
            contents.drafts.extend(Draft(row, {}) for row in read_table(file, ledger))
        case (("lexicon" | "units" | "calendar"), _):
            _read_list(file, contents, ledger)
        case _:
            ledger.error(file.name, 1, "文件", "这个目录里不放这种文件")


def _entry(file: TextFile, read: Callable[[Record], Entry], ledger: Ledger) -> tuple[Draft, ...]:
    def fault(line: int, field: str, message: str) -> None:
        ledger.error(file.name, line, field, message)

    node = parse(file.text, fault)
    if node is None:
        return ()
    if not isinstance(node, Map):
        fault(1, "文件", "要一行一个字段，写成“字段: 内容”")
        return ()
    lines: dict[str, int] = {}
    return (Draft(read(Record(node, file.name, ledger, lines)), lines),)


def _read_list(file: TextFile, contents: Contents, ledger: Ledger) -> None:
    match file.name:
        case "lexicon/everyday.csv":
            contents.synonyms = read_synonyms(file, ledger)
        case "lexicon/plain.csv":
            contents.plain_terms = read_plain_terms(file, ledger)
        case "lexicon/words.txt":
            contents.words = read_words(file, ledger)
        case name if name == PAIRS:
            contents.not_this = read_pairs(file, ledger)
        case "units/places.csv":
            contents.settlements = read_settlements(file, ledger)
        case name if name.endswith(".csv"):
            # Calendar and routing have their own readers; here only what holds for any table.
            rows = tuple(read_rows(file, None, ledger))
            if name == "units/units.csv":
                contents.units = frozenset(row.cells.get("名称", "") for row in rows)
        case _:
            ledger.error(file.name, 1, "文件", "这个目录里不放这种文件")
