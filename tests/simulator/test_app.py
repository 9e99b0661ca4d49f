"""The page's calls: guarded, checked, and showing what the platform knows."""

import asyncio
from dataclasses import fields

import pytest

from simulator import kinds
from simulator.faults import LABELS, Faults
from tests.simulator.desk import Desk


async def post(desk: Desk, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
    """One JSON call of the page."""
    async with desk.session.post(f"{desk.base}{path}", json=body or {}, headers=headers) as got:
        return got.status, await got.json(content_type=None) if got.status != 415 else {}


async def state(desk: Desk) -> dict[str, object]:
    """What the page would draw."""
    async with desk.session.get(f"{desk.base}/sim/state") as got:
        told: dict[str, object] = await got.json()
        return told


async def test_the_first_visit_finds_one_phone_that_does_not_follow_yet(desk: Desk) -> None:
    """So the visitor sees the welcome message after tapping 关注; a second visit adds nothing."""
    for _ in range(2):
        async with desk.session.get(f"{desk.base}/") as got:
            policy = got.headers["Content-Security-Policy"]
            assert "微信模拟器" in await got.text()

    [phone] = (await state(desk))["phones"]  # type: ignore[misc]
    assert phone["following"] is False
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


async def test_a_gesture_on_the_page_reaches_the_bot_and_the_screen(desk: Desk) -> None:
    """Follow, say, and the raw XML of both can be read."""
    await post(desk, "/sim/phones")
    await post(desk, "/sim/phones/1/follow")
    await post(desk, "/sim/phones/1/say", {"text": "你好"})
    await asyncio.gather(*desk.phones.running)

    [phone] = (await state(desk))["phones"]  # type: ignore[misc]
    async with desk.session.get(f"{desk.base}/sim/exchanges/1") as got:
        newest, *_ = await got.json()
    assert [bubble["side"] for bubble in phone["bubbles"]].count("bot") == 2
    assert "<Content><![CDATA[你好]]>" in newest["tries"][0]["request_plain"]
    assert "<Encrypt>" in newest["tries"][0]["request_raw"]


@pytest.mark.parametrize(
    ("path", "body", "word"),
    [
        ("/sim/phones/1/say", {"text": "x"}, "还没有关注"),
        ("/sim/phones/1/dance", {}, "没有这个动作"),
        ("/sim/phones/9/follow", {}, "没有 9 号手机"),
        ("/sim/phones/1/follow", {"scene": 7}, "文字"),
        ("/sim/faults", {"name": "nope", "value": True}, "没有这个开关"),
        ("/sim/faults", {"name": "api_500", "value": 1}, "开或关"),
        ("/sim/faults", {"name": "slow_seconds", "value": "x"}, "数字"),
        ("/sim/faults", [1], "JSON 对象"),
    ],
)
async def test_impossible_wishes_are_refused_in_chinese(desk: Desk, path: str, body: object, word: str) -> None:
    """A sentence, not a trace."""
    await post(desk, "/sim/phones")

    status, told = await post(desk, path, body)

    assert status == 400
    assert word in str(told["error"])


async def test_foreign_pages_and_names_are_kept_out(desk: Desk) -> None:
    """A rebound host name and a form post from elsewhere change nothing."""
    async with desk.session.get(f"{desk.base}/sim/state", headers={"Host": "evil.example"}) as got:
        assert got.status == 403
    async with desk.session.post(f"{desk.base}/sim/phones", data="a=b") as got:
        assert got.status == 415
    assert (await state(desk))["phones"] == []


async def test_an_unchanged_state_costs_nothing(desk: Desk) -> None:
    """The page asks often; it gets 204 until something changes."""
    version = (await state(desk))["version"]
    url = f"{desk.base}/sim/state"
    async with desk.session.get(url, params={"since": str(version)}) as got:
        assert got.status == 204
    await post(desk, "/sim/phones")
    async with desk.session.get(url, params={"since": str(version)}) as got:
        assert got.status == 200


async def test_only_pictures_are_served_to_the_browser(desk: Desk) -> None:
    """Bytes that are no picture stay out of the page's origin."""
    platform = desk.platform
    good = platform.media.keep("image", b"\x89PNG", platform.clock())
    bad = platform.media.keep("image", b"<script>", platform.clock())
    statuses = []
    for media_id in (good, bad, "none"):
        async with desk.session.get(f"{desk.base}/sim/media/{media_id}") as got:
            statuses.append(got.status)

    assert statuses == [200, 404, 404]


def test_every_switch_and_every_kind_has_a_chinese_label() -> None:
    """Nothing on the page is nameless."""
    assert [field.name for field in fields(Faults)] == list(LABELS)
    assert list(kinds.LABELS) == list(kinds.names())
