"""A town with a bot in memory: any number of residents, staff, and a clock that moves when told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.parts import Parts
from bot.unit import Handled, Message, handle, words_of
from casework.china_time import SHANGHAI
from casework.staff import Role, Staff
from casework.tickets import desk as tickets
from casework.tickets.case import Desk
from casework.tickets.model import Ticket
from handlers.state import State
from handlers.turn import Content, Inbound, Text
from storage import conversations
from storage.database import connect, transaction
from storage.migrations import migrate

CATALOGS = Path(__file__).parent / "fixtures" / "catalogs"
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
DUTY = Staff("zhiban1", Role.DUTY)

T = TypeVar("T")


@dataclass
class World:
    """Messages go through ``bot.unit.handle``, each in one transaction of an own database."""

    parts: Parts
    now: datetime = TUESDAY
    sequence: int = 0

    def __post_init__(self) -> None:
        self.db = connect(":memory:")
        migrate(self.db)

    def say(self, who: str, words: str) -> Handled:
        """A resident types *words*."""
        return self.send(who, Text(words))

    def send(self, who: str, content: Content, key: str = "") -> Handled:
        """A resident sends anything; the same *key* is a retry."""
        self.sequence += 1
        key = key or f"m:{self.sequence}"
        inbound = Inbound(key, f"o-{who}", "gh_test", int(self.now.timestamp()), content)
        words = words_of(inbound)
        understood = self.parts.knowledge().understand(words) if words.strip() else None
        with transaction(self.db) as connection:
            return handle(connection, Message(inbound, f"s:{self.sequence}", understood), self.parts, self.now)

    def read(self, who: str, *said: str) -> str:
        """Say several things and return what was read last."""
        texts = [self.say(who, words).reply.text for words in said]
        return texts[-1]

    def state(self, who: str) -> State:
        """What the conversation remembers."""
        return conversations.recall(self.db, f"o-{who}")

    def staff(self, work: Callable[[Desk], T]) -> T:
        """Staff do something at the desk."""
        with transaction(self.db) as connection:
            return work(self.parts.desk(connection, self.now))

    def answered(self, number: str, words: str = "已经修好了。") -> Ticket:
        """The duty desk answers and closes a ticket."""
        return self.staff(lambda desk: tickets.answer_directly(desk, number, words, DUTY))

    def later(self, **amount: float) -> None:
        """Let time pass."""
        self.now += timedelta(**amount)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the tables."""
        return [tuple(row) for row in self.db.execute(sql, values)]

    def number_of(self, who: str) -> str:
        """The number of the resident's newest ticket."""
        return self.staff(lambda desk: desk.book.of_openid(f"o-{who}")[0].number)
