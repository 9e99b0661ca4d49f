"""API calls about things and people: menu, QR codes, media, user info, quotas, tickets."""

import secrets
from collections.abc import Mapping

from aiohttp import BodyPartReader, web

from simulator.answers import ApiError, read_json
from simulator.media import LIMITS
from simulator.platform import Platform

Payload = Mapping[str, object]
_OK: Payload = {"errcode": 0, "errmsg": "ok"}
_LONGEST_SCENE = 64
_LONGEST_CODE = 2_592_000


async def menu_get(platform: Platform, _request: web.Request) -> Payload:
    """Return the menu as pushed; 46003 when there is none."""
    if platform.menu.raw is None:
        raise ApiError(46003)
    return {"menu": {"button": platform.menu.raw}}


async def menu_delete(platform: Platform, _request: web.Request) -> Payload:
    """Take the menu away."""
    platform.menu.delete()
    platform.touch()
    return _OK


async def qrcode_create(platform: Platform, request: web.Request) -> Payload:
    """Make a QR code for a scene; temporary ones live 60 s unless told."""
    body = read_json(await request.read())
    scene = _scene(body)
    made: dict[str, object] = {"ticket": platform.menu.ticket_of(scene)}
    if not str(body.get("action_name")).startswith("QR_LIMIT"):
        wanted = body.get("expire_seconds", 60)
        made["expire_seconds"] = min(wanted, _LONGEST_CODE) if isinstance(wanted, int) else 60
    return made | {"url": f"http://weixin.qq.com/q/{secrets.token_urlsafe(12)}"}


def _scene(body: Mapping[str, object]) -> str:
    info = body.get("action_info")
    scene = info.get("scene") if isinstance(info, dict) else None
    match body.get("action_name"), scene:
        case "QR_SCENE", {"scene_id": int(number)} if number > 0:
            return str(number)
        case "QR_LIMIT_SCENE", {"scene_id": int(number)} if 1 <= number <= 100_000:
            return str(number)
        case "QR_STR_SCENE" | "QR_LIMIT_STR_SCENE", {"scene_str": str(text)} if 1 <= len(text) <= _LONGEST_SCENE:
            return text
        case _:
            raise ApiError(40053)


async def media_upload(platform: Platform, request: web.Request) -> Payload:
    """Keep an uploaded medium for three days."""
    kind = request.query.get("type", "")
    if kind not in LIMITS:
        raise ApiError(40004)
    data = await _uploaded(request)
    if data is None:
        raise ApiError(41005)
    if not 0 < len(data) <= LIMITS[kind]:
        raise ApiError(40006)
    now = platform.clock()
    return {"type": kind, "media_id": platform.media.keep(kind, data, now), "created_at": int(now)}


async def _uploaded(request: web.Request) -> bytes | None:
    if not request.content_type.startswith("multipart/"):
        return None
    reader = await request.multipart()
    while part := await reader.next():
        if isinstance(part, BodyPartReader) and part.name == "media":
            return bytes(await part.read())
    return None


async def media_get(platform: Platform, request: web.Request) -> Payload | web.Response:
    """Return a medium's bytes, or for a video the address where it would lie."""
    medium = platform.media.fetch(request.query.get("media_id", ""), platform.clock())
    if medium is None:
        raise ApiError(40007)
    if medium.kind == "video":
        return {"video_url": "http://video.invalid/simulated.mp4"}
    name = f'attachment; filename="media.{medium.suffix}"'
    return web.Response(body=medium.data, content_type=medium.content_type, headers={"Content-Disposition": name})


async def user_info(platform: Platform, request: web.Request) -> Payload:
    """Return what is still told about a follower: next to nothing since 2021-12-27."""
    openid = request.query.get("openid", "")
    resident = platform.residents.get(openid)
    if resident is None:
        raise ApiError(40003)
    if not resident.following:
        return {"subscribe": 0, "openid": openid}
    blank = dict.fromkeys(("nickname", "city", "province", "country", "headimgurl", "remark"), "")
    return {
        "subscribe": 1,
        "openid": openid,
        **blank,
        "sex": 0,
        "language": "zh_CN",
        "subscribe_time": resident.followed_at,
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE" if resident.scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(resident.scene) if resident.scene.isdecimal() else 0,
        "qr_scene_str": "" if resident.scene.isdecimal() else resident.scene,
    }


async def callback_ip(_platform: Platform, _request: web.Request) -> Payload:
    """Return the addresses the platform calls from: here only this machine."""
    return {"ip_list": ["127.0.0.1"]}


async def quota_get(platform: Platform, request: web.Request) -> Payload:
    """Return the day's quota of one call, named with its leading slash."""
    path = str(read_json(await request.read()).get("cgi_path", ""))
    if path not in platform.quotas.daily:
        raise ApiError(76001)
    limit = platform.quotas.daily[path]
    used = platform.quotas.used_today(path, platform.clock())
    quota = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    return {**_OK, "quota": quota}


async def clear_quota(platform: Platform, request: web.Request) -> Payload:
    """Forget the day's counts, ten times a month."""
    if read_json(await request.read()).get("appid") != platform.account.appid:
        raise ApiError(40013)
    if not platform.quotas.reset(platform.clock()):
        raise ApiError(48006)
    return _OK


async def ticket(_platform: Platform, request: web.Request) -> Payload:
    """Return a JS-SDK ticket."""
    if request.query.get("type") not in ("jsapi", "wx_card"):
        raise ApiError(40097)
    return {**_OK, "ticket": secrets.token_urlsafe(48), "expires_in": 7200}
