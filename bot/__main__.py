"""The command line: ``python -m bot …``; every command explains itself in Chinese."""

import sys

import click

from bot.account import SettingsError
from bot.cli import commands
from bot.cli.root import cli
from knowledge.library import LibraryError


def main() -> None:
    """Run a command; what goes wrong is one clear message, never a stack trace."""
    commands.register(cli)
    try:
        sys.exit(cli.main(prog_name="python -m bot", standalone_mode=False) or 0)
    except (SettingsError, LibraryError) as error:
        _refuse(str(error), 2)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        _refuse("已取消。", 1)
    except click.ClickException as error:
        _refuse(in_chinese(error), error.exit_code)


def in_chinese(error: click.ClickException) -> str:
    """Say click's own complaints in Chinese; ours are Chinese already."""
    match error:
        case click.MissingParameter(param=click.Parameter(opts=names)):
            return f"缺少 {names[-1]}，用 --help 看说明。"
        case click.NoSuchOption(option_name=name):
            return f"没有 {name} 这个选项，用 --help 看说明。"
        case click.BadParameter(param=click.Parameter(opts=names)):
            return f"{names[-1]} 的值不对（{error.message}），用 --help 看说明。"
        case click.UsageError(message=message) if message.startswith("No such command"):
            return f"没有这个命令：{message.split(chr(39))[1]}，用 --help 看有哪些。"
        case _:
            return error.message


def _refuse(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
