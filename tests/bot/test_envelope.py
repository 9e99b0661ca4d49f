"""The way in and out: what is authentic is read whole, everything else is refused without work."""

import contextlib
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st
from multidict import MultiDict, MultiDictProxy
from wechatpy import parse_message

from bot.envelope import Envelope, check_fresh, open_envelope, seal, verify_get
from bot.refusal import Refused
from handlers.turn import (
    NOTHING,
    Followed,
    Left,
    Link,
    Location,
    MenuTap,
    Notified,
    Picture,
    Reply,
    Scanned,
    Tap,
    Text,
    Unsupported,
    Voice,
)
from tests.bot import desk
from tests.bot.desk import ACCOUNT, NOW, PLAIN, RESIDENT, SAFE, message, post

NOISE = b"0123456789abcdef"


def opened(xml: str | bytes, account=SAFE) -> Envelope:
    sent = post(xml, account)
    return open_envelope(sent.query, sent.body, account)


def status_of(query, body: bytes, account=SAFE) -> int:
    with pytest.raises(Refused) as refused:
        open_envelope(query, body, account)
    return refused.value.status


@pytest.mark.parametrize(
    ("timestamp", "nonce", "signature"),
    [
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
    ],
)
def test_the_platforms_own_signature_examples_are_accepted(timestamp, nonce, signature):
    """Both known answers of the platform's documentation verify, and the echostr comes back as it is."""
    query = {"timestamp": timestamp, "nonce": nonce, "signature": signature, "echostr": "4375120948345356249"}

    assert verify_get(query, SAFE, int(timestamp)) == "4375120948345356249"


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"signature": "八九"},
        {"timestamp": "17140370599"},
        {"timestamp": "١٧١٤"},
        {"nonce": ""},
        {"nonce": "\ud800"},
        {"echostr": ""},
    ],
)
def test_a_verification_with_one_wrong_part_is_refused(change):
    """No part can be bent and still be answered."""
    right = {
        "timestamp": "1714037059",
        "nonce": "486452656",
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "echostr": "1",
    }

    with pytest.raises(Refused):
        verify_get({**right, **change}, SAFE, 1714037059)


@pytest.mark.parametrize("skew", [301, -301, 31_536_000])
def test_a_stale_verification_is_refused(skew):
    """The GET check has freshness too."""
    query = {
        "timestamp": "1714037059",
        "nonce": "486452656",
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "echostr": "1",
    }

    with pytest.raises(Refused) as refused:
        verify_get(query, SAFE, 1714037059 + skew)

    assert refused.value.status == 403


@pytest.mark.parametrize("account", [SAFE, PLAIN])
def test_a_text_arrives_whole(account):
    """Key, people, time and words come out as they were sent."""
    envelope = opened(message(Content=" 低保申请书咋写😀𠮷 "), account)

    assert envelope.inbound.key == "m:23456789012345678"
    assert envelope.inbound.openid == RESIDENT
    assert envelope.inbound.account == ACCOUNT
    assert envelope.inbound.sent_at == NOW
    assert envelope.inbound.content == Text("低保申请书咋写😀𠮷")
    assert (envelope.timestamp, envelope.nonce) == (NOW, "486452656")


