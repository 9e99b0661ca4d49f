"""The custom menu as data, and what a click on each key does.

Names are at most 16 bytes on top and 60 below, keys at most 128 bytes (api_createcustommenu).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from handlers import browsing, following, progress, question, ticketing, wording
from handlers.services import Said, Services
from handlers.state import Drafting
from handlers.turn import MenuTap, Turn

MENU: Mapping[str, object] = MappingProxyType(
    {
        "button": [
            {
                "name": "办事",
                "sub_button": [
                    {"type": "click", "name": "办事指南", "key": "guides"},
                    {"type": "click", "name": "怎么问", "key": "help"},
                ],
            },
            {
                "name": "公开",
                "sub_button": [
                    {"type": "click", "name": "公开目录", "key": "catalog"},
                    {"type": "click", "name": "申请公开", "key": "apply"},
                ],
            },
            {
                "name": "诉求",
                "sub_button": [
                    {"type": "click", "name": "登记诉求", "key": "register"},
                    {"type": "click", "name": "查进度", "key": "progress"},
                    {"type": "click", "name": "隐私说明", "key": "privacy"},
                ],
            },
        ]
    }
)


def _help(turn: Turn, services: Services) -> Said:
    return Said(wording.help_text())


_ON_TAP: Mapping[str, Callable[[Turn, Services], Said]] = MappingProxyType(
    {
        "guides": browsing.open_guides,
        "help": _help,
        "catalog": browsing.open_catalog,
        "apply": question.document_wanted,
        "register": ticketing.begin_fresh,
        "progress": progress.look_up,
        "privacy": following.privacy,
    }
)


def tapped(turn: Turn, services: Services) -> Said:
    """Do what a menu key stands for; an unknown key (an old menu) shows the help.

    A ticket half written stays, unless the tap begins something else that waits for words.
    """
    key = turn.content.key if isinstance(turn.content, MenuTap) else ""
    said = _ON_TAP.get(key, _help)(turn, services)
    if said.pending is not None or not isinstance(turn.state.pending, Drafting):
        return said
    text = f"{said.reply.text}\n\n{wording.DRAFT_WAITS}"
    return replace(said, reply=replace(said.reply, text=text), keep=True)
