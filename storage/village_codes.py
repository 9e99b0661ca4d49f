"""Codes that bind an account to a village, in SQLite: casework.village.ports.CodeBook."""

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from casework.village.codes import IssuedCode
from storage.times import from_ms, to_ms

_SALT = b"minwen village code"
"""One salt for all: a code of 44 random bits is found by its hash, without trying every row."""


def hash_code(code: str) -> str:
    """Return what is stored of a code: slow enough (some 10 ms) that a stolen table tells nothing within a week."""
    return hashlib.scrypt(code.encode(), salt=_SALT, n=2**12, r=8, p=1, dklen=16).hex()


class StoredCodes:
    """A CodeBook whose every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, code: IssuedCode) -> None:
        """Put a new code down."""
        self._db.execute(
            "INSERT INTO village_codes(hashed, village, issued_ms, issued_by, replaces, used_ms, withdrawn_ms)"
            " VALUES (:hashed, :village, :issued_ms, :issued_by, :replaces, :used_ms, :withdrawn_ms)",
            _columns(code),
        )

    def save(self, code: IssuedCode) -> None:
        """Replace the row with this hash."""
        self._db.execute(
            "UPDATE village_codes SET used_ms = :used_ms, withdrawn_ms = :withdrawn_ms WHERE hashed = :hashed",
            _columns(code),
        )

    def issued(self) -> Sequence[IssuedCode]:
        """Return all codes that are kept, oldest first."""
        return [_code(row) for row in self._db.execute("SELECT * FROM village_codes ORDER BY issued_ms, hashed")]

    def find(self, hashed: str) -> IssuedCode | None:
        """Return the code with this hash."""
        row = self._db.execute("SELECT * FROM village_codes WHERE hashed = ?", (hashed,)).fetchone()
        return _code(row) if row else None

    def wrong_tries(self, openid: str, since: datetime) -> Sequence[datetime]:
        """Return when this account typed a wrong code since then."""
        wanted = (openid, to_ms(since))
        rows = self._db.execute("SELECT at_ms FROM village_tries WHERE openid = ? AND at_ms >= ?", wanted)
        return [from_ms(row["at_ms"]) for row in rows]

    def note_wrong_try(self, openid: str, at: datetime) -> None:
        """Remember one wrong code."""
        self._db.execute("INSERT INTO village_tries(openid, at_ms) VALUES (?, ?)", (openid, to_ms(at)))


def _columns(code: IssuedCode) -> dict[str, object]:
    return {
        "hashed": code.hashed,
        "village": code.village,
        "issued_ms": to_ms(code.issued_at),
        "issued_by": code.issued_by,
        "replaces": code.replaces,
        "used_ms": to_ms(code.used_at) if code.used_at else 0,
        "withdrawn_ms": to_ms(code.withdrawn_at) if code.withdrawn_at else 0,
    }


def _code(row: sqlite3.Row) -> IssuedCode:
    return IssuedCode(
        row["hashed"],
        row["village"],
        from_ms(row["issued_ms"]),
        row["issued_by"],
        row["replaces"],
        from_ms(row["used_ms"]) if row["used_ms"] else None,
        from_ms(row["withdrawn_ms"]) if row["withdrawn_ms"] else None,
    )
