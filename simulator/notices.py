"""订阅通知: the account's templates, who agreed to them, and the rules for their fields.

Sources: WeChat, Subscription_Messages/api (bizsend: 40003, 40037, 43101, 47003, no message id in the answer) and
订阅消息参数值内容限制. A consent to a one-time template is good for one send; that several consents add up, and
which statuses count as yes, is not documented for service accounts and assumed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

TEMPLATE = "simulated-notice-template-0001"

_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
_TIME = r"\d{1,2}:\d{2}(:\d{2})?"


def _fully(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


_RULES: Mapping[str, Callable[[str], bool]] = {
    "thing": lambda value: len(value) <= 20 and "\n" not in value,
    "character_string": _fully(r"[!-~ ]{1,32}"),
    "phrase": _fully(r"[\u4e00-\u9fff]{1,5}"),
    "date": _fully(rf"{_DAY}( {_TIME})?"),
    "time": _fully(rf"({_DAY} )?{_TIME}"),
    "number": _fully(r"[0-9]{1,32}(\.[0-9]+)?"),
    "name": _fully(r"[\u4e00-\u9fff]{1,10}|[A-Za-z .]{1,20}"),
}
"""Type of a field to whether a value may stand in it; types not listed are not played."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template chosen in the account's console: label and field name of each line."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    lasting: bool = False


PLAYED = Template(
    TEMPLATE,
    "诉求办理进度通知",
    (("诉求编号", "character_string1"), ("办理进展", "phrase2"), ("办结期限", "date3"), ("温馨提示", "thing4")),
)


@dataclass(slots=True)
class Notices:
    """The templates of the account and the unused consents: (openid, template) to how many."""

    templates: dict[str, Template] = field(default_factory=lambda: {PLAYED.id: PLAYED})
    consents: dict[tuple[str, str], int] = field(default_factory=dict)

    def agree(self, openid: str, template: str) -> None:
        """The person tapped 订阅 for *template*."""
        key = (openid, template)
        self.consents[key] = self.consents.get(key, 0) + 1

    def take_back(self, openid: str, template: str) -> None:
        """The person switched the notice off in its settings."""
        self.consents.pop((openid, template), None)

    def refusal(self, openid: str, template: str, data: Mapping[str, object]) -> int:
        """Return the error a send would get, 0 for none."""
        found = self.templates.get(template)
        if found is None:
            return 40037
        names = {name for _, name in found.lines}
        if set(data) != names or not all(_fits(name, data[name]) for name in names):
            return 47003
        return 0 if self.consents.get((openid, template), 0) > 0 else 43101

    def spend(self, openid: str, template: str, data: Mapping[str, object]) -> str:
        """Use one consent up and return the card as the phone shows it."""
        found = self.templates[template]
        if not found.lasting:
            self.consents[(openid, template)] -= 1
        return "\n".join([found.title, *(f"{label}：{_value(data[name])}" for label, name in found.lines)])


def _fits(name: str, part: object) -> bool:
    rule, value = _RULES.get(name.rstrip("0123456789")), _value(part)
    return rule is not None and bool(value) and rule(value)


def _value(part: object) -> str:
    value = part.get("value") if isinstance(part, Mapping) else None
    return value if isinstance(value, str) else ""
