"""jieba's dictionary as a table ready to use: every word with its frequency, every beginning of a word with 0.

Reading it from jieba's text takes a third of a second, so the table is kept beside the index, as
plain numbers and text. jieba has a cache of its own, but writes it into the shared temporary
directory, never notices a newer dictionary, and reads it back more slowly than the text.
"""

import os
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from knowledge.quiet_jieba import jieba

_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """Frequencies by word, and their *total*, in which words the dictionary lists twice count twice."""

    frequencies: dict[str, int]
    total: int


def read_words(cache_dir: Path | None) -> Words:
    """The table, from *cache_dir* where it is there and whole, else made anew and kept there.

    It belongs to the caller, who may add words.
    """
    path = None if cache_dir is None else cache_dir / f"words-{version('jieba')}.npz"
    kept = _read(path) if path else None
    if kept is not None:
        return kept
    words = _shipped()
    if path:
        _write(path, words)
    return words


def _shipped() -> Words:
    with jieba.Tokenizer().get_dict_file() as file:
        fields = file.read().decode("utf-8").split()  # word, frequency, part of speech; again and again
    frequencies = [int(frequency) for frequency in fields[1::_FIELDS]]
    table = dict(zip(fields[::_FIELDS], frequencies, strict=True))
    for word in list(table):
        beginning = word[:-1]
        while beginning and beginning not in table:
            table[beginning] = 0
            beginning = beginning[:-1]
    return Words(table, sum(frequencies))


def _write(path: Path, words: Words) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = np.frombuffer("\n".join(words.frequencies).encode("utf-8"), np.uint8)
    numbers = np.fromiter(words.frequencies.values(), np.int64, len(words.frequencies))
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        np.savez(file, words=text, frequencies=numbers, total=np.int64(words.total))
    Path(name).replace(path)


def _read(path: Path) -> Words | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            words = held["words"].tobytes().decode("utf-8").split("\n")
            return Words(dict(zip(words, held["frequencies"].tolist(), strict=True)), int(held["total"]))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None
