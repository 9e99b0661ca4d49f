"""Everything the console works with, handed in by the composition root."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from casework.ports import HashCode, Now
from casework.tickets.routing import Directory
from knowledge.plain import Glossary
from knowledge.text import normalise
from knowledge.why import Section
from web.console.account_ports import Attempts, Sessions, StaffBook
from web.console.draft_ports import Drafts
from web.console.learning_ports import Lessons
from web.console.passwords import Hasher
from web.console.ports import Cases, Knowledge, PictureShelf, WorkLists
from web.console.system_ports import Watch
from web.console.village_ports import Villages

Alike = Callable[[Sequence[str]], Sequence[Sequence[int]]]
AddressOf = Callable[[web.BaseRequest], str]


def peer_address(request: web.BaseRequest) -> str:
    """Return the address of the other end of the connection, believing no header."""
    return request.remote or ""


def no_glossary() -> Glossary:
    """Return a glossary that knows no term."""
    return Glossary(())


def alike_as_written(texts: Sequence[str]) -> Sequence[Sequence[int]]:
    """Group texts by their words alone, signs and little words aside; a group stands where its first text stood."""
    groups: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        groups.setdefault(normalise(text) or text, []).append(place)
    return tuple(groups.values())


def uncut(notice: str) -> str:
    """Return a notice as it is."""
    return notice


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """*knowledge* is asked for each time, since it can be swapped. *https* says that people reach the
    console by https, so that the cookie may insist on it. *hosts* are the names it is reached by
    besides addresses and localhost. *address_of* may believe a configured proxy. Without *drafts*
    there is no publishing; *glossary* explains official terms in the check of a draft. *fits* cuts a
    notice as the phone does; *watch* looks at the installation for the 系统 page. Without *lessons* nothing
    is taught; *why* explains a sentence; *alike* groups
    questions that ask the same. Without *villages* there is no 村务."""

    cases: Cases
    staff: StaffBook
    sessions: Sessions
    attempts: Attempts
    lists: WorkLists
    pictures: PictureShelf
    knowledge: Callable[[], Knowledge]
    directory: Directory
    towns: Sequence[str]
    now: Now
    new_code: Callable[[], str]
    hash_code: HashCode
    hasher: Hasher = field(default_factory=Hasher)
    https: bool = False
    hosts: frozenset[str] = frozenset()
    address_of: AddressOf = peer_address
    drafts: Drafts | None = None
    glossary: Callable[[], Glossary] = no_glossary
    fits: Callable[[str], str] = uncut
    watch: Watch | None = None
    lessons: Lessons | None = None
    why: Callable[[str], tuple[Section, ...]] | None = None
    alike: Alike = alike_as_written
    villages: Villages | None = None


PARTS: web.AppKey[ConsoleParts] = web.AppKey("console_parts", ConsoleParts)
