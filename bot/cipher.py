"""Signatures and AES of the callback (wechat.md 2.1): cryptography's primitives inside our own fences.

wechatpy compares signatures with ``!=``, builds its cipher anew for each message, fails with six
kinds of exception on a bad ciphertext and loads its whole API client with its crypto; here the
comparison takes constant time, the key schedule is kept, and every failure is a `Refused`. The
tests let wechatpy read what is written here, and the other way round.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.refusal import Refused

_RANDOM = 16  # bytes of noise before the length
_PADDED_TO = 32  # the platform pads to 32, not to AES's 16


def sign(token: bytes, *parts: str) -> str:
    """Return the lower-case hex SHA-1 of the sorted, joined parts.

    The parts are joined without separators, so (1, 23) and (12, 3) sign alike: read no meaning
    into where the timestamp ends.
    """
    joined = b"".join(sorted((token, *(part.encode("utf-8", "replace") for part in parts))))
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signature(given: str, token: bytes, *parts: str) -> bool:
    """Whether *given* signs *parts*, in constant time."""
    return hmac.compare_digest(sign(token, *parts).encode(), given.encode("utf-8", "replace"))


def decrypt(encrypted: str, key: bytes, appid: str) -> bytes:
    """Return the XML inside a ciphertext whose signature was already checked.

    Raises:
        Refused: 403 if it was meant for another AppID, 400 if it is no ciphertext of ours.
    """
    content = _unpadded(_decrypted(encrypted, key))[_RANDOM:]
    length = int.from_bytes(content[:4], "big")
    xml, addressee = content[4 : 4 + length], content[4 + length :]
    if len(content) < 4 or len(xml) != length:
        raise Refused(400, "length in ciphertext does not fit")
    if not hmac.compare_digest(addressee, appid.encode()):
        raise Refused(403, "ciphertext is for another appid")
    return xml


def encrypt(xml: bytes, key: bytes, appid: str, prefix: bytes) -> str:
    """Seal *xml* for the platform; *prefix* is 16 bytes from a secure random source."""
    framed = prefix + len(xml).to_bytes(4, "big") + xml + appid.encode()
    pad = _PADDED_TO - len(framed) % _PADDED_TO
    encryptor = _cipher(key).encryptor()
    return b64encode(encryptor.update(framed + bytes((pad,)) * pad) + encryptor.finalize()).decode()


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _decrypted(encrypted: str, key: bytes) -> bytes:
    try:
        ciphertext = b64decode(encrypted)
    except ValueError:
        raise Refused(400, "ciphertext is not base64") from None
    if not ciphertext or len(ciphertext) % 16:
        raise Refused(400, "ciphertext is not whole blocks")
    decryptor = _cipher(key).decryptor()
    return decryptor.update(ciphertext) + decryptor.finalize()


def _unpadded(plain: bytes) -> bytes:
    pad = plain[-1]
    if not 1 <= pad <= _PADDED_TO or not plain.endswith(bytes((pad,)) * pad):
        raise Refused(400, "padding does not fit")
    return plain[:-pad]
