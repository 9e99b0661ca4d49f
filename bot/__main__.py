"""The command line: ``python -m bot …``; every command explains itself in Chinese."""

import sqlite3
import sys
from collections.abc import Sequence

import click

from bot.account import SettingsError
from bot.cli import commands
from bot.cli.complaints import about_database, about_file, in_chinese
from bot.cli.root import cli
from knowledge.library import LibraryError


def main(args: Sequence[str] | None = None) -> None:
    """Run a command; what goes wrong is one clear message, never a stack trace."""
    commands.register(cli)
    try:
        sys.exit(cli.main(args, prog_name="python -m bot", standalone_mode=False) or 0)
    except (SettingsError, LibraryError) as error:
        _refuse(str(error), 2)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        _refuse("已取消。", 1)
    except click.ClickException as error:
        _refuse(in_chinese(error), error.exit_code)
    except sqlite3.Error as error:
        _refuse(about_database(error), 1)
    except OSError as error:
        _refuse(about_file(error), 1)


def _refuse(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
