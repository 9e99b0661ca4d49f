"""What the knowledge base holds: entries, mirroring the files under ``catalogs/`` (docs/formats.md)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryType = Literal["guide", "disclosure", "faq", "policy", "bundle"]
UNVERIFIED = "待核"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. *address* is empty where the page may not be shown (a mirror)."""

    title: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A law or document an entry rests on, with its article; *note* says what replaced a superseded one."""

    name: str
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in the source and at most 40 characters of the words seen there."""

    address: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Origin:
    """How far an entry can be trusted, said to the resident in one clause.

    *checked_on* is the day the cited text was read, ``None`` while nobody has;
    *confidence* is 高 or 中; *review* is who reviewed it for this city, or 未经本市审核.
    """

    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    checked_on: date | None
    review_by: date | None
    valid_until: date | None
    confidence: str
    review: str
    unit: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """One paper to bring. *form* is 原件/复印件/…, empty fields are unknown and shown as 待核."""

    name: str
    form: str = ""
    copies: str = ""
    origin: str = ""
    blank: str = ""
    filling: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a situation: the exact and full list of material names (一次告知)."""

    materials: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One numbered question of a situation tree; at most three deep."""

    question: str
    options: tuple[tuple[str, "Branch | Leaf"], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go, by level (县/乡/村) and kind of office, never an invented address."""

    level: str
    office: str


@dataclass(frozen=True, slots=True)
class Myth:
    """What hearsay says, and what the source says."""

    heard: str
    fact: str


@dataclass(frozen=True, slots=True)
class Guide:
    """How one thing is done, from the resident's side."""

    id: str
    title: str
    domain: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]
    conclusion: str
    eligibility: tuple[str, ...]
    situations: Branch | None
    materials: tuple[Material, ...]
    places: tuple[Place, ...]
    online: str
    proxy: str
    steps: tuple[str, ...]
    legal_limit: str
    promised_limit: str
    fee: str
    bases: tuple[Basis, ...]
    myths: tuple[Myth, ...]
    local_gaps: tuple[str, ...]
    origin: Origin
    hands_to: str = ""
    """赣服通 or another online door where the transaction itself is done, empty if none is known."""

    @property
    def type(self) -> EntryType:
        return "guide"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One row of a standard catalog: what, by the guideline, should be published."""

    id: str
    title: str
    domain: str
    level1: str
    level2: str
    content: tuple[str, ...]
    bases: tuple[Basis, ...]
    time_limit: str
    body: str
    channels: tuple[str, ...]
    audience: str
    method: str
    levels: tuple[str, ...]
    five_kind: str
    attribute: str
    attribute_reason: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]
    status: str
    """目录原文 / 法条推得 / 待核."""
    origin: Origin

    @property
    def type(self) -> EntryType:
        return "disclosure"


@dataclass(frozen=True, slots=True)
class Faq:
    """One question with its short answer."""

    id: str
    title: str
    domain: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]
    answer: str
    bases: tuple[Basis, ...]
    origin: Origin

    @property
    def type(self) -> EntryType:
        return "faq"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document with its 解读; without one it needs a recorded *exemption*."""

    id: str
    title: str
    domain: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]
    number: str
    issuer: str
    issued_on: date | None
    state: str
    """有效 or 已废止; an entry not 有效 is never answered."""
    reading: str
    reading_media: tuple[Source, ...]
    reader: str
    """政策解读专员."""
    exemption: str
    bases: tuple[Basis, ...]
    origin: Origin

    @property
    def type(self) -> EntryType:
        return "policy"


@dataclass(frozen=True, slots=True)
class Bundle:
    """一件事: guides, named by their slugs, joined in the order a person does them."""

    id: str
    title: str
    domain: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]
    intro: str
    guides: tuple[str, ...]
    origin: Origin

    @property
    def type(self) -> EntryType:
        return "bundle"


Entry = Guide | Disclosure | Faq | Policy | Bundle
