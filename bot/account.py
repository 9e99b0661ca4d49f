"""The official account `serve` answers for, judged by the platform's own rules."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["safe", "plain"]

_RULES = {
    "WECHAT_APPID": "应为 1–64 个字母、数字、横线或下划线，照抄公众号后台“基本配置”里的 AppID",
    "WECHAT_SECRET": "应为一串非空的可打印 ASCII 字符，照抄公众号后台的 AppSecret",
    "WECHAT_TOKEN": "应为 3–32 个字母或数字，与公众号后台“服务器配置”里的 Token 一致",
    "WECHAT_AES_KEY": "应为 43 个字母或数字，与公众号后台的 EncodingAESKey 一致",
    "WECHAT_API_BASE": "应为 https 地址；只有本机回环地址可以用 http",
    "WECHAT_MODE": "只能写 safe（安全模式）或 plain（明文，只用于测试号）",
}


class SettingsError(Exception):
    """The installation cannot start as configured; the message is one Chinese sentence naming the setting."""


@dataclass(frozen=True, slots=True)
class WeChatAccount:
    """One official account, ready to talk: *aes_key* is the 32 decoded bytes, empty in plain mode."""

    appid: str
    api_base: str
    mode: Mode
    secret: str = field(repr=False)
    token: bytes = field(repr=False)
    aes_key: bytes = field(repr=False)


def make_account(
    *,
    appid: str | None,
    secret: str | None,
    token: str | None,
    aes_key: str | None,
    api_base: str | None,
    mode: str,
) -> WeChatAccount:
    """Return the account if every value is as the platform has it.

    Plain mode needs no ``WECHAT_AES_KEY``: a platform test account has none.

    Raises:
        SettingsError: names the first value that is missing or malformed, without showing it.
    """
    judged = _mode(mode)
    return WeChatAccount(
        appid=_required("WECHAT_APPID", appid, _is_appid),
        secret=_required("WECHAT_SECRET", secret, _is_printable),
        token=_required("WECHAT_TOKEN", token, _is_token).encode(),
        aes_key=_aes_key(aes_key, judged),
        api_base=_required("WECHAT_API_BASE", api_base, _is_api_base).rstrip("/"),
        mode=judged,
    )


def _fully(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _required(name: str, value: str | None, is_right: Callable[[str], bool]) -> str:
    if not value:
        raise SettingsError(f"缺少 {name}：{_RULES[name]}。")
    if not is_right(value):
        raise SettingsError(f"{name} 的值不对：{_RULES[name]}。")
    return value


def _mode(value: str) -> Mode:
    match value:
        case "safe" | "plain":
            return value
        case _:
            raise SettingsError(f"WECHAT_MODE 的值不对：{_RULES['WECHAT_MODE']}。")


def _aes_key(value: str | None, mode: Mode) -> bytes:
    """Decode the 43 characters; the two unused trailing bits may be anything (base64 ignores them)."""
    if mode == "plain" and not value:
        return b""
    return b64decode(_required("WECHAT_AES_KEY", value, _is_aes_key) + "=")


def _is_api_base(value: str) -> bool:
    """Whether calls may go there: https anywhere, http to this machine only (a simulator)."""
    try:
        url = urlsplit(value)
        host, _ = url.hostname, url.port  # reading the port is what checks it
    except ValueError:
        return False
    if not host or not value.isascii() or url.username or url.query or url.fragment or " " in value:
        return False
    return url.scheme == "https" or (url.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_is_appid = _fully(r"[A-Za-z0-9_-]{1,64}")
_is_printable = _fully(r"[ -~]+")
_is_token = _fully(r"[A-Za-z0-9]{3,32}")
_is_aes_key = _fully(r"[A-Za-z0-9]{43}")
