"""Pack a message's XML into the request the platform posts: query, body, and every way to get it wrong."""

import secrets
from dataclasses import dataclass, replace

from simulator.account import Account
from simulator.crypto import encrypt, sign
from simulator.faults import Faults
from simulator.messages import cdata

HUGE = 10 * 1024 * 1024
_DOCTYPE = b'<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@dataclass(frozen=True, slots=True)
class Packet:
    """One request: its query pairs in order, its body, and the plain XML inside for the developer."""

    query: tuple[tuple[str, str], ...]
    body: bytes
    plain: str
    sealed: str = ""


def pack(account: Account, openid: str, xml: str, now: float, faults: Faults) -> Packet:
    """Return the request for *xml* in the account's mode, spoiled as *faults* say."""
    mode = "plain" if faults.plain_body else account.mode
    plain = xml.encode(errors="replace")
    sealed = ""
    if mode != "plain":
        appid = "wx0000000000000000" if faults.wrong_appid else account.appid
        sealed = encrypt(account.key_bytes, plain, appid)
        sealed = sealed[: len(sealed) // 2 + 1] if faults.truncated else sealed
    body = _spoiled(_body(account, mode, plain, sealed), faults)
    return stamped(account, openid, Packet((), body, xml, sealed), now, faults)


def stamped(account: Account, openid: str, packet: Packet, now: float, faults: Faults) -> Packet:
    """Return *packet* with a fresh timestamp and nonce over the same body."""
    timestamp = str(int(now) - faults.stale_seconds)
    nonce = str(secrets.randbelow(2**31))
    signature = sign(account.token, timestamp, nonce)
    query = [
        ("signature", _spelt(signature, faults)),
        ("timestamp", timestamp),
        ("nonce", nonce),
        ("openid", openid),
    ]
    if account.mode != "plain":
        bound = sign(account.token, timestamp, nonce, packet.sealed)
        query += [("encrypt_type", "aes"), ("msg_signature", _spelt(bound, faults))]
    return replace(packet, query=tuple(query))


def _spelt(signature: str, faults: Faults) -> str:
    return signature[::-1] if faults.wrong_signature else signature


def _body(account: Account, mode: str, plain: bytes, sealed: str) -> bytes:
    envelope = f"<ToUserName>{cdata(account.original_id)}</ToUserName>\n<Encrypt>{cdata(sealed)}</Encrypt>"
    match mode:
        case "safe":
            return f"<xml>\n{envelope}\n</xml>".encode()
        case "compat":
            return plain.replace(b"</xml>", f"<Encrypt>{cdata(sealed)}</Encrypt></xml>".encode())
        case _:
            return plain


def _spoiled(body: bytes, faults: Faults) -> bytes:
    if faults.doctype:
        body = _DOCTYPE + body
    if faults.huge_body:
        body = body + b" " * (HUGE - len(body))
    return body
