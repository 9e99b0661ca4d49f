"""What a text is indexed under: its words, its one- and two-character grams, its two-syllable grams."""

from collections.abc import Iterable

from knowledge.pinyin import is_code

WORD, SOUND, UNIGRAM, BIGRAM = 0, 1, 2, 3
WORD_MARK = "\x01"


def text_terms(plain: str, words: Iterable[str]) -> list[str]:
    """The distinct characters, character pairs and words of one text, in a fixed order."""
    terms = list(plain)
    terms += map(str.__add__, plain, plain[1:])
    terms += [WORD_MARK + word for word in words if len(word) > 1]
    return list(dict.fromkeys(terms))


def sound_terms(spoken: str) -> list[str]:
    """The distinct two-syllable grams of a spelt text; pairs with other characters in them count as text."""
    return list(dict.fromkeys(map(str.__add__, spoken, spoken[1:])))


def terms_of(plain: str, spoken: str, words: Iterable[str]) -> list[str]:
    """All terms a row is indexed under."""
    sounds = [pair for pair in sound_terms(spoken) if is_code(pair[0]) and is_code(pair[1])]
    return text_terms(plain, words) + sounds


def class_of(term: str) -> int:
    """Which kind of term it is."""
    if term[0] == WORD_MARK:
        return WORD
    if is_code(term[0]):
        return SOUND
    return UNIGRAM if len(term) == 1 else BIGRAM
