"""Judge a callback answer as strictly as the platform: what is not exactly right is a fault.

``success`` or an empty body means nothing to show; everything else must be well-formed XML with To and From
swapped, a known MsgType and the fields of that type, and in safe mode sealed for this account.
"""

from dataclasses import dataclass

from simulator.account import Account
from simulator.crypto import NotDecryptableError, decrypt, signature_matches
from simulator.exchange import Article, Fault, Nothing, Outcome, Shown
from simulator.xmltree import BadXmlError, Node, parse

TEXT_LIMIT = 2048
"""UTF-8 bytes of a passive text; undocumented, measured by others."""
EVENT_ARTICLES = 8
MESSAGE_ARTICLES = 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome, and the answer's XML after decryption for the developer's eyes."""

    outcome: Outcome
    plain: str = ""


class UnusableError(ValueError):
    """The answer breaks a rule; the text says which, in Chinese."""


def judge(account: Account, openid: str, status: int, body: bytes, *, to_event: bool = False) -> Judgement:
    """Say what the resident sees of *body*; never raises."""
    if status != 200:
        return Judgement(Fault(f"回答的 HTTP 状态是 {status}，不是 200"))
    if body in (b"", b"success"):
        return Judgement(Nothing())
    plain = ""
    try:
        root = _root(body.decode())
        if account.mode != "plain" and root.find("Encrypt") is not None:
            plain = _opened(account, root)
            root = _root(plain)
        elif account.mode == "safe":
            raise UnusableError("安全模式下回答没有加密")
        return Judgement(_content(account, openid, root, to_event), plain)
    except UnicodeDecodeError:
        return Judgement(Fault("回答不是 UTF-8"), plain)
    except (BadXmlError, NotDecryptableError, UnusableError) as error:
        return Judgement(Fault(str(error)), plain)


def _root(text: str) -> Node:
    root = parse(text)
    if root.tag != "xml":
        raise UnusableError(f"根元素是 <{root.tag}>，不是 <xml>")
    return root


def _opened(account: Account, root: Node) -> str:
    sealed = root.value("Encrypt")
    parts = (root.value("TimeStamp"), root.value("Nonce"), sealed)
    if not all(parts):
        raise UnusableError("加密回答缺少 Encrypt、TimeStamp 或 Nonce")
    if not signature_matches(root.value("MsgSignature"), account.token, *parts):
        raise UnusableError("加密回答的 MsgSignature 不对")
    return decrypt(account.key_bytes, sealed, account.appid).decode()


def _content(account: Account, openid: str, root: Node, to_event: bool) -> Outcome:
    if root.value("ToUserName") != openid:
        raise UnusableError("ToUserName 不是提问的人")
    if root.value("FromUserName") != account.original_id:
        raise UnusableError("FromUserName 不是本公众号")
    if not root.value("CreateTime").strip().isdecimal():
        raise UnusableError("CreateTime 不是整数秒")
    kind = root.value("MsgType")
    match kind:
        case "text":
            return _text(root)
        case "image" | "voice":
            return Shown(kind, media_id=_required(root, kind.capitalize(), "MediaId"))
        case "video":
            return Shown(kind, root.value("Video", "Title"), _required(root, "Video", "MediaId"))
        case "music":
            return Shown(kind, root.value("Music", "Title"), _required(root, "Music", "ThumbMediaId"))
        case "news":
            return _news(root, EVENT_ARTICLES if to_event else MESSAGE_ARTICLES)
        case "transfer_customer_service":
            return Nothing()
        case _:
            raise UnusableError(f"不认识的 MsgType：{kind or '（空）'}")


def _required(root: Node, *path: str) -> str:
    value = root.value(*path)
    if not value.strip():
        raise UnusableError(f"缺少 {'/'.join(path)}")
    return value


def _text(root: Node) -> Shown:
    text = _required(root, "Content")
    size = len(text.encode())
    if size > TEXT_LIMIT:
        raise UnusableError(f"文本有 {size} 字节，超过 {TEXT_LIMIT} 字节")
    return Shown("text", text)


def _news(root: Node, most: int) -> Shown:
    articles = root.find("Articles")
    items = articles.all("item") if articles else []
    if root.value("ArticleCount").strip() != str(len(items)) or not items:
        raise UnusableError("ArticleCount 与 Articles 里的条数不一致")
    if len(items) > most:
        raise UnusableError(f"图文有 {len(items)} 条，这里最多 {most} 条")
    cards = tuple(
        Article(item.value("Title"), item.value("Description"), item.value("Url"), item.value("PicUrl"))
        for item in items
    )
    return Shown("news", "\n".join(card.title for card in cards), articles=cards)
