"""The village desk on the database: web.console.village_ports.Villages without the platform's part."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from casework.ports import Now
from casework.tickets.routing import Directory
from casework.village.desk import VillageDesk
from casework.village.duty_items import DutyItem
from casework.village.places import Village
from storage import keyvalue
from storage.database import Database
from storage.times import from_ms
from storage.village_admins import StoredAdmins
from storage.village_codes import StoredCodes, hash_code
from storage.village_publications import StoredLog, StoredPublications, StoredRules
from storage.village_texts import StoredTexts
from web.console.village_ports import WeekNotice

T = TypeVar("T")
MakeVillageDesk = Callable[[sqlite3.Connection, datetime], VillageDesk]
"""Binds the village desk to an open transaction at one moment."""
_QR, _ACCOUNT_QR = "qr:village:", "qr:account"


def make_village_desk(
    connection: sqlite3.Connection,
    now: datetime,
    places: Sequence[Village],
    duties: Sequence[DutyItem],
    directory: Directory,
    new_id: Callable[[], str],
) -> VillageDesk:
    """Bind the village desk to an open transaction at one moment."""
    return VillageDesk(
        codes=StoredCodes(connection),
        admins=StoredAdmins(connection),
        publications=StoredPublications(connection),
        rules=StoredRules(connection),
        texts=StoredTexts(connection),
        log=StoredLog(connection),
        places=places,
        duties=duties,
        directory=directory,
        hash_code=hash_code,
        new_id=new_id,
        now=now,
    )


class StoredVillages:
    """Village work, one transaction for each piece; QR codes are kept here and made by who knows the platform."""

    def __init__(self, database: Database, make_desk: MakeVillageDesk, now: Now) -> None:
        self._database = database
        self._make_desk = make_desk
        self._now = now

    async def run(self, work: Callable[[VillageDesk], T]) -> T:
        """Run *work* in a write transaction; what it raises undoes all of it."""
        return await self._database.write(lambda connection: work(self._make_desk(connection, self._now())))

    async def read(self, work: Callable[[VillageDesk], T]) -> T:
        """Run *work* on a connection that cannot write."""
        return await self._database.read(lambda connection: work(self._make_desk(connection, self._now())))

    async def weeks(self, admins: Sequence[str]) -> Mapping[str, WeekNotice]:
        """Return the last digest of each of these admins that had one."""
        return await self._database.read(lambda connection: _weeks(connection, admins))

    async def links(self, path: str) -> tuple[str, str]:
        """Return what the village's own code says, and what the account's says; empty where there is none."""

        def work(connection: sqlite3.Connection) -> tuple[str, str]:
            own = keyvalue.get(connection, _QR + path) if path else ""
            return own, keyvalue.get(connection, _ACCOUNT_QR)

        return await self._database.read(work)

    async def keep_link(self, path: str, link: str) -> None:
        """Keep what a village's code says."""
        await self._database.write(lambda connection: keyvalue.put(connection, _QR + path, link))

    async def set_account_link(self, link: str) -> None:
        """Keep what the account's own code says."""
        await self._database.write(lambda connection: keyvalue.put(connection, _ACCOUNT_QR, link))


def _weeks(connection: sqlite3.Connection, admins: Sequence[str]) -> Mapping[str, WeekNotice]:
    found: dict[str, WeekNotice] = {}
    for admin in admins:
        prefix = f"week:{admin}:"
        row = connection.execute(
            "SELECT state, created_ms FROM outbox WHERE dedup >= ? AND dedup < ? ORDER BY created_ms DESC LIMIT 1",
            (prefix, prefix + "\uffff"),
        ).fetchone()
        if row:
            found[admin] = WeekNotice(row["state"], from_ms(row["created_ms"]))
    return found
