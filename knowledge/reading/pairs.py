"""``lexicon/not_this.csv``: words that staff marked as not meaning an entry."""

from dataclasses import dataclass

from knowledge.reading.csv_lines import read_rows
from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger

FILE = "lexicon/not_this.csv"
COLUMNS = ("说法", "不是", "出处")


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """*words* must not be answered with the entry *entry_id*; *origin* tells who said so."""

    words: str
    entry_id: str
    origin: str


def read_pairs(file: TextFile, ledger: Ledger) -> tuple[MarkedPair, ...]:
    """Read the pairs; each cell is filled, each pair stands once. An entry that is gone meanwhile is no fault."""
    found: dict[tuple[str, str], MarkedPair] = {}
    for row in read_rows(file, COLUMNS, ledger):
        words, entry_id, origin = (row.cells[name] for name in COLUMNS)
        if not (words and entry_id and origin):
            ledger.error(file.name, row.line, "整行", "说法、不是、出处都要写")
        elif (words, entry_id) in found:
            ledger.error(file.name, row.line, "说法", f"“{words[:20]}”和这一条已经写过了")
        else:
            found[words, entry_id] = MarkedPair(words, entry_id, origin)
    return tuple(found.values())
