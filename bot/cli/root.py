"""The root command and click's own words in Chinese."""

import os
import re
from pathlib import Path
from typing import Any

import click

from bot.settings import Settings, load_settings

RANGE = re.compile(r"\s*\[[^\]]*<=[^\]]*\]")
"""click's own note on a number's range; the Chinese help says what matters."""

_VALUES = {"DIRECTORY": "目录", "FILE": "文件", "PATH": "路径", "TEXT": "文字", "INTEGER": "整数"}
"""click's own words for what follows an option that names none."""
_VALUE = re.compile(rf"\b({'|'.join(_VALUES)})\b")

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class ChineseHelp(click.Command):
    """A command whose help page is all Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", CONTEXT)
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[选项]")
        formatter.write_usage(ctx.command_path, pieces, "用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the sub-commands of a group."""
        found = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        records = [
            (_VALUE.sub(lambda word: _VALUES[word[0]], name), RANGE.sub("", text).replace("[required]", "（必填）"))
            for name, text in found
        ]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say what --help does in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option


class ChineseGroup(ChineseHelp, click.Group):
    """A group whose help page is all Chinese."""

    command_class = ChineseHelp
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        ChineseHelp.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(60))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name the parts of a group's usage."""
        return ["[选项]", "命令", "…"]


@click.group(cls=ChineseGroup, context_settings=CONTEXT)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="配置文件（TOML），默认读 ./minwen.toml",
)
@click.pass_context
def cli(context: click.Context, config: Path | None) -> None:
    """民问：县级政务公开问答与诉求登记的微信公众号系统。

    先看效果用 demo；接上真的公众号用 serve。
    """
    context.obj = config


def settings_of(context: click.Context) -> Settings:
    """Read the settings of this call."""
    return load_settings(os.environ, context.find_root().obj)
