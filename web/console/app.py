"""The console as an aiohttp application: its routes as a table, and what wraps them."""

from collections.abc import Sequence

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp_session import session_middleware

from web.console import (
    draft_page,
    exporting,
    gaps,
    guard,
    helping,
    importing,
    intake,
    learning,
    listing,
    login,
    notice_page,
    notices,
    pages,
    publishing,
    reminding,
    report_files,
    reports,
    staffing,
    system,
    ticket,
    village_files,
    village_page,
    villages,
    why,
)
from web.console.parts import PARTS, ConsoleParts
from web.console.sessions import DatabaseStorage

LARGEST_FORM = 256 * 1024

ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/login", login.show_login),
    web.post("/login", login.log_in),
    web.post("/logout", login.log_out),
    web.get("/password", login.show_password),
    web.post("/password", login.change_password),
    web.get("/", listing.show_list),
    web.get("/refresh", listing.refresh),
    web.post("/export", exporting.export),
    web.get("/tickets/{number}", ticket.show_ticket),
    web.post("/tickets/{number}/preview", ticket.show_preview),
    web.post("/tickets/{number}/asker", ticket.look),
    web.post("/tickets/{number}/code", ticket.renew),
    web.get("/tickets/{number}/pictures/{picture}", ticket.show_picture),
    web.post("/tickets/{number}/{act}", ticket.act),
    web.get("/gaps", gaps.show_gaps),
    web.post("/gaps", gaps.close_gap),
    web.get("/reminders", reminding.show_reminders),
    web.get("/intake", intake.show_intake),
    web.post("/intake", intake.put_down),
    web.get("/drafts", publishing.show_drafts),
    web.get("/drafts/new", publishing.new_draft),
    web.post("/drafts", publishing.add_draft),
    web.get("/drafts/{draft}", draft_page.show_draft),
    web.post("/drafts/{draft}/{act}", draft_page.change_draft),
    web.get("/learning", learning.show_lessons),
    web.get("/learning/new", learning.new_lesson),
    web.post("/learning", learning.add_lesson),
    web.get("/learning/{lesson}", learning.show_lesson),
    web.post("/learning/{lesson}/{act}", learning.change_lesson),
    web.get("/why", why.show_why),
    web.get("/reports", reports.show_report),
    web.get("/reports/figure", reports.show_figure),
    web.get("/reports/table.csv", report_files.download_csv),
    web.get("/reports/table.xlsx", report_files.download_xlsx),
    web.get("/reports/chart/{chart}", report_files.show_chart),
    web.get("/import", importing.show_import),
    web.get("/import/template.xlsx", importing.download_template),
    web.post("/import/preview", importing.preview),
    web.post("/import", importing.take_in),
    web.get("/staff", staffing.show_staff),
    web.post("/staff/{act}", staffing.change_staff),
    web.get("/system", system.show_system),
    web.get("/villages", villages.show_villages),
    web.post("/villages", villages.begin_town),
    web.post("/villages/account", village_files.set_account_link),
    web.get("/villages/notices", notices.show_notices),
    web.post("/villages/notices", notices.add_notice),
    web.get("/villages/notices/new", notices.new_notice),
    web.get("/villages/notices/{notice}", notice_page.show_notice),
    web.get("/villages/notices/{notice}/sheet.png", notice_page.show_sheet),
    web.get("/villages/notices/{notice}/notice.pdf", notice_page.download_notice),
    web.post("/villages/notices/{notice}/{act}", notice_page.change_notice),
    web.get("/villages/{town}/{name}", village_page.show_place),
    web.get("/villages/{town}/{name}/sheet.pdf", village_files.download_sheet),
    web.get("/villages/{town}/{name}/photos/{publication}", village_files.show_photo),
    web.post("/villages/{town}/{name}/{act}", village_page.change_place),
    web.get("/help", helping.show_help),
)


def create_console(parts: ConsoleParts, open_routes: Sequence[web.RouteDef] = ()) -> web.Application:
    """Return the console; *open_routes* (metrics, health) need no login and take no forms."""
    app = web.Application(
        client_max_size=LARGEST_FORM,
        middlewares=(
            guard.secure_headers,
            guard.known_host,
            session_middleware(DatabaseStorage(parts.sessions, parts.now, https=parts.https)),
            guard.signed_in,
        ),
    )
    app[PARTS] = parts
    app[guard.OPEN_PATHS] = frozenset({"/login", *(route.path for route in open_routes)})
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(pages.TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters={"moment": pages.moment, "full_moment": pages.full_moment, "day": pages.day},
        default_helpers=False,
    ).globals["static"] = pages.static_url
    app.add_routes([*ROUTES, *open_routes])
    app.router.add_get("/static/{name:[a-z0-9./_-]+}", pages.show_static)
    return app
