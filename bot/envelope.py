"""XML → `Inbound` and `Reply` → XML: signature, freshness, AES, hostile input. Pure functions.

Order of checks (each one protects the next): size, distinct query keys, signature, decryption and
AppID, parsing. Freshness is a check of its own, because a retry of a known message is answered
whatever its timestamp says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import consent_events
from bot.account import WeChatAccount
from bot.cipher import decrypt, encrypt, is_signature, sign
from bot.markup import cdata, read_fields
from bot.messages import to_inbound
from bot.refusal import Refused
from bot.rendering import fit, render
from handlers.turn import Inbound, Notified, Reply

MAX_BODY = 64 * 1024  # bytes; the longest real message is a few KiB
MAX_SKEW = 300  # seconds between the platform's clock and ours

_SECONDS = re.compile(r"[0-9]{1,12}")
_NONCE = re.compile(r"[!-~]{1,128}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One authentic delivery; *timestamp* (epoch seconds) and *nonce* are those of this try."""

    inbound: Inbound
    timestamp: int
    nonce: str


def verify_get(query: Mapping[str, str], account: WeChatAccount, now: int) -> str:
    """Return the echostr of the platform's verification call, to be answered as it is.

    It is signed but not encrypted, in safe mode too (wechat.md 1.2), and has no replay guard.

    Raises:
        Refused: not signed with our token, or not fresh.
    """
    timestamp, nonce = _dated(query)
    if not is_signature(query.get("signature", ""), account.token, timestamp, nonce):
        raise Refused(403, "bad signature")
    _check_age(int(timestamp), now)
    echostr = query.get("echostr", "")
    if not echostr:
        raise Refused(400, "echostr missing")
    return echostr


def open_envelope(query: Mapping[str, str], body: bytes, account: WeChatAccount) -> Envelope:
    """Open one POST of the platform. Says nothing about freshness: see `check_fresh`.

    In safe mode ``msg_signature`` binds the body; a plain body is refused whatever it is signed
    with. In plain mode only the query is signed, so a captured address lets anyone post.

    Raises:
        Refused: for every other input; nothing else is ever raised.
    """
    if len(body) > MAX_BODY:
        raise Refused(413, "body too large")
    timestamp, nonce = _dated(query)
    xml = _authentic(query, body, account, timestamp, nonce)
    return Envelope(_with_items(to_inbound(read_fields(xml)), xml), int(timestamp), nonce)


def _with_items(inbound: Inbound, xml: bytes) -> Inbound:
    """Read the lists of the few events that carry something in them."""
    content = inbound.content
    if isinstance(content, Notified) and content.event in consent_events.EVENTS:
        return replace(inbound, content=consent_events.content_of(content.event, xml))
    return inbound


def is_fresh(envelope: Envelope, now: int) -> bool:
    """Was it signed within 300 s of *now*, in epoch seconds?"""
    return abs(now - envelope.timestamp) <= MAX_SKEW


def check_fresh(envelope: Envelope, now: int) -> None:
    """Refuse what was signed more than 300 s ago or ahead; *now* is in epoch seconds."""
    _check_age(envelope.timestamp, now)


def seal(
    reply: Reply, inbound: Inbound, account: WeChatAccount, timestamp: int, nonce: str, prefix: bytes
) -> tuple[bytes, str]:
    """Return body and content type that show *reply* to the sender of *inbound*.

    An empty reply is the literal ``success`` (wechat.md 2.2). What is longer than the platform
    takes is cut here as a last resort: split it with `rendering.split` before. *prefix* is 16
    bytes from a secure random source.
    """
    if not reply.text:
        return b"success", "text/plain"
    words, _ = fit(render(reply))
    xml = b"<xml><ToUserName>%b</ToUserName><FromUserName>%b</FromUserName><CreateTime>%d</CreateTime>" % (
        cdata(inbound.openid),
        cdata(inbound.account),
        timestamp,
    )
    xml += b"<MsgType><![CDATA[text]]></MsgType><Content>%b</Content></xml>" % cdata(words)
    if account.mode == "plain":
        return xml, "application/xml"
    encrypted = encrypt(xml, account.aes_key, account.appid, prefix)
    return _wrapped(encrypted, account, str(timestamp), nonce), "application/xml"


def _wrapped(encrypted: str, account: WeChatAccount, timestamp: str, nonce: str) -> bytes:
    signature = sign(account.token, timestamp, nonce, encrypted)
    return (
        b"<xml><Encrypt><![CDATA[%b]]></Encrypt><MsgSignature><![CDATA[%b]]></MsgSignature>"
        b"<TimeStamp>%b</TimeStamp><Nonce>%b</Nonce></xml>"
    ) % (encrypted.encode(), signature.encode(), timestamp.encode(), cdata(nonce))


def _dated(query: Mapping[str, str]) -> tuple[str, str]:
    if len(query) != len(set(query)):
        raise Refused(400, "duplicated query key")
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not _SECONDS.fullmatch(timestamp) or not _NONCE.fullmatch(nonce):
        raise Refused(400, "timestamp or nonce missing or malformed")
    return timestamp, nonce


def _authentic(query: Mapping[str, str], body: bytes, account: WeChatAccount, timestamp: str, nonce: str) -> bytes:
    encrypted = query.get("encrypt_type", "raw") == "aes"
    if encrypted != (account.mode == "safe"):
        raise Refused(403, "encryption does not fit the mode of the account")
    plain_signature = query.get("signature")
    if plain_signature is None and not encrypted:
        raise Refused(403, "signature missing")
    if plain_signature is not None and not is_signature(plain_signature, account.token, timestamp, nonce):
        raise Refused(403, "bad signature")
    return _unsealed(query, body, account, timestamp, nonce) if encrypted else body


def _unsealed(query: Mapping[str, str], body: bytes, account: WeChatAccount, timestamp: str, nonce: str) -> bytes:
    signature = query.get("msg_signature")
    if not signature:
        raise Refused(403, "msg_signature missing")
    sealed = read_fields(body).get("Encrypt")
    if not sealed:
        raise Refused(400, "Encrypt missing")
    if not is_signature(signature, account.token, timestamp, nonce, sealed):
        raise Refused(403, "bad msg_signature")
    return decrypt(sealed, account.aes_key, account.appid)


def _check_age(timestamp: int, now: int) -> None:
    if abs(now - timestamp) > MAX_SKEW:
        raise Refused(403, "timestamp not fresh")
