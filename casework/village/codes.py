"""One-time codes that make a WeChat account the admin of a village.

A code is ten signs of an alphabet of 22 (44 random bits), in two groups of five. Signs that
look like another one are not in the alphabet. Only the hash of a code is kept.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ALPHABET = "346789ACDEFHJKMNPRTWXY"
"""No 0 O, 1 I L, 2 Z, 5 S, B beside 8, U V, G Q."""
LENGTH = 10
GROUP = 5
VALID_FOR = timedelta(days=7)
TRIES = 5
TRIES_WITHIN = timedelta(hours=1)

_DECORATION = re.compile(r"[\s\-_.·—–/,，。:：“”\"'()\[\]【】]+")
_PREFIX = re.compile(r"^(?:我的|我要|请|管理员|村群)*(?:绑定|激活|验证|开通)?(?:码|编码|验证码|绑定码|代码)?(?:是|为)?")


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code that staff gave out; *hashed* is all that is kept of it.

    *replaces* is the id of the binding that ends when the code is used (换人), empty for a
    further admin. *issued_by* is a staff login. *withdrawn_at* is set when staff took it back.
    """

    hashed: str
    village: str
    issued_at: datetime
    issued_by: str
    replaces: str = ""
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def valid_until(self) -> datetime:
        """The moment from which it binds nobody."""
        return self.issued_at + VALID_FOR


@dataclass(frozen=True, slots=True)
class Bound:
    """The code is good: *code* is the row to store, marked as used."""

    code: IssuedCode


@dataclass(frozen=True, slots=True)
class WrongCode:
    """No such code was given out; *left* tries remain in this hour. Note the try."""

    left: int


@dataclass(frozen=True, slots=True)
class Expired:
    """The code was given out, and its seven days are over or staff took it back."""

    village: str


@dataclass(frozen=True, slots=True)
class UsedUp:
    """The code bound somebody already."""

    village: str


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong codes in an hour; even the right one is refused until then."""

    until: datetime


Redeemed = Bound | WrongCode | Expired | UsedUp | Locked


def make_code(below: Callable[[int], int]) -> str:
    """A new code as it is shown, such as K7MPW-3XHDA; *below(n)* is a secure random number under n."""
    signs = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))
    return f"{signs[:GROUP]}-{signs[GROUP:]}"


def normalise(typed: str) -> str:
    """The ten signs of a code however it was typed, or nothing where the text is no code.

    Blanks, dashes, full-width signs, small letters and a word such as 绑定 in front do no harm.
    """
    plain = _DECORATION.sub("", unicodedata.normalize("NFKC", typed)).upper()
    signs = _PREFIX.sub("", plain)
    return signs if len(signs) == LENGTH and all(sign in ALPHABET for sign in signs) else ""


def resembles_code(typed: str) -> bool:
    """Is this meant as a code, also where a sign is wrong or missing: 8 to 12 letters and digits mixed?"""
    signs = _PREFIX.sub("", _DECORATION.sub("", unicodedata.normalize("NFKC", typed)).upper())
    return bool(re.fullmatch(r"(?=.*[A-Z].*[A-Z])(?=.*\d)[A-Z0-9]{8,12}", signs)) or bool(normalise(typed))


def issue(
    code: str, village: str, at: datetime, by: str, hash_code: Callable[[str], str], replaces: str = ""
) -> IssuedCode:
    """The row to keep for a code that was just made."""
    return IssuedCode(hash_code(normalise(code)), village, at, by, replaces)


def withdraw(code: IssuedCode, at: datetime) -> IssuedCode:
    """Take a code back before anybody used it."""
    return code if code.used_at else replace(code, withdrawn_at=at)


def locked_until(wrong_tries: Sequence[datetime], now: datetime) -> datetime | None:
    """The moment the account may try again, or ``None`` while it may.

    Five wrong tries within one hour lock until the oldest of the last five is an hour old.
    """
    recent = sorted(at for at in wrong_tries if now - TRIES_WITHIN < at <= now)
    return recent[-TRIES] + TRIES_WITHIN if len(recent) >= TRIES else None


def redeem(
    typed: str,
    now: datetime,
    wrong_tries: Sequence[datetime],
    issued: Sequence[IssuedCode],
    matches: Callable[[str, str], bool],
) -> Redeemed:
    """Decide what a typed code does; *wrong_tries* are this account's, *matches(code, hash)* compares.

    Every code is compared, whether it may still be used or not, so that the time taken tells nothing.
    """
    until = locked_until(wrong_tries, now)
    if until is not None:
        return Locked(until)
    signs = normalise(typed)
    hits = [code for code in issued if matches(signs, code.hashed)] if signs else []
    if not hits:
        recent = sum(now - TRIES_WITHIN < at <= now for at in wrong_tries)
        return WrongCode(TRIES - recent - 1)
    code = hits[-1]
    if code.used_at is not None:
        return UsedUp(code.village)
    if code.withdrawn_at is not None or now >= code.valid_until:
        return Expired(code.village)
    return Bound(replace(code, used_at=now))
