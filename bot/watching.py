"""What the console's 系统 page looks at: lessons, the outbox, the knowledge in service, what is not set."""

import sqlite3
from collections.abc import Callable

from bot.knowledge_holder import Service
from bot.learning import MENU, MESSAGES, NOTICES
from bot.settings import Settings
from bot.short_notice import NoticeTemplate
from storage import consents, keyvalue, learned, outbox
from storage.database import Database
from web.console.system_ports import Ability, Condition


def unset(settings: Settings) -> tuple[str, ...]:
    """Return what the city has still to set: who runs the account, and the example limits."""
    operator = ("BOT_OPERATOR（处理个人信息的单位）",) if "待核" in settings.bot_operator else ()
    return operator + settings.inner_limits().unconfirmed()


class StoredWatch:
    """web.console.system_ports.Watch on the database and the knowledge of this process."""

    def __init__(self, database: Database, service: Callable[[], Service], settings: Settings) -> None:
        self._database = database
        self._service = service
        self._settings = settings

    async def look(self) -> Condition:
        """Return the installation as it is now."""
        template = self._settings.notice_template()
        menu, messages, owed, uncertain = await self._database.read(_look)
        notices, agreed = await self._database.read(lambda connection: _notices(connection, template))
        knowledge = self._service()
        return Condition(
            menu=menu,
            messages=messages,
            owed=owed,
            uncertain=uncertain,
            content=knowledge.content,
            overlay=knowledge.overlay,
            failed_overlay=knowledge.failed.version if knowledge.failed else 0,
            failed_why=knowledge.failed.why if knowledge.failed else "",
            unset=unset(self._settings),
            notices=notices,
            template=template is not None,
            agreed=agreed,
        )


def _look(connection: sqlite3.Connection) -> tuple[Ability, Ability, int, int]:
    menu = learned.get(connection, MENU)
    if menu.learned == "unknown" and keyvalue.get(connection, "menu"):
        menu = Ability("allowed")  # pushed by a release that kept no lessons
    return menu, learned.get(connection, MESSAGES), *outbox.waiting(connection)


def _notices(connection: sqlite3.Connection, template: NoticeTemplate | None) -> tuple[Ability, int]:
    agreed = consents.people(connection, template.id) if template else 0
    return learned.get(connection, NOTICES), agreed
