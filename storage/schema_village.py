"""The village steps of the schema: codes, admins and their log, who asked, and which village somebody is of.

A paste is never put down: ``village_pastes`` holds only that one is being gathered, so that an
admin can be told when a restart lost it. Nicknames stand in ``village_askers`` alone.
"""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0301_village")
def _village(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE village_codes (
            hashed TEXT PRIMARY KEY, village TEXT NOT NULL, issued_ms INTEGER NOT NULL, issued_by TEXT NOT NULL,
            replaces TEXT NOT NULL, used_ms INTEGER NOT NULL, withdrawn_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX village_codes_issued ON village_codes(issued_ms);
        CREATE TABLE village_tries (openid TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
        CREATE INDEX village_tries_openid ON village_tries(openid, at_ms);
        CREATE TABLE village_admins (
            id TEXT PRIMARY KEY, openid TEXT NOT NULL, town TEXT NOT NULL, village TEXT NOT NULL,
            since_ms INTEGER NOT NULL, group_name TEXT NOT NULL, last_used_ms INTEGER NOT NULL,
            ended_ms INTEGER NOT NULL, ending TEXT NOT NULL
        ) STRICT;
        CREATE INDEX village_admins_openid ON village_admins(openid) WHERE openid <> '';
        CREATE INDEX village_admins_village ON village_admins(village);
        CREATE INDEX village_admins_town ON village_admins(town, village);
        CREATE TABLE village_events (
            admin TEXT NOT NULL, village TEXT NOT NULL, at_ms INTEGER NOT NULL, actor TEXT NOT NULL,
            type TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX village_events_village ON village_events(village, at_ms);
        CREATE TABLE village_askers (
            ticket TEXT PRIMARY KEY REFERENCES tickets(number), openid TEXT NOT NULL, alias TEXT NOT NULL
        ) STRICT;
        CREATE INDEX village_askers_openid ON village_askers(openid);
        CREATE TABLE village_pastes (
            openid TEXT PRIMARY KEY, closes_ms INTEGER NOT NULL, waits INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE residents ADD COLUMN village_asked TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN village TEXT NOT NULL DEFAULT '';
        CREATE INDEX questions_village ON questions(village, asked_ms) WHERE village <> '';
        ALTER TABLE tickets ADD COLUMN village TEXT GENERATED ALWAYS AS (body ->> '$.village') VIRTUAL;
        CREATE INDEX tickets_village ON tickets(village, received_ms) WHERE village <> ''
        """,
    )


@STEPS(name="0302_village_publications")
def _publications(database: sqlite_utils.Database) -> None:
    # by_whom is admin:id or staff:login; a photo is a row of pictures, which goes when its sender leaves.
    run_script(
        database,
        """
        CREATE TABLE village_publications (
            id TEXT PRIMARY KEY, town TEXT NOT NULL, village TEXT NOT NULL, item TEXT NOT NULL,
            published_on TEXT NOT NULL, channel TEXT NOT NULL, photo TEXT NOT NULL, by_whom TEXT NOT NULL,
            at_ms INTEGER NOT NULL, withdrawn_ms INTEGER NOT NULL DEFAULT 0, withdrawn_by TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX village_publications_village ON village_publications(village, published_on);
        CREATE INDEX village_publications_town ON village_publications(town, village);
        CREATE TABLE village_rules (village TEXT PRIMARY KEY, town TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX village_rules_town ON village_rules(town);
        CREATE TABLE village_texts (
            id TEXT PRIMARY KEY, town TEXT NOT NULL, village TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
            updated_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX village_texts_town ON village_texts(town, updated_ms);
        CREATE TABLE village_text_steps (
            text TEXT NOT NULL REFERENCES village_texts(id), revision INTEGER NOT NULL, at_ms INTEGER NOT NULL,
            actor TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (text, revision)
        ) STRICT
        """,
    )
