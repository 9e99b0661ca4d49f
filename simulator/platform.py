"""The platform itself: what residents can do to the bot, what they saw, and tools for hostile requests.

Fidelity limits: the real spacing of retries, how real clients render text, content moderation and firewalls
in front of the bot are not reproduced; whether a tapped menu link counts as a message or as a menu click is
not documented (``taps_count_as_clicks``). Everything else follows the WeChat documentation.
"""

import asyncio
import secrets
from collections.abc import Mapping

import aiohttp

from simulator import kinds, messages, packet
from simulator.core import ApiCall, PlatformCore
from simulator.crypto import encrypt, sign
from simulator.exchange import Bubble, Exchange
from simulator.faults import Faults
from simulator.ledger import Trigger
from simulator.messages import Draft
from simulator.notices import TEMPLATE
from simulator.resident import Resident, new_openid

__all__ = ["ApiCall", "Exchange", "Platform"]

_CLICKS = frozenset({"CLICK", "scancode_push", "scancode_waitmsg"})


class NotFollowingError(ValueError):
    """The resident has unfollowed and cannot write."""


class Platform(PlatformCore):
    """One account's platform; an async context manager that owns its HTTP session.

    ``clock`` gives Unix seconds and rules everything but the five-second wait, which is real time. A resident
    never seen before is taken for one who has followed long ago. ``callback_url`` may be set later.
    """

    async def verify_url(self) -> bool:
        """Do the GET check the console does; True if echostr came back exactly."""
        echo = str(secrets.randbelow(10**19))
        timestamp, nonce = str(int(self.clock())), str(secrets.randbelow(2**31))
        query = {
            "signature": self.sign(timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "echostr": echo,
        }
        courier = self.courier()
        try:
            async with courier.session.get(self.callback_url, params=query, allow_redirects=False) as answer:
                return answer.status == 200 and await answer.read() == echo.encode()
        except aiohttp.ClientError:
            return False

    async def follow(self, openid: str, scene: str = "") -> Exchange:
        """The resident taps 关注, or scans a code with *scene* without following yet."""
        resident = self.resident(openid)
        resident.following, resident.followed_at, resident.scene = True, int(self.clock()), scene
        ticket = self.menu.ticket_of(scene)
        return await self.deliver(resident, messages.subscribe(scene, ticket), "follow")

    async def unfollow(self, openid: str) -> Exchange:
        """The resident leaves; nothing can be sent to them any more."""
        resident = self.resident(openid)
        resident.following, resident.typing_until = False, 0.0
        resident.windows.open.clear()
        return await self.deliver(resident, messages.event("unsubscribe", ("EventKey", "")))

    async def say(self, openid: str, text: str) -> Exchange:
        """The resident types *text*."""
        return await self._message(openid, messages.text(text))

    async def tap_link(self, openid: str, content: str, menu_id: str) -> Exchange:
        """The resident taps a bizmsgmenu link; a test account does not get its id back."""
        given = menu_id if self.account.verified_service else ""
        trigger: Trigger = "click" if self.taps_count_as_clicks else "message"
        return await self._message(openid, messages.text(content, given), trigger)

    async def send_image(self, openid: str, data: bytes) -> Exchange:
        """The resident sends a picture; the bot may fetch it by its media id for three days."""
        return await self._message(openid, messages.image(self.media.keep("image", data, self.clock())))

    async def send_voice(self, openid: str, recognition: str | None) -> Exchange:
        """The resident speaks; None means that the platform gave no Recognition at all."""
        media_id = self.media.keep("voice", b"#!AMR\n", self.clock())
        return await self._message(openid, messages.voice(media_id, recognition))

    async def send_location(self, openid: str, lat: float, lng: float, label: str) -> Exchange:
        """The resident sends a place."""
        return await self._message(openid, messages.location(lat, lng, label))

    async def send_unsupported(self, openid: str) -> Exchange:
        """The resident sends a sticker, which arrives as a fixed placeholder text."""
        return await self._message(openid, messages.unsupported())

    async def send_kind(self, openid: str, kind: str) -> Exchange:
        """Send the sample called *kind* (see ``simulator.kinds.names``), message or event."""
        media_id = self.media.keep("image", b"\xff\xd8\xff\xd9", self.clock())
        return await self._message(openid, kinds.sample(kind, media_id))

    async def agree(self, openid: str, template: str = TEMPLATE) -> Exchange:
        """The resident taps 订阅 in an article."""
        self.notices.agree(openid, template)
        return await self._message(openid, messages.popup(template, "accept"))

    async def decline(self, openid: str, template: str = TEMPLATE) -> Exchange:
        """The resident taps 取消 in the popup: nothing is agreed to, and nothing taken back."""
        return await self._message(openid, messages.popup(template, "reject"))

    async def take_back(self, openid: str, template: str = TEMPLATE) -> Exchange:
        """The resident switches a notice off in its settings."""
        self.notices.take_back(openid, template)
        return await self._message(openid, messages.changed(template))

    def report_sent(self, resident: Resident, template: str) -> None:
        """Report to the bot, a moment after the call's answer, whether a 订阅通知 arrived."""
        draft = messages.sent(template, next(self._message_ids), arrived=not self.faults.notices_lost)
        task = asyncio.get_running_loop().create_task(self.deliver(resident, draft))
        self._reports.add(task)
        task.add_done_callback(self._reports.discard)

    async def tap_menu(self, openid: str, key: str) -> Exchange:
        """The resident taps the menu button of type click with *key*."""
        return await self._message(openid, messages.click(key))

    async def scan(self, openid: str, scene: str) -> Exchange:
        """The resident scans the account's code with *scene*; who does not follow yet follows by it."""
        resident = self.resident(openid)
        if not resident.following:
            return await self.follow(openid, scene)
        fields = (("EventKey", scene), ("Ticket", self.menu.ticket_of(scene)))
        return await self.deliver(resident, messages.event("SCAN", *fields), "scan")

    def seen(self, openid: str) -> list[Bubble]:
        """Return everything on the resident's screen, oldest first."""
        return list(self.resident(openid).bubbles)

    def new_openid(self) -> str:
        """Return an openid nobody has."""
        return new_openid()

    def sign(self, *parts: str) -> str:
        """Sign timestamp, nonce and (for msg_signature) the ciphertext with the account's token."""
        return sign(self.account.token, *parts)

    def encrypt(self, xml: str) -> str:
        """Return *xml* sealed for this account."""
        return encrypt(self.account.key_bytes, xml.encode(), self.account.appid)

    def envelope(self, openid: str, xml: str) -> packet.Packet:
        """Return the correct request for *xml*, for a test that wants to spoil it."""
        return packet.pack(self.account, openid, xml, self.clock(), Faults())

    async def post_raw(self, query: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Post anything to the callback address and return status and body."""
        return await self.courier().post(tuple(query.items()), body)

    async def _message(self, openid: str, draft: Draft, trigger: Trigger = "message") -> Exchange:
        resident = self.resident(openid)
        if not resident.following:
            raise NotFollowingError("这位居民已经取消关注，要先重新关注")
        if not draft.event:
            return await self.deliver(resident, draft, trigger)
        return await self.deliver(resident, draft, "click" if draft.event in _CLICKS else None)
