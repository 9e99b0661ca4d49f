"""demo, serve."""

import asyncio
from pathlib import Path

import click

from bot import logs
from bot.cli.root import ChineseHelp, settings_of
from bot.settings import require_wechat
from knowledge.masking import mask

PORT = click.IntRange(0, 65535)


@click.command(cls=ChineseHelp)
@click.option("--port", default=8090, type=PORT, metavar="端口", help="手机页面的端口，默认 8090")
@click.option(
    "--data", "data_dir", default=None, type=click.Path(file_okay=False), help="数据目录，默认 BOT_DATA_DIR 下的 demo"
)
@click.pass_context
def demo(context: click.Context, port: int, data_dir: str | None) -> None:
    """在本机试用：机器人、数据库和模拟的微信，都只监听 127.0.0.1。

    打印手机页面和工作台的地址，以及一次性的工作人员密码。按 Ctrl+C 停止。
    """
    from bot.demo import demo as run_demo

    logs.configure(mask)
    settings = settings_of(context)
    folder = Path(data_dir) if data_dir else settings.bot_data_dir / "demo"
    asyncio.run(run_demo(settings.model_copy(update={"bot_data_dir": folder}), port))


@click.command(cls=ChineseHelp)
@click.pass_context
def serve(context: click.Context) -> None:
    """正式运行：接微信平台的消息，开工作台。

    需要 WECHAT_APPID、WECHAT_SECRET、WECHAT_TOKEN、WECHAT_AES_KEY，缺哪个会说出来。

    可以再设 WECHAT_NOTICE_TEMPLATE（订阅通知的模板 ID）和 WECHAT_NOTICE_FIELDS（模板字段对应）：
    居民同意过、又过了能主动发消息的时间，就发一条订阅通知。不设也能用，写法见《运维手册》。
    """
    from bot.serve import serve as run_serve

    settings = settings_of(context)
    account = require_wechat(settings)
    logs.configure(mask)
    asyncio.run(run_serve(settings, account))


COMMANDS = (demo, serve)
