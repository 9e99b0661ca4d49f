"""Legal time limits as settings: how many days, which days, and what happens at the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Literal

Unit = Literal["natural", "working"]
Rollover = Literal["next_workday", "none"]

PLAN = "高府办发〔2022〕20号三（五）"
CIVIL_CODE = "民法典第二百条至第二百零四条"
DISCLOSURE = "依申请公开"
STATUTORY_DISCLOSURE_DAYS = 20
COMMITTED_DISCLOSURE_DAYS = 15
MOST_DAYS = 1000


@dataclass(frozen=True, slots=True)
class LimitRule:
    """One limit.

    *rollover* says what a last day that is a rest day does: move to the next working
    day, or stay. *cutoff*, when set, is an hour of receipt: what arrives at or after
    it is treated as received on the following day (natural) or the following working
    day (working). The due date itself always ends at 24:00.

    Raises:
        ValueError: the number of days is not 1 … 1000.
    """

    days: int
    unit: Unit = "natural"
    rollover: Rollover = "next_workday"
    cutoff: time | None = None
    basis: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise ValueError(f"期限天数应为 1 至 {MOST_DAYS}，现为 {self.days}")


def _plan(days: int, kind: str) -> LimitRule:
    return LimitRule(days, basis=f"{PLAN}：{kind}类诉求{days}天内办结；起算和顺延按{CIVIL_CODE}")


def disclosure_rule(working_days: int = COMMITTED_DISCLOSURE_DAYS) -> LimitRule:
    """Return the limit of a 依申请公开 request: 15 committed by the plan, 20 by statute."""
    basis = f"《政府信息公开条例》第三十三条：{STATUTORY_DISCLOSURE_DAYS}个工作日"
    if working_days == COMMITTED_DISCLOSURE_DAYS:
        basis = f"高府办发〔2022〕20号三（四）：压缩至{working_days}个工作日（法定{STATUTORY_DISCLOSURE_DAYS}个）"
    elif working_days != STATUTORY_DISCLOSURE_DAYS:
        basis = f"按{working_days}个工作日计算"
    return LimitRule(working_days, unit="working", basis=basis)


DEFAULT_RULES: Mapping[str, LimitRule] = MappingProxyType(
    {
        "咨询": _plan(1, "咨询"),
        "建议": _plan(4, "建议"),
        "求助": _plan(4, "求助"),
        "投诉": _plan(8, "投诉"),
        "举报": _plan(8, "举报"),
        DISCLOSURE: disclosure_rule(),
    }
)
