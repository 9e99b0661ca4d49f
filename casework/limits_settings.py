"""Inner limits the city's plan does not give: example values, shown to staff as 示例值待核.

They are never told to residents. A city replaces a value with ``with_value``; until it
does, ``unconfirmed`` lists it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

EXAMPLE = "示例值待核"


class Inner(StrEnum):
    """The key of one inner limit."""

    ACCEPT = "accept_workdays"
    SIGN = "sign_workdays"
    SEND_BACK = "send_back_workdays"
    BOUNCES = "bounces_to_supervisor"
    EXTENSION_DAYS = "extension_days"
    EXTENSION_TIMES = "extension_times"
    CODE_GUESSES = "code_guesses_a_day"
    CODE_GUESSES_TICKET = "code_guesses_a_day_per_ticket"
    RETENTION = "retention_days"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value with what it counts; *confirmed* once the city has said so."""

    label: str
    value: int
    counts: str
    confirmed: bool = False

    @property
    def shown(self) -> str:
        """What staff read: 退单时限 1个工作日（示例值待核）."""
        mark = "" if self.confirmed else f"（{EXAMPLE}）"
        return f"{self.label} {self.value}{self.counts}{mark}"


_SHIPPED: Mapping[Inner, Setting] = MappingProxyType(
    {
        Inner.ACCEPT: Setting("受理时限", 1, "个工作日"),
        Inner.SIGN: Setting("签收时限", 1, "个工作日"),
        Inner.SEND_BACK: Setting("退单时限（派单后）", 1, "个工作日"),
        Inner.BOUNCES: Setting("转督办的退单次数", 2, "次"),
        Inner.EXTENSION_DAYS: Setting("延期合计上限", 5, "天（与办理期限同单位）"),
        Inner.EXTENSION_TIMES: Setting("延期次数上限", 1, "次"),
        Inner.CODE_GUESSES: Setting("每个微信号每天可试错查询码", 5, "次"),
        Inner.CODE_GUESSES_TICKET: Setting("每件诉求的查询码每天可试错合计", 50, "次"),
        Inner.RETENTION: Setting("办结后个人信息保存", 365, "天"),
    }
)


@dataclass(frozen=True, slots=True)
class InnerLimits:
    """All inner limits in force."""

    settings: Mapping[Inner, Setting] = field(default_factory=lambda: _SHIPPED)

    def __getitem__(self, key: Inner) -> int:
        return self.settings[key].value

    def with_value(self, key: Inner, value: int) -> "InnerLimits":
        """Return the limits with one value confirmed by the city.

        Raises:
            ValueError: the value is not positive.
        """
        if value < 1:
            raise ValueError(f"{self.settings[key].label}应为正整数，现为 {value}")
        changed = replace(self.settings[key], value=value, confirmed=True)
        return InnerLimits(MappingProxyType({**self.settings, key: changed}))

    def unconfirmed(self) -> tuple[str, ...]:
        """Return what the city has still to confirm, one line each."""
        return tuple(setting.shown for setting in self.settings.values() if not setting.confirmed)
