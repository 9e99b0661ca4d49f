"""What is written down of village work: who gave out codes, bound, released, marked, settled. It only grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "AdminBound": "绑定了管理员",
        "AdminEnded": "管理员不再管这个村",
        "GroupNamed": "群名记为",
        "CodeIssued": "发了一个绑定码",
        "CodeWithdrawn": "收回了没用的绑定码",
        "ItemPublished": "标记已公开",
        "PublicationWithdrawn": "撤销公开标记",
        "PhotoSeen": "看了公开照片",
        "RulesChanged": "改了起算日和频次",
        "QrMade": "做了二维码",
    }
)
"""Every type of line, and what the console calls it."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: *actor* is ``staff:login``, ``admin:id`` or ``system:part``; *detail* holds no personal data."""

    village: str
    at: datetime
    actor: str
    type: str
    detail: str = ""

    @property
    def what(self) -> str:
        """What happened, in Chinese."""
        return WORDS.get(self.type, self.type)


class VillageLog(Protocol):
    """The log of one database."""

    def note(self, line: LogLine) -> None:
        """Add a line."""
        ...

    def lines(self, village: str, most: int = 50) -> tuple[LogLine, ...]:
        """Return the newest lines of a village."""
        ...
