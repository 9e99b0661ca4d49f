"""What a pasted chat is made of: messages in, questions out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One matter of one person: *asker* is the bare nickname, empty where the paste is unsigned."""

    asker: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """What one person said at once; *lines* hold only their own words.

    *quoted* marks words that come from a quote, which may have been said before in the same
    paste; *answers* is the quoted text a message replies to; *listed* ones stand in a 接龙.
    """

    speaker: str
    lines: tuple[str, ...]
    quoted: bool = False
    answers: str = ""
    listed: bool = False
