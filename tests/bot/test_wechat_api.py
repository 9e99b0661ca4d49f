"""The client against a platform on loopback that can be told what to answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port

from bot.account import make_account
from bot.errcodes import (
    Busy,
    Malformed,
    Misconfigured,
    NotAuthorised,
    NotFollowing,
    NoWindow,
    QuotaUsed,
    Reaction,
    Sent,
    TokenTrouble,
    TooLong,
    Unknown,
    Unreachable,
    failure,
)
from bot.tokens import Token
from bot.wechat_api import Media, NotAPicture, QrCode, WeChatApi
from tests.bot.desk import RESIDENT

JPEG = b"\xff\xd8\xff\xe0" + b"j" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 100
Answer = web.Response | dict[str, object]


@dataclass
class MemoryStore:
    """A token store as the database will be: shared by every client that gets it."""

    token: Token | None = None

    async def get(self) -> Token | None:
        await asyncio.sleep(0)
        return self.token

    async def put(self, token: str, expires_at: int) -> None:
        self.token = Token(token, expires_at)


@dataclass
class Platform:
    """Hands out numbered tokens, answers what it is told, and remembers every call."""

    tokens: int = 0
    token_answer: dict[str, object] | None = None
    valid: Callable[[str], bool] = lambda token: True
    answers: list[Answer] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def stable_token(self, request: web.Request) -> web.Response:
        self.tokens += 1
        asked = json.loads(await request.read())
        assert asked == {
            "grant_type": "client_credential",
            "appid": "wxtest",
            "secret": "s",
            "force_refresh": False,
        }
        await asyncio.sleep(0.01)
        return web.json_response(self.token_answer or {"access_token": f"token-{self.tokens}", "expires_in": 7200})

    async def call(self, request: web.Request) -> web.StreamResponse:
        self.calls.append((request.path, dict(request.query)))
        self.bodies.append(await request.read())
        if not self.valid(request.query["access_token"]):
            answer: Answer = {"errcode": 40001, "errmsg": "invalid credential rid: 662f0000-0a0b0c0d-11223344"}
        else:
            answer = self.answers.pop(0) if self.answers else {"errcode": 0, "errmsg": "ok"}
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=json.dumps(answer), content_type="text/plain")


@dataclass
class Bench:
    """A client, its platform, its store and the pauses it made."""

    api: WeChatApi
    platform: Platform
    store: MemoryStore
    pauses: list[float]
    clock: list[int]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    platform, store, pauses, clock = Platform(), MemoryStore(), [], [1_714_000_000]
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", platform.stable_token)
    app.router.add_route("*", "/cgi-bin/{rest:.*}", platform.call)
    server = TestServer(app)
    await server.start_server()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with ClientSession() as http:
        api = client(str(server.make_url("/")), http, store, pause, clock)
        yield Bench(api, platform, store, pauses, clock)
    await server.close()


def client(base: str, http: ClientSession, store: MemoryStore, sleep=asyncio.sleep, clock=(0,)) -> WeChatApi:
    account = make_account(appid="wxtest", secret="s", token="abc", aes_key="", api_base=base, mode="plain")
    return WeChatApi(account, http, store, now=lambda: clock[0], timeout_s=0.5, sleep=sleep)


async def test_a_text_is_sent_as_raw_utf8(bench):
    """Escaped characters would be shown to the resident as they are."""
    assert await bench.api.send_text(RESIDENT, "您好，\x1d“甲”😀\ud800") == Sent()

    (body,) = bench.platform.bodies
    assert "您好，“甲”😀".encode() in body
    assert b"\\u" not in body
    assert json.loads(body) == {"touser": RESIDENT, "msgtype": "text", "text": {"content": "您好，“甲”😀"}}


async def test_one_token_serves_all_calls(bench):
    """Twenty calls on a cold cache fetch one token."""
    outcomes = await asyncio.gather(*(bench.api.send_text(RESIDENT, str(n)) for n in range(20)))

    assert outcomes == [Sent()] * 20
    assert bench.platform.tokens == 1


async def test_a_token_at_its_end_is_renewed_before_use(bench):
    """A minute before, so that it does not end on the way."""
    await bench.api.send_text(RESIDENT, "一")
    bench.clock[0] += 7200 - 60
    await bench.api.send_text(RESIDENT, "二")

    assert [query["access_token"] for _, query in bench.platform.calls] == ["token-1", "token-2"]


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_a_refused_token_is_replaced_and_the_call_made_once_more(bench, errcode):
    """One refresh, one retry."""
    bench.platform.answers = [{"errcode": errcode, "errmsg": "x"}]

    assert await bench.api.send_text(RESIDENT, "一") == Sent()
    assert bench.platform.tokens == 2
    assert len(bench.platform.calls) == 2


async def test_a_token_another_process_renewed_is_taken_over(bench):
    """No refresh of our own then."""
    bench.store.token = Token("old", bench.clock[0] + 7200)

    def renewed_meanwhile(token: str) -> bool:
        bench.store.token = Token("shared", bench.clock[0] + 7200)
        return token == "shared"

    bench.platform.valid = renewed_meanwhile

    outcome = await bench.api.send_text(RESIDENT, "一")

    assert outcome == Sent()
    assert bench.platform.tokens == 0


async def test_a_platform_that_refuses_every_token_is_asked_twice_and_no_more(bench):
    """Never a loop: a day's quota would burn in minutes."""
    bench.platform.valid = lambda token: False

    outcome = await bench.api.send_text(RESIDENT, "一")

    assert isinstance(outcome, TokenTrouble)
    assert outcome.reaction is Reaction.ALERT
    assert outcome.rid == "662f0000-0a0b0c0d-11223344"
    assert (len(bench.platform.calls), bench.platform.tokens) == (2, 2)


