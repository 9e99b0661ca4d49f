"""Which commands there are."""

import click

from bot.cli import calendaring, knowing, running, staffing, storing


def register(cli: click.Group) -> None:
    """Add every command to the root."""
    for command in (*running.COMMANDS, *knowing.COMMANDS, *storing.COMMANDS, *staffing.COMMANDS, *calendaring.COMMANDS):
        cli.add_command(command)
