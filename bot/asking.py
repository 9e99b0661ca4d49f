"""``ask``: the whole conversation on the command line, with a database in memory and nothing sent."""

import json
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.parts import Parts
from bot.rendering import plain
from bot.unit import Handled, Message, handle
from casework.china_time import in_shanghai
from handlers.dispatch import LONGEST
from handlers.services import Told
from handlers.turn import Inbound, Text
from knowledge.model import Entry
from storage.database import connect, transaction
from storage.migrations import migrate


class BadLine(Exception):  # noqa: N818 - the input is at fault, not we
    """A line of the input cannot be used; the text names the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the input; *id* goes back as it came."""

    id: object
    text: str
    who: str
    at: datetime | None


class Desk:
    """Answers questions as the account would, one resident per *who*."""

    def __init__(self, parts: Parts, now: datetime) -> None:
        self._parts = parts
        self._now = now
        self._connection = connect(":memory:")
        migrate(self._connection)
        self._sequence = 0

    def ask(self, asked: Asked) -> dict[str, object]:
        """Return the line of output for one line of input."""
        begun = time.perf_counter()
        handled = self._handled(asked)
        told = handled.told or Told("chat")
        entry = self._shown(told.entry_id)
        return {
            "id": asked.id,
            "outcome": told.outcome,
            "entry": entry,
            "choices": [shown for choice in told.choices if (shown := self._shown(choice))],
            "kind": told.kind or None,
            "also": [shown for other in told.also if (shown := self._shown(other))],
            "domain": told.domain,
            "unit": told.unit,
            "reply": plain(handled.reply),
            "ms": round((time.perf_counter() - begun) * 1000, 3),
        }

    def _handled(self, asked: Asked) -> Handled:
        self._sequence += 1
        now = asked.at or self._now
        inbound = Inbound(f"m:{self._sequence}", f"who:{asked.who}", "gh_ask", int(now.timestamp()), Text(asked.text))
        reads = asked.text.strip() and len(asked.text) <= LONGEST
        understood = self._parts.knowledge().understand(asked.text) if reads else None
        with transaction(self._connection) as connection:
            return handle(connection, Message(inbound, f"s:{self._sequence}", understood), self._parts, now)

    def _shown(self, entry_id: str) -> dict[str, str] | None:
        entry = self._parts.knowledge().entry(entry_id) if entry_id else None
        return None if entry is None else show(entry)


def show(entry: Entry) -> dict[str, str]:
    """Return an entry as the fixed JSON shape names it; 一件事, several guides in a row, is told as a guide."""
    kind = "guide" if entry.type == "bundle" else entry.type
    return {"id": entry.id, "type": kind, "title": entry.title, "domain": entry.domain}


def ask_lines(desk: Desk, lines: Iterable[str]) -> Iterator[str]:
    """Answer JSON lines one by one.

    Raises:
        BadLine: a line is no JSON object with a text.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(desk.ask(read_line(line, number)), ensure_ascii=False)


def read_line(line: str, number: int) -> Asked:
    """Read one line: ``{"id","text"}`` and optionally ``who`` and ``at``; without *who* it is a new resident."""
    try:
        raw = json.loads(line.lstrip("\ufeff"))
        text, name = raw["text"], raw.get("id", number)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadLine(f'第{number}行不对：每行应是 {{"id":"…","text":"…"}} 这样的 JSON') from None
    if not isinstance(text, str):
        raise BadLine(f"第{number}行不对：text 应是文字")
    who = raw.get("who")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates can be written in JSON and nowhere else
    return Asked(name, text, str(who) if who not in (None, "") else uuid.uuid4().hex, _moment(raw.get("at"), number))


def _moment(value: object, number: int) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        return in_shanghai(datetime.fromisoformat(str(value)))
    except ValueError:
        raise BadLine(f"第{number}行不对：at 应是“2026-11-24 09:00”这样的时间") from None
