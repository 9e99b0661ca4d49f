"""The official account whose platform is played: its keys, its mode and what kind of account it is."""

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

Mode = Literal["safe", "plain", "compat"]


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the platform's console knows it.

    ``aes_key`` is the 43-character EncodingAESKey; ``original_id`` is the ``gh_`` name that stands in
    ToUserName. ``verified_service`` is False for a test account: no msgmenu, no ``bizmsgmenuid``.

    Raises:
        ValueError: the token is empty or the key is not 43 characters of base64.
    """

    appid: str
    secret: str
    token: str
    aes_key: str
    mode: Mode = "safe"
    verified_service: bool = True
    original_id: str = "gh_5a17a1e57000"
    name: str = "模拟公众号"

    def __post_init__(self) -> None:
        """Refuse an account that the real console would refuse."""
        if not self.token:
            raise ValueError("Token 不能为空")
        if len(self.aes_key) != 43 or len(self.key_bytes) != 32:
            raise ValueError("EncodingAESKey 必须是 43 位字母或数字")

    @property
    def key_bytes(self) -> bytes:
        """The 32 key bytes; unused trailing bits of the last character are ignored."""
        try:
            return base64.b64decode(self.aes_key + "=", validate=True)
        except binascii.Error:
            return b""
