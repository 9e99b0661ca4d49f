"""What a pasted chat is made of: messages in, questions out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """One matter of one person: *asker* is the bare nickname, empty where the paste is unsigned.

    *about* is another person's question before it that names the matter, where *text* (要带什么) names
    none; it is needed to answer, and is no part of what this person said.
    """

    asker: str
    text: str
    about: str = field(default="", compare=False)

    @property
    def whole(self) -> str:
        """What is to be answered."""
        return f"{self.about}：{self.text}" if self.about else self.text


@dataclass(frozen=True, slots=True)
class Message:
    """What one person said at once; *lines* hold only their own words.

    *quoted* marks words that come from a quote, which may have been said before in the same
    paste; *answers* is the quoted text a message replies to; *listed* ones stand in a 接龙;
    *to_all* ones call everybody (@所有人), which only who runs the group can.
    """

    speaker: str
    lines: tuple[str, ...]
    quoted: bool = False
    answers: str = ""
    listed: bool = False
    to_all: bool = False
