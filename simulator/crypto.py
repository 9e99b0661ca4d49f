"""Signature and encryption of the callback side, written from the platform's description.

SHA-1 over the sorted, joined parts; AES-256-CBC with the first 16 key bytes as IV, PKCS#7 to 32 bytes;
plaintext = 16 random bytes, 4-byte big-endian length, XML, AppID. Source: WeChat, guide/dev/push/encryption.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class NotDecryptableError(ValueError):
    """The ciphertext is not what the holder of the key would have sent; the text says why, in Chinese."""


def sign(token: str, *parts: str) -> str:
    """Return the lower-case hex signature over the token and *parts*."""
    joined = "".join(sorted((token, *parts)))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def signature_matches(given: str, token: str, *parts: str) -> bool:
    """Say whether *given* signs *parts*, in constant time."""
    return hmac.compare_digest(given.encode(), sign(token, *parts).encode())


def encrypt(key: bytes, plain: bytes, appid: str) -> str:
    """Return *plain* as the base64 text that stands in ``<Encrypt>``; differs on every call."""
    body = secrets.token_bytes(16) + struct.pack(">I", len(plain)) + plain + appid.encode()
    pad = _BLOCK - len(body) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = encryptor.update(body + bytes([pad]) * pad) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(key: bytes, sealed: str, appid: str) -> bytes:
    """Return the XML inside *sealed*.

    Raises:
        NotDecryptableError: bad base64, padding, length or another account's AppID.
    """
    body = _unpadded(_decrypted(key, sealed))
    if len(body) < 20:
        raise NotDecryptableError("密文太短")
    (length,) = struct.unpack(">I", body[16:20])
    plain, owner = body[20 : 20 + length], body[20 + length :]
    if len(plain) != length:
        raise NotDecryptableError("密文里的长度不对")
    if owner != appid.encode():
        raise NotDecryptableError("密文里的 AppID 不是本公众号")
    return plain


def _decrypted(key: bytes, sealed: str) -> bytes:
    try:
        raw = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotDecryptableError("Encrypt 不是 base64") from error
    if not raw or len(raw) % 16:
        raise NotDecryptableError("密文长度不是 16 的倍数")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    return decryptor.update(raw) + decryptor.finalize()


def _unpadded(padded: bytes) -> bytes:
    pad = padded[-1]
    if not 1 <= pad <= _BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise NotDecryptableError("密文的填充不对（密钥不一致？）")
    return padded[:-pad]
