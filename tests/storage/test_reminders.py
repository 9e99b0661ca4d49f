"""Reminders: each exactly once, by two processes and after a crash."""

import asyncio
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from casework.china_time import SHANGHAI
from casework.limits_settings import InnerLimits
from casework.staff import Resident
from casework.tickets.desk import Opening, answer_directly, open_ticket
from casework.tickets.model import Kind, TextKind
from casework.tickets.reminders import due_reminders
from storage import reminders
from storage.database import Database, connect
from storage.migrations import migrate
from storage.tickets import StoredTickets
from storage.times import to_ms
from tests.casework.calendars import shipped
from tests.storage.remind import STEPS
from tests.web.desk import DUTY, make_desk
from web.console.ports import Reader

NOW = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
DESK, SUPERVISOR = Reader("unit", "zhiban"), Reader("supervisor", "")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A database with three open tickets: overdue, nearly due, new."""
    path = tmp_path / "minwen.db"
    connection = connect(path)
    migrate(connection)
    for days in (20, 7, 0):
        opening = Opening(Kind.COMPLAIN, ((TextKind.DEMAND, f"{days}天前的事"),), openid="o")
        open_ticket(
            make_desk(connection, NOW - timedelta(days=days)), opening, "0417", lambda code: code, Resident("o")
        )
    connection.close()
    return path


def given(path: Path) -> list[str]:
    """Return every key that was given."""
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT key FROM reminders ORDER BY key")]
    finally:
        connection.close()


async def test_two_processes_give_each_reminder_once(path):
    """Both compute all of them at the same moment; each key is written by one of them."""
    databases = [Database(path), Database(path)]
    for database in databases:
        database.start()
    rounds = [reminders.ReminderRound(database, shipped, lambda: NOW, InnerLimits()) for database in databases]

    counts = await asyncio.gather(*(one.give() for one in rounds for _ in range(3)))
    again = await rounds[0].give()
    for database in databases:
        database.close()

    assert sum(counts) == len(given(path)) > 4
    assert again == 0


def test_two_servers_one_killed_in_the_middle_give_each_reminder_once(path):
    """Both go through the same fortnight in steps of six hours; what the dead one left, the other gives."""
    begin = [sys.executable, str(Path(__file__).with_name("remind.py")), str(path), NOW.isoformat()]
    servers = [subprocess.Popen(begin, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    doomed, survivor = servers
    assert doomed.stdout is not None
    for _ in range(random.randint(1, 20)):
        doomed.stdout.readline()
    doomed.kill()
    said, _ = survivor.communicate(timeout=30)
    doomed.communicate(timeout=5)

    connection = connect(path)
    tickets = StoredTickets(connection).open_tickets()
    connection.close()
    moments = [NOW + timedelta(hours=6 * step) for step in range(STEPS)]
    due = {
        one.key for ticket in tickets for at in moments for one in due_reminders(ticket, at, shipped(), InnerLimits())
    }
    assert said.split()[-1] == "done"
    assert given(path) == sorted(due)
    assert len(due) > 60


async def test_a_pass_that_died_before_its_commit_loses_nothing(path):
    """What was rolled back is given by the next pass."""
    connection = connect(path)
    missing = reminders.still_missing(connection, shipped(), NOW, InnerLimits())
    connection.execute("BEGIN IMMEDIATE")
    reminders.give(connection, missing, to_ms(NOW))
    connection.close()
    assert given(path) == []

    database = Database(path)
    database.start()
    assert await reminders.ReminderRound(database, shipped, lambda: NOW, InnerLimits()).give() == len(missing)
    database.close()


async def test_an_overdue_ticket_is_reminded_of_again_the_next_day(path):
    """To the unit, its leader and 督办, once each."""
    database = Database(path)
    database.start()
    await reminders.ReminderRound(database, shipped, lambda: NOW, InnerLimits()).give()
    before = set(given(path))
    await reminders.ReminderRound(database, shipped, lambda: NOW + timedelta(days=1), InnerLimits()).give()
    database.close()

    new = {key for key in set(given(path)) - before if "overdue" in key and key.startswith("GA20261104")}
    assert {key.split("|")[2].split(":")[0] for key in new} == {"unit", "leader", "supervisor"}


def test_a_reader_sees_own_reminders_of_open_tickets(path):
    """Those of others and of what is done are left out."""
    connection = connect(path)
    reminders.give(connection, reminders.still_missing(connection, shipped(), NOW, InnerLimits()), to_ms(NOW))

    assert [one.occasion for one in reminders.read(connection, [SUPERVISOR], to_ms(NOW))] == ["overdue"]
    mine = reminders.read(connection, [DESK], to_ms(NOW))
    assert {one.words for one in mine} == {"20天前的事", "7天前的事"}
    late = next(one.ticket for one in mine if one.occasion == "overdue")
    answer_directly(make_desk(connection, NOW), late, "好了", DUTY)

    assert reminders.read(connection, [SUPERVISOR], to_ms(NOW)) == []
    assert reminders.read(connection, [Reader("unit", "gongan")], to_ms(NOW)) == []
    connection.close()
