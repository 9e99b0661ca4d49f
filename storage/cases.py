"""The ticket desk on the database, one transaction for each piece of the console's work."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from casework.ports import Now
from casework.tickets.case import Desk
from storage.database import Database

T = TypeVar("T")
MakeDesk = Callable[[sqlite3.Connection, datetime], Desk]
"""Binds the desk to an open transaction at one moment."""


class StoredCases:
    """web.console.ports.Cases."""

    def __init__(self, database: Database, make_desk: MakeDesk, now: Now) -> None:
        self._database = database
        self._make_desk = make_desk
        self._now = now

    async def run(self, work: Callable[[Desk], T]) -> T:
        """Run *work* in a write transaction; what it raises undoes all of it."""
        return await self._database.write(lambda connection: work(self._make_desk(connection, self._now())))

    async def read(self, work: Callable[[Desk], T]) -> T:
        """Run *work* on a connection that cannot write."""
        return await self._database.read(lambda connection: work(self._make_desk(connection, self._now())))
