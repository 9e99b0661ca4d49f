"""接龙: numbered lists where every line is somebody else's."""

import re
from collections.abc import Sequence

from knowledge.chatlog.names import clean_name, ends_in_sign, is_name, looks_personal
from knowledge.chatlog.stamps import narrow

_HEAD = re.compile(r"^\s*(?:#|＃|【|\[)?\s*(?:群)?接龙")
_ENTRY = re.compile(
    r"^\s*(?:\d{1,3}\s*[.、)．:]|[①-⑳])\s*(?P<name>[^\s:，。,、(（]{1,16})\s*(?:[:\s，,、]\s*|(?=[(（]))(?P<said>.*)$"
)
_ODD_ENTRY = re.compile(
    r"^\s*(?:\d{1,3}\s*[.、)．:]|[①-⑳])\s*(?P<name>[^\s:]{1,15}[。？！!?…~～.])[:\s]\s*(?P<said>.*)$"
)
"""A nickname that ends in a sentence mark, with a blank or a colon behind it."""


def is_chain_head(line: str) -> bool:
    """Does a 接龙 begin here?"""
    return bool(_HEAD.match(line))


def chain_title(line: str) -> str:
    """What the first line of a 接龙 says beside that it is one."""
    return _HEAD.sub("", line).strip("】] :：\t")


def chain_entry(line: str) -> tuple[str, str] | None:
    """Name and words of one line of a 接龙 (``1. 张三 要两份``)."""
    found = _ODD_ENTRY.match(narrow(line)) or _ENTRY.match(narrow(line))
    if not found or not (is_name(found["name"]) or ends_in_sign(found["name"])):
        return None
    return clean_name(line[found.start("name") : found.end("name")]), line[found.start("said") :].strip("()（） ")


def numbered_names(lines: Sequence[str]) -> bool:
    """Is the paste a numbered list that names somebody on most of its numbered lines?"""
    entries = [entry for line in lines if (entry := chain_entry(line))]
    return len(entries) > 1 and sum(looks_personal(name) for name, _ in entries) * 2 > len(entries)
