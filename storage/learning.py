"""Proposed changes to how questions are understood, and the answered questions they are replayed on."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

from pydantic import TypeAdapter

from casework.learning import Proposal
from knowledge.learning import AddAlias, AddPhrasing, AddSynonym, AddWord, Change, NotThis
from knowledge.replay import Case, Kind, Replay
from storage.times import to_ms

MOST_ASKED = 2000
_KINDS: dict[str, type[Change]] = {
    kind.__name__: kind for kind in (AddPhrasing, AddAlias, AddSynonym, AddWord, NotThis)
}
_PROPOSAL, _REPLAY = TypeAdapter(Proposal), TypeAdapter(Replay)


def packed(change: Change) -> str:
    """Return *change* as text."""
    return json.dumps({"kind": type(change).__name__, "says": asdict(change)}, ensure_ascii=False)


def unpacked(text: str) -> Change:
    """Return the change that was packed into *text*."""
    held = json.loads(text)
    change: Change = TypeAdapter(_KINDS[held["kind"]]).validate_python(held["says"])
    return change


def save(connection: sqlite3.Connection, proposal: Proposal) -> None:
    """Put a proposal down; its replay stays."""
    connection.execute(
        "INSERT INTO lessons(id, state, body, made_ms) VALUES (:id, :state, :body, :made) ON CONFLICT(id)"
        " DO UPDATE SET state = excluded.state, body = excluded.body",
        {
            "id": proposal.id,
            "state": proposal.state.value,
            "body": _PROPOSAL.dump_json(proposal).decode(),
            "made": to_ms(proposal.made_at),
        },
    )


def get(connection: sqlite3.Connection, proposal_id: str) -> Proposal | None:
    """Return one proposal."""
    row = connection.execute("SELECT body FROM lessons WHERE id = ?", (proposal_id,)).fetchone()
    return _PROPOSAL.validate_json(row["body"]) if row else None


def everything(connection: sqlite3.Connection, most: int = 300) -> Sequence[Proposal]:
    """Return the newest proposals."""
    rows = connection.execute("SELECT body FROM lessons ORDER BY made_ms DESC, id LIMIT ?", (most,))
    return [_PROPOSAL.validate_json(row["body"]) for row in rows]


def keep_replay(connection: sqlite3.Connection, proposal_id: str, replay: Replay, overlay_version: int) -> None:
    """Note what the replay on one overlay version found."""
    connection.execute(
        "UPDATE lessons SET replay = ?, replayed_on = ? WHERE id = ?",
        (_REPLAY.dump_json(replay).decode(), overlay_version, proposal_id),
    )


def replay_of(connection: sqlite3.Connection, proposal_id: str, overlay_version: int) -> Replay | None:
    """Return what the replay on *overlay_version* found; one on other knowledge does not count."""
    row = connection.execute(
        "SELECT replay FROM lessons WHERE id = ? AND replayed_on = ?", (proposal_id, overlay_version)
    ).fetchone()
    return _REPLAY.validate_json(row["replay"]) if row else None


def asked(connection: sqlite3.Connection, most: int = MOST_ASKED) -> tuple[Case, ...]:
    """Return past questions that were answered and not disputed, the newest first, each wording once."""
    rows = connection.execute(
        "SELECT words, entry_id, max(coalesce(useful, 0)) AS useful FROM questions WHERE outcome = 'answer'"
        " AND entry_id <> '' AND unresolved = '' AND coalesce(useful, 1) = 1 AND words <> ''"
        " GROUP BY words, entry_id ORDER BY max(asked_ms) DESC LIMIT ?",
        (most,),
    )
    return tuple(Case(row["words"], row["entry_id"], Kind.USEFUL if row["useful"] else Kind.ASKED) for row in rows)
