"""What a handler may use: ports bound to the transaction of the message being handled."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casework.tickets.case import Desk
from casework.village.duty_items import DutyItem
from casework.village.log import VillageLog
from casework.village.places import Village
from casework.village.ports import AdminBook, AliasBook, CodeBook, GatheringBook, PublicationBook, RuleBook
from handlers.state import Pending
from handlers.turn import Reply
from knowledge.model import Context, Entry, EntryType, Understanding


class Knowledge(Protocol):
    """The knowledge base as handlers see it."""

    @property
    def version(self) -> str: ...

    def understand(self, text: str, context: Context | None = None) -> Understanding: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    def entries(self, type: EntryType | None = None, domain: str | None = None) -> Sequence[Entry]: ...

    def domains(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it is logged: *words* are masked, *unresolved* says why it still waits.

    *due* is set only for unresolved ones: the day by which staff should have answered.
    """

    id: str
    openid: str
    words: str
    asked_at: datetime
    outcome: str
    entry_id: str
    runners_up: tuple[tuple[str, float], ...]
    version: str
    domain: str
    unit: str
    unresolved: str = ""
    due: date | None = None


class QuestionLog(Protocol):
    """What was asked, what it was answered with, and whether it helped."""

    def add(self, question: AskedQuestion) -> None: ...

    def rate(self, question_id: str, useful: bool) -> None: ...

    def leave_unresolved(self, question_id: str, why: str, due: date) -> None: ...

    def join_ticket(self, question_id: str, number: str) -> None: ...

    def of_village(self, village: str, since: datetime) -> tuple[int, int]:
        """Return how many questions of a village were asked since then, and how many wait for an answer."""
        ...


class Residents(Protocol):
    """Who writes to us; everything here is erased when they unfollow."""

    def forget(self, openid: str) -> None:
        """Erase everything about this person that no open case needs."""
        ...

    def want_picture(self, openid: str, media_id: str) -> str:
        """Note a picture to fetch by media id; return its id here."""
        ...

    def home(self, openid: str) -> str:
        """Return the village this person said to be of, such as 八景镇/上保村, or nothing."""
        ...

    def settle(self, openid: str, village: str) -> None:
        """Note the village this person is of."""
        ...

    def agree(self, openid: str, template: str) -> None:
        """Note that this person agreed to one more 订阅通知 of a template."""
        ...

    def take_back(self, openid: str, template: str) -> None:
        """Note that this person wants no 订阅通知 of a template any more."""
        ...

    def not_arrived(self, openid: str, template: str) -> None:
        """Note that the last 订阅通知 of a template did not arrive: it is told with the next contact."""
        ...

    def ask_once(self, openid: str, village: str) -> bool:
        """Note that this person is asked about a village; False when they were before."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """What a resident is told about who runs this account.

    *notice_article* is where they can agree to 订阅通知, empty where there is no such article.
    """

    name: str
    operator: str
    notice_article: str = ""


@dataclass(frozen=True, slots=True)
class VillageRoom:
    """What village work needs besides: who is admin of what, and what is being pasted.

    *words* are titles and other names of the catalogs' entries. *owe* sends an account something
    later, or with its next contact; the same *dedup* is owed once.
    """

    codes: CodeBook
    admins: AdminBook
    gatherings: GatheringBook
    aliases: AliasBook
    publications: PublicationBook
    rules: RuleBook
    log: VillageLog
    places: Sequence[Village]
    duties: Sequence[DutyItem]
    words: Collection[str]
    hash_code: Callable[[str], str]
    owe: Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may touch, for one message."""

    knowledge: Knowledge
    questions: QuestionLog
    residents: Residents
    desk: Desk
    account: Account
    mask: Callable[[str], str]
    new_id: Callable[[], str]
    new_code: Callable[[], str]
    hash_code: Callable[[str], str]
    code_matches: Callable[[str, str], bool]
    towns: Sequence[str]
    village: VillageRoom


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply amounts to, in the words of ``ask --jsonl``."""

    outcome: str
    entry_id: str = ""
    choices: tuple[str, ...] = ()
    kind: str = ""
    also: tuple[str, ...] = ()
    domain: str = ""
    unit: str = ""


CHATTED = Told("chat")


@dataclass(frozen=True, slots=True)
class Said:
    """A handler's result: what the resident reads, and what the conversation remembers.

    *pending* replaces what we were waiting for (nothing, by default); *keep* leaves it.
    *entry_id*, *question_id* and *last_words* replace what is remembered only when set; *open_id* goes with
    *question_id*.
    *fleeting*, where there is any, is kept in place of the reply, which must not be put down.
    """

    reply: Reply
    told: Told = CHATTED
    pending: Pending | None = None
    keep: bool = False
    entry_id: str = ""
    question_id: str = ""
    open_id: str = ""
    last_words: str = ""
    fleeting: Reply | None = None
