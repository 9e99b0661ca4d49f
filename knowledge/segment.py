"""Cut Chinese text into words with jieba's dictionary, its noise and its shared cache kept out.

jieba's search for the most likely cut is written for any text and spends most of its time in
layers of generators; the same search stands here for what we cut all the time, letters, digits
and characters. What it yields is what jieba yields (tests/knowledge/test_segment.py).
"""

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from math import inf, log
from pathlib import Path

from knowledge.dictionary import read_words
from knowledge.quiet_jieba import finalseg, jieba

_DOMAIN_FREQUENCY = 2000
_WORD = re.compile(r"^\w{2,12}$")
_PLAIN = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9]+")


class Segmenter:
    """A tokenizer of our own with domain words, loaded when made and read-only after that."""

    def __init__(self, words: Iterable[str] = (), cache_dir: Path | None = None) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        held = read_words(cache_dir)
        self._tokenizer.FREQ, self._tokenizer.total = held.frequencies, held.total
        self._tokenizer.initialized = True
        for word in words:
            if _WORD.match(word):
                self._tokenizer.add_word(word, _DOMAIN_FREQUENCY)
        self._frequency: dict[str, int] = self._tokenizer.FREQ
        self._log_total = log(self._tokenizer.total)

    def words(self, text: str) -> list[str]:
        """Words in reading order, compounds followed by the shorter words inside them."""
        known = self._frequency.get
        found: list[str] = []
        for word in self.plain_words(text):
            for size in (2, 3):
                if len(word) > size:
                    inside = (word[start : start + size] for start in range(len(word) - size + 1))
                    found += [part for part in inside if known(part)]
            found.append(word)
        return found

    def plain_words(self, text: str) -> list[str]:
        """Words in reading order, each character in exactly one of them."""
        if not _PLAIN.fullmatch(text):
            return list(self._tokenizer.cut(text))
        ends = self._likeliest_ends(text)
        words: list[str] = []
        start = loose = 0
        while start < len(text):
            end = ends[start]
            if end - start > 1:
                words += self._loose(text[loose:start])
                words.append(text[start:end])
                loose = end
            start = end
        return words + self._loose(text[loose:])

    def _likeliest_ends(self, text: str) -> list[int]:
        """For each place where a word may begin, where it ends in the likeliest cut of the rest."""
        known, total, size = self._frequency.get, self._log_total, len(text)
        likelihood, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            best, best_end, end = -inf, start + 1, start + 1
            # The dictionary holds every beginning of a word, with frequency 0 if it is none itself.
            while end <= size and (frequency := known(text[start:end])) is not None:
                if frequency and (value := log(frequency) - total + likelihood[end]) >= best:
                    best, best_end = value, end
                end += 1
            likelihood[start] = best if best > -inf else likelihood[start + 1] - total
            ends[start] = best_end
        return ends

    def _loose(self, run: str) -> list[str]:
        """The words in a run of single characters: guessed, unless the run is a word of the dictionary."""
        if len(run) < 2 or self._frequency.get(run):
            return list(run)
        return list(_guessed(run))


@lru_cache(maxsize=4096)
def _guessed(run: str) -> tuple[str, ...]:
    return tuple(finalseg.cut(run))
