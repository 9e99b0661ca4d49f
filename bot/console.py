"""The inner listener: the staff console, figures for Prometheus, detailed health."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from aiohttp import web

from bot import assembly
from bot.addresses import client_address
from bot.knowledge_holder import KnowledgeHolder, Service
from bot.lessons import StoredLessons
from bot.metrics import Metrics
from bot.outbox import on_phone
from bot.parts import Parts, hash_code, new_code, new_id
from bot.settings import Settings
from bot.village_qr import MakesQr, PlatformVillages
from bot.watching import StoredWatch
from casework.village.desk import VillageDesk
from knowledge.plain import Glossary
from knowledge.why import explained
from storage.cases import StoredCases
from storage.database import Database
from storage.drafts import StoredDrafts
from storage.logins import StoredAttempts
from storage.sessions import StoredSessions
from storage.staff import StoredStaff
from storage.village_desk import make_village_desk
from storage.worklists import StoredLists, StoredPictures
from web.console.app import create_console
from web.console.parts import ConsoleParts
from web.console.village_ports import Villages


def make_console(
    settings: Settings, parts: Parts, database: Database, metrics: Metrics, holder: KnowledgeHolder, qr: MakesQr
) -> web.Application:
    """Return the application of the inner listener; *qr* makes the codes of villages."""
    lessons = StoredLessons(database, *holder.folders, assembly.now)

    async def give_up(_: web.Application) -> None:
        await lessons.close()

    console = ConsoleParts(
        cases=StoredCases(database, parts.desk, assembly.now),
        staff=StoredStaff(database, assembly.now),
        sessions=StoredSessions(database, assembly.now),
        attempts=StoredAttempts(database, assembly.now),
        lists=StoredLists(database, assembly.now),
        pictures=StoredPictures(database),
        knowledge=parts.knowledge,
        directory=assembly.load_directory(),
        towns=parts.towns,
        now=assembly.now,
        new_code=new_code,
        hash_code=hash_code,
        https=settings.console_https,
        hosts=frozenset(settings.console_hosts),
        address_of=_address_of(settings),
        drafts=StoredDrafts(database, assembly.now),
        glossary=_glossary_of(holder),
        fits=on_phone,
        watch=StoredWatch(database, holder.service, settings),
        lessons=lessons,
        why=lambda text: explained(holder.base, text),
        alike=lambda texts: holder.base.alike(texts),
        villages=_villages(settings, parts, database, qr),
    )
    app = create_console(console, _figures(holder.service, database, metrics))
    app.on_cleanup.append(give_up)
    return app


def _villages(settings: Settings, parts: Parts, database: Database, qr: MakesQr) -> Villages:
    directory = assembly.load_directory()

    def desk(connection: sqlite3.Connection, now: datetime) -> VillageDesk:
        villages = parts.villages
        return make_village_desk(connection, now, villages.places, villages.duties, directory, new_id)

    return PlatformVillages(database, desk, assembly.now).with_account(qr, settings.bot_account_name)


def _glossary_of(holder: KnowledgeHolder) -> Callable[[], Glossary]:
    """The glossary of the knowledge in service, made once for each version."""
    held: dict[str, Glossary] = {}

    def glossary() -> Glossary:
        library = holder.library
        if library.version not in held:
            held.clear()
            held[library.version] = Glossary(library.plain_terms)
        return held[library.version]

    return glossary


def _address_of(settings: Settings) -> Callable[[web.BaseRequest], str]:
    """Who calls the console, believing only configured proxies."""

    def address_of(request: web.BaseRequest) -> str:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return client_address(request.remote or "", forwarded, settings.bot_trusted_proxies)

    return address_of


def _figures(service: Callable[[], Service], database: Database, metrics: Metrics) -> tuple[web.RouteDef, ...]:
    async def figures(_: web.Request) -> web.Response:
        states, open_tickets = await database.read(_counts)
        for state, count in states:
            metrics.outbox.labels(state).set(count)
        metrics.open_tickets.set(open_tickets)
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    async def health(_: web.Request) -> web.Response:
        states, open_tickets = await database.read(_counts)
        knowledge = service()
        told = {
            "knowledge": knowledge.content,
            "overlay": knowledge.overlay,
            "overlay_failed": asdict(knowledge.failed) if knowledge.failed else None,
            "outbox": dict(states),
            "open_tickets": open_tickets,
        }
        return web.json_response(told)

    return (web.get("/metrics", figures), web.get("/health", health))


def _counts(connection: sqlite3.Connection) -> tuple[list[tuple[str, int]], int]:
    states = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    open_tickets = connection.execute("SELECT count(*) FROM tickets WHERE is_open = 1").fetchone()
    return [(row[0], row[1]) for row in states], int(open_tickets[0])
