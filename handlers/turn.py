"""What reaches a conversation and what leaves it, free of XML and HTTP."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from handlers.state import State
from knowledge.model import Understanding


@dataclass(frozen=True, slots=True)
class Text:
    """Words a resident typed, or tapped: a tap arrives as ordinary text."""

    words: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice message; *recognised* is the platform's transcript, often missing (wechat.md 2.3)."""

    media_id: str
    recognised: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, to be fetched by media id only; the address in the message is never opened."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place sent from the map: degrees and the label the phone showed."""

    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """A shared article; the address is kept out on purpose: we never open it."""

    title: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something nobody can read here: a sticker's placeholder, a video, a file, an unknown kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The resident followed the account, perhaps through a QR code carrying *scene*."""

    scene: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """The resident unfollowed: everything about them is erased."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A follower scanned a QR code of ours."""

    scene: str


@dataclass(frozen=True, slots=True)
class MenuTap:
    """A click on the custom menu; *key* is one of the keys in the menu data."""

    key: str


@dataclass(frozen=True, slots=True)
class Notified:
    """A platform event that nothing can be answered to (VIEW, LOCATION, send results …)."""

    event: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """The resident agreed to one 订阅通知 of each of these *templates* (for a lasting one, to any number)."""

    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TookBack:
    """The resident wants no 订阅通知 of these *templates* any more."""

    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotArrived:
    """The platform took a 订阅通知 of these *templates* and could not deliver it."""

    templates: tuple[str, ...]


Content = (
    Text
    | Voice
    | Picture
    | Location
    | Link
    | Unsupported
    | Followed
    | Left
    | Scanned
    | MenuTap
    | Notified
    | Agreed
    | TookBack
    | NotArrived
)

Trigger = Literal["message", "click", "follow", "scan", "none"]


@dataclass(frozen=True, slots=True)
class Inbound:
    """One delivery of the platform.

    *key* is the same for every retry of one message: ``m:<MsgId>`` for messages,
    ``e:<FromUserName>:<CreateTime>:<Event>:<EventKey>`` for events (MsgId is 0 there).
    *account* is the ToUserName of the message, needed to swap sides in the reply.
    *sent_at* is CreateTime in epoch seconds.
    """

    key: str
    openid: str
    account: str
    sent_at: int
    content: Content

    @property
    def trigger(self) -> Trigger:
        """Which customer-service window this opens (wechat.md 2.6)."""
        match self.content:
            case Text() | Voice() | Picture() | Location() | Link() | Unsupported():
                return "message"
            case MenuTap():
                return "click"
            case Followed():
                return "follow"
            case Scanned():
                return "scan"
            case Left() | Notified() | Agreed() | TookBack() | NotArrived():
                return "none"


@dataclass(frozen=True, slots=True)
class Tap:
    """A line the resident may tap; a tap sends *says*. Always shown with a number or word to type too."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the resident reads. Empty *text* means the platform gets ``success`` and nothing is shown."""

    text: str
    taps: tuple[Tap, ...] = field(default=())


NOTHING = Reply("")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message seen by a handler: who, what, what it was understood as, and what went before.

    *words* are what was typed, or recognised in a voice message; *understood* is None
    where there are none. *now* is the moment of handling, on the Shanghai clock.
    """

    openid: str
    content: Content
    words: str
    understood: Understanding | None
    state: State
    now: datetime
