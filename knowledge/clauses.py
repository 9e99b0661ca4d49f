"""Find what a message asks: the asking clauses, with the matter they are about.

Long messages tell the family's case first and ask at the end; one message often asks
for papers, place and time of one matter, or for two matters. Clauses that only name a
side ("要带什么") belong to the matter named before them. The words stand in
``data/clauses.toml``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.facets import facets_of, without_facets
from knowledge.model import Facet
from knowledge.text import bare
from knowledge.wordlists import patterns

_NUMBERING = r"(?<=[一-鿿])\s*[(（]?\d{1,2}[、.)）](?=[一-鿿])"
_SENTENCE = re.compile(rf"[。！？!?；;\n]+|{_NUMBERING}")
_SENTENCES = re.compile(rf"(.+?)([。！？!?；;\n]+|{_NUMBERING}|$)")
_COMMA = re.compile(r"[,，、\s:：]+")
_CLOSING = "。！？!?；; "
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Clause:
    """One asking clause: *text* as shown, what to look up for it in order, and its sides.

    *queries* are its own words, *context* the same with what was said around it. *sure* tells a
    question about a matter it names from words that only look like one.
    """

    text: str
    queries: tuple[str, ...]
    facets: tuple[Facet, ...]
    context: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a message; *marked* where a question mark closes it."""

    text: str
    marked: bool

    @property
    def asks(self) -> bool:
        words = patterns("clauses")
        return self.marked or bool(words["asks"].search(words["opens"].sub("", self.text)))

    @property
    def surely(self) -> bool:
        words = patterns("clauses")
        said = words["opens"].sub("", self.text)
        return bool(said) and (self.marked or bool(words["surely"].search(said))) and has_own_matter(said)


def clauses_in(tidied: str, longest: int, most: int = 6) -> tuple[Clause, ...]:
    """The asking clauses of a message, in its order: the last *most* of them, never none."""
    body = tidied.rstrip(_CLOSING)
    if len(tidied) <= _SHORT and not _COMMA.search(body) and not _SENTENCE.search(body):
        return (Clause(tidied, (tidied,), facets_of(tidied)),)
    parts = _parts(tidied)
    groups = _grouped(parts)[-most:]
    if not groups:
        return (Clause(tidied, (tidied[-longest:],), facets_of(tidied)),)
    whole = tidied if len(groups) == 1 and len(parts) > len(groups[0]) else ""
    return tuple(_clause(parts, group, whole, longest) for group in groups)


def has_own_matter(text: str) -> bool:
    """Whether *text* names a matter and not only a side of one."""
    return len(matter_of(text)) >= 2


def has_more_than_company(text: str) -> bool:
    """Whether *text* names a matter, and not only who goes along, which office or which paper."""
    return has_own_matter(patterns("clauses")["company"].sub("", text))


def asks_what_if(text: str) -> bool:
    """Whether *text* goes on with another case of what was said before (小孩的呢, 那没房产证呢)."""
    return bool(patterns("clauses")["what_if"].search(text))


def matter_of(text: str) -> str:
    """What is left of *text* without side words and little words."""
    return patterns("clauses")["empty"].sub("", bare(without_facets(text)))


def goes_with(text: str, answered: Iterable[str]) -> bool:
    """Whether *text* asks one more side of what the *answered* clauses ask.

    Either it names nothing but who or what goes along with a matter (my husband, the register), or a word of theirs.
    """
    if not has_more_than_company(text):
        return True
    pairs = _pairs(patterns("clauses")["company"].sub("", matter_of(text)))
    return any(not pairs.isdisjoint(_pairs(matter_of(other))) for other in answered)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _parts(tidied: str) -> list[_Part]:
    """Sentences; one that is long, or holds two questions, is cut at its commas."""
    found: list[_Part] = []
    for sentence in _SENTENCES.finditer(tidied):
        text, marked = sentence[1].strip(), sentence[2][:1] in ("?", "？")
        pieces = [piece for piece in _COMMA.split(text) if bare(piece)]
        if not pieces:
            continue
        parts = [_Part(piece, marked and place == len(pieces)) for place, piece in enumerate(pieces, 1)]
        cut = len(text) > _SHORT or sum(part.surely for part in parts) > 1
        found += parts if cut else [_Part(text, marked)]
    return found


def _grouped(parts: list[_Part]) -> list[list[int]]:
    """Numbers of the parts that ask, those without a matter of their own joined to the one before."""
    groups: list[list[int]] = []
    for place, part in enumerate(parts):
        if not part.asks:
            continue
        if groups and not has_own_matter(part.text):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _clause(parts: list[_Part], group: list[int], whole: str, longest: int) -> Clause:
    asked = "，".join(parts[place].text for place in group)
    first = group[0]
    before = parts[first - 1].text if first > 0 else ""
    if first > 1 and not has_own_matter(before):
        before = parts[first - 2].text + before
    own = has_own_matter(asked)
    alone = parts[first].text if len(group) > 1 and has_own_matter(parts[first].text) else asked
    queries = (alone, asked) if own or not before else ()
    context = (*((f"{before}，{asked}",) if before else ()), *((whole,) if whole else ()))
    return Clause(
        asked, _ends(queries, longest), facets_of(asked), _ends(context, longest), any(parts[n].surely for n in group)
    )


def _ends(queries: tuple[str, ...], longest: int) -> tuple[str, ...]:
    """Each query once, the end of those that are too long."""
    return tuple(dict.fromkeys(query[-longest:] for query in queries))
