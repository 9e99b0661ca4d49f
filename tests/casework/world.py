"""A desk on a given morning, with people to act: obviously invented ones."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.china_time import SHANGHAI
from casework.staff import Resident, Role, Staff
from casework.tickets.desk import Desk, Opening, accept, begin, dispatch, open_ticket, sign
from casework.tickets.model import Kind, TextKind, Ticket
from tests.casework.calendars import shipped
from tests.casework.fakes import MemoryBook, NotedNotices

ZHANG = Resident("o-zhang")
LI = Resident("o-li")
DUTY = Staff("zhiban1", Role.DUTY)
HANDLER = Staff("chengban1", Role.HANDLER, "chengguan")
OTHER = Staff("chengban2", Role.HANDLER, "gongan")
LEADER = Staff("fuze1", Role.LEADER, "chengguan")
SUPERVISOR = Staff("duban1", Role.SUPERVISOR)
ADMIN = Staff("guanli1", Role.ADMIN)
REVIEWER = Staff("shenhe1", Role.REVIEWER)


def hash_code(code: str) -> str:
    return f"hash:{code}"


def code_matches(code: str, stored: str) -> bool:
    return stored == f"hash:{code}"


@dataclass
class World:
    """The book, the notices and the moment; ``at`` moves the clock forward."""

    desk: Desk = field(
        default_factory=lambda: Desk(MemoryBook(), NotedNotices(), shipped(), datetime(2026, 11, 2, 9, tzinfo=SHANGHAI))
    )

    @property
    def book(self) -> MemoryBook:
        assert isinstance(self.desk.book, MemoryBook)
        return self.desk.book

    @property
    def notices(self) -> NotedNotices:
        assert isinstance(self.desk.notices, NotedNotices)
        return self.desk.notices

    def at(self, text: str) -> None:
        self.desk = replace(self.desk, now=datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))

    def do(self, use_case: Callable[..., Ticket], *args: object, **more: object) -> Ticket:
        return use_case(self.desk, *args, **more)

    def opened(self, kind: Kind = Kind.COMPLAIN, by: Resident = ZHANG, words: str = "路灯不亮") -> Ticket:
        opening = Opening(kind, ((TextKind.DEMAND, words),), openid=by.openid, town="瑞州街道")
        return open_ticket(self.desk, opening, "0417", hash_code, by)

    def handling(self, kind: Kind = Kind.COMPLAIN, by: Resident = ZHANG) -> Ticket:
        number = self.opened(kind, by).number
        self.do(accept, number, DUTY)
        self.do(dispatch, number, "chengguan", DUTY)
        self.do(sign, number, HANDLER)
        return self.do(begin, number, HANDLER)
