"""Fetch the pictures residents sent, by media id from the API host, within the three days they live.

Only the picture itself is kept: where and when it was taken, and by which phone, is thrown away.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.errcodes import Failure
from bot.metadata import without_metadata
from bot.wechat_api import Media, NotAPicture
from storage import pictures
from storage.database import Database
from storage.times import to_ms


class Fetches(Protocol):
    """What is needed of the platform's API."""

    async def get_media(self, media_id: str) -> Media | NotAPicture | Failure: ...


class PictureFetcher:
    """One pass fetches what is wanted."""

    def __init__(self, database: Database, api: Fetches, now: Callable[[], datetime]) -> None:
        self._database = database
        self._api = api
        self._now = now

    async def fetch_wanted(self) -> int:
        """Fetch a few wanted pictures; return how many were tried."""
        now_ms = to_ms(self._now())
        wanted = await self._database.write(lambda connection: pictures.claim(connection, now_ms))
        for picture_id, media_id in wanted:
            await self._fetch(picture_id, media_id)
        return len(wanted)

    async def _fetch(self, picture_id: str, media_id: str) -> None:
        got = await self._api.get_media(media_id)

        def note(connection: sqlite3.Connection) -> None:
            match got:
                case Media(content=content, kind=kind) if bare := without_metadata(content, kind):
                    pictures.keep(connection, picture_id, kind, bare)
                case Media() | NotAPicture():
                    pictures.give_up(connection, picture_id)
                case _:
                    pictures.try_again(connection, picture_id)

        await self._database.write(note)
