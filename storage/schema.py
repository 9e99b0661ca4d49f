"""The first steps of the schema: messages, residents, questions, tickets.

Portable subset (docs/decisions): TEXT ids, epoch milliseconds as INTEGER, JSON as TEXT.
Personal data stand only in rows that can be erased by openid or by ticket.
"""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0001_messages_and_residents")
def _messages(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE messages (
            key TEXT PRIMARY KEY, openid TEXT, stamp TEXT NOT NULL UNIQUE,
            reply TEXT NOT NULL, created_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX messages_openid ON messages(openid);
        CREATE INDEX messages_created ON messages(created_ms);
        CREATE TABLE residents (
            openid TEXT PRIMARY KEY, following INTEGER NOT NULL, first_ms INTEGER NOT NULL,
            message_ms INTEGER NOT NULL DEFAULT 0, message_used INTEGER NOT NULL DEFAULT 0,
            brief_ms INTEGER NOT NULL DEFAULT 0, brief_used INTEGER NOT NULL DEFAULT 0,
            town TEXT NOT NULL DEFAULT '', village TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE conversations (
            openid TEXT PRIMARY KEY, state TEXT NOT NULL, updated_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE outbox (
            id TEXT PRIMARY KEY, openid TEXT, case_id TEXT NOT NULL, body TEXT NOT NULL,
            dedup TEXT NOT NULL UNIQUE, state TEXT NOT NULL, uncertain INTEGER NOT NULL DEFAULT 0,
            created_ms INTEGER NOT NULL, sending_ms INTEGER NOT NULL DEFAULT 0,
            settled_ms INTEGER NOT NULL DEFAULT 0, due_ms INTEGER NOT NULL DEFAULT 0, detail TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX outbox_open ON outbox(state, openid);
        CREATE INDEX outbox_openid ON outbox(openid);
        CREATE TABLE erasures (digest TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE tokens (
            appid TEXT PRIMARY KEY, token TEXT NOT NULL, expires_ms INTEGER NOT NULL
        ) STRICT;
        """,
    )


@STEPS(name="0002_questions")
def _questions(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE questions (
            id TEXT PRIMARY KEY, openid TEXT, words TEXT NOT NULL, asked_ms INTEGER NOT NULL,
            outcome TEXT NOT NULL, entry_id TEXT NOT NULL, runners_up TEXT NOT NULL,
            version TEXT NOT NULL, domain TEXT NOT NULL, unit TEXT NOT NULL,
            unresolved TEXT NOT NULL, due_date TEXT NOT NULL, ticket_id TEXT NOT NULL DEFAULT '',
            useful INTEGER, closed_ms INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX questions_openid ON questions(openid);
        CREATE INDEX questions_unresolved ON questions(due_date) WHERE unresolved <> '' AND closed_ms = 0;
        """,
    )


@STEPS(name="0003_tickets")
def _tickets(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE tickets (
            number TEXT PRIMARY KEY, kind TEXT NOT NULL, stage TEXT NOT NULL, is_open INTEGER NOT NULL,
            unit TEXT NOT NULL, town TEXT NOT NULL, due_date TEXT NOT NULL, received_ms INTEGER NOT NULL,
            merged_into TEXT NOT NULL, external_number TEXT NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX tickets_open ON tickets(is_open, due_date);
        CREATE INDEX tickets_unit ON tickets(unit, is_open, due_date);
        CREATE INDEX tickets_merged ON tickets(merged_into) WHERE merged_into <> '';
        CREATE INDEX tickets_external ON tickets(external_number) WHERE external_number <> '';
        CREATE TABLE askers (
            ticket TEXT PRIMARY KEY REFERENCES tickets(number), openid TEXT NOT NULL, phone TEXT NOT NULL,
            name TEXT NOT NULL, code_hash TEXT NOT NULL
        ) STRICT;
        CREATE INDEX askers_openid ON askers(openid) WHERE openid <> '';
        CREATE TABLE case_texts (
            id TEXT PRIMARY KEY, ticket TEXT NOT NULL REFERENCES tickets(number), kind TEXT NOT NULL,
            body TEXT NOT NULL, author TEXT NOT NULL, at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX case_texts_ticket ON case_texts(ticket, at_ms);
        CREATE TABLE ticket_events (
            ticket TEXT NOT NULL REFERENCES tickets(number), seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,
            actor TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (ticket, seq)
        ) STRICT;
        CREATE TABLE ticket_days (day TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
        CREATE TABLE code_guesses (ticket TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
        CREATE INDEX code_guesses_ticket ON code_guesses(ticket, at_ms);
        CREATE TABLE pictures (
            id TEXT PRIMARY KEY, openid TEXT, media_id TEXT NOT NULL, state TEXT NOT NULL,
            content_type TEXT NOT NULL DEFAULT '', body BLOB, created_ms INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, claimed_ms INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX pictures_wanted ON pictures(state) WHERE state = 'wanted';
        CREATE INDEX pictures_openid ON pictures(openid)
        """,
    )
