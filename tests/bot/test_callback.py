"""The public door over real HTTP: what a platform, a stranger and an attacker get."""

import asyncio
import gzip
import io
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

from bot.callback import SORRY, Door
from bot.unit import Replayed
from handlers.turn import Inbound, Reply, Text
from tests.bot import desk
from tests.bot.desk import NOW, SAFE, Post, message, post


@dataclass
class FakeDelivery:
    """Answers with the words it got, and remembers."""

    stored: dict[str, Reply] = field(default_factory=dict)
    seen: list[Inbound] = field(default_factory=list)
    fails: Exception | None = None

    def recall(self, key: str) -> Reply | None:
        return None

    async def known(self, key: str) -> Reply | None:
        if isinstance(self.fails, ConnectionError):
            raise self.fails
        return self.stored.get(key)

    async def deliver(self, inbound: Inbound, timestamp: int, nonce: str) -> Reply:
        if self.fails:
            raise self.fails
        self.seen.append(inbound)
        match inbound.content:
            case Text(words):
                reply = Reply(f"您说：{words}")
            case _:
                reply = Reply("")
        self.stored[inbound.key] = reply
        return reply


@dataclass
class Site:
    """A running door with a clock that tests can set."""

    url: str
    http: ClientSession
    delivery: FakeDelivery
    clock: list[int]
    healthy: list[bool]

    async def send(self, sent: Post) -> tuple[int, bytes]:
        async with self.http.post(f"{self.url}/wechat", params=sent.query, data=sent.body) as answer:
            assert "Server" not in answer.headers
            return answer.status, await answer.read()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    delivery, clock, healthy = FakeDelivery(), [NOW], [True]

    async def is_healthy() -> bool:
        if not healthy:
            raise OSError("disk")
        return healthy[0]

    app = web.Application()
    Door(SAFE, delivery, is_healthy, now=lambda: clock[0]).install(app)
    server = TestServer(app)
    await server.start_server()
    async with ClientSession() as http:
        yield Site(str(server.make_url("")).rstrip("/"), http, delivery, clock, healthy)
    await server.close()


