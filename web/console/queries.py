"""What a work list asks for, and what its reader may see: plain values that storage turns into SQL."""

from dataclasses import dataclass
from datetime import date

from casework.staff import Right, Staff, may
from casework.tickets.model import Stage

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tickets may be read: all of them, or those a unit leads or helps with; nothing without a unit."""

    everything: bool
    unit: str


def scope_of(staff: Staff) -> Scope:
    """Return what this staff member may read."""
    return Scope(may(staff, Right.SEE_ALL), staff.unit)


@dataclass(frozen=True, slots=True)
class Query:
    """One list: every field that is set narrows it.

    *due_on* and *due_before* leave out tickets whose clock stands still. *words* looks in the
    number, the external number and the demand. *touched_by* is a login that acted on the ticket.
    """

    stages: tuple[Stage, ...] = ()
    is_open: bool | None = None
    due_on: date | None = None
    due_before: date | None = None
    lead_unit: str = ""
    touched_by: str = ""
    asks_extension: bool = False
    supervised: bool = False
    kind: str = ""
    town: str = ""
    words: str = ""
    page: int = 1
    newest_first: bool = False
