"""Push the custom menu when it differs from the one pushed last."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.calls import Json
from bot.errcodes import Outcome, Sent, told
from bot.learning import MENU, learn
from handlers.menu import MENU as BUTTONS
from storage import keyvalue
from storage.database import Database
from storage.times import to_ms

_log = structlog.get_logger(__name__)


class CreatesMenu(Protocol):
    """What is needed of the platform's API."""

    async def create_menu(self, menu: Json) -> Outcome: ...


async def push_menu(database: Database, api: CreatesMenu, now: Callable[[], datetime]) -> None:
    """Create the menu if it changed; a refusal is logged, remembered and tried at the next start.

    An account without the right to menus (48001) works on with typed words.
    """
    menu: Json = json.loads(json.dumps(dict(BUTTONS)))
    wanted = hashlib.sha256(json.dumps(menu, sort_keys=True).encode()).hexdigest()
    if await database.read(lambda connection: keyvalue.get(connection, "menu")) == wanted:
        return
    outcome = await api.create_menu(menu)
    at_ms = to_ms(now())

    def note(connection: sqlite3.Connection) -> None:
        learn(connection, MENU, outcome, at_ms)
        if isinstance(outcome, Sent):
            keyvalue.put(connection, "menu", wanted)

    await database.write(note)
    if not isinstance(outcome, Sent):
        _log.warning("menu_not_pushed", **told(outcome))
