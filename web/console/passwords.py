"""Staff passwords: argon2id in two threads of their own, so that a hash never delays a resident's reply."""

import asyncio
import os
import secrets
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import CHEAPEST

AT_ONCE = 2
MOST_WAITING = 20
SHORTEST = 10
LONGEST = 128

# No letters or digits that are mistaken for each other when read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class TooBusy(Exception):  # noqa: N818 - reads as the state it is
    """Too many logins wait for their hash already; the text says so in Chinese."""


def one_time_password() -> str:
    """Return a password that is used once: four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return the argon2id hash to store; takes about 0.1 s and 64 MiB, so never call it on the event loop."""
    return PasswordHasher().hash(password)


def objection(password: str, login: str, old: str) -> str:
    """Return why a new password is not good enough, in Chinese; empty when it is.

    Length counts, not signs and capitals (GB/T 22239 leaves the composition to the operator).
    """
    if len(password) < SHORTEST:
        return f"新密码至少要{SHORTEST}个字符，现在是{len(password)}个"
    if len(password) > LONGEST:
        return f"新密码最多{LONGEST}个字符"
    if len(set(password)) < 5:
        return "新密码太简单，请多用几种不同的字符"
    if login.lower() in password.lower():
        return "新密码里不要包含用户名"
    if password == old:
        return "新密码不能和原来的一样"
    return ""


def _step_back() -> None:
    """Let residents' replies go first: on Linux a thread, and what argon2 starts from it, has its own priority."""
    if sys.platform == "linux":
        os.nice(10)


class Hasher:
    """Hashes and verifies in its own threads, at most two at once."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords", initializer=_step_back)
        self._waiting = 0
        # What an unknown name is checked against, so that it takes as long as a known one.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    @classmethod
    def cheapest(cls) -> "Hasher":
        """Return a hasher for tests only: fast and weak."""
        return cls(PasswordHasher.from_parameters(CHEAPEST))

    async def hash(self, password: str) -> str:
        """Return the hash of a new password.

        Raises:
            TooBusy: too many wait already.
        """
        return str(await self._apart(self._hasher.hash, password))

    async def verify(self, stored: str, password: str) -> bool:
        """Does the password belong to the hash? An empty hash takes as long and never does.

        Raises:
            TooBusy: too many wait already.
        """
        matches = await self._apart(self._matches, stored or self._nobody, password)
        return bool(matches) and bool(stored)

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _apart(self, work: Callable[..., object], *arguments: str) -> object:
        if self._waiting >= MOST_WAITING:
            raise TooBusy("现在登录的人太多，请过一会儿再试")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._waiting -= 1
