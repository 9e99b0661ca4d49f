"""What kind of message it is, read from its words alone, before anything is looked up."""

from dataclasses import dataclass

from knowledge.chat import chat_in
from knowledge.danger import Dangers, danger_in
from knowledge.demand import demand_in
from knowledge.doors import legal_route, wants_document, wants_transaction
from knowledge.model import Chat, Danger, DemandKind


@dataclass(frozen=True, slots=True)
class Intent:
    """The signs found in one message; several may be set, the reader of it weighs them."""

    danger: Danger | None
    chat: Chat | None
    demand: DemandKind | None
    document: bool
    transaction: bool
    route: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages with the shipped word tables."""

    dangers: Dangers

    def read(self, tidied: str) -> Intent:
        """All signs in a tidied message."""
        chat = chat_in(tidied)
        danger = danger_in(tidied, self.dangers)
        if chat is not None and danger is None:
            return Intent(None, chat, None, False, False, "")
        return Intent(
            danger=danger,
            chat=None,
            demand=demand_in(tidied),
            document=wants_document(tidied),
            transaction=wants_transaction(tidied),
            route=legal_route(tidied),
        )
