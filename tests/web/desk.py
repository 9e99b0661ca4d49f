"""A console on a real database with a few people and cases; every name is obviously invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.knowledge_holder import Service
from bot.notices import OwedNotices
from bot.outbox import on_phone
from bot.parts import hash_code
from bot.settings import Settings
from bot.watching import StoredWatch
from casework.china_time import SHANGHAI
from casework.limits import DEFAULT_RULES, LimitRule
from casework.limits_settings import InnerLimits
from casework.staff import Resident, Role, Staff
from casework.tickets.case import Desk
from casework.tickets.desk import Opening, accept, begin, dispatch, open_ticket, sign
from casework.tickets.model import Kind, TextKind
from casework.tickets.routing import Directory, parse_rules, parse_units
from knowledge.model import Answer, Asked, Context, Door, Entry, Faq, Match, Origin, Source, Understanding
from knowledge.plain import Glossary
from knowledge.vocabulary import PlainTerm
from storage import staff as staff_book
from storage.cases import StoredCases
from storage.database import Database, connect
from storage.drafts import StoredDrafts
from storage.logins import StoredAttempts
from storage.migrations import migrate
from storage.sessions import StoredSessions
from storage.staff import StoredStaff
from storage.tickets import StoredTickets
from storage.worklists import StoredLists, StoredPictures
from tests.casework.calendars import shipped
from web.console.app import create_console
from web.console.parts import ConsoleParts
from web.console.passwords import Hasher
from web.console.village_ports import Villages

UNITS = Path(__file__).parents[2] / "catalogs" / "units"
ZHANG = Resident("oTEST-zhangsanjia_000000000A")
PHONE = "13800000000"
PASSWORD = "duan-mian-rong-yi-ji"
DUTY, HANDLER, OTHER, LEADER, SUPERVISOR, ADMIN, REVIEWER = (
    Staff("zhiban1", Role.DUTY),
    Staff("chengban1", Role.HANDLER, "chengguan"),
    Staff("chengban2", Role.HANDLER, "gongan"),
    Staff("fuze1", Role.LEADER, "chengguan"),
    Staff("duban1", Role.SUPERVISOR),
    Staff("guanli1", Role.ADMIN),
    Staff("shenhe1", Role.REVIEWER),
)
PEOPLE = {
    DUTY: "赵值班",
    HANDLER: "钱承办",
    OTHER: "孙承办",
    LEADER: "李负责",
    SUPERVISOR: "周督办",
    ADMIN: "吴管理",
    REVIEWER: "郑审核",
}


@cache
def cheap_hasher() -> Hasher:
    """Return the weak hasher of the tests."""
    return Hasher.cheapest()


@cache
def password_hash() -> str:
    """Return the hash of PASSWORD."""
    return cheap_hasher()._hasher.hash(PASSWORD)


@cache
def directory() -> Directory:
    """Return the shipped units and 派单目录."""
    units = parse_units((UNITS / "units.csv").read_text("utf-8"), "units.csv")
    return Directory(units, parse_rules((UNITS / "routing.csv").read_text("utf-8"), "routing.csv", units))


class OneEntry:
    """A knowledge base that knows one thing and always thinks of it."""

    version = "test-version"
    faq: Entry = Faq(
        "faq-1",
        "路灯坏了找谁",
        "市政服务",
        (),
        (),
        "路灯由城市管理部门维护。请写清路名和灯杆号。",
        (),
        Origin((Source("测试资料"),), (), None, None, None, "高", "未经本市审核", "城市管理局"),
    )

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        outcome = Answer(Match("faq-1", 0.8, "路灯坏了"), 0.83, ())
        return Understanding(text, Door.QUESTION, (Asked(text, None, outcome),))

    def entry(self, entry_id: str) -> Entry | None:
        return self.faq if entry_id == "faq-1" else None


@dataclass
class Console:
    """The console in a test client, and the desk beneath it."""

    database: Database
    now: datetime = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
    https: bool = False
    hosts: frozenset[str] = frozenset()
    service: Service = field(default_factory=lambda: Service(0, "test-version", None))
    rules: Mapping[str, LimitRule] = field(default_factory=lambda: DEFAULT_RULES)
    inner: InnerLimits = field(default_factory=InnerLimits)
    villages: Villages | None = None
    settings: Settings = field(default_factory=Settings)
    clients: list[TestClient] = field(default_factory=list)

    def parts(self) -> ConsoleParts:
        """Wire it as the composition root does."""
        return ConsoleParts(
            cases=StoredCases(self.database, self.desk, self.moment),
            staff=StoredStaff(self.database, self.moment),
            sessions=StoredSessions(self.database, self.moment),
            attempts=StoredAttempts(self.database, self.moment),
            lists=StoredLists(self.database, self.moment),
            pictures=StoredPictures(self.database),
            knowledge=OneEntry,
            directory=directory(),
            towns=("瑞州街道", "筠阳街道", "八景镇"),
            now=self.moment,
            new_code=lambda: "0417",
            hash_code=hash_code,
            hasher=cheap_hasher(),
            https=self.https,
            hosts=self.hosts,
            drafts=StoredDrafts(self.database, self.moment),
            fits=on_phone,
            watch=StoredWatch(self.database, lambda: self.service, self.settings),
            glossary=lambda: Glossary((PlainTerm("缴费", "交钱"),)),
            villages=self.villages,
        )

    def desk(self, connection, now: datetime) -> Desk:
        """Bind the desk to a transaction, as the composition root does."""
        return replace(make_desk(connection, now), rules=self.rules, inner=self.inner)

    def moment(self) -> datetime:
        """Return the console's present moment."""
        return self.now

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    async def client(self) -> TestClient:
        """Return a browser without a session."""
        client = TestClient(TestServer(create_console(self.parts())))
        await client.start_server()
        self.clients.append(client)
        return client

    async def browser(self, who: Staff) -> "Browser":
        """Return a browser in which *who* is signed in."""
        browser = Browser(await self.client())
        await browser.log_in(who.login)
        return browser

    async def opened(
        self,
        kind: Kind = Kind.COMPLAIN,
        words: str = "瑞州街道东门口的路灯坏了三天，晚上看不见",
        town: str = "瑞州街道",
        texts: Sequence[tuple[TextKind, str]] = (),
        openid: str = ZHANG.openid,
    ) -> str:
        """Open a ticket as a resident would; return its number."""
        opening = Opening(
            kind, ((TextKind.DEMAND, words), *texts), openid=openid, phone=PHONE, name="张三甲", town=town
        )
        by = Resident(openid)
        return await self.do(lambda desk: open_ticket(desk, opening, "0417", hash_code, by).number)

    async def handling(self, kind: Kind = Kind.COMPLAIN, unit: str = "chengguan") -> str:
        """Return the number of a ticket its unit works on."""
        number = await self.opened(kind)
        unit_staff = Staff("somebody", Role.HANDLER, unit)

        def work(desk: Desk) -> None:
            accept(desk, number, DUTY)
            dispatch(desk, number, unit, DUTY)
            sign(desk, number, unit_staff)
            begin(desk, number, unit_staff)

        await self.do(work)
        return number

    async def do(self, work):
        """Do something at the desk, past the console."""
        return await self.parts().cases.run(work)

    async def ticket(self, number: str):
        """Return a ticket as it is stored."""
        return await self.database.read(lambda connection: StoredTickets(connection).get(number))

    async def owed(self) -> list[str]:
        """Return the notices in the outbox."""
        return await self.database.read(
            lambda connection: [row["body"] for row in connection.execute("SELECT body FROM outbox ORDER BY rowid")]
        )

    async def close(self) -> None:
        """Close every browser and the database."""
        for client in self.clients:
            await client.close()
        self.database.close()