def words(body: bytes) -> str:
    """What the resident reads."""
    outer = {child.tag: child.text for child in ET.fromstring(body)}
    xml = desk.CRYPTO.decrypt_message(body, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    return ET.fromstring(xml).findtext("Content") or ""


async def test_the_address_check_gets_its_echostr_back(site):
    """As plain text, without a newline or quotes."""
    query = {
        "timestamp": "1714037059",
        "nonce": "486452656",
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "echostr": "4375120948345356249",
    }
    async with site.http.get(f"{site.url}/wechat", params=query) as answer:
        assert (answer.status, await answer.read()) == (200, b"4375120948345356249")
        assert answer.content_type == "text/plain"
    async with site.http.get(f"{site.url}/wechat", params={**query, "signature": "0"}) as answer:
        assert answer.status == 403


async def test_a_question_gets_a_sealed_answer(site):
    """All the way over HTTP."""
    status, body = await site.send(post(message(Content="社保卡掉了")))

    assert status == 200
    assert words(body) == "您说：社保卡掉了"


async def test_an_event_without_an_answer_gets_success(site):
    """The platform shows nothing then."""
    assert await site.send(post(message("event", Event="VIEW", EventKey="x"))) == (200, b"success")


async def test_a_stale_first_message_is_refused_and_does_nothing(site):
    """Older than 300 seconds."""
    status, _ = await site.send(post(message(Content="旧"), at=NOW - 301))

    assert status == 403
    assert not site.delivery.seen


async def test_a_known_message_is_answered_whatever_its_timestamp_and_ciphertext(site):
    """A retry may come late, signed anew, encrypted anew."""
    _, first = await site.send(post(message(Content="一")))
    status, again = await site.send(post(message(Content="一"), at=NOW - 3600, nonce="other"))

    assert status == 200
    assert words(again) == words(first)
    assert len(site.delivery.seen) == 1


async def test_a_replayed_signature_is_refused(site):
    """The delivery says so, the door says 403."""
    site.delivery.fails = Replayed()

    assert (await site.send(post(message(Content="一"))))[0] == 403


@pytest.mark.parametrize("fault", [RuntimeError("secret detail"), ConnectionError("database"), TimeoutError()])
async def test_a_fault_of_ours_is_a_sentence_for_the_resident(site, fault):
    """Sealed and polite, without a trace of the fault."""
    site.delivery.fails = fault

    status, body = await site.send(post(message(Content="一")))

    assert status == 200
    assert words(body) == SORRY.text


Attack = Callable[[Site], Awaitable[int]]


async def _no_signature(site: Site) -> int:
    return (await site.send(Post({}, post(message()).body)))[0]


async def _doctype(site: Site) -> int:
    sent = post('<!DOCTYPE xml [<!ENTITY a "b">]>' + message(Content="一"))
    return (await site.send(sent))[0]


async def _plain_body(site: Site) -> int:
    sent = post(message(Content="一"))
    return (await site.send(Post(sent.query, message(Content="一").encode())))[0]


async def _ten_megabytes(site: Site) -> int:
    sent = post(message(Content="一"))
    data = io.BytesIO(b"<xml>" + b"a" * 10_000_000)
    async with site.http.post(f"{site.url}/wechat", params=sent.query, data=data) as answer:
        return answer.status


async def _ten_megabytes_in_chunks(site: Site) -> int:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"a" * 10_000

    try:
        async with site.http.post(f"{site.url}/wechat", params=post("").query, data=endless()) as answer:
            return answer.status
    except ClientError:
        return 413  # cut off while still sending


async def _zip_bomb(site: Site) -> int:
    data, headers = gzip.compress(b"a" * 10_000_000), {"Content-Encoding": "gzip"}
    async with site.http.post(f"{site.url}/wechat", params=post("").query, data=data, headers=headers) as answer:
        return answer.status


async def _broken_gzip(site: Site) -> int:
    headers = {"Content-Encoding": "gzip"}
    async with site.http.post(f"{site.url}/wechat", params=post("").query, data=b"no gzip", headers=headers) as answer:
        return answer.status


async def _duplicated_keys(site: Site) -> int:
    sent = post(message(Content="一"))
    pairs = [*sent.query.items(), ("nonce", "1")]
    async with site.http.post(f"{site.url}/wechat", params=pairs, data=sent.body) as answer:
        return answer.status


@pytest.mark.parametrize(
    "attack",
    [
        _no_signature,
        _doctype,
        _plain_body,
        _ten_megabytes,
        _ten_megabytes_in_chunks,
        _zip_bomb,
        _broken_gzip,
        _duplicated_keys,
    ],
)
async def test_attacks_end_in_a_short_refusal_without_work(site, attack):
    """400, 403 or 413, nothing delivered, and the next honest message is answered."""
    assert await attack(site) in (400, 403, 413)
    assert not site.delivery.seen
    assert (await site.send(post(message(Content="好"))))[0] == 200


async def test_a_refusal_tells_nothing(site):
    """Short, plain, without the reason."""
    status, body = await site.send(Post({}, b""))

    assert (status, body) == (400, b"refused")


async def test_a_client_that_stops_in_the_middle_does_not_hurt(site):
    """The next message is answered."""
    host, port = site.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /wechat?timestamp=1&nonce=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert (await site.send(post(message(Content="好"))))[0] == 200


async def test_health_says_only_ok_or_not_ok(site):
    """Also when the check itself breaks."""

    async def health() -> tuple[int, str]:
        async with site.http.get(f"{site.url}/healthz") as answer:
            return answer.status, await answer.text()

    assert await health() == (200, "ok")
    site.healthy[0] = False
    assert await health() == (503, "not ok")
    site.healthy.clear()
    assert await health() == (503, "not ok")
