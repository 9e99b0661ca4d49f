"""Pastes being gathered and who asked in them: casework.village.ports.GatheringBook and AliasBook.

What was pasted, the nicknames of the last paste and its card (masked), stay in the memory of this process and go
by themselves. The database knows only that somebody is pasting, and who asked what became a ticket.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from casework.village.gathering import Gathering, is_closed
from storage.times import to_ms

T = TypeVar("T")

MOST_KEPT = 500
"""Accounts whose paste or nicknames are in memory at one time; the oldest go first."""
NAMES_FOR = timedelta(minutes=30)
CARD_FOR = timedelta(minutes=10)
LOST_AFTER_MS = 60_000
LONGEST_ALIAS = 30


@dataclass
class Memory:
    """What one process remembers of pastes, by openid."""

    gatherings: OrderedDict[str, Gathering] = field(default_factory=OrderedDict)
    askers: OrderedDict[str, tuple[datetime, tuple[str, ...]]] = field(default_factory=OrderedDict)

    cards: OrderedDict[str, tuple[datetime, str]] = field(default_factory=OrderedDict)

    def is_due(self, now: datetime) -> bool:
        """Is some paste complete by its time, or some nickname or card kept long enough?"""
        return (
            any(is_closed(found, now) for found in self.gatherings.values())
            or any(now - at >= NAMES_FOR for at, _ in self.askers.values())
            or any(now - at >= CARD_FOR for at, _ in self.cards.values())
        )

    def forget(self, openid: str) -> None:
        """Drop everything of one account."""
        self.gatherings.pop(openid, None)
        self.askers.pop(openid, None)
        self.cards.pop(openid, None)


class HeldGatherings:
    """A GatheringBook: words in memory, the bare fact in the database."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._db = connection
        self._memory = memory

    def of_account(self, openid: str) -> Gathering | None:
        """Return what this account is pasting; costs a look into memory for everybody else."""
        held = self._memory.gatherings.get(openid)
        if held is None:
            return None
        row = self._db.execute("SELECT 1 FROM village_pastes WHERE openid = ?", (openid,)).fetchone()
        if row is None:  # another process saw the account leave
            self._memory.gatherings.pop(openid, None)
            return None
        return held

    def hold(self, openid: str, gathering: Gathering) -> None:
        """Replace what this account is pasting."""
        _keep(self._memory.gatherings, openid, gathering)
        self._db.execute(
            "INSERT INTO village_pastes(openid, closes_ms, waits) VALUES (:openid, :closes, :waits)"
            " ON CONFLICT(openid) DO UPDATE SET closes_ms = excluded.closes_ms, waits = excluded.waits",
            {"openid": openid, "closes": to_ms(gathering.closes), "waits": int(gathering.waits)},
        )

    def drop(self, openid: str) -> None:
        """Forget it."""
        self._memory.gatherings.pop(openid, None)
        self._db.execute("DELETE FROM village_pastes WHERE openid = ?", (openid,))

    def closed(self, now: datetime) -> Sequence[str]:
        """Return the accounts whose paste is complete by its time."""
        return [openid for openid, held in self._memory.gatherings.items() if is_closed(held, now)]

    def lost(self, now: datetime) -> Sequence[str]:
        """Return the accounts whose unanswered paste no process holds any more, and drop the mark of it."""
        late = to_ms(now) - LOST_AFTER_MS
        sql = "DELETE FROM village_pastes WHERE closes_ms < ? RETURNING openid, waits"
        rows = self._db.execute(sql, (late,)).fetchall()
        return [row["openid"] for row in rows if row["waits"] and row["openid"] not in self._memory.gatherings]


class StoredAliases:
    """An AliasBook: the last paste in memory, open tickets in the database."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._db = connection
        self._memory = memory

    def remember(self, openid: str, askers: Sequence[str], at: datetime) -> None:
        """Keep the nicknames of the last paste for half an hour."""
        _keep(self._memory.askers, openid, (at, tuple(askers)))

    def last(self, openid: str, at: datetime) -> Sequence[str]:
        """Return the nicknames of the last paste, or nothing."""
        kept, askers = self._memory.askers.get(openid, (at - NAMES_FOR, ()))
        return askers if at - kept < NAMES_FOR else ()

    def forget_old(self, now: datetime) -> None:
        """Drop nicknames and cards that were kept long enough."""
        for openid in [openid for openid, (at, _) in self._memory.cards.items() if now - at >= CARD_FOR]:
            del self._memory.cards[openid]
        for openid in [openid for openid, (at, _) in self._memory.askers.items() if now - at >= NAMES_FOR]:
            del self._memory.askers[openid]

    def keep_card(self, openid: str, card: str, at: datetime) -> None:
        """Keep the last card for ten minutes from here."""
        _keep(self._memory.cards, openid, (at, card))

    def card(self, openid: str, at: datetime) -> str:
        """Return the last card, or nothing."""
        kept, card = self._memory.cards.get(openid, (at - CARD_FOR, ""))
        return card if at - kept < CARD_FOR else ""

    def put(self, ticket: str, openid: str, alias: str) -> None:
        """Put down who asked what became this ticket."""
        if alias:
            row = (ticket, openid, alias[:LONGEST_ALIAS])
            self._db.execute("INSERT INTO village_askers(ticket, openid, alias) VALUES (?, ?, ?)", row)

    def of_account(self, openid: str) -> Sequence[tuple[str, str]]:
        """Return (ticket, nickname), newest first."""
        rows = self._db.execute(
            "SELECT ticket, alias FROM village_askers WHERE openid = ? ORDER BY ticket DESC", (openid,)
        )
        return [(row["ticket"], row["alias"]) for row in rows]


def _keep(memory: OrderedDict[str, T], openid: str, value: T) -> None:
    memory[openid] = value
    memory.move_to_end(openid)
    while len(memory) > MOST_KEPT:
        memory.popitem(last=False)
