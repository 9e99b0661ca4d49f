"""Walk the catalog and the guides by numbers: 目录, 指南."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import answering
from handlers.commands import Command, command_in, number_in
from handlers.services import Said, Services
from handlers.state import Browsing
from handlers.turn import Reply, Turn
from knowledge.model import EntryType

PAGE = 12
BACK = "返回"


def open_catalog(turn: Turn, services: Services) -> Said:
    """Show the domains of the disclosure catalog."""
    return _domains(services, "disclosure", 0)


def open_guides(turn: Turn, services: Services) -> Said:
    """Show the domains that have service guides."""
    return _domains(services, "guide", 0)


def step(turn: Turn, services: Services) -> Said | None:
    """Take a number, 返回 or 更多 while a list is open; None when the words are something else."""
    pending = turn.state.pending
    if not isinstance(pending, Browsing):
        return None
    match command_in(turn.words):
        case Command.BACK:
            return _domains(services, _type(pending), 0) if pending.view == "entries" else None
        case Command.MORE:
            return _further(services, pending)
    number = number_in(turn.words)
    if number is None:
        return None
    return _opened(turn, services, pending, number)


def _opened(turn: Turn, services: Services, pending: Browsing, number: int) -> Said:
    shown = pending.keys[pending.start : pending.start + PAGE]
    place = number - 1 - pending.start
    if not 0 <= place < len(shown):
        return Said(Reply(f"没有 {number} 这一项，请从列出的数字里选，或者回复“{BACK}”。"), keep=True)
    key = shown[place]
    if pending.view == "domains":
        return _entries(services, _type(pending), key, 0)
    entry = services.knowledge.entry(key)
    if entry is None:
        return Said(Reply("这一项刚刚更新过，请回复“目录”或“指南”重新看。"))
    said = answering.show(turn, services, entry)
    # The list stays open behind an entry that asks nothing itself: another number, or 返回.
    return said if said.pending is not None else replace(said, pending=pending)


def _further(services: Services, pending: Browsing) -> Said | None:
    start = pending.start + PAGE
    if start >= len(pending.keys):
        return None
    if pending.view == "domains":
        return _domains(services, _type(pending), start)
    return _entries(services, _type(pending), pending.domain, start)


def _domains(services: Services, type: EntryType, start: int) -> Said:
    held = {entry.domain for entry in services.knowledge.entries(type)}
    names = [domain for domain in services.knowledge.domains() if domain in held]
    head = "政府应当公开的事，分这些领域" if type == "disclosure" else "办事指南，分这些领域"
    text = _list(f"{head}。回复数字打开：", names, start)
    return Said(Reply(text), pending=Browsing("domains", tuple(names), type=type, start=start))


def _entries(services: Services, type: EntryType, domain: str, start: int) -> Said:
    entries = services.knowledge.entries(type, domain)
    text = _list(f"{domain}，共{len(entries)}项。回复数字打开：", [entry.title for entry in entries], start)
    keys = tuple(entry.id for entry in entries)
    return Said(Reply(f"{text}\n回复“{BACK}”回到领域。"), pending=Browsing("entries", keys, domain, type, start))


def _list(head: str, titles: Sequence[str], start: int) -> str:
    lines = [f"{place}. {title}" for place, title in enumerate(titles[start : start + PAGE], start + 1)]
    more = ["回复“更多”看后面的。"] if start + PAGE < len(titles) else []
    return "\n".join([head, *lines, *more])


def _type(pending: Browsing) -> EntryType:
    return "guide" if pending.type == "guide" else "disclosure"
