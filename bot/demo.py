"""``demo``: the bot, its database and a simulated WeChat platform on this machine, for trying out."""

import asyncio
import base64
import secrets
import sqlite3
from contextlib import AsyncExitStack

from bot.account import make_account
from bot.listening import listen
from bot.serve import running, until_stopped
from bot.settings import Settings
from casework.staff import Role
from simulator.account import Account
from simulator.app import create_app
from simulator.notices import TEMPLATE
from simulator.platform import Platform
from storage import staff
from storage.database import Database
from web.console.passwords import hash_password, one_time_password

HOST = "127.0.0.1"
_NOTICES: dict[str, object] = {
    "wechat_notice_template": TEMPLATE,
    "wechat_notice_fields": {"编号": "character_string1", "进展": "phrase2", "期限": "date3", "提示": "thing4"},
}
"""The played account has one template of 订阅通知; a phone agrees to it behind its +."""


async def demo(settings: Settings, port: int) -> None:
    """Run until a signal asks to stop; everything listens on 127.0.0.1 only."""
    played = _account(settings.bot_account_name)
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(Platform(played, ""))
        phone = await listen(stack, create_app(platform), HOST, port)
        account = make_account(
            appid=played.appid,
            secret=played.secret,
            token=played.token,
            aes_key=played.aes_key,
            api_base=phone,
            mode="safe",
        )
        noticed = {} if settings.wechat_notice_template else _NOTICES
        local = settings.model_copy(update={"bot_host": HOST, "console_host": HOST, **noticed})
        started = await stack.enter_async_context(running(local, account))
        platform.callback_url = f"{started.public}/wechat"
        print(f"手机页面：{phone}/", flush=True)
        login, password = await _one_time_account(started.database)
        print(f"工作台：  {started.console}/  用户名 {login}  一次性密码 {password}", flush=True)
        if not await platform.verify_url():
            print("模拟平台没有通过服务器地址校验，请看上面的日志。", flush=True)
        await until_stopped()


async def _one_time_account(database: Database) -> tuple[str, str]:
    """Make an administrator for this run, or give the one of an earlier run a new one-time password."""
    login, password = "demo", one_time_password()
    hashed = await asyncio.to_thread(hash_password, password)

    def work(connection: sqlite3.Connection) -> None:
        if not staff.add(connection, login, "试用管理员", Role.ADMIN, "", hashed, True):
            staff.set_password(connection, login, hashed, True)

    await database.write(work)
    return login, password


def _account(name: str) -> Account:
    return Account(
        appid=f"wx{secrets.token_hex(8)}",
        secret=secrets.token_hex(16),
        token=secrets.token_hex(8),
        aes_key=base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=").replace("+", "A").replace("/", "B"),
        name=name,
    )
