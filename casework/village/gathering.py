"""A paste that comes in several messages: 开始转发 … 结束, or one after the other until it is quiet.

Without 开始转发 a paste is complete after 20 seconds of quiet; with it the admin may take the
whole two minutes to go back and forth between two chats. Nothing waits longer than that:
what was gathered is then answered by itself, or with the admin's next message.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

QUIET = timedelta(seconds=20)
WINDOW = timedelta(minutes=2)
LONGEST = 4_000
MOST_LINES = 30
MOST_KEPT = 20_000
"""Characters kept of one paste; beyond ``LONGEST`` the admin is told to paste less at once."""

_START = re.compile(r"(?:开始|我要|准备)转发|转发开始")
_END = re.compile(r"结束|转发结束|结束转发|转发完了?|完了|发完了|没有了|就这些")
_SIGNS = re.compile(r"[\s。.!！,，~～]+")


@dataclass(frozen=True, slots=True)
class Gathering:
    """Messages of one paste so far, in order; *explicit* when it began with 开始转发.

    The texts are short-lived: they are dropped once the paste is read and never put down raw.
    The first *answered* of them have been answered with a card already.
    """

    began: datetime
    last: datetime
    explicit: bool = False
    texts: tuple[str, ...] = ()
    answered: int = 0

    @property
    def paste(self) -> str:
        """Everything gathered, as one text."""
        return "\n".join(self.texts)

    @property
    def waits(self) -> bool:
        """Is there something in it that has not been answered?"""
        return len(self.texts) > self.answered

    @property
    def closes(self) -> datetime:
        """The moment at which it is complete without a further word."""
        end = self.began + WINDOW
        return end if self.explicit else min(end, self.last + QUIET)


@dataclass(frozen=True, slots=True)
class Started:
    """开始转发 was heard: ask for the messages."""

    gathering: Gathering


@dataclass(frozen=True, slots=True)
class Waiting:
    """One more message was put by; look again at ``gathering.closes``."""

    gathering: Gathering


@dataclass(frozen=True, slots=True)
class Complete:
    """The paste is whole. *rest* is a message that came too late to belong to it, to be handled next.

    *too_long* when more was pasted than can be answered well at once.
    """

    paste: str
    too_long: bool
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """结束 without anything gathered."""


Step = Started | Waiting | Complete | Nothing


def starts(words: str) -> bool:
    """Is this 开始转发?"""
    return bool(_START.fullmatch(_SIGNS.sub("", words)))


def ends(words: str) -> bool:
    """Is this 结束?"""
    return bool(_END.fullmatch(_SIGNS.sub("", words)))


def is_closed(gathering: Gathering, now: datetime) -> bool:
    """Is the paste complete at this moment?"""
    return now >= gathering.closes


def receive(gathering: Gathering | None, words: str, now: datetime) -> Step:
    """What one message of an admin does to the paste being gathered; *gathering* is ``None`` when there is none."""
    if gathering is None:
        return _begin(words, now)
    if is_closed(gathering, now):
        return _complete(gathering, rest="" if ends(words) else words) if gathering.texts else _begin(words, now)
    if ends(words):
        return _complete(gathering) if gathering.texts else Nothing()
    if starts(words):
        return Started(replace(gathering, explicit=True, last=now))
    return Waiting(_with(gathering, words, now))


def close(gathering: Gathering) -> Complete | Nothing:
    """The paste as it stands, when its time is over and no message came."""
    return _complete(gathering) if gathering.texts else Nothing()


def _begin(words: str, now: datetime) -> Step:
    if starts(words):
        return Started(Gathering(now, now, explicit=True))
    if ends(words):
        return Nothing()
    return Waiting(_with(Gathering(now, now), words, now))


def _with(gathering: Gathering, words: str, now: datetime) -> Gathering:
    room = max(0, MOST_KEPT - len(gathering.paste) - 1)
    return (
        replace(gathering, texts=(*gathering.texts, words[:room]), last=now) if room else replace(gathering, last=now)
    )


def _complete(gathering: Gathering, rest: str = "") -> Complete:
    paste = gathering.paste
    lines = sum(bool(line.strip()) for line in paste.splitlines())
    return Complete(paste, len(paste) > LONGEST or lines > MOST_LINES, rest)
