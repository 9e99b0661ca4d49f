"""What is taken away from a village's page: its QR sheet, and a photo of what was published, for staff alone."""

import asyncio

from aiohttp import web

from casework.staff import Right
from casework.village import desk as door
from casework.village.desk import VillageDesk
from casework.village.duties import Publication
from casework.village.places import Village, plain_path
from documents.pdf import DocumentError
from documents.village_sheet import COMMUNITY_EXAMPLES, EXAMPLES, VillageSheet, village_pdf
from web.console.pages import FormData, attachment, need, see_other, sorry
from web.console.parts import PARTS
from web.console.viewer import VIEWER
from web.console.village_page import path_of
from web.console.village_ports import QrState
from web.console.villages import read, run, villages_of

ACCOUNT_LINKS = ("http://weixin.qq.com/r/", "https://weixin.qq.com/r/", "http://weixin.qq.com/q/")
_LONGEST_LINK = 120


async def download_sheet(request: web.Request) -> web.StreamResponse:
    """The sheet of a village with what is known of the account: its own code, the account's code, or its name."""
    path, staff = path_of(request), request[VIEWER].staff
    place = await read(request, lambda desk: door.place_for(desk, path, staff))
    qr = await villages_of(request).qr(path)
    try:
        body = await asyncio.to_thread(village_pdf, _sheet(request, place, qr))
    except DocumentError as error:
        return sorry(request, 422, f"{error}。")
    return attachment(body, "village-sheet.pdf", "application/pdf")


async def show_photo(request: web.Request) -> web.StreamResponse:
    """The photo of a publication; each look is written down."""
    path, staff, wanted = path_of(request), request[VIEWER].staff, request.match_info["publication"]

    def work(desk: VillageDesk) -> Publication | None:
        door.place_for(desk, path, staff)
        found = desk.publications.get(wanted)
        return found if found and found.village == path and found.photo else None

    found = await read(request, work)
    picture = await request.config_dict[PARTS].pictures.get(found.photo) if found else None
    if found is None or picture is None:
        return sorry(request, 404, "没有照片：还没取到，或者已按规定删除。")
    await run(request, lambda desk: door.note(desk, path, staff, "PhotoSeen", found.published_on.isoformat()))
    ending = "png" if picture.content_type == "image/png" else "jpg"
    return attachment(picture.body, f"photo.{ending}", picture.content_type)


async def set_account_link(request: web.Request) -> web.StreamResponse:
    """Keep what the account's own QR code says, for sheets of accounts that may make no code of a village."""
    need(request, Right.SETTINGS)
    text = FormData(await request.post()).text("link", _LONGEST_LINK)
    if text and not (text.startswith(ACCOUNT_LINKS) and text.isascii() and " " not in text):
        return sorry(request, 422, f"这不是公众号二维码的内容，应以 {ACCOUNT_LINKS[0]} 开头。")
    await villages_of(request).set_account_link(text)
    by = request[VIEWER].account.login
    await request.config_dict[PARTS].staff.note(by, "改了单子上公众号二维码的内容", by)
    return see_other("/villages")


def _sheet(request: web.Request, place: Village, qr: QrState) -> VillageSheet:
    name = plain_path(place.path)
    return VillageSheet(
        place=name,
        issuer=issuer_of(request, place.town),
        account=qr.account,
        word="" if qr.link else name,
        link=qr.link or qr.account_link,
        examples=EXAMPLES if place.kind == "村" else COMMUNITY_EXAMPLES,
    )


def issuer_of(request: web.Request, town: str) -> str:
    """Return the name of a town's government as the list of units has it."""
    units = request.config_dict[PARTS].directory.units.values()
    return next((unit.name for unit in units if unit.category == "乡镇街道" and unit.name.startswith(town)), town)
