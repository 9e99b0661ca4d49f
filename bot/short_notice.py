"""A notice in the few fields of a 订阅通知, within the platform's limits on each type of field.

Limits (WeChat, 订阅消息参数值内容限制): thing 20 characters, character_string 32 digits, letters or
signs, phrase five 汉字, date and time in the platform's forms; anything else is refused with 47003.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType

from bot.account import SettingsError
from casework.ports import NoticeDetails, NoticeKind
from handlers.wording import short as wording

_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "编号": ("character_string", "thing"),
        "进展": ("phrase", "thing"),
        "类型": ("phrase", "thing"),
        "期限": ("date", "thing"),
        "时间": ("time", "date", "thing"),
        "提示": ("thing",),
    }
)
"""What can be told, and into which types of field it fits."""
_NEEDED = ("编号", "进展")
_FIELD = re.compile(r"([a-z_]+)[0-9]{1,3}")
_TEMPLATE = re.compile(r"[A-Za-z0-9_-]{20,64}")
_WITH_WORDS = frozenset({NoticeKind.ANSWERED, NoticeKind.DECLINED, NoticeKind.PAUSED})
_THING, _STRING, _PHRASE = 20, 32, 5


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """One template of the account and what goes into its fields, as (what, field) pairs.

    *lasting* is a 长期订阅: one consent, many sends.
    """

    id: str
    fields: tuple[tuple[str, str], ...]
    lasting: bool = False

    @property
    def has_hint(self) -> bool:
        """Does it say how to read what does not fit?"""
        return any(what == "提示" for what, _ in self.fields)

    @property
    def kinds(self) -> frozenset[NoticeKind]:
        """Which notices it carries.

        What has words to read (an answer, a reason) is carried only with a hint how to read them. A consent
        good for one send is kept for such: the resident waits for it, not for the steps before.
        """
        results = _WITH_WORDS | {NoticeKind.CLOSED}
        wanted = frozenset(NoticeKind) if self.lasting else results
        return wanted if self.has_hint else wanted - _WITH_WORDS


@dataclass(frozen=True, slots=True)
class Facts:
    """What the fields are filled from; *due* is an ISO date, *also* counts further tickets told of at once."""

    number: str
    matter: str
    due: str
    also: int = 0


def facts_of(details: NoticeDetails) -> str:
    """Write down what a notice's fields can be filled from; no words of anybody."""
    facts = Facts(details.number, details.kind.value, details.due.due.isoformat(), len(details.also))
    return json.dumps(asdict(facts), ensure_ascii=False)


def make_template(template: str, fields: Mapping[str, str], lasting: bool) -> NoticeTemplate | None:
    """Return the template as set, None where none is.

    Raises:
        SettingsError: the id or a field cannot be right.
    """
    if not template and not fields:
        return None
    if not _TEMPLATE.fullmatch(template):
        raise SettingsError("WECHAT_NOTICE_TEMPLATE 的值不对：照抄公众号后台“订阅通知”里的模板 ID。")
    for what, field in fields.items():
        _check_field(what, field)
    if missing := [what for what in _NEEDED if what not in fields]:
        raise SettingsError(f"WECHAT_NOTICE_FIELDS 里缺少“{'”“'.join(missing)}”放在哪个字段。")
    if len(set(fields.values())) < len(fields):
        raise SettingsError("WECHAT_NOTICE_FIELDS 里有一个字段用了两次。")
    return NoticeTemplate(template, tuple(fields.items()), lasting)


def filled(template: NoticeTemplate, kind: NoticeKind, facts: str, at: datetime) -> Mapping[str, str] | None:
    """Return the value of each field for a notice of *at*, None for facts another release wrote."""
    known = _read(facts)
    if known is None:
        return None
    return {field: _value(what, _type(field), kind, known, at) for what, field in template.fields}


def _check_field(what: str, field: str) -> None:
    if what not in _TYPES:
        raise SettingsError(f"WECHAT_NOTICE_FIELDS 不认识“{what[:16]}”，可以写：{'、'.join(_TYPES)}。")
    if not _FIELD.fullmatch(field) or _type(field) not in _TYPES[what]:
        fits = "、".join(f"{kind}1" for kind in _TYPES[what])
        raise SettingsError(f"WECHAT_NOTICE_FIELDS 里“{what}”要放在这样的字段：{fits}（照抄模板里的名字）。")


def _type(field: str) -> str:
    return field.rstrip("0123456789")


def _read(facts: str) -> Facts | None:
    """What another release wrote and this one cannot read is told in full words only."""
    try:
        found = Facts(**json.loads(facts))
        datetime.fromisoformat(found.due)
    except (ValueError, TypeError):
        return None
    return found


def _value(what: str, type_: str, kind: NoticeKind, facts: Facts, at: datetime) -> str:
    match what:
        case "编号":
            value = facts.number
        case "进展":
            value = wording.PROGRESS[kind]
        case "类型":
            value = facts.matter
        case "期限":
            value = _day(datetime.fromisoformat(facts.due))
        case "时间":
            value = _day(at) if type_ == "date" else f"{_day(at)} {at:%H:%M}"
        case _:
            value = wording.hint(kind, facts.also)
    return value[: {"thing": _THING, "character_string": _STRING, "phrase": _PHRASE}.get(type_, len(value))]


def _day(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"
