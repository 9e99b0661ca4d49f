"""The port for drafts: each change and its line in the log are one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.publishing import Draft


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One line of a draft's log."""

    at: datetime
    actor: str
    what: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing writes: the file of the catalogs (None takes it away), and the sentence for whoever asked.

    *tell* turns the words of a question, masked as they were kept, into the notice.
    """

    path: str
    content: str | None
    tell: Callable[[str], str] | None = None


class Drafts(Protocol):
    """Drafts of answers, and publishing them."""

    async def get(self, draft_id: str) -> Draft | None: ...

    async def everything(self) -> Sequence[Draft]:
        """Return all drafts, the last changed first."""
        ...

    async def log(self, draft_id: str) -> Sequence[DraftStep]:
        """Return a draft's log, newest first."""
        ...

    async def words_of(self, questions: Sequence[str]) -> Sequence[str]:
        """Return the words of questions that are still kept."""
        ...

    async def add(self, draft: Draft, by: str) -> None: ...

    async def change(
        self,
        draft_id: str,
        work: Callable[[Draft], Draft],
        what: str,
        by: str,
        publication: Callable[[Draft], Publication] | None = None,
    ) -> Draft:
        """Replace a draft by what *work* makes of it, and publish or withdraw it in the same transaction.

        Raises:
            KeyError: there is no such draft.
            PublishingRefused: from *work*; nothing was changed.
        """
        ...