async def test_without_a_token_nothing_is_sent(bench):
    """A wrong secret or address is the operator's to mend."""
    bench.platform.token_answer = {"errcode": 40164, "errmsg": "invalid ip 203.0.113.9, not in whitelist"}

    outcome = await bench.api.send_text(RESIDENT, "一")

    assert isinstance(outcome, Misconfigured)
    assert outcome.reaction is Reaction.ALERT
    assert not bench.platform.calls


@pytest.mark.parametrize("answer", [{"expires_in": 7200}, {"access_token": "", "expires_in": 1}, {"access_token": "x"}])
async def test_a_token_answer_without_a_token_is_no_token(bench, answer):
    """And the message certainly never left."""
    bench.platform.token_answer = answer

    outcome = await bench.api.send_text(RESIDENT, "一")

    assert isinstance(outcome, Unreachable)
    assert not outcome.sent_possibly


async def test_busy_is_waited_out_three_times_and_no_more(bench):
    """One, two and four seconds."""
    bench.platform.answers = [{"errcode": -1, "errmsg": "system error"}] * 2
    assert await bench.api.send_text(RESIDENT, "一") == Sent()
    assert bench.pauses == [1.0, 2.0]

    bench.platform.answers = [{"errcode": -1, "errmsg": "system error"}] * 9
    outcome = await bench.api.send_text(RESIDENT, "二")
    assert isinstance(outcome, Busy)
    assert bench.pauses == [1.0, 2.0, 1.0, 2.0, 4.0]
    assert len(bench.platform.calls) == 3 + 4


@pytest.mark.parametrize(
    ("errcode", "kind", "reaction"),
    [
        (-1, Busy, Reaction.LATER),
        (45011, Busy, Reaction.LATER),
        (45009, Busy, Reaction.TOMORROW),
        (40001, TokenTrouble, Reaction.ALERT),
        (40014, TokenTrouble, Reaction.ALERT),
        (42001, TokenTrouble, Reaction.ALERT),
        (40013, Misconfigured, Reaction.ALERT),
        (40125, Misconfigured, Reaction.ALERT),
        (40243, Misconfigured, Reaction.ALERT),
        (40164, Misconfigured, Reaction.ALERT),
        (61004, Misconfigured, Reaction.ALERT),
        (89503, Misconfigured, Reaction.ALERT),
        (40003, NotFollowing, Reaction.DROP),
        (43004, NotFollowing, Reaction.DROP),
        (43101, NotFollowing, Reaction.DROP),
        (43019, NotFollowing, Reaction.DROP),
        (40037, Malformed, Reaction.ALERT),
        (47003, Malformed, Reaction.ALERT),
        (47001, Malformed, Reaction.ALERT),
        (40008, Malformed, Reaction.ALERT),
        (40033, Malformed, Reaction.ALERT),
        (40200, NotAuthorised, Reaction.FALL_BACK),
        (48001, NotAuthorised, Reaction.ALERT),
        (50002, NotAuthorised, Reaction.ALERT),
        (45002, TooLong, Reaction.SHORTEN),
        (45008, TooLong, Reaction.SHORTEN),
        (45015, NoWindow, Reaction.NEXT_CONTACT),
        (45047, QuotaUsed, Reaction.NEXT_CONTACT),
        (12345, Unknown, Reaction.ALERT),
    ],
)
def test_every_errcode_of_the_table_has_its_outcome_and_reaction(errcode, kind, reaction):
    """And an unknown one is for the operator to read."""
    outcome = failure(errcode, "message hint: [x] rid: 662f0000-0a0b0c0d-11223344")

    assert type(outcome) is kind
    assert outcome.reaction is reaction
    assert outcome.errcode == errcode
    assert outcome.rid == "662f0000-0a0b0c0d-11223344"


