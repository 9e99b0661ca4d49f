"""Copies that label everything: 发件人: / 时间: / 内容:, 【昵称】…【内容】…, 昵称=… 内容=…

Mail exports, forms and tables write so; what they say becomes a nickname with a time and the words.
"""

import re
from collections.abc import Sequence

from knowledge.chatlog import talk
from knowledge.chatlog.induction import UNKNOWN_TIME
from knowledge.chatlog.names import is_name
from knowledge.chatlog.stamps import is_time, narrow
from knowledge.text import tidy

_WHO = (
    "发件人|发送人|发送者|发送方|发言人|发信人|发言者|发言|用户名?|网友|群友|成员|群成员|姓名|名字|昵称|群昵称|微信名|"
    "from|sender|user|name|nickname"
)
_AT = "时间|日期|发送时间|发送日期|发言时间|消息时间|date|time|sent"
_WHAT = "内容|消息|正文|信息|消息内容|聊天内容|发言内容|content|message|msg|text"

_B = r"\s{0,4}"
"""Blanks; bounded, so that a line of nothing else is read in time."""


def _label(words: str) -> str:
    return rf"(?:[【\[](?:{words})[】\]]{_B}[:：=]?|(?:{words}){_B}[:：=])"


_SENDER = re.compile(
    rf"^{_B}(?:(?:[【\[]?短信[】\]]?)?{_B}来自{_B}[:：]?|{_label(_WHO)}){_B}(?P<value>\S.*)$",
    re.IGNORECASE,
)
_WHEN = re.compile(rf"^{_B}{_label(_AT)}{_B}(?P<value>\S.*)$", re.IGNORECASE)
_WORDS = re.compile(rf"^{_B}{_label(_WHAT)}{_B}(?P<value>.*)$", re.IGNORECASE)
_BETWEEN = re.compile(rf"[\s,，;；|｜]{{1,4}}(?={_label(f'{_WHO}|{_AT}|{_WHAT}')})", re.IGNORECASE)
_MAIL = re.compile(r"\s{0,4}[<(（＜][^<>()（）]*@[^<>()（）]*[>)）＞]\s{0,4}$|^[\w.+-]+@[\w.-]+$")
_AT_LEAST = 2


def labels_read(lines: Sequence[str]) -> list[str]:
    """The same lines, with labelled messages as a nickname with a time over the words."""
    parts = [part for line in lines for part in _parts(line)]
    senders = [_name(found["value"]) for line in parts if (found := _SENDER.match(line))]
    labelled = any(_WORDS.match(line) for line in parts)
    if not any(senders) or not (labelled or len(senders) >= _AT_LEAST) or not all(map(_may_speak, senders)):
        return list(lines)
    return _as_headers(parts)


def _parts(line: str) -> list[str]:
    """One labelled value a line."""
    labelled = _SENDER.match(line) or _WHEN.match(line)
    return [part for part in _BETWEEN.split(line) if part.strip()] if labelled else [line]


def _name(value: str) -> str:
    return _MAIL.sub("", value).strip()


def _may_speak(sender: str) -> bool:
    """Is it a nickname, or an address that stands for none?"""
    return not sender or (is_name(sender) and not talk.asks(tidy(sender)))


def _as_headers(lines: Sequence[str]) -> list[str]:
    written: list[str] = []
    head, before = -1, ""
    for line in lines:
        sender, when, words = _SENDER.match(line), _WHEN.match(line), _WORDS.match(line)
        if sender:
            head = len(written)
            written.append(f"{_name(sender['value'])} {before or UNKNOWN_TIME}")
            before = ""
        elif when and is_time(narrow(when["value"])):
            head, before = _with_time(written, head, when["value"].strip())
        else:
            written.append(words["value"] if words else line)
    return written


def _with_time(written: list[str], head: int, when: str) -> tuple[int, str]:
    """Give a time to the nickname above it, else to the one that follows."""
    if head >= 0 and head == len(written) - 1:
        written[head] = f"{written[head].removesuffix(UNKNOWN_TIME)}{when}"
        return head, ""
    return head, when
