"""Power cuts: a real process is killed at any moment, and nothing promised is lost or doubled."""

import asyncio
import random
import re
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot import assembly
from bot.assembly import Holder
from bot.parts import Parts
from casework.tickets import desk as tickets
from casework.tickets.transitions import TransitionRefused
from simulator import messages, packet
from simulator.app import create_app
from simulator.crypto import decrypt
from simulator.faults import Faults
from simulator.platform import Platform
from storage import outbox
from storage.database import connect, transaction
from tests.flow.processes import BotProcess, environment
from tests.flow.town import PLAYED
from tests.flow.waiting import until
from tests.world import DUTY

STORY = ("我要投诉物业乱收费", "登记", "瑞州街道", "跳过", "跳过", "跳过", "确认")
NUMBER = re.compile(r"GA\d{8}-\d{4}")
KILLS = 3


@dataclass
class Siege:
    """The platform and the residents, who send every message until it is answered."""

    platform: Platform
    folder: Path
    parts: Parts
    env: dict[str, str]
    promised: dict[str, str] = field(default_factory=dict)
    over: bool = False

    @property
    def file(self) -> Path:
        """The database of the installation."""
        return self.folder / "minwen.sqlite3"

    async def send(self, openid: str, words: str) -> str:
        """Deliver one message as the platform does, again and again with fresh stamps, until it is answered."""
        now = time.time()
        xml = messages.render(messages.text(words), openid, PLAYED.original_id, int(now), time.time_ns())
        parcel = packet.pack(PLAYED, openid, xml, now, Faults())
        self.platform.resident(openid).windows.start("message", now)
        while True:
            with suppress(aiohttp.ClientError, TimeoutError, ConnectionError):
                async with asyncio.timeout(5):
                    status, body = await self.platform.post_raw(dict(parcel.query), parcel.body)
                if status == 200:
                    return _opened(body)
            await asyncio.sleep(0.05)
            parcel = packet.stamped(PLAYED, openid, parcel, time.time(), Faults())

    async def resident(self, openid: str) -> None:
        """Write one complaint down and remember the number that was promised."""
        for words in STORY:
            reply = await self.send(openid, words)
        self.promised[openid] = NUMBER.search(reply)[0]

    async def residents(self) -> None:
        """New residents keep coming, a few at a time."""

        async def queue() -> None:
            while not self.over:
                await self.resident(self.platform.new_openid())
                await asyncio.sleep(0.3)

        await asyncio.gather(*(queue() for _ in range(5)))

    def answer_some(self) -> None:
        """Staff, in another process than the bot, answer open tickets."""
        connection = connect(self.file)
        try:
            numbers = [row["number"] for row in connection.execute("SELECT number FROM tickets WHERE is_open = 1")]
            for number in numbers[:10]:
                with transaction(connection) as db, suppress(TransitionRefused):
                    desk = self.parts.desk(db, assembly.now())
                    tickets.answer_directly(desk, number, f"{number}已经办好。", DUTY)
        finally:
            connection.close()

    async def staff(self) -> None:
        """Answer until the siege is over."""
        while not self.over:
            await asyncio.to_thread(self.answer_some)
            await asyncio.sleep(0.1)

    def rows(self, sql: str) -> list[sqlite3.Row]:
        """Look into the tables."""
        connection = connect(self.file)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


@pytest.fixture
async def siege(tmp_path: Path, parts: Parts, holder: Holder, index_cache: Path) -> AsyncIterator[Siege]:
    """A platform with a slow API, so that a kill finds sends under way."""
    shutil.copytree(index_cache, tmp_path / "cache")
    async with Platform(PLAYED, "") as platform:
        api = TestServer(create_app(platform))
        await api.start_server()
        platform.faults.api_slow_seconds = 0.15
        base = str(api.make_url("")).rstrip("/")
        yield Siege(platform, tmp_path, parts, environment(base, tmp_path, index_cache.parent / "compiled"))
        await api.close()


async def test_kills_at_random_moments_lose_nothing_promised_and_double_nothing(siege: Siege) -> None:
    town, env, dice = siege, siege.env, random.Random()
    bot = await BotProcess.start(env)
    town.platform.callback_url = bot.first
    crowd = [asyncio.create_task(town.residents()), asyncio.create_task(town.staff())]
    try:
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(0.2, 1.2))
            await bot.kill()
            bot = await BotProcess.start(env)
            town.platform.callback_url = bot.first
        await asyncio.sleep(0.3)
        town.over = True
        await asyncio.wait_for(asyncio.gather(*crowd), 10)
        await asyncio.to_thread(town.answer_some)
        await _quiet(town)
    finally:
        town.over = True
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
        await bot.kill()
    _nothing_lost_or_doubled(town)


