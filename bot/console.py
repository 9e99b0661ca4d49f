"""The inner listener: the staff console, figures for Prometheus, detailed health."""

import sqlite3

from aiohttp import web

from bot.metrics import Metrics
from bot.parts import Parts
from bot.settings import Settings
from storage.database import Database


def make_console(settings: Settings, parts: Parts, database: Database, metrics: Metrics) -> web.Application:
    """Return the application of the inner listener."""
    app = web.Application()
    _add_figures(app, parts, database, metrics)
    return app


def _add_figures(app: web.Application, parts: Parts, database: Database, metrics: Metrics) -> None:
    async def figures(_: web.Request) -> web.Response:
        states, open_tickets = await database.read(_counts)
        for state, count in states:
            metrics.outbox.labels(state).set(count)
        metrics.open_tickets.set(open_tickets)
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    async def health(_: web.Request) -> web.Response:
        states, open_tickets = await database.read(_counts)
        return web.json_response(
            {
                "knowledge": parts.knowledge().version,
                "outbox": dict(states),
                "open_tickets": open_tickets,
            }
        )

    app.router.add_get("/metrics", figures)
    app.router.add_get("/health", health)


def _counts(connection: sqlite3.Connection) -> tuple[list[tuple[str, int]], int]:
    states = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    open_tickets = connection.execute("SELECT count(*) FROM tickets WHERE is_open = 1").fetchone()
    return [(row[0], row[1]) for row in states], int(open_tickets[0])
