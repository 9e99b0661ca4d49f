"""Which commands there are."""

import click

from bot.cli import booklet, calendaring, cataloging, knowing, learning, running, staffing, storing, villaging


def register(cli: click.Group) -> None:
    """Add every command to the root."""
    for part in (running, knowing, storing, staffing, calendaring, cataloging, booklet, villaging, learning):
        for command in part.COMMANDS:
            cli.add_command(command)
