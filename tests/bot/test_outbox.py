"""What the sender makes of the platform's answers: each notice once, nothing to whoever left."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errcodes import Outcome, Sent, Unreachable, failure
from bot.outbox import Sender
from storage import outbox, residents, worklists
from storage.database import Database, connect
from storage.migrations import migrate
from storage.times import to_ms

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


class Platform:
    """Answers as told, and remembers what it was asked to send."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.sent: list[str] = []

    async def send_text(self, openid: str, text: str) -> Outcome:
        self.sent.append(text)
        return self.outcome


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """One resident in contact, owed two notices of one ticket."""
    connection = connect(tmp_path / "minwen.db")
    migrate(connection)
    residents.touch(connection, "o", "message", to_ms(NOW))
    for place in (1, 2):
        outbox.owe(connection, "o", "GA1", f"第{place}条", f"GA1/{place}", to_ms(NOW))
    connection.close()
    database = Database(tmp_path / "minwen.db")
    database.start()
    yield database
    database.close()


async def passes(database: Database, outcome: Outcome, count: int = 3) -> tuple[list[str], list[str]]:
    """Send as often as *count*; return what left, and what staff read of each notice."""
    platform = Platform(outcome)
    sender = Sender(database, platform, lambda: NOW)
    for _ in range(count):
        await sender.send_due()
    found = await database.read(lambda connection: worklists.notices(connection, "GA1", to_ms(NOW)))
    return platform.sent, [notice.state for notice in found]


async def test_each_notice_is_sent_once(database: Database) -> None:
    assert await passes(database, Sent()) == (["第1条", "第2条"], ["sent", "sent"])


@pytest.mark.parametrize("errcode", [40003, 43004, 43101, 43019])
async def test_to_whoever_does_not_follow_nothing_more_is_sent_and_staff_see_it(
    database: Database, errcode: int
) -> None:
    assert await passes(database, failure(errcode, "require subscribe")) == (["第1条"], ["away", "away"])

    def comes_back(connection) -> list[str]:
        residents.touch(connection, "o", "message", to_ms(NOW))
        return [owed.body for owed in outbox.give(connection, "o", to_ms(NOW))]

    assert await database.write(comes_back) == ["第1条", "第2条"]


async def test_a_closed_window_ends_the_tries_until_the_next_contact(database: Database) -> None:
    assert await passes(database, failure(45015, "response out of time limit")) == (["第1条"], ["owed", "owed"])


async def test_what_may_have_arrived_is_marked_and_never_sent_again(database: Database) -> None:
    sent, states = await passes(database, Unreachable(True, "TimeoutError"))

    assert sent == ["第1条", "第2条"]
    assert states == ["uncertain", "uncertain"]
