"""Run the account: the public door, the console behind it, and what happens by itself."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from bot import assembly
from bot.account import WeChatAccount
from bot.calendars import Calendars, imported_years
from bot.callback import Door
from bot.console import make_console
from bot.delivery import ANSWER_WITHIN, Delivery
from bot.knowledge_holder import LOOK_EVERY, KnowledgeHolder
from bot.limiter import Limiter, Limits
from bot.listening import listen
from bot.menu_push import push_menu
from bot.metrics import Metrics
from bot.outbox import Sender
from bot.overlaying import DATABASE as DATABASE
from bot.parts import Parts
from bot.pictures import PictureFetcher
from bot.promises import Promises
from bot.settings import Settings
from bot.short_sender import ShortSender
from bot.ticker import Chore, run
from bot.village_round import VillageRound
from bot.watching import unset
from bot.wechat_api import WeChatApi
from bot.wechat_store import StoredToken
from casework.limits_settings import Inner
from storage import housekeeping
from storage.database import Database, connect
from storage.migrations import migrate
from storage.reminders import ReminderRound
from storage.times import to_ms

_FIRST_WORDS = "社保卡掉了怎么补？村口路灯坏了三个月没人修"
"""Read once before the doors open: the word tables and weights load with the first words, a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Running:
    """What was started, with the addresses it listens on, and what its messages are handled with."""

    database: Database
    public: str
    console: str
    parts: Parts


def open_database(data_dir: Path) -> Database:
    """Open the database of an installation, creating or upgrading it; only its owner may read the folder."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data_dir / DATABASE
    connection = connect(path)
    try:
        migrate(connection)
    finally:
        connection.close()
    path.chmod(0o600)
    return Database(path)


@asynccontextmanager
async def running(
    settings: Settings,
    account: WeChatAccount,
    limiter: Limits | None = None,
    *,
    catalogs: Path = assembly.CATALOGS,
    answer_within: float = ANSWER_WITHIN,
) -> AsyncIterator[Running]:
    """Start everything, and stop it in order: doors first, then chores, then the database."""
    async with AsyncExitStack() as stack:
        database = open_database(settings.bot_data_dir)
        database.start()
        stack.callback(database.close)
        holder = KnowledgeHolder(catalogs, settings.bot_data_dir / "cache")
        await holder.start(database)
        holder.base.understand(_FIRST_WORDS)
        calendars = Calendars(await database.read(imported_years), catalogs)
        parts = assembly.make_parts(settings, holder, calendars)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        api = WeChatApi(
            account, session, StoredToken(database, account.appid), now=lambda: int(assembly.now().timestamp())
        )
        metrics = Metrics()
        promises = Promises(settings.bot_data_dir / "promises")
        delivery = Delivery(database, parts, assembly.now, limiter or Limiter(), metrics, promises, answer_within)
        stack.push_async_callback(delivery.drain)
        await delivery.resume()
        chores = asyncio.create_task(
            run((*_chores(settings, database, api, calendars, parts), _follow(holder, database)))
        )
        stack.push_async_callback(_stopped, chores)
        public = await listen(stack, _public(account, delivery, database), settings.bot_host, settings.bot_port)
        console = make_console(settings, parts, database, metrics, holder, api)
        inner = await listen(stack, console, settings.console_host, settings.console_port)
        menu = asyncio.create_task(push_menu(database, api, assembly.now))
        stack.push_async_callback(_stopped, menu)
        yield Running(database, public, inner, parts)


async def serve(settings: Settings, account: WeChatAccount) -> None:
    """Run until a signal asks to stop."""
    async with running(settings, account) as started:
        print(f"公众号入口：{started.public}/wechat（只给微信平台访问）", flush=True)
        print(f"工作台：{started.console}/", flush=True)
        for line in unset(settings):
            print(f"待本市核定：{line}", flush=True)
        await until_stopped()


async def until_stopped() -> None:
    """Wait for SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()


def _public(account: WeChatAccount, delivery: Delivery, database: Database) -> web.Application:
    async def healthy() -> bool:
        await database.read(lambda connection: connection.execute("SELECT 1").fetchone())
        return True

    app = web.Application()
    Door(account, delivery, healthy).install(app)
    return app


def _chores(
    settings: Settings, database: Database, api: WeChatApi, calendars: Calendars, parts: Parts
) -> tuple[Chore, ...]:
    sender = Sender(database, api, assembly.now)
    fetcher = PictureFetcher(database, api, assembly.now)
    villages = VillageRound(database, parts, assembly.now)

    async def tidy() -> None:
        now_ms = to_ms(assembly.now())
        keep_days = parts.inner[Inner.RETENTION]
        await database.write(lambda connection: housekeeping.tidy(connection, now_ms))
        await database.write(lambda connection: housekeeping.anonymise_closed(connection, now_ms, keep_days))

    return (
        Chore("send_notices", 1.0, sender.send_due),
        Chore("find_interrupted_sends", 15.0, sender.find_interrupted),
        Chore("give_reminders", 300.0, ReminderRound(database, parts.calendar, assembly.now, parts.inner).give),
        Chore("give_cards", 2.0, villages.give),
        Chore("give_weeks", 3600.0, villages.give_week),
        Chore("fetch_pictures", 2.0, fetcher.fetch_wanted),
        Chore("refresh_calendar", 5.0, lambda: calendars.refresh(database)),
        Chore("tidy", 3600.0, tidy),
        *_notices(settings, database, api),
    )


def _notices(settings: Settings, database: Database, api: WeChatApi) -> tuple[Chore, ...]:
    template = settings.notice_template()
    if template is None:
        return ()
    return (Chore("send_short_notices", 1.0, ShortSender(database, api, assembly.now, template).send_due),)


def _follow(holder: KnowledgeHolder, database: Database) -> Chore:
    return Chore("follow_overlay", LOOK_EVERY, lambda: holder.refresh(database))


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
