"""Word lists and places: ``lexicon/everyday.csv``, ``plain.csv``, ``words.txt``, ``units/places.csv``."""

from collections.abc import Iterator

from knowledge.reading.csv_lines import Row, read_rows
from knowledge.reading.files import TextFile
from knowledge.reading.problems import Ledger
from knowledge.vocabulary import PlainTerm, Settlement, Synonym

SYNONYM_KINDS = ("俗称", "旧名", "简称", "错字", "方言")
SETTLEMENT_KINDS = ("村", "社区")


def read_synonyms(file: TextFile, ledger: Ledger) -> tuple[Synonym, ...]:
    """Read the everyday words; each needs an origin, and no word may stand for itself."""
    found: list[Synonym] = []
    for row in _filled(file, ("说法", "标准词", "种类", "出处"), "说法", ledger):
        get = row.cells.__getitem__
        if get("种类") not in SYNONYM_KINDS:
            ledger.error(file.name, row.line, "种类", f"只能写 {'、'.join(SYNONYM_KINDS)}")
        if get("说法") == get("标准词"):
            ledger.error(file.name, row.line, "标准词", "和说法一样，不用写")
        found.append(Synonym(get("说法"), get("标准词"), get("种类"), get("出处")))
    return tuple(found)


def read_plain_terms(file: TextFile, ledger: Ledger) -> tuple[PlainTerm, ...]:
    """Read the official terms with their plain rendering."""
    rows = _filled(file, ("官话", "大白话"), "官话", ledger)
    return tuple(PlainTerm(row.cells["官话"], row.cells["大白话"]) for row in rows)


def read_settlements(file: TextFile, ledger: Ledger) -> tuple[Settlement, ...]:
    """Read villages and communities; a name is used once in its 镇 or 街道."""
    found: dict[str, Settlement] = {}
    for row in _filled(file, ("镇街", "村社区", "种类"), None, ledger):
        place = Settlement(row.cells["镇街"], row.cells["村社区"], row.cells["种类"])
        if place.kind not in SETTLEMENT_KINDS:
            ledger.error(file.name, row.line, "种类", "只能写 村 或 社区")
        if place.path in found:
            ledger.error(file.name, row.line, "村社区", f"{place.path} 写了两次")
        found[place.path] = place
    return tuple(found.values())


def read_words(file: TextFile, ledger: Ledger) -> tuple[str, ...]:
    """Read one word a line; empty lines are skipped."""
    seen: dict[str, int] = {}
    for line, text in enumerate(file.text.split("\n"), 1):
        word = text.strip()
        if word in seen:
            ledger.error(file.name, line, word, f"这个词写了两次，第 {seen[word]} 行已经有了")
        elif any(sign.isspace() for sign in word):
            ledger.error(file.name, line, word, "一行只写一个词，中间不能有空格")
        elif word:
            seen[word] = line
    return tuple(seen)


def _filled(file: TextFile, columns: tuple[str, ...], key: str | None, ledger: Ledger) -> Iterator[Row]:
    """Yield rows whose cells are all filled and whose *key* cell is new."""
    seen: dict[str, int] = {}
    for row in read_rows(file, columns, ledger):
        for name in [name for name in columns if not row.cells[name]]:
            ledger.error(file.name, row.line, name, "不能空着")
        word = row.cells[key] if key else ""
        if word and key and word in seen:
            ledger.error(file.name, row.line, key, f"“{word[:20]}”写了两次，第 {seen[word]} 行已经有了")
        elif all(row.cells[name] for name in columns):
            seen[word] = row.line
            yield row
