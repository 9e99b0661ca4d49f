"""The versioned knowledge overlay: files in the formats of ``catalogs/``, the newest version of each path counts.

A version is one act of one person and may change several files; nothing is ever overwritten.
Content ``None`` means withdrawn: a shipped file of that path is then not read either.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

Files = Mapping[str, str | None]
"""Content by path such as ``disclosure/20-社会救助.csv``; None is withdrawn."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who changed something, who reviewed it (empty: nobody), when, and why."""

    author: str
    reviewer: str
    at_ms: int
    note: str


@dataclass(frozen=True, slots=True)
class Version:
    """One act and the paths it changed."""

    number: int
    act: Act
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one file."""

    version: int
    content: str | None
    act: Act


def newest(connection: sqlite3.Connection) -> int:
    """Return the number of the newest version, 0 while there is none."""
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM overlay").fetchone()[0])


def files(connection: sqlite3.Connection, version: int | None = None) -> dict[str, str | None]:
    """Return the files in force, or as they were at *version*; 0 is the shipped state, without any."""
    upto = newest(connection) if version is None else version
    rows = connection.execute(
        "SELECT path, content FROM overlay o WHERE version = (SELECT max(version) FROM overlay i"
        " WHERE i.path = o.path AND i.version <= :upto) ORDER BY path",
        {"upto": upto},
    )
    return {row["path"]: row["content"] for row in rows}


def put(connection: sqlite3.Connection, changed: Files, act: Act) -> int:
    """Store *changed* as one new version and return its number; the caller's transaction keeps numbers apart.

    Raises:
        ValueError: there is nothing to store.
    """
    if not changed:
        raise ValueError("an overlay version changes at least one file")
    version = newest(connection) + 1
    connection.executemany(
        "INSERT INTO overlay(version, path, content, author, reviewer, at_ms, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (version, path, content, act.author, act.reviewer, act.at_ms, act.note)
            for path, content in sorted(changed.items())
        ],
    )
    return version


def history(connection: sqlite3.Connection, path: str) -> tuple[Change, ...]:
    """Return every version of one file, the newest first."""
    rows = connection.execute("SELECT * FROM overlay WHERE path = ? ORDER BY version DESC", (path,))
    return tuple(Change(row["version"], row["content"], _act(row)) for row in rows)


def versions(connection: sqlite3.Connection) -> tuple[Version, ...]:
    """Return every version, the newest first."""
    found: dict[int, Version] = {}
    for row in connection.execute("SELECT * FROM overlay ORDER BY version DESC, path"):
        before = found.get(row["version"], Version(row["version"], _act(row), ()))
        found[row["version"]] = Version(before.number, before.act, (*before.paths, row["path"]))
    return tuple(found.values())


def _act(row: sqlite3.Row) -> Act:
    return Act(row["author"], row["reviewer"], row["at_ms"], row["note"])
