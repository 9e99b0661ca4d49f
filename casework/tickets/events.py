"""What can happen to a ticket, in the past tense; the log of it is audit trail, report and progress page.

No personal data: words are referred to by id.
"""

from dataclasses import dataclass
from datetime import date, datetime

from casework.tickets.merging_events import Merged, TakenAlong, Unmerged
from casework.tickets.model import Kind, Lawfulness, Rating, Route, Source
from casework.tickets.timing_events import (
    DueRecomputed,
    ExtensionApproved,
    ExtensionAsked,
    ExtensionRefused,
    Paused,
    Resumed,
)


@dataclass(frozen=True, slots=True)
class TicketOpened:
    """The resident confirmed, or staff registered it for somebody; the clock started.

    *received* is set where another system had received it earlier: then the clock runs from there.
    """

    kind: Kind
    source: Source
    town: str
    due: date
    provisional: bool
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class KindChanged:
    """The kind was corrected and the date recounted from receipt."""

    old: Kind
    new: Kind
    due: date


@dataclass(frozen=True, slots=True)
class Classified:
    """Staff put it into one of 高安's three classes; internal."""

    lawfulness: Lawfulness


@dataclass(frozen=True, slots=True)
class ExternalNumberSet:
    """The number of the same demand in the city's system of record was noted."""

    external_number: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """受理."""


@dataclass(frozen=True, slots=True)
class Declined:
    """不予受理, with the legal way to go."""

    route: Route
    reason_id: str


@dataclass(frozen=True, slots=True)
class Dispatched:
    """派单: *unit* leads, *co_units* help."""

    unit: str
    co_units: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Signed:
    """签收 by the unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class HandlingBegun:
    """The unit began to work on it."""

    unit: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """退单: the unit says it is not responsible."""

    unit: str
    reason_id: str


@dataclass(frozen=True, slots=True)
class PutUnderSupervision:
    """It bounced too often: only 督办 may dispatch it now."""

    bounces: int


@dataclass(frozen=True, slots=True)
class Answered:
    """答复; *text_id* is the answer's row. *unit* is who answered, empty for the duty desk.

    *told_with* is another ticket of the same person whose message speaks for this one.
    """

    text_id: str
    unit: str
    told_with: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """办结; *resolved* is the closing officer's judgement; *told_with* as in Answered."""

    resolved: bool
    unit: str
    told_with: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """撤回 by the asker."""


@dataclass(frozen=True, slots=True)
class Supplemented:
    """补充 by the asker."""

    text_id: str


@dataclass(frozen=True, slots=True)
class Urged:
    """催办; *times* counts this one."""

    times: int


@dataclass(frozen=True, slots=True)
class Rated:
    """评价."""

    rating: Rating


@dataclass(frozen=True, slots=True)
class Reopened:
    """重办: a new clock started; *by_rating* when 不满意 did it."""

    by_rating: bool
    reason_id: str
    due: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class ReturnCalled:
    """回访."""

    reached: bool
    note_id: str


@dataclass(frozen=True, slots=True)
class Reclaimed:
    """The holder of the 查询码 took the case back after following again."""


@dataclass(frozen=True, slots=True)
class CodeRenewed:
    """The 查询码 was lost; staff gave a new one, the old one is void."""


@dataclass(frozen=True, slots=True)
class IdentityLookedAt:
    """A staff member looked behind the mask."""

    why: str


Event = (
    TicketOpened
    | KindChanged
    | Classified
    | ExternalNumberSet
    | Accepted
    | Declined
    | Dispatched
    | Signed
    | HandlingBegun
    | SentBack
    | PutUnderSupervision
    | Paused
    | Resumed
    | ExtensionAsked
    | ExtensionApproved
    | ExtensionRefused
    | Answered
    | Closed
    | Merged
    | TakenAlong
    | Unmerged
    | Withdrawn
    | Supplemented
    | Urged
    | Rated
    | Reopened
    | ReturnCalled
    | DueRecomputed
    | Reclaimed
    | CodeRenewed
    | IdentityLookedAt
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place: *seq* counts from 1 inside its ticket.

    *actor* is ``resident``, ``code``, ``staff:login`` or ``system:part``, never an openid.
    """

    ticket: str
    seq: int
    at: datetime
    actor: str
    event: Event

    @property
    def key(self) -> str:
        """A name of this event that no other has: ``GA20260213-0001/3``."""
        return f"{self.ticket}/{self.seq}"
