"""What a conversation remembers between two messages, and how it is written down.

The state is small, erasable and forgiving: a state this version cannot read
(an older or newer one) counts as a fresh conversation, never as an error.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal

Step = Literal["kind", "what", "where", "when", "pictures", "phone", "confirm", "fix"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket being written down with the resident; *asked* are the steps already gone through.

    *village* is where they said to live, such as 八景镇/上保村; their *town* goes with it.
    """

    kind: str
    what: str
    place: str = ""
    town: str = ""
    when: str = ""
    phone: str = ""
    pictures: tuple[str, ...] = ()
    question_id: str = ""
    domain: str = ""
    asked: tuple[str, ...] = ()
    village: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """We named entries by number; a number opens one.

    An option that starts with ``?`` is a further clause of the same message, still to be answered.
    """

    options: tuple[str, ...]
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """We offered to write the matter down as a ticket."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Drafting:
    """We asked for one part of the ticket."""

    draft: Draft
    step: Step


@dataclass(frozen=True, slots=True)
class Guiding:
    """We asked a situation question of a guide; *path* holds the options chosen so far."""

    entry_id: str
    path: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Browsing:
    """We showed a numbered list; *keys* are what each number opens, *start* where the page began."""

    view: Literal["domains", "entries"]
    keys: tuple[str, ...]
    domain: str = ""
    type: str = "disclosure"
    start: int = 0


@dataclass(frozen=True, slots=True)
class OnTicket:
    """We asked for something about one ticket."""

    ticket_id: str
    wants: Literal["code", "withdraw", "supplement", "rating", "which"]
    tickets: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """A village admin has a card; 下一张, 看3 and 登记 go on with it.

    *questions* are masked and without nicknames; a 举报 is left empty. *logged* are their ids in
    the question log (empty for a 举报), *page* the card shown last, from 0, and *done* the
    numbers of the questions that became tickets.
    """

    questions: tuple[str, ...]
    logged: tuple[str, ...] = ()
    page: int = 0
    done: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedVillage:
    """We asked whether this is the resident's village."""

    village: str


@dataclass(frozen=True, slots=True)
class NamingVillage:
    """Somebody asked where their village publishes *thing*, and we asked which village it is."""

    thing: str


@dataclass(frozen=True, slots=True)
class Marking:
    """A village admin marks an item as published.

    *items* are the numbered ones shown last, *item* the chosen one, *day* (ISO) and *channel* what is
    known of it. Once it is put down, *saved* is its id: a photo may follow, or 撤销.
    """

    items: tuple[str, ...] = ()
    item: str = ""
    day: str = ""
    channel: str = ""
    saved: str = ""


Pending = (
    Choosing | Offered | Drafting | Guiding | Browsing | OnTicket | Village | AskedVillage | NamingVillage | Marking
)

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Choosing,
        Offered,
        Drafting,
        Guiding,
        Browsing,
        OnTicket,
        Village,
        AskedVillage,
        NamingVillage,
        Marking,
        Draft,
    )
}


@dataclass(frozen=True, slots=True)
class State:
    """Everything remembered about one conversation.

    *entry_id* is the last entry answered, at *entry_ms* (epoch milliseconds): follow-up
    questions are read in its light for ten minutes. *rest* is text behind 更多, already
    rendered. *question_id* is the last logged question and *last_words* what was asked,
    in the resident's own words, for 有用/没用/没解决 and a 登记 that comes later; *open_id* is the
    one of several that had no answer, which a 登记 is about first of all.
    """

    pending: Pending | None = None
    entry_id: str = ""
    entry_ms: int = 0
    question_id: str = ""
    rest: str = ""
    last_words: str = ""
    open_id: str = ""


FRESH = State()
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(state: State) -> str:
    """Write a state as compact JSON."""
    return _COMPACT.encode(_plain(state))


def load(text: str) -> State:
    """Read a state; anything unreadable is a fresh conversation."""
    try:
        raw = json.loads(text)
        pending = raw.pop("pending", None)
        return State(pending=_revive(pending) if pending else None, **raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        return FRESH


def _plain(value: Any) -> Any:
    if not is_dataclass(value) or isinstance(value, type):
        return value
    told = ((name, default, getattr(value, name)) for name, default in _defaults(type(value)))
    tagged = {name: _plain(part) for name, default, part in told if part != default}
    return tagged if isinstance(value, State) else {"is": type(value).__name__, **tagged}


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((item.name, item.default) for item in fields(kind))


def _revive(raw: dict[str, Any]) -> Any:
    kind = _KINDS[raw.pop("is")]
    return kind(**{name: _value(part) for name, part in raw.items()})


def _value(part: Any) -> Any:
    if isinstance(part, dict):
        return _revive(part)
    return tuple(part) if isinstance(part, list) else part


__all__ = [
    "FRESH", "AskedVillage", "Browsing", "Choosing", "Draft", "Drafting", "Guiding", "Marking", "NamingVillage",
    "Offered", "OnTicket", "Pending", "State", "Step", "Village", "dump", "load",
]  # fmt: skip
