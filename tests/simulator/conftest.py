"""A desk for each test: an echo bot, a platform in front of it, and the platform's API, on free ports."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from simulator.account import Account
from simulator.app import create_app
from simulator.keys import PHONES
from simulator.platform import Platform
from tests.simulator.desk import Desk, FakeClock
from tests.simulator.echo_bot import EchoBot, fresh_token


@pytest.fixture
def account() -> Account:
    """An account in safe mode with invented keys."""
    return Account("wx5117a1e570000000", "not-a-secret", "AAAAA", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")


@pytest.fixture
async def desk(account: Account) -> AsyncIterator[Desk]:
    """A desk whose bot answers and whose platform waits only 0.3 s."""
    bot, clock = EchoBot(account), FakeClock()
    bot_server = TestServer(bot.app())
    await bot_server.start_server()
    url = str(bot_server.make_url("/wechat"))
    async with Platform(account, url, clock=clock, wait_seconds=0.3) as platform, ClientSession() as session:
        app = create_app(platform)
        api = TestServer(app)
        await api.start_server()
        base = str(api.make_url("")).rstrip("/")
        desk = Desk(account, bot, platform, clock, session, base, app[PHONES])
        desk.token = await fresh_token(session, base, account)
        yield desk
        await api.close()
    await bot_server.close()
