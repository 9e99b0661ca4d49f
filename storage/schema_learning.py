"""The learning step of the schema: proposed changes to how questions are understood, with their last replay."""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0401_lessons")
def _lessons(database: sqlite_utils.Database) -> None:
    # replayed_on: the overlay version the replay was run on; -1 while there is none.
    run_script(
        database,
        """
        CREATE TABLE lessons (
            id TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT NOT NULL, made_ms INTEGER NOT NULL,
            replay TEXT NOT NULL DEFAULT '', replayed_on INTEGER NOT NULL DEFAULT -1
        ) STRICT;
        CREATE INDEX lessons_state ON lessons(state, made_ms)
        """,
    )
