"""Which commands there are."""

import click

from bot.cli import knowing, running, staffing, storing


def register(cli: click.Group) -> None:
    """Add every command to the root."""
    for command in (*running.COMMANDS, *knowing.COMMANDS, *storing.COMMANDS, *staffing.COMMANDS):
        cli.add_command(command)