@pytest.mark.parametrize(
    ("xml", "content"),
    [
        (message(Content=""), Text("")),
        (message(), Text("")),
        (message(Content="【收到不支持的消息类型，暂无法显示】"), Unsupported("sticker")),
        (message(Content="[Unsupported Message]"), Unsupported("sticker")),
        (message("image", PicUrl="http://evil.example/x", MediaId="abc-_1"), Picture("abc-_1")),
        (message("image"), Unsupported("image")),
        (message("image", MediaId="../../etc"), Unsupported("image")),
        (message("voice", MediaId="v1", Format="amr"), Voice("v1")),
        (message("voice", MediaId="v1", Recognition=""), Voice("v1")),
        (message("voice", MediaId="v1", Recognition="社保卡掉了"), Voice("v1", "社保卡掉了")),
        (message("video", MediaId="v"), Unsupported("video")),
        (message("shortvideo", MediaId="v"), Unsupported("shortvideo")),
        (
            message("location", Location_X="28.4", Location_Y="115.3", Label="高安"),
            Location(28.4, 115.3, "高安"),
        ),
        (message("location", Location_X="nan", Location_Y="115"), Unsupported("location")),
        (message("location", Location_X="91", Location_Y="115"), Unsupported("location")),
        (message("location"), Unsupported("location")),
        (message("link", Title="标题", Url="http://evil.example/"), Link("标题")),
        (message("file", Title="a.doc"), Unsupported("file")),
        (message("merged_msg"), Unsupported("merged_msg")),
    ],
)
def test_every_kind_of_message_gets_a_value(xml, content):
    """Nothing a resident can send is dropped, and no address is kept."""
    assert opened(xml).inbound.content == content


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"Event": "subscribe", "EventKey": ""}, Followed()),
        ({"Event": "subscribe"}, Followed()),
        ({"Event": "subscribe", "EventKey": "qrscene_village-3"}, Followed("village-3")),
        ({"Event": "subscribe", "EventKey": "last_trade_no_1"}, Followed()),
        ({"Event": "unsubscribe", "EventKey": ""}, Left()),
        ({"Event": "SCAN", "EventKey": "village-3", "Ticket": "t"}, Scanned("village-3")),
        ({"Event": "CLICK", "EventKey": "catalog"}, MenuTap("catalog")),
        ({"Event": "scancode_waitmsg", "EventKey": "scan"}, MenuTap("scan")),
        ({"Event": "VIEW", "EventKey": "https://example.com"}, Notified("VIEW")),
        ({"Event": "LOCATION", "Latitude": "1"}, Notified("LOCATION")),
        (
            {"Event": "TEMPLATESENDJOBFINISH", "MsgID": "1", "Status": "success"},
            Notified("TEMPLATESENDJOBFINISH"),
        ),
    ],
)
def test_every_event_gets_a_value_and_a_key_of_its_own(fields, content):
    """Events have no message id; sender, time, event and key stand in for it."""
    inbound = opened(message("event", **fields)).inbound

    assert inbound.content == content
    assert inbound.key == f"e:{RESIDENT}:{NOW}:{fields['Event']}:{fields.get('EventKey', '')}"


@pytest.mark.parametrize(
    "event", ["user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"]
)
def test_authorisation_events_are_about_the_openid_they_name(event):
    """In these three FromUserName is not the user."""
    inbound = opened(message("event", sender="system_sender", Event=event, OpenID=RESIDENT)).inbound

    assert inbound.openid == RESIDENT
    assert inbound.content == Notified(event)


def test_a_picture_event_with_its_nested_lists_is_understood():
    """pic_* events nest five deep; what is nested is not read."""
    pics = "<SendPicsInfo><PicList><item><PicMd5Sum>a</PicMd5Sum></item></PicList></SendPicsInfo>"
    xml = message("event", Event="pic_weixin", EventKey="k").replace("</xml>", f"{pics}</xml>")

    assert opened(xml).inbound.content == Notified("pic_weixin")


def test_control_characters_and_nul_are_dropped_not_refused():
    """Residents can type 0x1D, and WeChat forwards it raw."""
    assert opened(message(Content="社\x1d保\x00卡\x0b")).inbound.content == Text("社保卡")


def test_lone_surrogates_are_replaced_not_refused():
    """Broken bytes inside a message do not cost the resident an answer."""
    content = opened(message(Content="社保\ud800卡")).inbound.content

    assert isinstance(content, Text)
    assert content.words.startswith("社保")
    assert content.words.endswith("卡")


@pytest.mark.parametrize("broken", [b"\xff\xfe", b"\xc0\xaf", b"\xe4\xbd", b"\x80"])
def test_bytes_that_are_no_utf8_are_refused(broken):
    """A guess at them would be other words than the sender's."""
    sent = post(message(Content="社保@卡").encode().replace(b"@", broken))

    assert status_of(sent.query, sent.body) == 400


@pytest.mark.parametrize("typed", ["a]]>b", "a]]>", "]]>", "a]]]]>", "x]]>y]]>z"])
def test_a_cdata_end_typed_by_a_resident_arrives_as_typed(typed):
    """Split properly or passed on raw: the words are the same."""
    raw = message(Content=typed)
    split = message(Content=typed.replace("]]>", "]]]]><![CDATA[>"))

    assert opened(raw).inbound.content == Text(typed)
    assert opened(split).inbound.content == Text(typed)


def test_a_cdata_end_cannot_smuggle_a_second_sender():
    """Injected fields make the message ambiguous, and an ambiguous message is refused."""
    evil = f"x]]></Content><FromUserName><![CDATA[{'o' * 28}]]></FromUserName><Content><![CDATA[y"
    sent = post(message(Content=evil))

    assert status_of(sent.query, sent.body) == 400


