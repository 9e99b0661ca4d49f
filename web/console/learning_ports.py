"""The port for teaching the matcher: proposals, their replay in the background, and accepting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.learning import Proposal
from casework.staff import Staff
from knowledge.learning import Change
from knowledge.replay import Replay


@dataclass(frozen=True, slots=True)
class Lesson:
    """A proposal with the *replay* on the knowledge in force, if there is one.

    *running* says how far a replay under way is, *failed* why the last one came to no result.
    """

    proposal: Proposal
    replay: Replay | None
    running: str = ""
    failed: str = ""


class Lessons(Protocol):
    """Proposals to change how questions are understood."""

    async def everything(self) -> Sequence[Proposal]:
        """Return the newest proposals."""
        ...

    async def get(self, proposal_id: str) -> Lesson | None: ...

    async def propose(self, change: Change, by: Staff) -> Proposal:
        """Put a change up for review and begin its replay.

        Raises:
            NotLearnedError: it says nothing new, or cannot be written.
            LearningRefused: *by* may not.
        """
        ...

    async def replay(self, proposal_id: str) -> None:
        """Begin the replay on the knowledge in force, unless it is under way."""
        ...

    async def accept(self, proposal_id: str, by: Staff) -> None:
        """Put the change into service.

        Raises:
            LearningRefused: the rules or the replay forbid it, or the knowledge changed meanwhile.
        """
        ...

    async def reject(self, proposal_id: str, remark: str, by: Staff) -> None: ...
