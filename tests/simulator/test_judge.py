"""What is not exactly an answer is a fault, with the reason named."""

import pytest
from hypothesis import given, settings, strategies as st

from simulator.account import Account
from simulator.crypto import encrypt, sign
from simulator.exchange import Fault, Nothing, Outcome, Shown
from simulator.judge import judge

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PLAIN = Account("wx5117a1e570000000", "s", "AAAAA", KEY, mode="plain")
SAFE = Account("wx5117a1e570000000", "s", "AAAAA", KEY)
ME = "o" + "x" * 27


def reply(body: str = "<MsgType>text</MsgType><Content>好</Content>", to: str = ME, created: str = "1") -> str:
    """A right answer unless told otherwise."""
    head = f"<ToUserName>{to}</ToUserName><FromUserName>{PLAIN.original_id}</FromUserName>"
    return f"<xml>{head}<CreateTime>{created}</CreateTime>{body}</xml>"


def sealed(xml: str, *, appid: str = SAFE.appid, signature: str = "") -> str:
    """An encrypted answer."""
    cipher = encrypt(SAFE.key_bytes, xml.encode(), appid)
    signed = signature or sign(SAFE.token, "1", "2", cipher)
    return (
        f"<xml><Encrypt><![CDATA[{cipher}]]></Encrypt><MsgSignature>{signed}</MsgSignature>"
        "<TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    )


def plainly(text: str, *, to_event: bool = False) -> Outcome:
    """The verdict in plain mode."""
    return judge(PLAIN, ME, 200, text.encode(), to_event=to_event).outcome


def news(count: int, told: int | None = None) -> str:
    """A news answer with *count* articles, claiming *told*."""
    item = "<item><Title>题</Title><Description>述</Description><PicUrl>p</PicUrl><Url>u</Url></item>"
    number = count if told is None else told
    articles = f"<ArticleCount>{number}</ArticleCount><Articles>{item * count}</Articles>"
    return reply(f"<MsgType>news</MsgType>{articles}")


@pytest.mark.parametrize("body", [b"", b"success"])
def test_success_or_nothing_shows_nothing(body: bytes) -> None:
    """These two are the ways to say nothing, in safe mode too."""
    assert judge(SAFE, ME, 200, body).outcome == Nothing()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"ok": true}', "合法的 XML"),
        ("success\n", "合法的 XML"),
        ("<html></html>", "根元素"),
        ("<!DOCTYPE xml>" + reply(), "DOCTYPE"),
        (reply(to="o" + "y" * 27), "ToUserName"),
        (reply(created="1.5"), "CreateTime"),
        (reply("<MsgType>hologram</MsgType>"), "MsgType"),
        (reply("<MsgType>text</MsgType><Content></Content>"), "Content"),
        (reply("<MsgType>text</MsgType><MsgType>news</MsgType><Content>a</Content>"), "出现了 2 次"),
        (reply("<MsgType>image</MsgType><Image></Image>"), "MediaId"),
        (reply(f"<MsgType>text</MsgType><Content>{'字' * 683}</Content>"), "2049 字节"),
        (reply("<MsgType>text</MsgType><Content>a\x1db</Content>"), "合法的 XML"),
        (reply("<MsgType>text</MsgType><Content><![CDATA[a]]>b]]></Content>"), "合法的 XML"),
        (news(1, told=2), "ArticleCount"),
        (news(2), "最多 1 条"),
    ],
)
def test_a_wrong_answer_is_a_fault_that_names_its_reason(body: str, reason: str) -> None:
    """Each of these puts the fault notice on the resident's screen."""
    outcome = plainly(body)

    assert isinstance(outcome, Fault)
    assert reason in outcome.reason


def test_a_text_of_exactly_the_limit_is_shown() -> None:
    """2,048 bytes pass, one more does not."""
    text = "字" * 682 + "ab"

    assert plainly(reply(f"<MsgType>text</MsgType><Content>{text}</Content>")) == Shown("text", text)


def test_an_event_may_be_answered_with_eight_articles() -> None:
    """Messages get one, events eight."""
    assert isinstance(plainly(news(8), to_event=True), Shown)
    assert isinstance(plainly(news(9), to_event=True), Fault)


@pytest.mark.parametrize("status", [201, 302, 403, 500])
def test_any_other_status_is_a_fault(status: int) -> None:
    """A right body does not heal a wrong status."""
    assert isinstance(judge(PLAIN, ME, status, b"success").outcome, Fault)


def test_a_sealed_answer_is_opened_in_safe_mode() -> None:
    """The decrypted XML is kept for the developer."""
    judgement = judge(SAFE, ME, 200, sealed(reply()).encode())

    assert judgement.outcome == Shown("text", "好")
    assert judgement.plain == reply()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (reply(), "没有加密"),
        (sealed(reply(), signature="0" * 40), "MsgSignature"),
        (sealed(reply(), appid="wx0"), "AppID"),
        (sealed("success"), "合法的 XML"),
        ("<xml><Encrypt>a</Encrypt></xml>", "缺少"),
    ],
)
def test_safe_mode_refuses_what_is_not_sealed_for_this_account(body: str, reason: str) -> None:
    """Plain, forged, foreign and half answers."""
    outcome = judge(SAFE, ME, 200, body.encode()).outcome

    assert isinstance(outcome, Fault)
    assert reason in outcome.reason


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_no_answer_can_crash_the_judge(body: bytes) -> None:
    """Rubbish is a fault, never an exception."""
    assert isinstance(judge(SAFE, ME, 200, body).outcome, Fault | Nothing)
