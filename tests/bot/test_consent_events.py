"""What the three events about 订阅通知 say, however they are written."""

import pytest

from bot.consent_events import content_of
from handlers.turn import Agreed, NotArrived, Notified, TookBack

POPUP, CHANGE, SENT = "subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event"


def xml(outer: str, *items: dict[str, str]) -> bytes:
    inner = "".join(
        "<List>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in item.items()) + "</List>"
        for item in items
    )
    return f"<xml><ToUserName>gh</ToUserName><Event>{outer}</Event><{outer}>{inner}</{outer}></xml>".encode()


def popup(*pairs: tuple[str, str]) -> bytes:
    items = ({"TemplateId": name, "SubscribeStatusString": status, "PopupScene": "2"} for name, status in pairs)
    return xml("SubscribeMsgPopupEvent", *items)


@pytest.mark.parametrize("status", ["accept", "acceptWithAlert", "acceptWithAudio"])
def test_every_kind_of_yes_is_a_consent(status: str) -> None:
    assert content_of(POPUP, popup(("t1", status), ("t2", "reject"))) == Agreed(("t1",))


def test_two_agreed_at_once_are_two() -> None:
    assert content_of(POPUP, popup(("t1", "accept"), ("t2", "accept"))) == Agreed(("t1", "t2"))


@pytest.mark.parametrize("status", ["reject", "ban", "filter", ""])
def test_a_cancelled_popup_says_nothing(status: str) -> None:
    assert content_of(POPUP, popup(("t1", status))) == Notified(POPUP)


def test_switched_off_is_taken_back() -> None:
    item = {"TemplateId": "t1", "SubscribeStatusString": "reject"}
    assert content_of(CHANGE, xml("SubscribeMsgChangeEvent", item)) == TookBack(("t1",))


@pytest.mark.parametrize(("code", "content"), [("0", Notified(SENT)), ("20001", NotArrived(("t1",)))])
def test_only_a_failure_is_worth_noting(code: str, content: object) -> None:
    item = {"TemplateId": "t1", "MsgID": "2794188253209100289", "ErrorCode": code, "ErrorStatus": "x"}
    assert content_of(SENT, xml("SubscribeMsgSentEvent", item)) == content


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml/>",
        b"<xml><SubscribeMsgPopupEvent/></xml>",
        popup(("模板", "accept")),
        popup(("t" * 65, "accept")),
        popup(("t'; DROP TABLE outbox", "accept")),
    ],
)
def test_what_names_no_template_is_a_silent_event(body: bytes) -> None:
    assert content_of(POPUP, body) == Notified(POPUP)


def test_no_event_brings_in_more_than_it_may() -> None:
    content = content_of(POPUP, popup(*((f"t{n}", "accept") for n in range(40))))
    assert isinstance(content, Agreed)
    assert len(content.templates) == 25
