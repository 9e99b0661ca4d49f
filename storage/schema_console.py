"""The console's steps of the schema: staff accounts, their sessions and logins, and what lists are filtered by.

The marks on ``tickets`` are computed from its body, so the register of tickets need not know of them.
"""

import sqlite_utils

from storage.steps import STEPS, run_script


@STEPS(name="0101_staff")
def _staff(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE staff (
            login TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL,
            password_hash TEXT NOT NULL, must_change INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 1,
            last_login_ms INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE staff_notes (
            id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, actor TEXT NOT NULL, login TEXT NOT NULL, what TEXT NOT NULL
        ) STRICT;
        CREATE INDEX staff_notes_at ON staff_notes(at_ms);
        CREATE TABLE staff_sessions (
            digest TEXT PRIMARY KEY, login TEXT NOT NULL, data TEXT NOT NULL,
            created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX staff_sessions_login ON staff_sessions(login);
        CREATE TABLE login_failures (
            login TEXT NOT NULL, address TEXT NOT NULL, at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX login_failures_login ON login_failures(login, at_ms);
        CREATE INDEX login_failures_address ON login_failures(address, at_ms);
        CREATE INDEX login_failures_at ON login_failures(at_ms);
        CREATE TABLE login_addresses (
            login TEXT NOT NULL, address TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (login, address)
        ) STRICT
        """,
    )


@STEPS(name="0102_ticket_marks")
def _marks(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        ALTER TABLE tickets ADD COLUMN co_units TEXT GENERATED ALWAYS AS (body ->> '$.co_units') VIRTUAL;
        ALTER TABLE tickets ADD COLUMN asks_extension INTEGER
            GENERATED ALWAYS AS ((body ->> '$.extension_ask') IS NOT NULL) VIRTUAL;
        ALTER TABLE tickets ADD COLUMN supervised INTEGER GENERATED ALWAYS AS (body ->> '$.supervised') VIRTUAL;
        CREATE INDEX tickets_asks_extension ON tickets(due_date) WHERE asks_extension = 1;
        CREATE INDEX tickets_supervised ON tickets(due_date) WHERE supervised = 1;
        CREATE INDEX tickets_stage ON tickets(stage, due_date);
        CREATE INDEX tickets_received ON tickets(received_ms);
        CREATE INDEX ticket_events_actor ON ticket_events(actor, ticket)
        """,
    )


@STEPS(name="0103_lists_from_indexes")
def _indexes(database: sqlite_utils.Database) -> None:
    # 10,000 open tickets are counted and put in order without reading their bodies.
    run_script(
        database,
        """
        CREATE INDEX tickets_lists ON tickets(is_open, due_date, number, stage, unit, kind, town);
        CREATE INDEX tickets_helped ON tickets(number) WHERE co_units <> '[]'
        """,
    )


@STEPS(name="0104_reminders")
def _reminders(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE reminders (
            key TEXT PRIMARY KEY, ticket TEXT NOT NULL, occasion TEXT NOT NULL, recipient TEXT NOT NULL,
            unit TEXT NOT NULL, on_date TEXT NOT NULL, at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reminders_reader ON reminders(recipient, unit, at_ms);
        CREATE INDEX reminders_at ON reminders(at_ms)
        """,
    )


@STEPS(name="0105_drafts")
def _drafts(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        CREATE TABLE drafts (
            id TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT NOT NULL, updated_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE draft_steps (
            draft TEXT NOT NULL REFERENCES drafts(id), revision INTEGER NOT NULL, at_ms INTEGER NOT NULL,
            actor TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (draft, revision)
        ) STRICT
        """,
    )


@STEPS(name="0106_guessers_and_notices")
def _guessers_and_notices(database: sqlite_utils.Database) -> None:
    run_script(
        database,
        """
        ALTER TABLE code_guesses ADD COLUMN guesser TEXT NOT NULL DEFAULT '';
        CREATE INDEX code_guesses_guesser ON code_guesses(guesser, at_ms);
        CREATE INDEX outbox_case ON outbox(case_id)
        """,
    )


@STEPS(name="0107_search_from_indexes")
def _search(database: sqlite_utils.Database) -> None:
    # A search looks at every ticket of a list; it reads two indexes and no body.
    run_script(
        database,
        """
        DROP INDEX tickets_lists;
        CREATE INDEX tickets_lists ON tickets(
            is_open, due_date, number, stage, unit, kind, town, external_number, received_ms);
        DROP INDEX tickets_helped;
        CREATE INDEX tickets_helped ON tickets(number, co_units) WHERE co_units <> '[]';
        CREATE INDEX case_texts_demand ON case_texts(ticket, body) WHERE kind = '诉求内容'
        """,
    )
