"""Spell characters by sound, loosely, so that homophone slips still meet.

Each syllable becomes one private-use character: strings of them can be cut into
grams and compared like any text. Sounds that local speech and typing mix up
(zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in) are one syllable here. A
character with several readings counts as its first one, on both sides alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

_FIRST_CODE = 0xE000
_HAN = range(0x4E00, 0xA000)
_MERGED = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?!$)"), "l"),
    (re.compile(r"([aei])ng$"), r"\1n"),
)


def spelling_table() -> dict[int, str]:
    """A ``str.translate`` table from characters to one code per loose syllable."""
    from pypinyin.pinyin_dict import pinyin_dict  # heavy; a cached index does not need it

    codes: dict[str, str] = {}
    table: dict[int, str] = {}
    for point in _HAN:
        readings = pinyin_dict.get(point)
        if readings:
            syllable = loose(readings.split(",")[0])
            table[point] = codes.setdefault(syllable, chr(_FIRST_CODE + len(codes)))
    return table


@lru_cache(maxsize=4096)
def loose(reading: str) -> str:
    """One reading without tone and with easily confused sounds merged."""
    letters = unicodedata.normalize("NFD", reading.lower())
    plain = "".join(mark for mark in letters if not unicodedata.combining(mark))
    for pattern, merged in _MERGED:
        plain = pattern.sub(merged, plain)
    return plain


def is_code(character: str) -> bool:
    """Whether *character* stands for a syllable."""
    return "\ue000" <= character < "\uf8ff"


def alike_characters(vocabulary: Iterable[str], spelling: Mapping[int, str]) -> dict[str, str]:
    """The characters in use of each loose sound, in the order of the vocabulary."""
    found: defaultdict[str, str] = defaultdict(str)
    for term in vocabulary:
        if len(term) == 1 and (sound := spelling.get(ord(term))):
            found[sound] += term
    return dict(found)
