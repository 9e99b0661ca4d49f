"""What can happen to a ticket's clock; part of the closed union in casework.tickets.events."""

from dataclasses import dataclass
from datetime import date

from casework.tickets.model import PauseReason


@dataclass(frozen=True, slots=True)
class Paused:
    """挂起."""

    reason: PauseReason
    reason_id: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """恢复; the date was recounted."""

    due: date


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """延期 asked for."""

    days: int
    reason_id: str


@dataclass(frozen=True, slots=True)
class ExtensionApproved:
    """延期 approved by another person."""

    days: int
    due: date


@dataclass(frozen=True, slots=True)
class ExtensionRefused:
    """延期 refused."""

    days: int


@dataclass(frozen=True, slots=True)
class DueRecomputed:
    """The date was counted again, for instance because a holiday notice came."""

    old: date
    new: date
    provisional: bool
    why: str
