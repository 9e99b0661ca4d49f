"""The step of the schema for 订阅通知: who agreed to one, and what of a notice fits into its fields."""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0501_notice_consents")
def _consents(database: sqlite_utils.Database) -> None:
    # kind, facts: what a notice is of, and what its fields are filled from, as JSON; both empty for what is
    # told in full words only.
    # via: the template a notice was sent with, empty for a customer-service message or a reply.
    run_script(
        database,
        """
        CREATE TABLE notice_consents (
            openid TEXT NOT NULL, template TEXT NOT NULL, unused INTEGER NOT NULL, at_ms INTEGER NOT NULL,
            PRIMARY KEY (openid, template)
        ) STRICT;
        ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN facts TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN via TEXT NOT NULL DEFAULT ''
        """,
    )
