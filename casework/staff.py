"""Who acts, and what each role may do. Rights are checked in the desk, not in the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """A staff member's role; the value is what the console shows."""

    DUTY = "值班员"
    HANDLER = "承办人"
    LEADER = "负责人"
    REVIEWER = "审核员"
    SUPERVISOR = "督办"
    ADMIN = "管理员"


class Right(StrEnum):
    """One thing a role may do; the value finishes the sentence 您的角色不能……"""

    INTAKE = "登记、受理和更正诉求"
    DISPATCH = "派单"
    HANDLE = "签收、办理和退单"
    ANSWER = "答复"
    CLOSE = "办结"
    PAUSE = "挂起和恢复"
    ASK_EXTENSION = "申请延期"
    APPROVE_EXTENSION = "审批延期"
    MERGE = "并单和拆单"
    REOPEN = "重办"
    RETURN_CALL = "登记回访"
    SEE_ALL = "查看其他单位的诉求"
    SEE_REPORTER = "查看举报人信息"
    REVIEW = "审核发布内容"
    DRAFT = "起草发布内容"
    REPORT = "查看通报"
    SETTINGS = "修改设置"
    STAFF = "管理人员账号"
    VILLAGES = "管理村群、村务公开和通知稿"
    APPROVE_NOTICE = "审核村里的通知稿"


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in staff member; *unit* is a code of catalogs/units/units.csv, empty for the whole city."""

    login: str
    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone writing through the 公众号."""

    openid: str


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Someone who showed the right 查询码 of ticket *number*; made by the desk's show_code only."""

    number: str


@dataclass(frozen=True, slots=True)
class System:
    """The product itself: a timer, a calendar import."""

    part: str


Actor = Staff | Resident | CodeHolder | System

_UNIT = frozenset(
    {Right.HANDLE, Right.ANSWER, Right.PAUSE, Right.ASK_EXTENSION, Right.DRAFT, Right.VILLAGES},
)
_DUTY = frozenset(
    {
        Right.INTAKE,
        Right.DISPATCH,
        Right.ANSWER,
        Right.CLOSE,
        Right.PAUSE,
        Right.ASK_EXTENSION,
        Right.MERGE,
        Right.REOPEN,
        Right.RETURN_CALL,
        Right.SEE_ALL,
        Right.SEE_REPORTER,
        Right.DRAFT,
        Right.REPORT,
        Right.VILLAGES,
    }
)

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.DUTY: _DUTY,
        Role.HANDLER: _UNIT,
        Role.LEADER: _UNIT | {Right.CLOSE, Right.APPROVE_EXTENSION, Right.REPORT, Right.APPROVE_NOTICE},
        Role.REVIEWER: frozenset({Right.REVIEW, Right.SEE_ALL, Right.REPORT, Right.APPROVE_NOTICE}),
        Role.SUPERVISOR: frozenset(
            {
                Right.DISPATCH,
                Right.CLOSE,
                Right.PAUSE,
                Right.APPROVE_EXTENSION,
                Right.MERGE,
                Right.REOPEN,
                Right.RETURN_CALL,
                Right.SEE_ALL,
                Right.SEE_REPORTER,
                Right.REPORT,
            }
        ),
        Role.ADMIN: frozenset(Right) - {Right.REVIEW, Right.APPROVE_NOTICE},
    }
)


def may(staff: Staff, right: Right) -> bool:
    """Does the role of *staff* carry *right*? Whose ticket it is, the desk asks besides."""
    return right in RIGHTS[staff.role]
