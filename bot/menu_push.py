"""Push the custom menu when it differs from the one pushed last."""

import hashlib
import json
from typing import Protocol

import structlog

from bot.calls import Json
from bot.errcodes import Outcome, Sent, told
from handlers.menu import MENU
from storage import keyvalue
from storage.database import Database

_log = structlog.get_logger(__name__)


class CreatesMenu(Protocol):
    """What is needed of the platform's API."""

    async def create_menu(self, menu: Json) -> Outcome: ...


async def push_menu(database: Database, api: CreatesMenu) -> None:
    """Create the menu if it changed; a refusal is logged and tried at the next start.

    An account without the right to menus (48001) works on with typed words.
    """
    menu: Json = json.loads(json.dumps(dict(MENU)))
    wanted = hashlib.sha256(json.dumps(menu, sort_keys=True).encode()).hexdigest()
    if await database.read(lambda connection: keyvalue.get(connection, "menu")) == wanted:
        return
    outcome = await api.create_menu(menu)
    if isinstance(outcome, Sent):
        await database.write(lambda connection: keyvalue.put(connection, "menu", wanted))
    else:
        _log.warning("menu_not_pushed", **told(outcome))
