"""Service guides of the knowledge base as a book to print: which ones, in which order, in which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from documents.booklet import Booklet, Chapter, Finder, Paper, Part, Situation
from knowledge.cards import is_live
from knowledge.cards.common import UNKNOWN, bases_line, long_day
from knowledge.catalogue import Catalogue
from knowledge.model import Basis, Branch, Bundle, Entry, Guide, Leaf, Material, Origin

TITLE = "办事一本通"
UNREVIEWED = "未经本市审核"


class NothingToPrintError(Exception):
    """No such bundle or domain, or none of its guides is in force; the text says which there are."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes books of *entries* as they are in force on *today*; *version* is their content hash."""

    entries: Mapping[str, Entry]
    version: str
    today: date
    issuer: str

    def bundle(self, slug: str) -> Booklet:
        """Return the book of one 一件事, its guides in the order a person does them.

        Raises:
            NothingToPrintError: there is no such bundle, or its guides are no longer in force.
        """
        bundle = self.entries.get(f"bundle:{slug}")
        if not isinstance(bundle, Bundle) or not is_live(bundle, self.today):
            known = "、".join(entry.id.removeprefix("bundle:") for entry in self._bundles())
            raise NothingToPrintError(f"没有“{slug}”这件事。现有：{known or '还没有一件事'}")
        part = Part(bundle.title, bundle.intro, tuple(chapter(guide) for guide in self._joined(bundle)), joined=True)
        return self._book(bundle.title, (part,))

    def domain(self, name: str) -> Booklet:
        """Return the book of one domain.

        Raises:
            NothingToPrintError: the domain has no guide in force.
        """
        parts = tuple(part for part in self._domains() if part.title == name)
        if not parts:
            raise NothingToPrintError(
                f"“{name}”没有办事指南。现有：{'、'.join(part.title for part in self._domains())}"
            )
        return self._book(name, parts)

    def everything(self) -> Booklet:
        """Return the book of all guides by domain, with the bundles as a list in front.

        Raises:
            NothingToPrintError: there is no guide in force.
        """
        parts = tuple(self._domains())
        if not parts:
            raise NothingToPrintError("还没有办事指南")
        finders = tuple(
            Finder(bundle.title, tuple(_key(guide) for guide in self._joined(bundle))) for bundle in self._bundles()
        )
        return self._book("全部事项", parts, finders)

    def _book(self, subtitle: str, parts: tuple[Part, ...], finders: tuple[Finder, ...] = ()) -> Booklet:
        if not any(part.chapters for part in parts):
            raise NothingToPrintError(f"“{subtitle}”里的指南都已失效，没有可印的")
        return Booklet(
            title=TITLE,
            subtitle=subtitle,
            issuer=self.issuer,
            version=self.version[:12],
            made_on=self.today,
            parts=parts,
            warning=warning(parts),
            finders=finders,
        )

    def _domains(self) -> Iterator[Part]:
        catalogue = Catalogue(self.entries.values())
        for domain in catalogue.domains:
            guides = [entry for entry in catalogue.select("guide", domain) if is_live(entry, self.today)]
            if guides:
                yield Part(domain, "", tuple(chapter(guide) for guide in guides if isinstance(guide, Guide)))

    def _bundles(self) -> list[Bundle]:
        entries = Catalogue(self.entries.values()).select("bundle", None)
        return [entry for entry in entries if isinstance(entry, Bundle) and is_live(entry, self.today)]

    def _joined(self, bundle: Bundle) -> list[Guide]:
        found = [self.entries.get(f"guide:{slug}") for slug in bundle.guides]
        return [guide for guide in found if isinstance(guide, Guide) and is_live(guide, self.today)]


def warning(parts: Sequence[Part]) -> str:
    """Say for the cover how much of the book this city has not reviewed, or nothing when it has reviewed all."""
    told = [chapter.trust for part in parts for chapter in part.chapters]
    unreviewed = sum(UNREVIEWED in trust for trust in told)
    if not unreviewed:
        return ""
    share = "本书内容" if unreviewed == len(told) else f"本书{len(told)}篇里有{unreviewed}篇"
    return f"{share}{UNREVIEWED}。标“待核”“待补”的地方本市还没有核定，以窗口告知和本市公布的为准。"


def chapter(guide: Guide) -> Chapter:
    """Return one guide as a chapter, nothing added and nothing left out."""
    return Chapter(
        key=_key(guide),
        title=guide.title,
        conclusion=guide.conclusion,
        eligibility=guide.eligibility,
        situations=tuple(situations(guide.situations)) if guide.situations else (),
        papers=tuple(_paper(material) for material in guide.materials),
        places=tuple((place.level, place.office) for place in guide.places),
        online=guide.online if guide.hands_to in UNKNOWN else f"{guide.online}　入口：{guide.hands_to}",
        proxy=guide.proxy,
        steps=guide.steps,
        legal_limit=guide.legal_limit,
        promised_limit=guide.promised_limit,
        fee=guide.fee,
        bases=law_lines(guide.bases),
        myths=tuple((myth.heard, myth.fact) for myth in guide.myths),
        local_gaps=guide.local_gaps,
        unit=guide.origin.unit,
        trust=trust_line(guide.origin),
    )


def situations(branch: Branch, asked: tuple[tuple[str, str], ...] = ()) -> Iterator[Situation]:
    """Walk to every leaf, depth first in the order of the options."""
    for answer, beneath in branch.options:
        path = (*asked, (branch.question, answer))
        match beneath:
            case Leaf(materials=papers, note=note):
                yield Situation(path, papers, note)
            case Branch():
                yield from situations(beneath, path)


def law_lines(bases: Sequence[Basis]) -> tuple[str, ...]:
    """Return one line a law, with all its articles."""
    ordered = sorted(bases, key=lambda basis: [other.name for other in bases].index(basis.name))
    return tuple(bases_line(tuple(same)) for _, same in groupby(ordered, key=lambda basis: basis.name))


def trust_line(origin: Origin) -> str:
    """Say the sources, the day they were read and who reviewed it for this city."""
    names = "；".join(
        f"{source.title} {source.address}".strip() if source.address.startswith("http") else source.title
        for source in origin.sources
    )
    read = f"{long_day(origin.checked_on)}核对" if origin.checked_on else "原文待核"
    review = f"{UNREVIEWED}，以本市公布的为准" if UNREVIEWED in origin.review else f"本市审核：{origin.review}"
    return f"来源：{names or '待核'}。{read}，{review}。"


def _key(guide: Guide) -> str:
    return guide.id.removeprefix("guide:")


def _paper(material: Material) -> Paper:
    asked = (("", material.blank), ("填写说明：", material.filling), ("样表：", material.sample))
    known = [label + value for label, value in asked if value not in UNKNOWN]
    pending = "待补" if any(value for _, value in asked) else ""
    copies = f"{material.copies}份" if material.copies.isdigit() else material.copies
    return Paper(material.name, material.form, copies, material.origin, "；".join(known) or pending)
