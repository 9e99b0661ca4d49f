"""The QR code of a village: asked of the platform once, kept, and honestly refused where the account may not.

A code with a scene needs a verified 服务号 (wechat.md); other accounts get errcode 48001 and print their
name, or their plain code, with the words to send.
"""

from typing import Protocol

from bot.errcodes import Busy, Failure, NotAuthorised, Unreachable
from bot.wechat_api import QrCode
from casework.village.places import Village
from handlers.village_home import SCENE, short_id
from storage.village_desk import StoredVillages
from web.console.village_ports import QrState

UNNAMED = "本公众号"
"""The default of BOT_ACCOUNT_NAME: nobody can look for an account of this name."""


class MakesQr(Protocol):
    """What is needed of the platform's API."""

    async def create_qrcode(self, scene: str, seconds: int | None = None) -> QrCode | Failure: ...


class PlatformVillages(StoredVillages):
    """web.console.village_ports.Villages."""

    _api: MakesQr | None = None
    _account = ""

    def with_account(self, api: MakesQr | None, account: str) -> "PlatformVillages":
        """Say who makes codes and how the account is called; without *api* no code is made."""
        self._api = api
        self._account = "" if account == UNNAMED else account
        return self

    async def qr(self, path: str) -> QrState:
        """Return what can be printed for a village."""
        own, account_link = await self.links(path)
        return QrState(own, "", self._account, account_link)

    async def make_qr(self, path: str) -> QrState:
        """Ask the platform for the village's own code and keep what it says."""
        state = await self.qr(path)
        if state.link:
            return state
        if self._api is None:
            return QrState("", "现在没有连着微信平台，做不了带参数的二维码", state.account, state.account_link)
        town, _, name = path.partition("/")
        got = await self._api.create_qrcode(SCENE + short_id(Village(town, name)))
        if isinstance(got, QrCode) and got.url:
            await self.keep_link(path, got.url)
            return await self.qr(path)
        return QrState("", why_not(got), state.account, state.account_link)


def why_not(got: QrCode | Failure) -> str:
    """Say in Chinese why there is no code."""
    match got:
        case NotAuthorised():
            return "这个公众号没有带参数二维码的权限（要认证过的服务号）。单子上改用公众号名称和要发的话，一样能用"
        case Busy() | Unreachable():
            return "微信平台现在没有回应，过几分钟再点一次"
        case QrCode():
            return "微信平台没有给出二维码，过几分钟再点一次"
        case _:
            return f"微信平台没有做成（错误码{got.errcode}），请告诉运维人员"
