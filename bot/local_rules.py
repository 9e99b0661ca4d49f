"""What a city sets for itself: how each legal limit is counted, and the inner limits it has confirmed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.account import SettingsError
from casework.limits import DEFAULT_RULES, LimitRule
from casework.limits_settings import Inner, InnerLimits


class RuleSetting(BaseModel):
    """One table ``[rules."咨询"]`` of the TOML file; what is not written stays as shipped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int | None = Field(default=None, ge=1, le=1000)
    unit: Literal["natural", "working"] | None = None
    rollover: Literal["next_workday", "none"] | None = None
    cutoff: time | None = None
    basis: str | None = None


def rules_of(written: Mapping[str, RuleSetting]) -> Mapping[str, LimitRule]:
    """Return the legal limits in force.

    Raises:
        SettingsError: a table names no kind of demand.
    """
    for kind in written:
        if kind not in DEFAULT_RULES:
            raise SettingsError(f"配置文件里的 rules.{kind} 不对：类型只有{'、'.join(DEFAULT_RULES)}。")
    changed = {kind: _changed(DEFAULT_RULES[kind], setting) for kind, setting in written.items()}
    return MappingProxyType({**DEFAULT_RULES, **changed})


def inner_of(written: Mapping[str, int]) -> InnerLimits:
    """Return the inner limits; what the city wrote counts as confirmed.

    Raises:
        SettingsError: a name or a value is wrong.
    """
    limits = InnerLimits()
    for name, value in written.items():
        try:
            limits = limits.with_value(Inner(name), value)
        except ValueError:
            known = "、".join(inner.value for inner in Inner)
            raise SettingsError(f"配置文件里的 limits.{name} 不对：应是{known}之一，值是正整数。") from None
    return limits


def _changed(rule: LimitRule, setting: RuleSetting) -> LimitRule:
    return replace(rule, **setting.model_dump(exclude_none=True))
