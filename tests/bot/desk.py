"""A sender that speaks the platform's side with wechatpy, so that our own code never checks itself."""

from dataclasses import dataclass

from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.account import WeChatAccount, make_account

APPID = "wx0123456789abcdef"
TOKEN = "AAAAA"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
RESIDENT = "oTEST-zhangsanjia_000000000A"
ACCOUNT = "gh_0123456789ab"
NOW = 1_714_037_059

SAFE = make_account(
    appid=APPID, secret="s", token=TOKEN, aes_key=AES_KEY, api_base="https://api.weixin.qq.com", mode="safe"
)
PLAIN = make_account(
    appid=APPID, secret="s", token=TOKEN, aes_key="", api_base="https://api.weixin.qq.com", mode="plain"
)
CRYPTO = WeChatCrypto(TOKEN, AES_KEY, APPID)


@dataclass(frozen=True, slots=True)
class Post:
    """One delivery as it goes over the wire."""

    query: dict[str, str]
    body: bytes


def signed(*parts: str) -> str:
    """SHA-1 as the platform makes it."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def message(kind: str = "text", sender: str = RESIDENT, at: int = NOW, **fields: str) -> str:
    """XML of one message; field values are raw, so that a test can break them."""
    common = {"ToUserName": ACCOUNT, "FromUserName": sender, "CreateTime": str(at), "MsgType": kind}
    parts = {"MsgId": "23456789012345678", **common, **fields} if kind != "event" else {**common, **fields}
    return "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in parts.items()) + "</xml>"


def post(xml: str | bytes, account: WeChatAccount = SAFE, at: int = NOW, nonce: str = "486452656") -> Post:
    """Deliver *xml* as an honest platform would."""
    stamp = str(at)
    query = {"signature": signed(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": RESIDENT}
    raw = xml.encode("utf-8", "surrogatepass") if isinstance(xml, str) else xml
    if account.mode == "plain":
        return Post(query, raw)
    encrypted = encrypted_for(APPID, raw)
    return Post({**query, **sealing(encrypted, stamp, nonce)}, wrapped(encrypted))


def encrypted_for(appid: str, xml: bytes) -> str:
    """The ciphertext, as wechatpy makes it; *appid* may be a wrong one."""
    from wechatpy.crypto import PrpCrypto

    return str(PrpCrypto(CRYPTO.key).encrypt(xml, appid).decode())


def sealing(encrypted: str, stamp: str, nonce: str) -> dict[str, str]:
    """The query parts of safe mode."""
    return {"encrypt_type": "aes", "msg_signature": signed(TOKEN, stamp, nonce, encrypted)}


def wrapped(encrypted: str) -> bytes:
    """The outer body of safe mode."""
    return (
        f"<xml>\n<ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>\n<Encrypt><![CDATA[{encrypted}]]></Encrypt>\n</xml>"
    ).encode()
