"""Find what a message asks: the asking clauses, with the matter they are about.

Long messages tell the family's case first and ask at the end; one message often asks
for papers, place and time of one matter. Clauses that only name a side ("要带什么")
belong to the matter named before them.
"""

import re
from dataclasses import dataclass

from knowledge.facets import facets_of, without_facets
from knowledge.model import Facet
from knowledge.text import bare

_SENTENCE = re.compile(r"[。！？!?；;\n]+|(?<=[一-鿿])\s*[(（]?\d{1,2}[、.)）](?=[一-鿿])")
_COMMA = re.compile(r"[,，、\s:：]+")
_ASKS = re.compile(
    r"怎么|如何|怎样|咋|吗|么$|呢$|能不能|可不可以|能否|可否|是否|是不是|要不要|用不用|需不需要|有没有|多少|多久|多长|几(?:天|个|年|岁|号|点|月|时|张|份|级)|哪|什么|啥|谁|为什么|为啥|"
    r"可以\w{0,16}[吗么不]|想(?:问|咨询|了解|知道|办|申请)|请问|求|帮我|要怎|该怎|该去|行不行|行吗|流程|条件|材料|手续"
)
_EMPTY_WORDS = re.compile(
    r"我们|我家|我|你们|您|他们|她|他|它|这个|那个|这样|那样|这种|这|那|还有|另外|还|再|就|都|也|又|要|需要|想|请问|问|一下|下|的话|的|了|呢|吗|啊|呀|吧|么|是|有|能|可以|会|得|去|来|到|在|给|"
    r"办理|办|申请|弄|做|事|事情|东西|情况|问题|现在|应该|该|大概|一般|具体|谢谢|和|与|以及|或者|然后|如果|的时候|以后|之后|人|用|带|什么|啥|哪些|哪里|哪|怎么|如何|咋|多少|钱|几|不|没"
)
_MANY = 6
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Clause:
    """One asking clause: *text* as shown, the *queries* to try for it in order, and its sides."""

    text: str
    queries: tuple[str, ...]
    facets: tuple[Facet, ...]


def clauses_in(tidied: str, longest: int) -> tuple[Clause, ...]:
    """The asking clauses of a message, in its order; never empty."""
    if len(tidied) <= _SHORT and not _SENTENCE.search(tidied.rstrip("。！？!?；;")):
        return (Clause(tidied, (tidied,), facets_of(tidied)),)
    parts = _parts(tidied)
    groups = _grouped(parts)
    if not groups:
        return (Clause(tidied, (tidied[-longest:],), facets_of(tidied)),)
    whole = tidied if len(groups) == 1 and len(parts) > len(groups[0]) else ""
    return tuple(_clause(parts, group, whole, longest) for group in groups)


def has_own_matter(text: str) -> bool:
    """Whether *text* names a matter and not only a side of one."""
    return len(matter_of(text)) >= 2


def matter_of(text: str) -> str:
    """What is left of *text* without side words and little words."""
    return _EMPTY_WORDS.sub("", bare(without_facets(text)))


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
        if not _ASKS.search(part):
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
    return Clause(asked, _queries(asked, before, whole, longest), facets_of(asked))


def _queries(asked: str, before: str, whole: str, longest: int) -> tuple[str, ...]:
    """The clause alone where it names a matter, with what was said before it, and the whole message."""
    tried = []
    if not before or has_own_matter(asked):
        tried.append(asked[-longest:])
    if before:
        tried.append((before + "，" + asked)[-longest:])
    if whole:
        tried.append(whole[-longest:])
    return tuple(dict.fromkeys(tried))
