"""Bring a database up to the schema of this version: numbered steps, each applied once."""

import sqlite3

import sqlite_utils

from storage import schema, schema_console, schema_learning, schema_notices, schema_overlay, schema_village
from storage.database import transaction
from storage.steps import STEPS

ROOMS = (schema, schema_console, schema_overlay, schema_village, schema_learning, schema_notices)
"""The modules whose steps were registered when they were imported, in the order of their numbers."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database up to date; safe when several processes start at once."""
    with transaction(connection):
        STEPS.apply(sqlite_utils.Database(connection))
