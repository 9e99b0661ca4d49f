"""Start the simulator: ``python -m simulator --callback URL --port 8090``. Listens on 127.0.0.1 only."""

import argparse
import asyncio
import base64
import secrets
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from aiohttp import web

from simulator.account import Account
from simulator.app import create_app
from simulator.platform import Platform

HOST = "127.0.0.1"


class _ChineseHelp(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")  # type: ignore[arg-type]  # argparse keeps its types private


class _ChineseParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"参数不对：{message}\n用 python -m simulator --help 看说明。\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until interrupted; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        account = Account(
            chosen.appid, chosen.secret, chosen.token, chosen.aes_key, chosen.mode, not chosen.test_account
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(account, chosen.callback, chosen.port))
    return 0


async def _serve(account: Account, callback: str, port: int) -> None:
    async with Platform(account, callback) as platform:
        runner = web.AppRunner(create_app(platform), shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            _announce(account, callback, runner.addresses[0][1])
            checked = await platform.verify_url()
            print(
                "服务器地址校验：" + ("通过" if checked else "没有通过（机器人还没启动？签名不对？）"),
                flush=True,
            )
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def _announce(account: Account, callback: str, port: int) -> None:
    lines = (
        f"手机页面：      http://{HOST}:{port}/",
        f"机器人地址：    {callback}",
        f"WECHAT_API_BASE=http://{HOST}:{port}",
        f"WECHAT_APPID={account.appid}",
        f"WECHAT_SECRET={account.secret}",
        f"WECHAT_TOKEN={account.token}",
        f"WECHAT_AES_KEY={account.aes_key}",
    )
    print("\n".join(lines), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = _ChineseParser(
        "python -m simulator",
        description="桌面上的微信公众平台：向机器人推送消息、提供接口、在浏览器里演一部手机。只在本机使用。",
        formatter_class=_ChineseHelp,
        add_help=False,
    )
    group = parser.add_argument_group("选项")
    group.add_argument("-h", "--help", action="help", help="显示本说明")
    group.add_argument(
        "--callback",
        default="http://127.0.0.1:8080/wechat",
        metavar="网址",
        help="机器人的回调地址（默认 %(default)s）",
    )
    group.add_argument("--port", type=_port, default=8090, metavar="端口", help="本机端口（默认 %(default)s）")
    group.add_argument("--appid", default="wx5117a1e570000000", metavar="文字", help="AppID（默认 %(default)s）")
    group.add_argument("--secret", default=secrets.token_hex(16), metavar="文字", help="AppSecret（默认随机）")
    group.add_argument("--token", default=secrets.token_hex(8), metavar="文字", help="Token（默认随机）")
    group.add_argument("--aes-key", default=_random_key(), metavar="文字", help="EncodingAESKey（默认随机）")
    group.add_argument(
        "--mode",
        choices=("safe", "plain", "compat"),
        default="safe",
        help="安全、明文或兼容模式（默认 %(default)s）",
    )
    group.add_argument("--test-account", action="store_true", help="测试号：没有菜单消息，点击链接不回传编号")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"端口要是 0 到 65535 的整数，不能是 {text}")
    return int(text)


def _random_key() -> str:
    return (
        base64.b64encode(bytes(secrets.choice(range(256)) for _ in range(32)))
        .decode()
        .rstrip("=")
        .translate(str.maketrans("+/", "ab"))
    )


if __name__ == "__main__":
    sys.exit(main())
