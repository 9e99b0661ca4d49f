"""What staff may teach, one change at a time, and the knowledge files it makes.

Pure: a change and the texts in force give the changed texts. Whether they may be used is for
:mod:`knowledge.replay` to find out and for a second person to decide.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from knowledge.masking import mask
from knowledge.model import Disclosure, Entry
from knowledge.reading.csv_lines import FORMULA
from knowledge.reading.files import HIDDEN
from knowledge.reading.lexicon_files import SYNONYM_KINDS
from knowledge.reading.pairs import COLUMNS as PAIR_COLUMNS, FILE as PAIRS
from knowledge.text import normalise
from knowledge.text_edits import EditError, with_cell_item, with_line, with_list_item, with_row, without_row

SYNONYMS, WORDS = "lexicon/everyday.csv", "lexicon/words.txt"
LONGEST_PHRASING, LONGEST_NAME = 60, 20
Texts = Mapping[str, str]


class NotLearnedError(Exception):
    """The change cannot be made; the reason is Chinese."""


@dataclass(frozen=True, slots=True)
class AddPhrasing:
    """People ask for *entry_id* in these *words* too."""

    entry_id: str
    words: str


@dataclass(frozen=True, slots=True)
class AddAlias:
    """The matter of *entry_id* is also called *name*."""

    entry_id: str
    name: str


@dataclass(frozen=True, slots=True)
class AddSynonym:
    """People say *said* for *standard*, whatever it stood for before; *kind* is 俗称, 旧名, 简称, 错字 or 方言."""

    said: str
    standard: str
    kind: str
    origin: str


@dataclass(frozen=True, slots=True)
class AddWord:
    """*word* is one word and is not cut; its meaning, where it has an official one, is an AddSynonym."""

    word: str


@dataclass(frozen=True, slots=True)
class NotThis:
    """*words* do not ask for *entry_id*."""

    words: str
    entry_id: str
    origin: str


Change = AddPhrasing | AddAlias | AddSynonym | AddWord | NotThis


def changed(change: Change, texts: Texts, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the texts that *change* makes new, by path.

    Raises:
        NotLearnedError: it says nothing new, or cannot be written.
    """
    try:
        match change:
            case AddPhrasing(entry_id, words):
                return _named(_entry(entry_id, entries), "问法", _new_phrasing(entry_id, words, entries), texts)
            case AddAlias(entry_id, name):
                return _alias(_entry(entry_id, entries), _sound(name, "别名", LONGEST_NAME), texts)
            case AddSynonym():
                return _synonym(change, texts)
            case AddWord(word):
                return _word(_sound(word, "词", LONGEST_NAME), texts)
            case NotThis(words, entry_id, origin):
                return _pair(_sound(words, "说法", LONGEST_PHRASING), _entry(entry_id, entries), origin, texts)
            case _:
                assert_never(change)
    except EditError as error:
        raise NotLearnedError(str(error)) from None


def described(change: Change, entries: Mapping[str, Entry]) -> str:
    """Return what *change* does, in one Chinese sentence without its full stop."""

    def title(entry_id: str) -> str:
        return entries[entry_id].title if entry_id in entries else entry_id

    match change:
        case AddPhrasing(entry_id, words):
            return f"“{title(entry_id)}”加一个问法：{words}"
        case AddAlias(entry_id, name):
            return f"“{title(entry_id)}”加一个别名：{name}"
        case AddSynonym(said, standard, kind, _):
            return f"加一个{kind}：“{said}”就是“{standard}”"
        case AddWord(word):
            return f"加一个词：{word}"
        case NotThis(words, entry_id, _):
            return f"“{words}”问的不是“{title(entry_id)}”"
        case _:
            assert_never(change)


def _entry(entry_id: str, entries: Mapping[str, Entry]) -> Entry:
    if entry_id not in entries:
        raise NotLearnedError(f"没有“{entry_id[:40]}”这条资料")
    return entries[entry_id]


def _sound(words: str, label: str, longest: int) -> str:
    """Words that can stand in a table cell and hold nobody's data."""
    words = words.strip()
    if not 2 <= len(words) <= longest:
        raise NotLearnedError(f"{label}要 2 到 {longest} 个字，现在 {len(words)} 个")
    if "；" in words or not words.isprintable() or HIDDEN.search(words) or words.startswith(FORMULA):
        raise NotLearnedError(f"{label}里不能有换行、分号“；”，也不能用 = + - @ 开头")
    if mask(words) != words:
        raise NotLearnedError(f"{label}里像有电话、证件号这样的个人信息，请去掉")
    return words


def _new_phrasing(entry_id: str, words: str, entries: Mapping[str, Entry]) -> str:
    words = _sound(words, "问法", LONGEST_PHRASING)
    plain = normalise(words)
    for entry in entries.values():
        if any(normalise(one) == plain for one in entry.phrasings):
            whose = "这条" if entry.id == entry_id else f"“{entry.title}”"
            raise NotLearnedError(f"“{words}”已经是{whose}的问法了")
    return words


def _alias(entry: Entry, name: str, texts: Texts) -> dict[str, str]:
    if name == entry.title or name in entry.aliases:
        raise NotLearnedError(f"“{name}”已经是这条的名称了")
    return _named(entry, "别名", name, texts)


def _named(entry: Entry, field: str, words: str, texts: Texts) -> dict[str, str]:
    path = entry.origin.file
    text = _text(path, texts)
    if isinstance(entry, Disclosure):
        number = entry.id.partition(":")[2]
        return {path: with_cell_item(text, ("编号", number), "俗称" if field == "别名" else field, words)}
    return {path: with_list_item(text, field, words)}


def _synonym(change: AddSynonym, texts: Texts) -> dict[str, str]:
    said, standard = _sound(change.said, "说法", LONGEST_NAME), _sound(change.standard, "标准词", LONGEST_NAME)
    origin = _sound(change.origin, "出处", LONGEST_PHRASING)
    if change.kind not in SYNONYM_KINDS:
        raise NotLearnedError(f"种类只能是 {'、'.join(SYNONYM_KINDS)}")
    if said == standard:
        raise NotLearnedError("说法和标准词一样，不用写")
    text = texts.get(SYNONYMS, "")
    rows = {row[0].strip(): row[1].strip() for row in csv.reader(io.StringIO(text)) if len(row) > 1}
    if rows.get(said) == standard:
        raise NotLearnedError(f"词表里已经有了：“{said}”就是“{standard}”")
    if said in rows:
        text = without_row(text, said)
    return {SYNONYMS: with_row(text, ("说法", "标准词", "种类", "出处"), (said, standard, change.kind, origin))}


def _word(word: str, texts: Texts) -> dict[str, str]:
    text = texts.get(WORDS, "")
    if word in text.split("\n"):
        raise NotLearnedError(f"“{word}”已经在词表里了")
    if any(sign.isspace() for sign in word):
        raise NotLearnedError("词中间不能有空格")
    return {WORDS: with_line(text, word)}


def _pair(words: str, entry: Entry, origin: str, texts: Texts) -> dict[str, str]:
    origin, text = _sound(origin, "出处", LONGEST_PHRASING), texts.get(PAIRS, "")
    if f"{words},{entry.id}," in text:
        raise NotLearnedError("这一对已经标过了")
    return {PAIRS: with_row(text, PAIR_COLUMNS, (words, entry.id, origin))}


def _text(path: str, texts: Texts) -> str:
    if path not in texts:
        raise NotLearnedError(f"找不到文件 {path}")
    return texts[path]
