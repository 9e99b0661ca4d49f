"""One resident as the platform knows them: following or not, what they saw, and who may write to them."""

import secrets
import string
from dataclasses import dataclass, field

from simulator.exchange import FAULT_NOTICE, Article, Bubble, Shown, Side, Via
from simulator.ledger import Windows
from simulator.messages import Draft

_ALPHABET = string.ascii_letters + string.digits + "-_"


def new_openid() -> str:
    """Return a fresh openid: 28 characters, the first one ``o``, unique across runs."""
    return "o" + "".join(secrets.choice(_ALPHABET) for _ in range(27))


@dataclass(slots=True)
class Resident:
    """State of one openid. Chat history stays on the phone after unfollowing, windows do not."""

    openid: str
    following: bool = True
    followed_at: int = 0
    scene: str = ""
    typing_until: float = 0.0
    windows: Windows = field(default_factory=Windows)
    bubbles: list[Bubble] = field(default_factory=list)

    def sent(self, draft: Draft, now: float) -> None:
        """Put an own message on the screen; events leave no bubble."""
        if draft.shown_kind:
            self._add("me", draft.shown_kind, draft.shown, now, "me", draft.media_id)

    def replied(self, shown: Shown, now: float) -> None:
        """Put a passive reply on the screen."""
        self.typing_until = 0.0
        self._add("bot", shown.kind, shown.text, now, "passive", shown.media_id, shown.articles)

    def served(self, shown: Shown, now: float) -> None:
        """Put a customer-service message on the screen."""
        self.typing_until = 0.0
        self._add("bot", shown.kind, shown.text, now, "service", shown.media_id, shown.articles)

    def notified(self, card: str, now: float) -> None:
        """Put a 订阅通知 on the screen."""
        self._add("bot", "text", card, now, "subscribed")

    def noticed(self, now: float) -> None:
        """Put the platform's fault notice on the screen."""
        self._add("notice", "text", FAULT_NOTICE, now, "platform")

    def _add(
        self,
        side: Side,
        kind: str,
        text: str,
        now: float,
        via: Via,
        media_id: str = "",
        articles: tuple[Article, ...] = (),
    ) -> None:
        number = len(self.bubbles) + 1
        self.bubbles.append(Bubble(number, side, kind, text, now, via, media_id, articles))