@dataclass
class Browser:
    """A browser that sends forms as pages do."""

    client: TestClient
    csrf: str = ""

    async def log_in(self, login: str, password: str = PASSWORD, next: str = "") -> int:
        """Sign in through the form; return the status of the answer."""
        page = await (await self.client.get("/login")).text()
        word = page.split('name="csrf" value="')[1].split('"')[0]
        form = {"csrf": word, "login": login, "password": password, "next": next}
        answer = await self.client.post("/login", data=form, allow_redirects=False)
        await self.learn()
        return answer.status

    async def learn(self) -> None:
        """Take the token from a page of ours."""
        page = await (await self.client.get("/password")).text()
        if 'X-CSRF-Token": "' in page:
            self.csrf = page.split('X-CSRF-Token": "')[1].split('"')[0]

    async def get(self, path: str, **more):
        """Fetch a page; redirects are not followed."""
        return await self.client.get(path, allow_redirects=False, **more)

    async def text(self, path: str) -> str:
        """Fetch a page that must be there."""
        answer = await self.get(path)
        assert answer.status == 200, (path, answer.status)
        return await answer.text()

    async def post(self, path: str, headers: dict[str, str] | None = None, **fields: object):
        """Send a form with the token."""
        form = {"csrf": self.csrf, **{name: value for name, value in fields.items() if value is not None}}
        return await self.client.post(path, data=form, headers=headers or {}, allow_redirects=False)

    @property
    def cookie(self) -> str:
        """Return the session's id as the browser holds it."""
        cookies = self.client.session.cookie_jar.filter_cookies(URL(str(self.client.make_url("/"))))
        return cookies["minwen"].value


def make_desk(connection, now: datetime) -> Desk:
    """Bind the desk with its shipped limits to a transaction."""
    book = StoredTickets(connection)
    return Desk(book, OwedNotices(connection, book, now), shipped(), now)


def open_database(folder: Path) -> Database:
    """Return a started database with everybody of PEOPLE in it."""
    path = folder / "console.db"
    connection = connect(path)
    migrate(connection)
    for who, name in PEOPLE.items():
        staff_book.add(connection, who.login, name, who.role, who.unit, password_hash(), False)
    connection.close()
    database = Database(path)
    database.start()
    return database
