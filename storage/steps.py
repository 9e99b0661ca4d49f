"""Where the steps of the schema are registered, in the order of their numbers."""

import sqlite_utils
from sqlite_utils.migrations import Migrations

STEPS = Migrations("minwen")


def run_script(database: sqlite_utils.Database, statements: str) -> None:
    """Run several statements inside the surrounding transaction, which executescript() would commit first."""
    for statement in statements.split(";"):
        if statement.strip():
            database.conn.execute(statement)
