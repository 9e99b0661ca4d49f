"""The knowledge overlay's step of the schema: files a city imported, filled in, published or withdrew."""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0201_overlay")
def _overlay(database: sqlite_utils.Database) -> None:
    # content NULL: the file of this path is withdrawn.
    run_script(
        database,
        """
        CREATE TABLE overlay (
            version INTEGER NOT NULL, path TEXT NOT NULL, content TEXT, author TEXT NOT NULL,
            reviewer TEXT NOT NULL, at_ms INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (path, version)
        ) STRICT;
        CREATE INDEX overlay_version ON overlay(version)
        """,
    )
