"""How fast the console is with 10,000 open tickets and a year behind it, page by page.

    python benchmarks/desk.py [--open 10000] [--closed 20000] [--times 15]

The whole bot runs in this process on a database made for it; pages are fetched over loopback, one
after the other. Beside each time stands how often the bare 帮助 page would fit into it: the ratio
says more than milliseconds, which depend on the machine. The bounds are 100 ms for a list and 2 s
for the report of a year; what is over them is marked.
"""

import argparse
import asyncio
import base64
import random
import re
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import aiohttp

from bot import assembly
from bot.account import make_account
from bot.calendars import Calendars
from bot.parts import make_desk
from bot.serve import DATABASE, Running, running
from bot.settings import Settings
from casework.limits import DEFAULT_RULES
from casework.limits_settings import InnerLimits
from casework.staff import Resident, Role, Staff
from casework.tickets import desk as door
from casework.tickets.desk import Desk
from casework.tickets.model import Kind, Rating, TextKind
from casework.tickets.routing import TOWN_CLASS
from storage import staff as staff_book
from storage.database import connect, transaction
from storage.migrations import migrate
from storage.reminders import ReminderRound
from web.console.passwords import Hasher
from web.console.worklists import lists_for

LIST_BOUND, REPORT_BOUND = 0.1, 2.0
PASSWORD = "bench-bench-bench"
PEOPLE = (
    Staff("zhiban1", Role.DUTY),
    Staff("chengban1", Role.HANDLER, "chengguan"),
    Staff("fuze1", Role.LEADER, "chengguan"),
    Staff("shenhe1", Role.REVIEWER),
    Staff("duban1", Role.SUPERVISOR),
    Staff("guanli1", Role.ADMIN),
)
DUTY, HANDLER, LEADER = PEOPLE[0], PEOPLE[1], PEOPLE[2]
MATTERS = ("路灯坏了三天", "井盖松了", "垃圾没人运", "低保怎么申请", "停水一天了", "噪声很大", "社保卡掉了", "路面有坑")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page of one person, with the seconds it may take."""

    who: Staff
    path: str
    bound: float


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--closed", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        fill(Path(folder) / DATABASE, chosen.open, chosen.closed)
        print(f"filled with {chosen.open} open and {chosen.closed} closed in {time.perf_counter() - begun:.0f} s")
        asyncio.run(measure(Path(folder), chosen.times))


def fill(path: Path, opens: int, closes: int) -> None:
    """Make a register: the closed ones over a year, the open ones over the last three weeks."""
    connection = connect(path)
    migrate(connection)
    hashed = Hasher.cheapest()._hasher.hash(PASSWORD)
    chance, now, calendar = random.Random(7), assembly.now(), Calendars()()
    directory = assembly.load_directory()
    units = sorted(directory.units)
    towns = tuple(one.name for one in directory.units.values() if one.category == TOWN_CLASS)
    ages = [365 * chance.random() for _ in range(closes)] + [21 * chance.random() for _ in range(opens)]
    with transaction(connection):
        for who in PEOPLE:
            staff_book.add(connection, who.login, who.login, who.role, who.unit, hashed, False)
    for start in range(0, len(ages), 1000):
        with transaction(connection):
            for place, age in enumerate(ages[start : start + 1000], start):
                at = now - timedelta(days=age)

                def desk_at(moment: datetime) -> Desk:
                    return make_desk(connection, moment, calendar, DEFAULT_RULES, InnerLimits())

                one_ticket(desk_at, at, now, chance, units, towns, closed=place < closes)
    connection.execute("ANALYZE")
    connection.close()


def one_ticket(
    desk_at: Callable[[datetime], Desk],
    at: datetime,
    now: datetime,
    chance: random.Random,
    units: list[str],
    towns: tuple[str, ...],
    *,
    closed: bool,
) -> None:
    """Open one ticket and take it some steps along its way."""
    by, desk = Resident(f"oBENCH{chance.randrange(20_000):06d}"), desk_at(at)
    words = (
        f"{chance.choice(MATTERS)}，在第{chance.randrange(10_000)}号那里，{'麻烦快点处理。' * chance.randrange(1, 8)}"
    )
    opening = door.Opening(chance.choice(list(Kind)), ((TextKind.DEMAND, words),), by.openid, town=chance.choice(towns))
    number = door.open_ticket(desk, opening, "0417", str, by).number
    later = desk_at(min(now, at + timedelta(days=12 * chance.random())))
    if closed:
        door.answer_directly(later, number, "已经处理好了，请看一看。", DUTY)
        if chance.random() < 0.5:
            door.rate(later, number, chance.choice([Rating.GOOD, Rating.FAIR]), by)
        return
    steps = chance.randrange(5)
    unit = "chengguan" if chance.random() < 0.1 else chance.choice(units)
    helpers = (chance.choice(units),) if chance.random() < 0.1 else ()
    if steps > 0:
        door.accept(desk, number, DUTY)
    if steps > 1:
        door.dispatch(desk, number, unit, DUTY, tuple(one for one in helpers if one != unit))
    if steps > 2:
        door.sign(desk, number, Staff("chengban1", Role.HANDLER, unit))
    if steps > 3:
        door.begin(desk, number, Staff("chengban1", Role.HANDLER, unit))


def visits() -> tuple[Visit, ...]:
    """Every list of every role, what narrows them, and the reports."""
    today = assembly.now().date()
    lists = [Visit(who, f"/?list={one.key}", LIST_BOUND) for who in PEOPLE for one in lists_for(who, today)]
    more = [
        Visit(DUTY, "/?list=open&page=200", LIST_BOUND),
        Visit(DUTY, "/?list=open&q=第77号", LIST_BOUND),
        Visit(DUTY, "/?list=done&q=井盖", LIST_BOUND),
        Visit(DUTY, "/?list=open&kind=投诉&town=八景镇", LIST_BOUND),
        Visit(HANDLER, "/?list=unit&q=路灯", LIST_BOUND),
        Visit(DUTY, "/refresh?list=open", LIST_BOUND),
        *(Visit(who, "/reminders", LIST_BOUND) for who in PEOPLE[:5]),
    ]
    reports = [Visit(who, f"/reports?by={by}{year()}", REPORT_BOUND) for who in (DUTY, LEADER) for by in _GROUPS]
    files = [
        Visit(DUTY, f"/reports/{name}?by=unit{year()}", REPORT_BOUND)
        for name in ("table.xlsx", "table.csv", "chart/count", "chart/rates")
    ]
    return (
        *lists,
        *more,
        *reports,
        *files,
        Visit(DUTY, f"/reports/figure?by=unit&name=合计&column=按期办结率{year()}", 2.0),
    )


_GROUPS = ("unit", "town", "month")


def year() -> str:
    """The last twelve months, as the address of a report."""
    today = assembly.now().date()
    return f"&from={today.year - 1}-{today.month:02d}&to={today:%Y-%m}"


async def measure(folder: Path, times: int) -> None:
    """Fetch every page some times and print the median, the worst, and what the help page takes."""
    account = make_account(
        appid="wxbench",
        secret=secrets.token_hex(16),
        token="benchtoken",
        aes_key=base64.b64encode(secrets.token_bytes(32)).decode()[:43].replace("+", "A").replace("/", "B"),
        api_base="http://127.0.0.1:9",
        mode="safe",
    )
    settings = Settings(bot_port=0, console_port=0, bot_data_dir=folder)
    async with running(settings, account) as started:
        await reminders(started)
        browsers = {who: await signed_in(started.console, who) for who in PEOPLE}
        try:
            await show(started.console, browsers, times)
        finally:
            for browser in browsers.values():
                await browser.close()


async def reminders(started: Running) -> None:
    """One pass over every open ticket, tomorrow's: some are new. The bot gave today's when it started."""
    tomorrow = assembly.now() + timedelta(days=1)
    round_ = ReminderRound(started.database, started.parts.calendar, lambda: tomorrow, started.parts.inner)
    begun = time.perf_counter()
    given = await round_.give()
    print(f"one pass of reminders: {time.perf_counter() - begun:5.2f} s, {given} given")


async def show(base: str, browsers: dict[Staff, aiohttp.ClientSession], times: int) -> None:
    """Print a line for each page."""
    bare = statistics.median(await spent(browsers[DUTY], f"{base}/help", times))
    print(f"{'':10}{'page':58}{'median ms':>10}{'worst ms':>10}{'× help':>8}")
    print(f"{DUTY.role:10}{'/help':58}{bare * 1000:10.1f}")
    slow = 0
    for visit in visits():
        found = await spent(browsers[visit.who], base + visit.path, times if visit.bound == LIST_BOUND else 5)
        median = statistics.median(found)
        over = "  TOO SLOW" if median > visit.bound else ""
        slow += bool(over)
        shown = f"{median * 1000:10.1f}{max(found) * 1000:10.1f}{median / bare:8.1f}"
        print(f"{visit.who.role:10}{visit.path:58}{shown}{over}")
    print("all within their bounds" if not slow else f"{slow} pages over their bounds")


async def spent(browser: aiohttp.ClientSession, url: str, times: int) -> list[float]:
    """Fetch a page after one that warms up; return the seconds each took."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        async with browser.get(url) as answer:
            await answer.read()
            if answer.status != 200:
                raise SystemExit(f"{url}: {answer.status}")
        taken.append(time.perf_counter() - begun)
    return taken[1:]


async def signed_in(base: str, who: Staff) -> aiohttp.ClientSession:
    """Return a browser in which *who* is signed in."""
    browser = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    async with browser.get(f"{base}/login") as answer:
        word = re.search(r'name="csrf" value="([^"]+)"', await answer.text())
    if word is None:
        raise SystemExit("no login form")
    form = {"csrf": word[1], "login": who.login, "password": PASSWORD, "next": ""}
    async with browser.post(f"{base}/login", data=form) as answer:
        if answer.status != 200:
            raise SystemExit(f"{who.login} cannot sign in: {answer.status}")
    return browser


if __name__ == "__main__":
    main()
