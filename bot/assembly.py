"""The composition root: the only place where parts are put together."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.parts import Parts
from bot.settings import Settings
from bot.villages import Villages
from casework.china_time import in_shanghai
from casework.tickets.routing import Directory, parse_rules, parse_units
from casework.village.duty_items import DutyItem, parse_items
from casework.workdays import WorkCalendar
from handlers.services import Account
from knowledge.base import KnowledgeBase
from knowledge.library import UNCHANGED, Library, Overlay, load
from knowledge.masking import mask

CATALOGS = Path(__file__).resolve().parent.parent / "catalogs"


def now() -> datetime:
    """Return the present moment on the Shanghai clock, whatever the machine says."""
    return in_shanghai(datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Holder:
    """The knowledge in service; replaced whole, never in part."""

    library: Library
    base: KnowledgeBase


class InService(Protocol):
    """Whoever holds the knowledge that answers now; it may be another one for the next message."""

    @property
    def base(self) -> KnowledgeBase: ...

    @property
    def library(self) -> Library: ...


def load_knowledge(catalogs: Path = CATALOGS, cache_dir: Path | None = None, overlay: Overlay = UNCHANGED) -> Holder:
    """Read and index the catalogs with *overlay* over them.

    Raises:
        LibraryError: a file cannot be used; the text names file, line and field.
    """
    library = load(catalogs, overlay)
    return Holder(library, index(library, cache_dir))


def index(library: Library, cache_dir: Path | None) -> KnowledgeBase:
    """Index what was read, or read back the index made before from the same content."""
    return KnowledgeBase.build(
        library.entries, library.lexicon, library.words, library.version, cache_dir, not_this=library.not_this
    )


def load_directory(catalogs: Path = CATALOGS) -> Directory:
    """Read the 派单目录: units and which matters are theirs."""
    told = [(catalogs / "units" / name).read_text("utf-8") for name in ("units.csv", "routing.csv")]
    units = parse_units(told[0], "units.csv")
    rules = parse_rules(told[1], "routing.csv", units)
    return Directory(units, rules, hashlib.sha256("\n".join(told).encode()).hexdigest()[:8])


def make_parts(settings: Settings, holder: InService, calendar: Callable[[], WorkCalendar]) -> Parts:
    """Return what messages are handled with."""
    return Parts(
        knowledge=lambda: holder.base,
        calendar=calendar,
        rules=settings.limit_rules(),
        inner=settings.inner_limits(),
        account=Account(settings.bot_account_name, settings.bot_operator, settings.wechat_notice_article or ""),
        towns=tuple(dict.fromkeys(place.town for place in holder.library.places)),
        mask=mask,
        villages=Villages(lambda: holder.library, load_duties()),
    )


def load_duties(catalogs: Path = CATALOGS) -> tuple[DutyItem, ...]:
    """Read the list of what villages and communities make public."""
    return parse_items((catalogs / "village" / "items.csv").read_text("utf-8"), "items.csv")