@pytest.mark.parametrize("part", ["signature", "msg_signature"])
@pytest.mark.parametrize("value", ["", "0" * 40, "伪造"])
def test_a_bad_signature_is_refused(part, value):
    """Either signature, if wrong, ends the visit."""
    sent = post(message(Content="你好"))

    assert status_of({**sent.query, part: value}, sent.body) == 403


def test_a_missing_signature_is_refused():
    """Safe mode needs the one that binds the body, plain mode the one there is."""
    safe, plain = post(message()), post(message(), PLAIN)

    assert status_of({k: v for k, v in safe.query.items() if k != "msg_signature"}, safe.body) == 403
    assert status_of({k: v for k, v in plain.query.items() if k != "signature"}, plain.body, PLAIN) == 403


def test_a_changed_body_breaks_the_signature():
    """msg_signature covers the ciphertext."""
    first, second = post(message(Content="一")), post(message(Content="二"))

    assert status_of(first.query, second.body) == 403


def test_a_plain_body_is_refused_in_safe_mode():
    """With and without the claim that it is encrypted."""
    sent = post(message(Content="你好"), PLAIN)

    assert status_of(sent.query, sent.body) == 403
    assert status_of({**sent.query, "encrypt_type": "aes", "msg_signature": "0" * 40}, sent.body) == 400


def test_an_encrypted_body_is_refused_in_plain_mode():
    """A test account has no key to open it with."""
    sent = post(message(Content="你好"))

    assert status_of(sent.query, sent.body, PLAIN) == 403


def test_another_accounts_message_is_refused():
    """The AppID inside the ciphertext must be ours."""
    encrypted = desk.encrypted_for("wxffffffffffffffff", message(Content="你好").encode())
    query = {"timestamp": str(NOW), "nonce": "1", **desk.sealing(encrypted, str(NOW), "1")}

    assert status_of(query, desk.wrapped(encrypted)) == 403


@pytest.mark.parametrize("cut", [1, 2, 3, 16, 50])
def test_a_truncated_ciphertext_is_refused(cut):
    """Correctly signed, but not whole."""
    encrypted = desk.encrypted_for(desk.APPID, message(Content="你好").encode())[:-cut]
    query = {"timestamp": str(NOW), "nonce": "1", **desk.sealing(encrypted, str(NOW), "1")}

    assert status_of(query, desk.wrapped(encrypted)) in (400, 403)


@pytest.mark.parametrize("key", ["timestamp", "nonce", "msg_signature", "signature", "openid", "anything"])
def test_a_duplicated_query_key_is_refused(key):
    """Two parsers may disagree on which one counts."""
    sent = post(message(Content="你好"))
    query = MultiDict(sent.query)
    query.add(key, "1")
    query.add(key, "1")

    assert status_of(MultiDictProxy(query), sent.body) == 400


BOMB = (
    '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)


@pytest.mark.parametrize("wrap", ["inside", "outside", "plain"])
@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE xml>",
        '<!DOCTYPE xml [<!ENTITY x "y">]>',
        '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE xml SYSTEM "http://evil.example/x.dtd">',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE xml>',
        BOMB,
    ],
)
def test_document_types_and_entities_are_refused(prolog, wrap):
    """In the envelope as well as in the letter."""
    xml = prolog + message(Content="你好")
    account = PLAIN if wrap == "plain" else SAFE
    sent = post(message(Content="你好") if wrap == "outside" else xml, account)
    body = prolog.encode() + sent.body if wrap == "outside" else sent.body

    assert status_of(sent.query, body, account) == 400


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "   ",
        "{}",
        "<xml/>",
        "<a><b/></a>",
        "<xml>",
        message().replace("</xml>", "<MsgType>text</MsgType></xml>"),
        message().replace("</xml>", "<MsgType>image</MsgType></xml>"),
        message().replace("<![CDATA[text]]>", "<b>text</b>"),
        message(Content="x").replace("<![CDATA[x]]>", "<b>x</b>"),
        message("event", Event="CLICK").replace("</xml>", "<EventKey><a/></EventKey></xml>"),
        message(sender="short"),
        message(sender="o' OR 1=1 --"),
        message(sender="o" * 65),
        message(MsgId="0"),
        message(MsgId="-1"),
        message(MsgId="１２"),
        message(CreateTime="soon"),
        message("event"),
        message("event", Event="user_info_modified"),
        "<xml>" + "<a>" * 50 + "</a>" * 50 + "</xml>",
        "<xml>" + "".join(f"<a{i}/>" for i in range(300)) + "</xml>",
        message(Content="&undefined;").replace("<![CDATA[&undefined;]]>", "&undefined;"),
        message().encode("utf-16"),
    ],
)
@pytest.mark.parametrize("account", [SAFE, PLAIN])
def test_what_is_no_message_is_refused(xml, account):
    """Authentic but malformed: a 400, no exception of any library."""
    sent = post(xml, account)

    assert status_of(sent.query, sent.body, account) == 400


