"""系统: what the WeChat account can do, learned from what it refused; what is in service; what is not set."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aiohttp import web

from casework.staff import Right
from web.console.pages import need, page
from web.console.parts import PARTS
from web.console.system_ports import Ability, Condition

_WHY: Mapping[str, str] = MappingProxyType(
    {
        "48001": "公众号没有这个权限，常常是没有认证或认证过了期。请在公众号后台看“接口权限”和认证情况。",
        "50002": "公众号受到限制。请在公众号后台看通知。",
        "40200": "这种公众号不能用这种消息。",
        "40013": "AppID 不对。请核对设置。",
        "40125": "AppSecret 不对。请核对设置。",
        "40243": "AppSecret 被冻结。请在公众号后台解冻。",
        "40164": "服务器的 IP 不在公众号后台的白名单里。",
        "61004": "服务器的 IP 不在公众号后台的白名单里。",
        "89503": "服务器的 IP 在等公众号管理员确认。",
        "40037": "订阅通知的模板 ID 不对，或者模板已经删掉。请核对 WECHAT_NOTICE_TEMPLATE。",
        "47003": "订阅通知的字段和模板对不上。请核对 WECHAT_NOTICE_FIELDS。",
    }
)
_SIGNS = {
    "allowed": ("fine", "✓"),
    "refused": ("late", "!"),
    "trouble": ("today", "◆"),
    "unknown": ("paused", "？"),
}
_WORDS = {
    "menu": {
        "allowed": "菜单已推送",
        "refused": "菜单被拒绝，居民打字使用，功能不受影响",
        "trouble": "菜单没有推上，设置有问题",
        "unknown": "还没有推送过菜单",
    },
    "messages": {
        "allowed": "可以主动发通知",
        "refused": "不能主动发通知，通知在居民下次来说话时给",
        "trouble": "通知发不出，设置有问题",
        "unknown": "还没有主动发过通知，不知道能不能发",
    },
    "notices": {
        "allowed": "可以发订阅通知",
        "refused": "不能发订阅通知，通知在居民下次来说话时给",
        "trouble": "订阅通知发不出，设置有问题",
        "unknown": "还没有发过订阅通知，不知道能不能发",
    },
}
_NO_TEMPLATE = "没有设置订阅通知，不影响使用：通知在能发的时候主动发，不能发的在居民下次来说话时给"


@dataclass(frozen=True, slots=True)
class Shown:
    """One ability in words; *code* and *sign* are those of the traffic light."""

    code: str
    sign: str
    words: str
    why: str
    ability: Ability


async def show_system(request: web.Request) -> web.StreamResponse:
    """For those who answer for the whole city; nothing here can be changed."""
    need(request, Right.SEE_ALL)
    parts = request.config_dict[PARTS]
    if parts.watch is None:
        raise web.HTTPNotFound
    found = await parts.watch.look()
    units, rules = parts.directory.units.values(), parts.directory.rules
    return page(
        request,
        "system.html",
        found=found,
        menu_ability=shown("menu", found.menu),
        messages=shown("messages", found.messages),
        notices=notices_shown(found),
        unconfirmed_units=sum(not unit.confirmed for unit in units),
        unconfirmed_rules=sum(not rule.confirmed for rule in rules),
    )


def shown(what: str, ability: Ability) -> Shown:
    """Return an ability in the words of the page; an errcode without words of ours is shown as it came."""
    code, sign = _SIGNS[ability.learned]
    why = _WHY.get(ability.errcode, "") if ability.errcode else ""
    return Shown(code, sign, _WORDS[what][ability.learned], why, ability)


def notices_shown(found: Condition) -> Shown:
    """Return whether 订阅通知 can be sent; without a template nothing was ever tried."""
    if found.template:
        return shown("notices", found.notices)
    code, sign = _SIGNS["unknown"]
    return Shown(code, sign, _NO_TEMPLATE, "", Ability())
