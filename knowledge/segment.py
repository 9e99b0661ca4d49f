"""Cut Chinese text into words with jieba, its noise and its shared cache kept out."""

import logging
import re
from collections.abc import Iterable

import jieba

_DOMAIN_FREQUENCY = 2000
_WORD = re.compile(r"^\w{2,12}$")


class Segmenter:
    """A tokenizer of our own with domain words, loaded when made and read-only after that."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        # Filled by hand: jieba's own way writes a cache into the shared temporary directory.
        frequencies, total = self._tokenizer.gen_pfdict(self._tokenizer.get_dict_file())
        self._tokenizer.FREQ, self._tokenizer.total = frequencies, total
        self._tokenizer.initialized = True
        for word in words:
            if _WORD.match(word):
                self._tokenizer.add_word(word, _DOMAIN_FREQUENCY)

    def words(self, text: str) -> list[str]:
        """Words in reading order, compounds followed by the shorter words inside them."""
        return list(self._tokenizer.cut_for_search(text))

    def plain_words(self, text: str) -> list[str]:
        """Words in reading order, each character in exactly one of them."""
        return list(self._tokenizer.cut(text))
