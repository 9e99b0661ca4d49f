"""The access token: shared through a store, refreshed by one task at a time (wechat.md 2.10).

`stable_token` hands out the same token within its life, so two processes that refresh at once do
not break each other; the store spares the calls. ``force_refresh`` is never used: it is for leaks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeGuard

from bot.errcodes import Failure, Unreachable

MARGIN = 60  # seconds before its end in which a token is not used any more


@dataclass(frozen=True, slots=True)
class Token:
    """*expires_at* is in epoch seconds; *value* may have 512 characters and more."""

    value: str = field(repr=False)
    expires_at: int


class TokenStore(Protocol):
    """Where all processes of one account keep the token."""

    async def get(self) -> Token | None:
        """Return the token last put, expired or not."""

    async def put(self, token: str, expires_at: int) -> None:
        """Keep a token for everybody."""


Fetch = Callable[[], Awaitable[Token | Failure]]


class Tokens:
    """Hands out the shared token and renews it under one lock."""

    def __init__(self, store: TokenStore, fetch: Fetch, now: Callable[[], int]) -> None:
        self._store = store
        self._fetch = fetch
        self._now = now
        self._lock = asyncio.Lock()

    async def current(self) -> Token | Failure:
        """Return a token with at least a minute to live."""
        token = await self._store.get()
        return token if self._lives(token) else await self._renewed(refused=None)

    async def instead_of(self, refused: Token) -> Token | Failure:
        """Return another token after the platform refused one: the shared one if somebody has renewed it."""
        return await self._renewed(refused=refused.value)

    async def _renewed(self, refused: str | None) -> Token | Failure:
        async with self._lock:
            shared = await self._store.get()
            if shared is not None and self._lives(shared) and shared.value != refused:
                return shared
            fetched = await self._fetch()
            match fetched:
                case Token(value, expires_at):
                    await self._store.put(value, expires_at)
                    return fetched
                case Unreachable(_, why):
                    # Whatever became of the token call, the message itself never left.
                    return Unreachable(sent_possibly=False, why=f"token: {why}")
                case _:
                    return fetched

    def _lives(self, token: Token | None) -> TypeGuard[Token]:
        return token is not None and token.expires_at - MARGIN > self._now()
