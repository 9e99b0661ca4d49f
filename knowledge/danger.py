"""Words of danger, and whether the message also asks a real question.

The cases and numbers stand in ``data/danger.toml``, each number with its source.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from knowledge.model import Danger

_ASKS = re.compile(
    r"预防|防止|防范|怎么防|如何防|避免|演练|培训|宣传|补助|补贴|赔偿|保险|救助|申请|证明|证(?!据)|许可|备案|规定|法律|条例|处罚|怎么判|判几年|判多少|标准|"
    r"检查|隐患|标志|器材|灭火器|报警器|知识|常识|要注意|注意(?:什么|事项)|认定|责任|公示|公开|名单|什么条件|材料|流程|登记|保护令|庇护|离婚|起诉|"
    r"怎么处理赔|理赔|工伤|丧葬|抚恤|后遗症|应急预案|预案|投诉|举报|怎么报销|能报|报销|几年|多少钱|有没有补|哪里学|科普|征兆|区别|是什么意思|什么是"
)
_NOW = re.compile(r"快来|快点|救命|救人|正在|现在|刚刚|刚才|马上|赶紧|来人|急+|怎么办|咋办|咋个办|怎么救|快不行|有人|了$|!$")
_WELL_PAST = re.compile(r"去年|前年|上个?月|上周|\d+年前|以前|几年前|曾经|小时候|那年|年前")


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of danger: its words, what only looks like them, and the numbers to call."""

    kind: str
    words: re.Pattern[str]
    exempt: re.Pattern[str] | None
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dangers:
    """All cases behind one pattern that is tried first."""

    cases: tuple[Case, ...]
    any_of: re.Pattern[str]


def load_dangers() -> Dangers:
    """Read the shipped cases."""
    held = tomllib.loads(files("knowledge").joinpath("data/danger.toml").read_text("utf-8"))
    purposes = {number["number"]: number["purpose"] for number in held["number"]}
    cases = tuple(
        Case(
            kind=case["kind"],
            words=re.compile(case["words"]),
            exempt=re.compile(case["except"]) if "except" in case else None,
            numbers=tuple((number, purposes[number]) for number in case["numbers"]),
        )
        for case in held["case"]
    )
    return Dangers(cases, re.compile("|".join(case.words.pattern for case in cases)))


def danger_in(text: str, dangers: Dangers) -> Danger | None:
    """The first danger *text* speaks of, or ``None``; talk of long ago or of prevention still counts as asking."""
    if not dangers.any_of.search(text):
        return None
    for case in dangers.cases:
        spoken = case.exempt.sub("", text) if case.exempt else text
        if case.words.search(spoken):
            asks = bool(_ASKS.search(text) or _WELL_PAST.search(text))
            return Danger(case.kind, case.numbers, asks=asks)
    return None
