"""Login sessions kept on the server: the cookie is a random name, revocable at any moment."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta

from aiohttp import web
from aiohttp_session import AbstractStorage, Session

from casework.ports import Now
from web.console.account_ports import Sessions, StoredSession

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)
QUIET_PATHS = frozenset({"/refresh"})
"""What pages ask for by themselves; it does not count as use."""

_LONGEST_COOKIE = 100


def digest_of(identity: str) -> str:
    """Return what is stored of a session id."""
    return hashlib.sha256(identity.encode()).hexdigest()


def has_expired(stored: StoredSession, now: datetime) -> bool:
    """Is the session too old, or unused for too long?"""
    return now - stored.seen > IDLE or now - stored.created > ABSOLUTE


class DatabaseStorage(AbstractStorage):
    """aiohttp-session's storage on the Sessions port; only the digest of the id is kept."""

    def __init__(self, sessions: Sessions, now: Now, *, https: bool) -> None:
        name = "__Host-minwen" if https else "minwen"
        super().__init__(cookie_name=name, httponly=True, samesite="Lax", secure=https, path="/")
        self._sessions = sessions
        self._now = now

    async def load_session(self, request: web.Request) -> Session:
        """Return the session the cookie names while it lives, else a new empty one."""
        identity = self.load_cookie(request) or ""
        if not identity or len(identity) > _LONGEST_COOKIE:
            return await self.new_session()
        digest, now = digest_of(identity), self._now()
        stored = await self._sessions.load(digest)
        if stored is None:
            return await self.new_session()
        if has_expired(stored, now):
            await self._sessions.end(digest)
            return await self.new_session()
        if request.path not in QUIET_PATHS and now - stored.seen > TOUCH_EVERY:
            await self._sessions.touch(digest)
        return Session(
            identity,
            data={"created": int(stored.created.timestamp()), "session": json.loads(stored.data)},
            new=False,
        )

    async def save_session(self, request: web.Request, response: web.StreamResponse, session: Session) -> None:
        """Keep a changed session; an emptied one is ended and its cookie taken back."""
        identity = session.identity if isinstance(session.identity, str) else ""
        if session.empty:
            if identity:
                await self._sessions.end(digest_of(identity))
            self.save_cookie(response, "")
            return
        if not identity:
            identity = secrets.token_urlsafe(32)
            session.set_new_identity(identity)
        data = json.dumps(dict(session), ensure_ascii=False)
        await self._sessions.save(digest_of(identity), str(session.get("login", "")), data)
        self.save_cookie(response, identity)
