"""What the knowledge base can say to a message: closed unions, matched with ``match`` by whoever asks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

DemandKind = Literal["咨询", "求助", "建议", "投诉", "举报"]


class Facet(StrEnum):
    """The side of a matter a question asks about; the answer leads with it."""

    ELIGIBILITY = "能不能办"
    MATERIALS = "带什么"
    PLACE = "去哪办"
    TIME = "多久"
    FEE = "多少钱"
    STEPS = "怎么办"
    PROXY = "代办"
    ONLINE = "网办"
    BASIS = "依据"
    RUMOUR = "是不是真的"
    FORM = "表格"


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate entry: how well it fits (0–1), which phrasing fitted, and why."""

    entry_id: str
    score: float
    phrasing: str
    why: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry fits; *confidence* is the calibrated probability that it is the right one."""

    match: Match
    confidence: float
    runners_up: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Two to four entries are close: ask which."""

    options: tuple[Match, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing fits well enough to be said."""

    runners_up: tuple[Match, ...]
    confidence: float


Outcome = Answer | Choice | Unknown


class Door(StrEnum):
    """Which way a message goes."""

    QUESTION = "question"
    DEMAND = "demand"
    DOCUMENT = "document"
    ONLINE = "online"
    LEGAL = "legal"
    CHAT = "chat"


class Chat(StrEnum):
    """What kind of message that is no question to government."""

    GREETING = "greeting"
    THANKS = "thanks"
    INSULT = "insult"
    ADVERT = "advert"
    NOISE = "noise"
    INJECTION = "injection"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    """asks who or what the account is."""


@dataclass(frozen=True, slots=True)
class Danger:
    """Words of danger: *kind* names the case, *numbers* are called first, as (number, what it is for)."""

    kind: str
    numbers: tuple[tuple[str, str], ...]
    asks: bool
    """The message also asks a real question ("煤气泄漏怎么预防"), answered after the numbers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking clause of a message, its leading facet and what the knowledge base says to it.

    *sides* are all facets asked of the same answer, in the order of the message.
    """

    clause: str
    facet: Facet | None
    outcome: Outcome
    sides: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The entry answered last, in whose light a follow-up is read; the caller drops it after ten minutes."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything the knowledge base can tell about one message, before any conversation state.

    *asked* holds at least one clause unless *door* is CHAT. *demand* is the proposed
    kind when the door is DEMAND (or 咨询 for a question without an answer here).
    *legal_route* names the other door for LEGAL (信访, 诉讼, 仲裁, 复议 …).
    """

    text: str
    door: Door
    asked: tuple[Asked, ...]
    danger: Danger | None = None
    chat: Chat | None = None
    demand: DemandKind | None = None
    legal_route: str = ""
    domain: str = ""
    unit: str = ""
    version: str = ""
    follows: Facet | None = None
    """The side asked about by a short message that may go on about the last answer ("那要多久")."""
