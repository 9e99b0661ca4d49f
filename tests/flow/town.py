"""A whole town: the simulated platform with its API, the bot behind it, and staff at the desk."""

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from aiohttp.test_utils import TestServer

from bot import assembly
from bot.account import WeChatAccount, make_account
from bot.limiter import Limiter
from bot.parts import Parts
from bot.serve import Running, running
from bot.settings import Settings
from casework.tickets import desk as tickets
from casework.tickets.case import Desk
from casework.tickets.model import Ticket
from simulator.account import Account
from simulator.app import create_app
from simulator.exchange import Bubble
from simulator.platform import Platform
from tests.world import CATALOGS, DUTY

T = TypeVar("T")
PLAYED = Account("wx5117a1e570000000", "not-a-secret", "AAAAA", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")


def account_for(base: str) -> WeChatAccount:
    """The bot's side of the played account."""
    return make_account(
        appid=PLAYED.appid,
        secret=PLAYED.secret,
        token=PLAYED.token,
        aes_key=PLAYED.aes_key,
        api_base=base,
        mode="safe",
    )


@dataclass
class Town:
    """Platform and bot; ``restart`` stops the bot and starts another one on the same data."""

    platform: Platform
    base: str
    folder: Path
    parts: Parts
    options: dict[str, object] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    bot: Running | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self, **options: object) -> None:
        """Start the bot on free ports."""
        self.options = options or self.options
        settings = Settings(bot_port=0, console_port=0, bot_data_dir=self.folder, **self.settings)
        given = {"limiter": Limiter(per_minute=10_000, per_hour=10_000), **self.options}
        context = running(settings, account_for(self.base), catalogs=CATALOGS, **given)
        self.bot = await self._stack.enter_async_context(context)
        self.platform.callback_url = f"{self.bot.public}/wechat"

    async def stop(self) -> None:
        """Stop the bot in order."""
        await self._stack.aclose()
        self._stack, self.bot = AsyncExitStack(), None

    async def restart(self) -> None:
        """Stop the bot and start it again on the same data."""
        await self.stop()
        await self.start()

    def resident(self) -> str:
        """A new openid; who has it follows since long ago."""
        return self.platform.new_openid()

    async def say(self, openid: str, *words: str) -> str:
        """Type several things and return the last reply."""
        texts = [(await self.platform.say(openid, one)).text for one in words]
        return texts[-1]

    async def staff(self, work: Callable[[Desk], T]) -> T:
        """Do something at the staff's desk, in the bot's own database."""
        assert self.bot is not None
        return await self.bot.database.write(lambda connection: work(self.parts.desk(connection, assembly.now())))

    async def answered(self, number: str, words: str = "已经修好了。") -> Ticket:
        """The duty desk answers and closes."""
        return await self.staff(lambda desk: tickets.answer_directly(desk, number, words, DUTY))

    async def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the bot's tables."""
        assert self.bot is not None
        return await self.bot.database.read(lambda c: [tuple(row) for row in c.execute(sql, values).fetchall()])

    def services(self, openid: str) -> Sequence[Bubble]:
        """The customer-service messages on a screen."""
        return [bubble for bubble in self.platform.seen(openid) if bubble.via == "service"]


@asynccontextmanager
async def open_town(folder: Path, parts: Parts, index_cache: Path) -> AsyncIterator[Town]:
    """A town whose bot is not started yet."""
    shutil.copytree(index_cache, folder / "cache", dirs_exist_ok=True)
    async with Platform(PLAYED, "") as platform:
        api = TestServer(create_app(platform))
        await api.start_server()
        town = Town(platform, str(api.make_url("")).rstrip("/"), folder, parts)
        try:
            yield town
        finally:
            await town.stop()
            await api.close()
