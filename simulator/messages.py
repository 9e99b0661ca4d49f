"""Build the XML of everything a resident's client can cause the platform to send.

A message is a list of fields in the platform's order: text goes into CDATA, numbers stand bare, nested fields
nest. Control characters pass through raw, as they do on the real platform; that makes the XML ill-formed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Value = str | int | float | tuple["Field", ...]
Field = tuple[str, Value]

PLACEHOLDER = "【收到不支持的消息类型，暂无法显示】"
"""What arrives as text for stickers, GIFs and the like; the wording is the platform's."""
SILENT_EVENTS = frozenset(
    {
        "unsubscribe",
        "VIEW",
        "view_miniprogram",
        "TEMPLATESENDJOBFINISH",
        "MASSSENDJOBFINISH",
        "LOCATION",
        "subscribe_msg_sent_event",
    }
)
"""Events to which no reply can be shown."""
OWNER_EVENTS = frozenset({"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"})
"""Events whose FromUserName is not the person; the person stands in OpenID."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has a sender and a time: the kind, its fields, and how the phone shows it."""

    kind: str
    fields: tuple[Field, ...]
    event: str = ""
    shown: str = ""
    shown_kind: str = ""
    media_id: str = ""

    @property
    def silent(self) -> bool:
        """Whether nothing that is answered can be shown."""
        return self.event in SILENT_EVENTS or self.event in OWNER_EVENTS


def render(draft: Draft, openid: str, account_id: str, created: int, msg_id: int) -> str:
    """Return the whole XML of *draft*; events carry no MsgId."""
    sender = f"{account_id}_owner" if draft.event in OWNER_EVENTS else openid
    head: list[Field] = [("ToUserName", account_id), ("FromUserName", sender), ("CreateTime", created)]
    if draft.event:
        named: list[Field] = [("MsgType", "event"), ("Event", draft.event)]
        owner: list[Field] = [("OpenID", openid)] if draft.event in OWNER_EVENTS else []
        return f"<xml>{_fields([*head, *named, *owner, *draft.fields])}</xml>"
    return f"<xml>{_fields([*head, ('MsgType', draft.kind), *draft.fields, ('MsgId', msg_id)])}</xml>"


def cdata(text: str) -> str:
    """Wrap *text* so that a terminator inside it cannot end the section."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _fields(fields: Iterable[Field]) -> str:
    return "\n".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields)


def _value(value: Value) -> str:
    match value:
        case str():
            return cdata(value)
        case tuple():
            return _fields(value)
        case _:
            return str(value)


def text(content: str, menu_id: str = "") -> Draft:
    """What a resident types, or a tapped menu link when *menu_id* is given."""
    tapped: tuple[Field, ...] = (("bizmsgmenuid", menu_id),) if menu_id else ()
    return Draft("text", (("Content", content), *tapped), shown=content, shown_kind="text")


def unsupported() -> Draft:
    """A sticker: it arrives as a text with the platform's placeholder."""
    return Draft("text", (("Content", PLACEHOLDER),), shown="[表情]", shown_kind="sticker")


def image(media_id: str) -> Draft:
    """A picture; its PicUrl is a public address that must not be needed."""
    url = f"http://mmbiz.qpic.cn/mmbiz_jpg/simulator/{media_id}/0"
    return Draft("image", (("PicUrl", url), ("MediaId", media_id)), shown_kind="image", media_id=media_id)


def voice(media_id: str, recognition: str | None) -> Draft:
    """A voice message; None leaves the Recognition element out, an empty text leaves it empty."""
    heard: tuple[Field, ...] = () if recognition is None else (("Recognition", recognition),)
    fields = (("MediaId", media_id), ("Format", "amr"), *heard)
    return Draft("voice", fields, shown=recognition or "", shown_kind="voice", media_id=media_id)


def location(latitude: float, longitude: float, label: str) -> Draft:
    """A place sent from the map."""
    fields: tuple[Field, ...] = (
        ("Location_X", latitude),
        ("Location_Y", longitude),
        ("Scale", 16),
        ("Label", label),
    )
    return Draft("location", fields, shown=label, shown_kind="location")


def event(name: str, *fields: Field, shown: str = "") -> Draft:
    """Any event; the phone shows nothing for it."""
    return Draft("event", fields, event=name, shown=shown)


def click(key: str) -> Draft:
    """A tap on a menu button of type click."""
    return event("CLICK", ("EventKey", key))


def view(url: str) -> Draft:
    """A tap on a menu button that opens a page."""
    return event("VIEW", ("EventKey", url))


def subscribe(scene: str, ticket: str) -> Draft:
    """A follow, by QR code when *scene* is given."""
    if not scene:
        return event("subscribe", ("EventKey", ""))
    return event("subscribe", ("EventKey", f"qrscene_{scene}"), ("Ticket", ticket))


def popup(template: str, status: str) -> Draft:
    """A tap in the popup that asks for a 订阅通知, in an article (scene 2)."""
    item: tuple[Field, ...] = (
        ("TemplateId", template),
        ("SubscribeStatusString", status),
        ("PopupScene", 2),
    )
    return event("subscribe_msg_popup_event", ("SubscribeMsgPopupEvent", (("List", item),)))


def changed(template: str) -> Draft:
    """A 订阅通知 switched off; the platform reports only this direction."""
    item: tuple[Field, ...] = (("TemplateId", template), ("SubscribeStatusString", "reject"))
    return event("subscribe_msg_change_event", ("SubscribeMsgChangeEvent", (("List", item),)))


def sent(template: str, message_id: int, *, arrived: bool) -> Draft:
    """What became of a 订阅通知 that the platform had taken."""
    code, status = (0, "success") if arrived else (20001, "system failed")
    item: tuple[Field, ...] = (
        ("TemplateId", template),
        ("MsgID", message_id),
        ("ErrorCode", code),
        ("ErrorStatus", status),
    )
    return event("subscribe_msg_sent_event", ("SubscribeMsgSentEvent", (("List", item),)))