async def test_a_refused_send_is_not_repeated(bench):
    """No window: one call, and the notice waits for the next contact."""
    bench.platform.answers = [{"errcode": 45015, "errmsg": "out of time limit"}]

    assert isinstance(await bench.api.send_text(RESIDENT, "一"), NoWindow)
    assert len(bench.platform.calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text="<html>busy</html>", content_type="text/html"),
        web.Response(status=502, text="bad gateway"),
        web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        web.Response(text=""),
        web.Response(text="[]"),
        web.Response(text='{"errcode": "zero"}'),
        web.Response(text="[" * 100_000),
        web.Response(body=b"\xff\xfe"),
    ],
)
async def test_an_answer_that_is_none_leaves_the_send_uncertain(bench, answer):
    """It may have arrived, so it is never resent by itself, and no redirect is followed."""
    bench.platform.answers = [answer]

    outcome = await bench.api.send_text(RESIDENT, "一")

    assert isinstance(outcome, Unreachable)
    assert outcome.sent_possibly
    assert outcome.reaction is Reaction.UNCERTAIN
    assert len(bench.platform.calls) == 1


async def test_nobody_listening_means_certainly_not_sent():
    """A refused connection carried nothing."""
    store = MemoryStore(Token("secret-token", 10**10))
    async with ClientSession() as http:
        outcome = await client(f"http://127.0.0.1:{unused_port()}", http, store).send_text(RESIDENT, "一")

    assert isinstance(outcome, Unreachable)
    assert not outcome.sent_possibly
    assert outcome.reaction is Reaction.LATER
    assert "secret-token" not in repr(outcome) + repr(store)


@pytest.mark.parametrize("hangs_up", [True, False])
async def test_silence_after_the_request_leaves_the_send_uncertain(hangs_up):
    """The platform read it and hung up, or never answered."""
    read = []

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        read.append(await reader.readuntil(b"\r\n\r\n"))
        if not hangs_up:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with ClientSession() as http:
        api = client(f"http://127.0.0.1:{port}", http, MemoryStore(Token("t", 10**10)))
        outcome = await api.send_text(RESIDENT, "一")
    server.close()

    assert isinstance(outcome, Unreachable)
    assert outcome.sent_possibly
    assert len(read) == 1


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "image/jpeg"), (PNG, "image/png")])
async def test_a_picture_is_known_by_its_first_bytes(bench, content, kind):
    """Whatever the answer claims, and from the API host by id only."""
    bench.platform.answers = [web.Response(body=content, content_type="application/octet-stream")]

    assert await bench.api.get_media("abc-_1") == Media(content, kind)
    ((path, query),) = bench.platform.calls
    assert (path, query["media_id"]) == ("/cgi-bin/media/get", "abc-_1")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a" + b"g" * 50, "wrong kind"),
        (b"<svg onload=alert(1)>", "wrong kind"),
        (b"", "wrong kind"),
        (b'{"video_url":"http://evil.example/v"}', "wrong kind"),
        (JPEG + b"x" * 2 * 1024 * 1024, "too large"),
    ],
)
async def test_what_is_no_small_picture_is_refused(bench, content, why):
    """GIF, SVG, video addresses and anything over 2 MiB."""
    bench.platform.answers = [web.Response(body=content, content_type="image/jpeg")]

    assert await bench.api.get_media("m") == NotAPicture(why)


async def test_a_media_error_is_an_outcome_and_a_token_error_is_retried(bench):
    """Errors come as JSON labelled text/plain, with HTTP 200."""
    bench.platform.answers = [{"errcode": 42001, "errmsg": "x"}, {"errcode": 40007, "errmsg": "invalid media_id"}]

    outcome = await bench.api.get_media("m")

    assert isinstance(outcome, Unknown)
    assert outcome.errcode == 40007
    assert len(bench.platform.calls) == 2


async def test_a_menu_is_pushed_as_it_is(bench):
    """Raw UTF-8 again."""
    menu = {"button": [{"type": "click", "name": "办事", "key": "guides"}]}

    assert await bench.api.create_menu(menu) == Sent()
    assert bench.platform.calls[0][0] == "/cgi-bin/menu/create"
    assert "办事".encode() in bench.platform.bodies[0]


async def test_a_qr_code_carries_its_scene(bench):
    """Permanent by default, for a while on request."""
    made = {"ticket": "gQ-t", "url": "http://weixin.qq.com/q/x"}
    bench.platform.answers = [dict(made), dict(made), {"errcode": 40053, "errmsg": "x"}]

    assert await bench.api.create_qrcode("village-3") == QrCode("gQ-t", "http://weixin.qq.com/q/x")
    await bench.api.create_qrcode("village-3", seconds=604800)
    assert isinstance(await bench.api.create_qrcode("x"), Unknown)

    permanent, passing, _ = (json.loads(body) for body in bench.platform.bodies)
    scene = {"scene": {"scene_str": "village-3"}}
    assert permanent == {"action_name": "QR_LIMIT_STR_SCENE", "action_info": scene}
    assert passing == {"expire_seconds": 604800, "action_name": "QR_STR_SCENE", "action_info": scene}
