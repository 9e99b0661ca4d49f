"""What village work asks of storage, inside one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from casework.village.admins import Admin, AdminEvent
from casework.village.codes import IssuedCode
from casework.village.duties import Publication, Settings
from casework.village.gathering import Gathering
from casework.village.log import LogLine
from casework.village.texts import VillageText


class CodeBook(Protocol):
    """Codes that were given out, and who tried wrong ones."""

    def add(self, code: IssuedCode) -> None:
        """Put a new code down."""
        ...

    def save(self, code: IssuedCode) -> None:
        """Replace the row with this hash."""
        ...

    def issued(self) -> Sequence[IssuedCode]:
        """Return the codes of the last months, oldest first, used and expired ones included."""
        ...

    def find(self, hashed: str) -> IssuedCode | None:
        """Return the code with this hash, used and expired ones included."""
        ...

    def wrong_tries(self, openid: str, since: datetime) -> Sequence[datetime]:
        """Return when this account typed a wrong code since then."""
        ...

    def note_wrong_try(self, openid: str, at: datetime) -> None:
        """Remember one wrong code; erased when the account unfollows."""
        ...


class AdminBook(Protocol):
    """The register of groups and admins."""

    def save(self, admin: Admin) -> None:
        """Put down or replace the binding with this id."""
        ...

    def of_account(self, openid: str) -> Sequence[Admin]:
        """Return the bindings of one account, ended ones included."""
        ...

    def of_village(self, village: str) -> Sequence[Admin]:
        """Return the bindings of a village, ended ones included, oldest first."""
        ...

    def of_town(self, town: str) -> Sequence[Admin]:
        """Return the bindings of all villages of a town, for the register."""
        ...

    def get(self, admin_id: str) -> Admin | None:
        """Return the binding with this id, ended or not."""
        ...

    def append(self, event: AdminEvent) -> None:
        """Add to the log of bindings, which only grows."""
        ...


class GatheringBook(Protocol):
    """Pastes that are not complete; held for two minutes at most and never kept raw on disk."""

    def of_account(self, openid: str) -> Gathering | None:
        """Return what this account is pasting."""
        ...

    def hold(self, openid: str, gathering: Gathering) -> None:
        """Replace what this account is pasting."""
        ...

    def drop(self, openid: str) -> None:
        """Forget it."""
        ...

    def closed(self, now: datetime) -> Sequence[str]:
        """Return the accounts whose paste is complete by its time."""
        ...


class AliasBook(Protocol):
    """Who in the group asked what: shown to the admin in a message of its own and nowhere else."""

    def remember(self, openid: str, askers: Sequence[str], at: datetime) -> None:
        """Keep the nicknames of the last paste, by the number of their question; never put on disk."""
        ...

    def last(self, openid: str, at: datetime) -> Sequence[str]:
        """Return the nicknames of the last paste, or nothing where they are forgotten already."""
        ...

    def keep_card(self, openid: str, card: str, at: datetime) -> None:
        """Keep the last card, as the conversation writes it down, while the admin does something else in between."""
        ...

    def card(self, openid: str, at: datetime) -> str:
        """Return the last card, or nothing where it is forgotten already."""
        ...

    def put(self, ticket: str, openid: str, alias: str) -> None:
        """Put down who asked what became this ticket; the row goes when the ticket closes."""
        ...

    def of_account(self, openid: str) -> Sequence[tuple[str, str]]:
        """Return (ticket, nickname) of what this admin wrote down and is still open, newest first."""
        ...


class PublicationBook(Protocol):
    """What villages made public."""

    def add(self, publication: Publication) -> None:
        """Put a new one down."""
        ...

    def get(self, publication_id: str) -> Publication | None:
        """Return one that was not taken back."""
        ...

    def of_village(self, village: str) -> Sequence[Publication]:
        """Return what was not taken back, newest first."""
        ...

    def of_town(self, town: str) -> Mapping[str, Sequence[Publication]]:
        """Return the last of each item, for every village of a town that has any."""
        ...

    def set_photo(self, publication_id: str, photo: str) -> None:
        """Name the picture; one that was there before is deleted."""
        ...

    def take_back(self, publication_id: str, at: datetime, by: str) -> None:
        """Count it no more, and delete its picture."""
        ...


class RuleBook(Protocol):
    """What the 镇 settled for its villages: from when, and how often."""

    def of_village(self, village: str) -> Settings | None:
        """Return what was settled for one village."""
        ...

    def of_town(self, town: str) -> Mapping[str, Settings]:
        """Return what was settled for the villages of a town."""
        ...

    def put(self, village: str, settings: Settings) -> None:
        """Replace what was settled."""
        ...


class TextBook(Protocol):
    """Notices with their log."""

    def get(self, text_id: str) -> VillageText | None:
        """Return one."""
        ...

    def of_towns(self, towns: Sequence[str]) -> Sequence[VillageText]:
        """Return those of some towns, the last changed first."""
        ...

    def save(self, text: VillageText, what: str, by: str, at: datetime) -> None:
        """Put a new or changed one down, with its line in the log."""
        ...

    def steps(self, text_id: str) -> Sequence[LogLine]:
        """Return its log, newest first."""
        ...
