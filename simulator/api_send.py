"""Customer-service messages and the typing sign: windows, counts, sizes, and what the resident then sees."""

from collections.abc import Mapping

from simulator.answers import ApiError
from simulator.exchange import Article, Shown
from simulator.platform import Platform
from simulator.resident import Resident

TEXT_LIMIT = 2048
TYPING_SECONDS = 15
Body = Mapping[str, object]


def send(platform: Platform, body: Body) -> None:
    """Deliver one customer-service message to a resident's screen.

    Raises:
        ApiError: the platform would refuse it; nothing is then shown and nothing counted.
    """
    resident = _receiver(platform, body)
    shown = _content(platform, body)
    now = platform.clock()
    if platform.faults.window_closed or not resident.following:
        raise ApiError(45015)
    if code := resident.windows.spend(now):
        raise ApiError(code)
    resident.served(shown, now)
    platform.touch()


def subscribed(platform: Platform, body: Body) -> Resident:
    """Deliver one 订阅通知 to a resident's screen and return them.

    Raises:
        ApiError: 48001 not a verified service account, 40003, 40037, 43101 no consent, 47003 a field is wrong.
    """
    if not platform.account.verified_service or platform.faults.notices_unauthorised:
        raise ApiError(48001)
    resident = _receiver(platform, body)
    template, data = _text(body, "template_id"), body.get("data")
    if not isinstance(data, dict):
        raise ApiError(47001)
    if code := platform.notices.refusal(resident.openid, template, data):
        raise ApiError(code)
    resident.notified(platform.notices.spend(resident.openid, template, data), platform.clock())
    platform.touch()
    return resident


def typing(platform: Platform, body: Body) -> None:
    """Show or take away the sign that somebody is typing.

    Raises:
        ApiError: 45072 unknown command, 45080 no window, 45081 already typing (conditions partly inferred).
    """
    resident = _receiver(platform, body)
    command, now = body.get("command"), platform.clock()
    if command not in ("Typing", "CancelTyping"):
        raise ApiError(45072)
    if not resident.windows.is_open(now) or not resident.following:
        raise ApiError(45080)
    if command == "Typing" and now < resident.typing_until:
        raise ApiError(45081)
    resident.typing_until = now + TYPING_SECONDS if command == "Typing" else 0.0
    platform.touch()


def _receiver(platform: Platform, body: Body) -> Resident:
    resident = platform.residents.get(_text(body, "touser"))
    if resident is None:
        raise ApiError(40003)
    return resident


def _content(platform: Platform, body: Body) -> Shown:
    kind = _text(body, "msgtype")
    part = body.get(kind)
    if not kind or not isinstance(part, dict):
        raise ApiError(40008)
    match kind:
        case "text":
            return _words(kind, _text(part, "content"))
        case "image" | "voice" | "mpnews" | "mpvideo":
            return Shown(kind, media_id=_medium(platform, part))
        case "video":
            return Shown(kind, _text(part, "title"), _medium(platform, part))
        case "music" | "mpnewsarticle" | "wxcard":
            return Shown(kind, _text(part, "title"))
        case "news":
            return _news(part)
        case "msgmenu":
            return _menu(platform, part)
        case "miniprogrampage":
            return Shown(kind, _text(part, "title"))
        case _:
            raise ApiError(40008)


def _words(kind: str, text: str) -> Shown:
    if not text:
        raise ApiError(44004)
    if len(text.encode(errors="replace")) > TEXT_LIMIT:
        raise ApiError(45002)
    return Shown(kind, text)


def _medium(platform: Platform, part: Body) -> str:
    media_id = _text(part, "media_id")
    if platform.media.fetch(media_id, platform.clock()) is None:
        raise ApiError(40007)
    return media_id


def _news(part: Body) -> Shown:
    raw = part.get("articles")
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise ApiError(47001)
    if len(raw) > 1:
        raise ApiError(45008)
    item = raw[0]
    card = Article(*(_text(item, name) for name in ("title", "description", "url", "picurl")))
    return Shown("news", card.title, articles=(card,))


def _menu(platform: Platform, part: Body) -> Shown:
    if not platform.account.verified_service:
        raise ApiError(40200)
    raw = part.get("list")
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise ApiError(47001)
    lines = [_text(part, "head_content"), *map(_menu_link, raw), _text(part, "tail_content")]
    return _words("msgmenu", "\n".join(line for line in lines if line))


def _menu_link(item: Body) -> str:
    label = _text(item, "content")
    target = label.replace("%", "%25").replace("&", "%26").replace('"', "%22")
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={target}&msgmenuid={_text(item, "id")}">{label}</a>'


def _text(body: Body, name: str) -> str:
    value = body.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ApiError(47001)
    return str(value)
