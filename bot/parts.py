"""The parts a message is handled with, put together for each transaction."""

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.notices import OwedNotices
from bot.villages import Villages
from casework.limits import LimitRule
from casework.limits_settings import InnerLimits
from casework.tickets.case import Desk
from casework.workdays import WorkCalendar
from handlers.services import Account, Knowledge, Services, VillageRoom
from storage import outbox, village_codes
from storage.questions import StoredQuestions
from storage.residents import StoredResidents
from storage.tickets import StoredTickets
from storage.times import to_ms
from storage.village_admins import StoredAdmins
from storage.village_codes import StoredCodes
from storage.village_pastes import HeldGatherings, Memory, StoredAliases
from storage.village_publications import StoredLog, StoredPublications, StoredRules


@dataclass(frozen=True, slots=True)
class Parts:
    """What does not change between messages; *knowledge* is asked for each time, since it can be swapped."""

    knowledge: Callable[[], Knowledge]
    calendar: Callable[[], WorkCalendar]
    rules: Mapping[str, LimitRule]
    inner: InnerLimits
    account: Account
    towns: Sequence[str]
    mask: Callable[[str], str]
    villages: Villages
    memory: Memory = field(default_factory=Memory)
    """Pastes of village admins, which are never put down."""

    def services(self, connection: sqlite3.Connection, now: datetime) -> Services:
        """Bind the ports to the transaction of one message."""
        return Services(
            knowledge=self.knowledge(),
            questions=StoredQuestions(connection),
            residents=StoredResidents(connection, now),
            desk=self.desk(connection, now),
            account=self.account,
            mask=self.mask,
            new_id=new_id,
            new_code=new_code,
            hash_code=hash_code,
            code_matches=code_matches,
            towns=self.towns,
            village=self._village(connection, now),
        )

    def _village(self, connection: sqlite3.Connection, now: datetime) -> VillageRoom:
        return VillageRoom(
            codes=StoredCodes(connection),
            admins=StoredAdmins(connection),
            gatherings=HeldGatherings(connection, self.memory),
            aliases=StoredAliases(connection, self.memory),
            publications=StoredPublications(connection),
            rules=StoredRules(connection),
            log=StoredLog(connection),
            places=self.villages.places,
            duties=self.villages.duties,
            words=self.villages.words,
            hash_code=village_codes.hash_code,
            owe=lambda openid, body, dedup: outbox.owe(connection, openid, "", body, dedup, to_ms(now)),
        )

    def desk(self, connection: sqlite3.Connection, now: datetime) -> Desk:
        """Return the ticket desk on this transaction; the console uses the same one."""
        return make_desk(connection, now, self.calendar(), self.rules, self.inner)


def make_desk(
    connection: sqlite3.Connection,
    now: datetime,
    calendar: WorkCalendar,
    rules: Mapping[str, LimitRule],
    inner: InnerLimits,
) -> Desk:
    """Bind the ticket desk to an open transaction at one moment."""
    book = StoredTickets(connection)
    return Desk(book, OwedNotices(connection, book, now), calendar, now, rules, inner)


def new_id() -> str:
    """Return a fresh id, 32 hex digits; later ones sort later, which keeps the pages of an index together."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def new_code() -> str:
    """Return a 查询码: four random digits."""
    return f"{secrets.randbelow(10_000):04d}"


def hash_code(code: str) -> str:
    """Return what is stored of a 查询码: salted, since four digits are few; guesses are limited besides."""
    salt = secrets.token_hex(8)
    return f"{salt}:{hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**10, r=8, p=1, dklen=16).hex()}"


def code_matches(code: str, stored: str) -> bool:
    """Does the code belong to the stored hash? In constant time."""
    salt, _, wanted = stored.partition(":")
    found = hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**10, r=8, p=1, dklen=16).hex()
    return hmac.compare_digest(found, wanted)
