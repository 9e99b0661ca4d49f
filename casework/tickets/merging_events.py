"""What can happen to tickets of one matter; part of the closed union in casework.tickets.events."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """并单 into another ticket; number, notices, clock and rating stay the asker's own.

    *unit* is whose matter it is now, empty while the other ticket was not dispatched.
    """

    into: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """The ticket it was merged into was dispatched: *unit* works on both; *told_with* as in Answered."""

    into: str
    unit: str
    told_with: str = ""


@dataclass(frozen=True, slots=True)
class Unmerged:
    """拆单: it goes its own way again, on its own clock and with its own unit, if it had one."""

    from_: str
    unit: str = ""
