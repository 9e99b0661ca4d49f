"""大众语言: does a text a resident reads sound like a neighbour, and what do official terms mean.

Pure: works on entries and a term table, so the console can check a draft the same way
as ``check`` does the files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.model import Branch, Bundle, Disclosure, Entry, Faq, Guide, Leaf, Policy
from knowledge.vocabulary import PlainTerm

TARGET_LENGTH = 40
"""Characters of a sentence that is read once; longer ones are pointed out."""
LONGEST = 60
"""Above this a sentence is refused."""

OFFICIALESE = (
    "贯彻落实", "切实做好", "切实保障", "进一步加强", "积极稳妥", "扎实推进", "有效衔接", "统筹推进",
    "依法依规", "有关规定执行", "相关规定执行", "予以办理", "予以受理", "不予受理", "特此", "兹有", "鉴于",
    "之规定", "上述人员", "该等", "及其他有关", "按照有关规定", "按照相关规定", "按有关规定", "按相关规定",
)  # fmt: skip
"""Phrases that tell a resident nothing, or that nobody speaks."""

_SENTENCE = re.compile(r"[^。！？；\n]+")
_TITLE = re.compile(r"《[^》]*》|https?://\S+")
_OFFICIALESE = re.compile("|".join(map(re.escape, OFFICIALESE)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on *field*; a *grave* one must be mended before the text is published."""

    field: str
    message: str
    grave: bool


class Glossary:
    """The term table, ready for searching; built once for a version of the knowledge."""

    def __init__(self, terms: Sequence[PlainTerm]) -> None:
        self._plain = {term.official: term.plain for term in terms}
        longest_first = sorted(self._plain, key=len, reverse=True)
        self._terms = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def unexplained(self, title: str, texts: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        """Yield (text number from 0, term, plain words) for terms that *texts* use unexplained.

        A term is explained where brackets follow it, where it stands in brackets itself, or
        where its plain words are in *title* or any of the texts; names in 《》 do not count as use.
        """
        bare = [_TITLE.sub("", text) for text in texts]
        whole = "\n".join((title, *bare))
        told: set[str] = set()
        for number, text in enumerate(bare):
            for found in self._terms.finditer(text):
                term = found.group()
                if term not in told and not self._is_explained(term, whole):
                    yield number, term, self._plain[term]
                told.add(term)

    def annotated(self, text: str) -> str:
        """Return *text* with each official term explained in brackets where it first stands.

        Doing it twice changes nothing more.
        """
        done: set[str] = set()

        def explain(found: re.Match[str]) -> str:
            term = found.group()
            if term in done or self._is_explained(term, text):
                return term
            done.add(term)
            return f"{term}（{self._plain[term]}）"

        return self._terms.sub(explain, text)

    def _is_explained(self, term: str, whole: str) -> bool:
        if any(words in whole for words in self._plain[term].split("、")):
            return True
        around = re.escape(term)
        return bool(re.search(rf"{around}[》”]?[（(]|[（(][^）)]*{around}[^（(]*[）)]", whole))


def lint(entry: Entry, glossary: Glossary) -> Iterator[Finding]:
    """Yield every remark on the words of *entry* that a resident reads."""
    if isinstance(entry, Disclosure):
        return  # the words of the original table; answers compose their own sentences around them
    texts = tuple((field, text) for field, text in spoken(entry) if text)
    for field, text in texts:
        yield from _lengths(field, text)
        yield from _officialese(field, text)
    for number, term, plain in glossary.unexplained(entry.title, [text for _, text in texts]):
        message = f"官话“{term}”没有解释，换成“{plain}”，或在后面加括号说明"
        yield Finding(texts[number][0], message, grave=True)
    if isinstance(entry, Guide):
        yield from _slots(entry)
    if not entry.origin.sources:
        yield Finding("来源", "没有写来源", grave=True)


def spoken(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for every text of *entry* written for residents."""
    match entry:
        case Guide():
            yield from _spoken_guide(entry)
        case Faq():
            yield "回答", entry.answer
        case Policy():
            yield "解读", entry.reading
        case Bundle():
            yield "说明", entry.intro
        case Disclosure():
            return


def _spoken_guide(guide: Guide) -> Iterator[tuple[str, str]]:
    yield "结论", guide.conclusion
    for number, text in enumerate(guide.eligibility, 1):
        yield f"谁能办[{number}]", text
    if guide.situations is not None:
        yield from _spoken_tree(guide.situations, "情形.")
    for number, material in enumerate(guide.materials, 1):
        yield f"材料[{number}].从哪来", material.origin
    yield "网办", guide.online
    yield "代办", guide.proxy
    for number, text in enumerate(guide.steps, 1):
        yield f"流程[{number}]", text
    yield "时限.法定", guide.legal_limit
    yield "时限.承诺", guide.promised_limit
    yield "费用", guide.fee
    for number, myth in enumerate(guide.myths, 1):
        yield f"误区[{number}].实际", myth.fact


def _spoken_tree(branch: Branch, path: str) -> Iterator[tuple[str, str]]:
    yield f"{path}问", branch.question
    for number, (_, target) in enumerate(branch.options, 1):
        here = f"{path}选项[{number}]."
        match target:
            case Leaf():
                yield f"{here}说明", target.note
            case Branch():
                yield from _spoken_tree(target, here)


def _lengths(field: str, text: str) -> Iterator[Finding]:
    for sentence in _SENTENCE.findall(_TITLE.sub("", text)):
        length = len(sentence.strip())
        if length > TARGET_LENGTH:
            limit = LONGEST if length > LONGEST else TARGET_LENGTH
            message = f"句子太长，{length} 个字，最好不超过 {TARGET_LENGTH} 个：{sentence.strip()[:12]}…"
            yield Finding(field, message, grave=limit == LONGEST)


def _officialese(field: str, text: str) -> Iterator[Finding]:
    for phrase in dict.fromkeys(_OFFICIALESE.findall(text)):
        yield Finding(field, f"“{phrase}”是官话，请换成大家平时说的话", grave=True)


def _slots(guide: Guide) -> Iterator[Finding]:
    """Yield a finding for each of the five things residents ask that the guide leaves empty."""
    slots = (
        ("结论", "能不能办", bool(guide.conclusion and guide.eligibility)),
        ("材料", "带什么", bool(guide.materials)),
        ("去哪办", "去哪办", bool(guide.places)),
        ("时限", "多久", bool(guide.legal_limit or guide.promised_limit)),
        ("费用", "多少钱", bool(guide.fee)),
    )
    for field, question, filled in slots:
        if not filled:
            yield Finding(field, f"“{question}”没有写", grave=True)
