"""What village groups are owed by the clock: cards of pastes that ended by themselves, and the week's digest."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.parts import Parts
from casework.village.admins import Admin
from handlers import village, village_week, wording
from handlers.services import Services
from handlers.state import Drafting, OnTicket, State
from handlers.turn import Text, Turn
from storage import conversations, outbox
from storage.database import Database
from storage.times import to_ms
from storage.village_admins import StoredAdmins
from storage.village_pastes import HeldGatherings, StoredAliases

LOOK_FOR_LOST = timedelta(minutes=1)


class VillageRound:
    """Looks every few seconds; without a paste in memory that costs nothing."""

    def __init__(self, database: Database, parts: Parts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._parts = parts
        self._now = now
        self._looked: datetime | None = None

    async def give(self) -> None:
        """Owe the cards that are due now, and say so where a restart lost a paste."""
        now = self._now()
        if self._parts.memory.is_due(now):
            await self._database.write(lambda connection: owe_cards(connection, self._parts, now))
        if self._looked is None or now - self._looked >= LOOK_FOR_LOST:
            self._looked = now
            await self._database.write(lambda connection: own_up(connection, self._parts, now))

    async def give_week(self) -> None:
        """Owe every admin the digest of this week, once."""
        now = self._now()
        await self._database.write(lambda connection: owe_weeks(connection, self._parts, now))


def owe_cards(connection: sqlite3.Connection, parts: Parts, now: datetime) -> int:
    """Owe the card of each paste that is complete by its time; return how many."""
    held, count = HeldGatherings(connection, parts.memory), 0
    for openid in held.closed(now):
        gathering = held.of_account(openid)
        if gathering is None:
            continue
        state = conversations.recall(connection, openid)
        said = village.finish(_quiet(openid, state, now), parts.services(connection, now), gathering)
        if said is None:
            continue
        count += 1
        outbox.owe(connection, openid, "", said.reply.text, f"card:{openid}:{to_ms(gathering.began)}", to_ms(now))
        if not isinstance(state.pending, Drafting | OnTicket):
            after = State(said.pending, state.entry_id, state.entry_ms, state.question_id, "", state.last_words)
            conversations.remember(connection, openid, after, to_ms(now))
    StoredAliases(connection, parts.memory).forget_old(now)
    return count


def own_up(connection: sqlite3.Connection, parts: Parts, now: datetime) -> None:
    """Tell whoever was pasting when the process ended that nothing of it is left."""
    for openid in HeldGatherings(connection, parts.memory).lost(now):
        outbox.owe(connection, openid, "", wording.PASTE_LOST, f"lost:{openid}:{to_ms(now)}", to_ms(now))


def owe_weeks(connection: sqlite3.Connection, parts: Parts, now: datetime) -> int:
    """Owe the digest of the week that ended to each admin, and drop one that nobody has read; return how many."""
    year, week, _ = now.isocalendar()
    services, count = parts.services(connection, now), 0
    for admin in StoredAdmins(connection).everyone():
        if not admin.active or not admin.openid or now - admin.since < timedelta(days=7):
            continue
        count += _owe_week(connection, services, admin, f"{year}-{week}", now)
    return count


def _owe_week(connection: sqlite3.Connection, services: Services, admin: Admin, week: str, now: datetime) -> int:
    dedup = f"week:{admin.id}:{week}"
    if outbox.is_known(connection, dedup):
        return 0
    outbox.drop_waiting(connection, f"week:{admin.id}:", to_ms(now))
    text = village_week.digest(_quiet(admin.openid, State(), now), services, admin)
    outbox.owe(connection, admin.openid, "", text, dedup, to_ms(now))
    return 1


def _quiet(openid: str, state: State, now: datetime) -> Turn:
    """The turn of somebody who wrote nothing just now."""
    return Turn(openid, Text(""), "", None, state, now)
