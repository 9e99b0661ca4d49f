"""Messages whose senders were told to wait, kept in files until their work is committed.

A message is answered late because the database could not take it in time. If the process ended
then, the platform would not send it again, for it had its answer, and what the sender was promised
would be lost. So each such message is put down outside the database before its sender is told, and
taken up at the next start. The files hold residents' words: only their owner may read them, and
they live no longer than the work takes.
"""

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

import structlog

from handlers.turn import Content, Inbound, Link, Location, MenuTap, Picture, Text, Unsupported, Voice

_KINDS = {kind.__name__: kind for kind in (Text, Voice, Picture, Location, Link, Unsupported, MenuTap)}

_log = structlog.get_logger(__name__)


class Promises:
    """The open promises of one installation, one file each; every method waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, inbound: Inbound) -> None:
        """Put a message down so that a power cut does not lose it; kinds nobody waits for are passed over."""
        if type(inbound.content).__name__ not in _KINDS:
            return
        self._folder.mkdir(mode=0o700, exist_ok=True)
        file = self._file(inbound.key)
        part = file.with_suffix(f".{os.getpid()}.part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(_written(inbound))
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
        _flush_names(self._folder)

    def settle(self, key: str) -> None:
        """The work is committed and owes its result itself."""
        self._file(key).unlink(missing_ok=True)

    def unsettled(self) -> tuple[Inbound, ...]:
        """What was promised and not done, the oldest first; what cannot be read is dropped and logged."""
        found = [inbound for file in self._folder.glob("*.json") if (inbound := _read(file)) is not None]
        return tuple(sorted(found, key=lambda inbound: inbound.sent_at))

    def forget(self, openid: str) -> None:
        """Drop what a person who left was promised."""
        for inbound in self.unsettled():
            if inbound.openid == openid:
                self.settle(inbound.key)

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"


def _written(inbound: Inbound) -> str:
    return json.dumps({**asdict(inbound), "kind": type(inbound.content).__name__}, ensure_ascii=False)


def _read(file: Path) -> Inbound | None:
    try:
        held = json.loads(file.read_text("utf-8"))
        content: Content = _KINDS[held.pop("kind")](**held.pop("content"))
        return Inbound(content=content, **held)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        _log.exception("promise_unreadable", file=file.name)
        file.unlink(missing_ok=True)
        return None


def _flush_names(folder: Path) -> None:
    """A file that was just named is safe only when its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
