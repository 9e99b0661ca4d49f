"""What happened between the platform and the bot: tries, outcomes, and the bubbles a resident saw."""

from dataclasses import dataclass
from typing import Literal

FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试"
"""The sentence the real client shows when a bot fails three times."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The bot answered properly that it has nothing to show."""


@dataclass(frozen=True, slots=True)
class Article:
    """One card of a news reply."""

    title: str
    description: str
    url: str
    picture: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The resident saw a reply of this kind; ``text`` is empty for pictures and sounds."""

    kind: str
    text: str = ""
    media_id: str = ""
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """The answer could not be used; ``reason`` is for the developer, in Chinese."""

    reason: str


Outcome = Nothing | Shown | Fault


@dataclass(frozen=True, slots=True)
class Try:
    """One delivery: what was sent and what came back. ``status`` is None when nothing came back.

    Long bodies are kept only to their first 20,000 characters.
    """

    status: int | None
    seconds: float
    query: tuple[tuple[str, str], ...]
    request_plain: str
    request_raw: str
    answer_raw: str
    answer_plain: str
    verdict: Outcome


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message or event of one resident with all its deliveries.

    ``outcome`` is what counted for the resident; extra copies sent by a fault switch are in ``tries`` only.
    """

    number: int
    openid: str
    kind: str
    at: float
    tries: tuple[Try, ...]
    outcome: Outcome

    @property
    def text(self) -> str:
        """The text the resident read as the reply; empty if there was none."""
        return self.outcome.text if isinstance(self.outcome, Shown) else ""


Side = Literal["me", "bot", "notice"]
Via = Literal["me", "passive", "service", "subscribed", "platform"]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing on the resident's screen.

    ``side`` tells own messages, the bot's, and the platform's notices apart; ``via`` tells passive replies,
    customer-service messages and 订阅通知 apart.
    """

    number: int
    side: Side
    kind: str
    text: str
    at: float
    via: Via
    media_id: str = ""
    articles: tuple[Article, ...] = ()
