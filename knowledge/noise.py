"""Spoil a question the way phones and people do, for fitting and for measuring.

The caller's random generator decides; the same generator gives the same text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from random import Random

import opencc

_FILLED_BEFORE = ("请问一下，", "你好，", "您好我想问下，", "那个，", "麻烦问一下，")
_FILLED_AFTER = ("，谢谢", "，急！", "啊", "，在线等", "呢？谢谢了")
_CLAUSE_MARKS = "，,。？?！!；; "
Spoiler = Callable[[str, Random], str]


class Homophones:
    """Characters of the same loose sound, drawn from the texts themselves so that they are usual ones."""

    def __init__(self, texts: Iterable[str], spelling: Mapping[int, str]) -> None:
        sounds: defaultdict[str, list[str]] = defaultdict(list)
        for character in sorted({character for text in texts for character in text}):
            if ord(character) in spelling:
                sounds[spelling[ord(character)]].append(character)
        self._spelling = spelling
        self._sounds = dict(sounds)

    def __call__(self, text: str, random: Random) -> str:
        """Replace about one character in eight, at least one where any has a homophone."""
        places = [place for place, character in enumerate(text) if len(self._alike(character)) > 1]
        if not places:
            return text
        written = list(text)
        for place in random.sample(places, max(1, min(len(places), len(text) // 8))):
            others = [other for other in self._alike(text[place]) if other != text[place]]
            written[place] = random.choice(others)
        return "".join(written)

    def _alike(self, character: str) -> list[str]:
        return self._sounds.get(self._spelling.get(ord(character), ""), [])


def drop_characters(text: str, random: Random) -> str:
    """Leave out about one character in twelve, at least one."""
    if len(text) < 4:
        return text
    gone = set(random.sample(range(len(text)), max(1, len(text) // 12)))
    return "".join(character for place, character in enumerate(text) if place not in gone)


def add_fillers(text: str, random: Random) -> str:
    """Put courtesies before and after."""
    return random.choice(_FILLED_BEFORE) + text + random.choice(_FILLED_AFTER)


def traditional(text: str, random: Random) -> str:
    """Write in traditional characters."""
    return str(opencc.OpenCC("s2t").convert(text))


def swap_order(text: str, random: Random) -> str:
    """Say the second part first, cut at a mark or near the middle."""
    marks = [place for place, character in enumerate(text[:-1]) if character in _CLAUSE_MARKS and place > 0]
    if marks:
        cut = random.choice(marks)
        return text[cut + 1 :] + "，" + text[:cut]
    cut = len(text) // 2 + random.randint(-1, 1)
    return text[cut:] + text[:cut] if len(text) > 5 else text


def spoilers(homophones: Homophones) -> dict[str, Spoiler]:
    """All kinds of noise by name."""
    return {
        "同音错字": homophones,
        "漏字": drop_characters,
        "客套话": add_fillers,
        "繁体": traditional,
        "语序": swap_order,
    }