def test_a_huge_body_is_refused_before_it_is_read():
    """64 KiB are plenty."""
    sent = post(message(Content="你好"))

    assert status_of(sent.query, b"x" * (10 * 1024 * 1024)) == 413


def test_only_300_seconds_of_skew_are_fresh():
    """A key already known never gets here, so this check is apart from opening."""
    envelope = opened(message())

    check_fresh(envelope, NOW + 300)
    check_fresh(envelope, NOW - 300)
    with pytest.raises(Refused):
        check_fresh(envelope, NOW + 301)
    with pytest.raises(Refused):
        check_fresh(envelope, NOW - 301)


QUERY_TEXT = st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(query=st.dictionaries(st.sampled_from(sorted(post("").query)), QUERY_TEXT), body=st.binary(max_size=600))
def test_random_bytes_never_raise_anything_but_a_refusal(query, body):
    """Fuzz before the signature."""
    for account in (SAFE, PLAIN):
        with pytest.raises(Refused):
            open_envelope(query, body, account)


@st.composite
def mutated(draw) -> bytes:
    """An authentic message with a few bytes changed, doubled or cut out."""
    raw = bytearray(message(draw(st.sampled_from(["text", "event", "image", "odd"])), Content="社]]>保").encode())
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(raw)))
        width = draw(st.integers(0, 12))
        raw[place : place + width] = draw(st.binary(max_size=12))
    return bytes(raw)


@settings(max_examples=300, deadline=None)
@given(xml=mutated())
def test_mutated_messages_are_read_or_refused(xml):
    """Fuzz behind the signature: an envelope or a refusal, nothing else."""
    for account in (SAFE, PLAIN):
        sent = post(xml, account)
        with contextlib.suppress(Refused):
            assert isinstance(open_envelope(sent.query, sent.body, account), Envelope)


@settings(max_examples=100, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=80))
def test_any_words_arrive_as_typed(words):
    """Whatever a keyboard can produce, raw or split at a CDATA end."""
    xml = message(Content=words.replace("]]>", "]]]]><![CDATA[>"))

    content = opened(xml).inbound.content

    assert content in (Text(words.strip()), Unsupported("sticker"))


def read_by_wechatpy(body: bytes) -> ET.Element:
    """What the platform sees after verifying and decrypting with somebody else's code."""
    outer = {child.tag: child.text for child in ET.fromstring(body)}
    xml = desk.CRYPTO.decrypt_message(body, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    return ET.fromstring(xml)


def test_a_reply_is_readable_for_wechatpy():
    """Sides swapped, signed, encrypted for our AppID."""
    inbound = opened(message(Content="问")).inbound

    body, content_type = seal(Reply("答"), inbound, SAFE, NOW, "n]]>once", NOISE)

    fields = {child.tag: child.text for child in read_by_wechatpy(body)}
    assert content_type == "application/xml"
    assert fields == {
        "ToUserName": RESIDENT,
        "FromUserName": ACCOUNT,
        "CreateTime": str(NOW),
        "MsgType": "text",
        "Content": "答",
    }


def test_a_plain_reply_is_plain_xml():
    """A test account reads it without a key."""
    inbound = opened(message(Content="问"), PLAIN).inbound

    body, _ = seal(Reply("答"), inbound, PLAIN, NOW, "1", NOISE)

    assert parse_message(body).content == "答"


def test_an_empty_reply_is_the_word_success():
    """Never XML with empty Content."""
    inbound = opened(message(Content="问")).inbound

    assert seal(NOTHING, inbound, SAFE, NOW, "1", NOISE) == (b"success", "text/plain")


@settings(max_examples=150, deadline=None)
@given(
    words=st.text(st.characters(), min_size=1, max_size=900),
    label=st.text(max_size=20),
    says=st.text(max_size=20),
)
def test_no_words_break_a_reply(words, label, says):
    """One Content, no second element, at most 1,800 bytes, whatever is echoed."""
    inbound = opened(message(Content="问")).inbound

    body, _ = seal(Reply(words + "]]>" + words, (Tap(label, says),)), inbound, SAFE, NOW, "1", NOISE)

    root = read_by_wechatpy(body)
    assert [child.tag for child in root] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    assert len((root.findtext("Content") or "").encode()) <= 1800
