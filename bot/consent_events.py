"""The platform's three events about 订阅通知 → what they say of consents and of what arrived.

Sources: WeChat, subscription_messages/push; statuses beyond accept and reject exist (wechat.md 2.7), those that
begin with ``accept`` count as yes. A cancelled popup takes nothing back that was agreed to before.
"""

import re
from collections.abc import Iterable, Mapping

from bot.markup import read_items
from handlers.turn import Agreed, Content, NotArrived, Notified, TookBack

EVENTS = frozenset({"subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event"})
MOST = 25
"""Templates one event may name; the platform asks about five at a time."""
_TEMPLATE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def content_of(event: str, xml: bytes) -> Content:
    """Return what one of EVENTS says; one that says nothing of use is a silent event like any other."""
    items = [item for item in read_items(xml)[:MOST] if _TEMPLATE.fullmatch(item.get("TemplateId", ""))]
    match event:
        case "subscribe_msg_popup_event":
            found = _templates(item for item in items if item.get("SubscribeStatusString", "").startswith("accept"))
            return Agreed(found) if found else Notified(event)
        case "subscribe_msg_change_event":
            found = _templates(item for item in items if item.get("SubscribeStatusString") == "reject")
            return TookBack(found) if found else Notified(event)
        case _:
            found = _templates(item for item in items if item.get("ErrorCode", "0") != "0")
            return NotArrived(found) if found else Notified(event)


def _templates(items: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item["TemplateId"] for item in items))
