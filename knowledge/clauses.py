"""Find what a message asks: the asking clauses, with the matter they are about.

Long messages tell the family's case first and ask at the end; one message often asks
for papers, place and time of one matter. Clauses that only name a side ("要带什么")
belong to the matter named before them. The words stand in ``data/clauses.toml``.
"""

import re
from dataclasses import dataclass

from knowledge.facets import facets_of, without_facets
from knowledge.model import Facet
from knowledge.text import bare
from knowledge.wordlists import patterns

_SENTENCE = re.compile(r"[。！？!?；;\n]+|(?<=[一-鿿])\s*[(（]?\d{1,2}[、.)）](?=[一-鿿])")
_COMMA = re.compile(r"[,，、\s:：]+")
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Clause:
    """One asking clause: *text* as shown, the *queries* to try for it in order, and its sides."""

    text: str
    queries: tuple[str, ...]
    facets: tuple[Facet, ...]


def clauses_in(tidied: str, longest: int, most: int = 6) -> tuple[Clause, ...]:
    """The asking clauses of a message, in its order: the last *most* of them, never none."""
    if len(tidied) <= _SHORT and not _SENTENCE.search(tidied.rstrip("。！？!?；;")):
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


def matter_of(text: str) -> str:
    """What is left of *text* without side words and little words."""
    return patterns("clauses")["empty"].sub("", bare(without_facets(text)))


def _parts(tidied: str) -> list[str]:
    """Sentences; a sentence that is long is cut at its commas."""
    found: list[str] = []
    for sentence in _SENTENCE.split(tidied):
        pieces = [piece for piece in _COMMA.split(sentence) if piece] if len(sentence) > _SHORT else [sentence]
        found += [piece.strip() for piece in pieces if bare(piece)]
    return found


def _grouped(parts: list[str]) -> list[list[int]]:
    """Numbers of the parts that ask, those without a matter of their own joined to the one before."""
    groups: list[list[int]] = []
    for place, part in enumerate(parts):
        if not patterns("clauses")["asks"].search(part):
            continue
        if groups and not has_own_matter(part):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _clause(parts: list[str], group: list[int], whole: str, longest: int) -> Clause:
    asked = "，".join(parts[place] for place in group)
    first = group[0]
    before = parts[first - 1] if first > 0 else ""
    if before and not has_own_matter(asked) and first > 1 and not has_own_matter(before):
        before = parts[first - 2] + before
    alone = parts[first] if len(group) > 1 and has_own_matter(parts[first]) else asked
    return Clause(asked, _queries(alone, asked, before, whole, longest), facets_of(asked))


def _queries(alone: str, asked: str, before: str, whole: str, longest: int) -> tuple[str, ...]:
    """The part that names the matter, the clause, the clause with what was said before it, the whole message."""
    tried = []
    if not before or has_own_matter(asked):
        tried += [alone[-longest:], asked[-longest:]]
    if before:
        tried.append((before + "，" + asked)[-longest:])
    if whole:
        tried.append(whole[-longest:])
    return tuple(dict.fromkeys(tried))