def _nothing_lost_or_doubled(town: Siege) -> None:
    assert town.rows("PRAGMA integrity_check")[0][0] == "ok"
    held = {row["openid"]: row["ticket"] for row in town.rows("SELECT openid, ticket FROM askers")}
    assert len(town.promised) > 5
    assert held == town.promised
    assert len(town.rows("SELECT 1 FROM askers")) == len(held)
    answered = {row["ticket"] for row in town.rows("SELECT ticket FROM ticket_events WHERE type = 'Answered'")}
    owed = {row["case_id"]: row for row in town.rows("SELECT * FROM outbox")}
    assert answered <= owed.keys()
    for number, row in owed.items():
        shown = [one for one in town.platform.seen(row["openid"]) if one.via == "service" and number in one.text]
        assert len(shown) <= 1, f"{number} was sent twice"
        if row["state"] == "sent":
            assert len(shown) == 1
    seqs = town.rows("SELECT ticket, count(*) AS n, max(seq) AS last FROM ticket_events GROUP BY ticket")
    assert all(row["n"] == row["last"] for row in seqs)


async def test_a_send_found_under_way_after_a_kill_is_marked_and_given_and_never_sent(
    siege: Siege,
) -> None:
    town, env = siege, siege.env
    bot = await BotProcess.start(env)
    town.platform.callback_url = bot.first
    openid = town.platform.new_openid()
    try:
        await town.resident(openid)
        town.platform.faults.api_slow_seconds = 3.0
        town.answer_some()
        await until(lambda: _states(town) == ["sending"])
        await bot.kill()
        _pass_time(town.file, outbox.SENDING_LEASE_MS + 1000)
        bot = await BotProcess.start(env)
        town.platform.callback_url = bot.first
        await until(lambda: _states(town) == ["uncertain"])
        reply = await town.send(openid, "你好")
    finally:
        await bot.kill()
    assert "已经办好" in reply
    (row,) = town.rows("SELECT state, uncertain FROM outbox")
    assert (row["state"], row["uncertain"]) == ("given", 1)
    sent = [one for one in town.platform.seen(openid) if one.via == "service"]
    assert len(sent) <= 1


def _pass_time(file: Path, ms: int) -> None:
    """Let the lease of sends under way run out."""
    connection = connect(file)
    connection.execute("UPDATE outbox SET sending_ms = sending_ms - ?", (ms,))
    connection.close()


async def _quiet(town: Siege) -> None:
    """Wait until nothing more can be sent: what was under way at a kill waits for its lease."""
    free = "SELECT 1 FROM outbox WHERE state = 'owed' AND openid NOT IN"
    await until(lambda: not town.rows(f"{free} (SELECT openid FROM outbox WHERE state = 'sending')"), 12)
    await asyncio.sleep(0.5)


def _states(town: Siege) -> list[str]:
    return [row["state"] for row in town.rows("SELECT state FROM outbox")]


def _opened(answer: bytes) -> str:
    sealed = re.search(rb"<Encrypt><!\[CDATA\[(.*?)\]\]></Encrypt>", answer)
    if sealed is None:
        return answer.decode()
    return decrypt(PLAYED.key_bytes, sealed[1].decode(), PLAYED.appid).decode()


async def test_serve_starts_answers_and_stops_when_asked(siege: Siege) -> None:
    """The command as an operator runs it, with the shipped catalogs."""
    bot = await BotProcess.start(siege.env, ("-m", "bot", "serve"))
    try:
        address = re.search(r"http://[\d.:]+/wechat", bot.first)
        assert address is not None, bot.first
        siege.platform.callback_url = address[0]
        assert await siege.platform.verify_url()
        assert "最低生活保障" in (await siege.platform.say(siege.platform.new_openid(), "低保怎么申请")).text
        assert await bot.stop() == 0
    finally:
        await bot.kill()


async def test_what_was_promised_while_the_disk_was_busy_outlives_a_power_cut(siege: Siege) -> None:
    """The sender was told to wait, the platform asks no more, and the process is gone before its work is written."""
    town = siege
    slow = ("-m", "tests.flow.run_bot", "0.3")
    bot = await BotProcess.start(town.env, slow)
    town.platform.callback_url = bot.first
    town.platform.faults.api_slow_seconds = 0.0
    openid, other = town.platform.new_openid(), town.platform.new_openid()
    busy = connect(town.file)
    try:
        assert "登记" in await town.send(openid, STORY[0])
        busy.execute("BEGIN IMMEDIATE")
        assert "还在办" in await town.send(openid, "登记")
        assert "还在办" in await town.send(other, "你好")
        await bot.kill()
        busy.execute("ROLLBACK")
        bot = await BotProcess.start(town.env, slow)
        town.platform.callback_url = bot.first
        await until(lambda: len(_services(town, openid)) == 1 and len(_services(town, other)) == 1)
        again = await town.send(openid, STORY[2])
    finally:
        busy.close()
        await bot.kill()
    assert "在哪里" in _services(town, openid)[0]
    assert "什么时候" in again
    assert list((town.folder / "promises").iterdir()) == []


def _services(town: Siege, openid: str) -> list[str]:
    return [one.text for one in town.platform.seen(openid) if one.via == "service"]
