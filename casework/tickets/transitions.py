"""Which action leads from which stage to which: data, and the only way to change a stage."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from casework.tickets.model import OPEN_STAGES, Stage, Ticket


class Action(StrEnum):
    """What can be done to a ticket; the value finishes the sentence 现在不能……"""

    ACCEPT = "受理"
    DECLINE = "不予受理"
    DISPATCH = "派单"
    SIGN = "签收"
    BEGIN = "开始办理"
    SEND_BACK = "退单"
    ANSWER = "答复"
    CLOSE = "办结"
    PAUSE = "挂起"
    RESUME = "恢复"
    ASK_EXTENSION = "申请延期"
    DECIDE_EXTENSION = "审批延期"
    MERGE = "并单"
    UNMERGE = "拆单"
    WITHDRAW = "撤回"
    SUPPLEMENT = "补充"
    URGE = "催办"
    CHANGE_KIND = "更改种类"
    CLASSIFY = "分类"
    RATE = "评价"
    CALL = "登记回访"
    REOPEN = "重办"


class TransitionRefused(Exception):  # noqa: N818 - reads as the outcome it is, in the events' manner
    """The rules forbid this now; the text is the reason, in Chinese, for whoever asked."""


_S = Stage
_WITH_UNIT = (_S.DISPATCHED, _S.SIGNED, _S.HANDLING)
_IN_WORK = (_S.ACCEPTED, *_WITH_UNIT, _S.RETURNED)
_FINISHED = (_S.CLOSED, _S.CALLED, _S.RATED)


def _to(target: Stage, *sources: Stage) -> Mapping[Stage, Stage | None]:
    return MappingProxyType(dict.fromkeys(sources, target))


def _back(source: Stage) -> Mapping[Stage, Stage | None]:
    return MappingProxyType({source: None})


def _stay(*stages: Stage) -> Mapping[Stage, Stage | None]:
    return MappingProxyType({stage: stage for stage in stages})


TRANSITIONS: Mapping[Action, Mapping[Stage, Stage | None]] = MappingProxyType(
    {
        Action.ACCEPT: _to(_S.ACCEPTED, _S.REGISTERED),
        Action.DECLINE: _to(_S.DECLINED, _S.REGISTERED, _S.ACCEPTED, _S.RETURNED),
        Action.DISPATCH: _to(_S.DISPATCHED, *_IN_WORK),
        Action.SIGN: _to(_S.SIGNED, _S.DISPATCHED),
        Action.BEGIN: _to(_S.HANDLING, _S.SIGNED),
        Action.SEND_BACK: _to(_S.RETURNED, _S.DISPATCHED, _S.SIGNED),
        Action.ANSWER: {
            **_to(_S.ANSWERED, _S.SIGNED, _S.HANDLING, _S.ANSWERED),
            **_stay(_S.MERGED),
        },
        Action.CLOSE: _to(_S.CLOSED, _S.ANSWERED, _S.MERGED),
        Action.PAUSE: _to(_S.PAUSED, *_IN_WORK),
        Action.RESUME: _back(_S.PAUSED),
        Action.ASK_EXTENSION: _stay(*_IN_WORK),
        Action.DECIDE_EXTENSION: _stay(*_IN_WORK, _S.PAUSED),
        Action.MERGE: _to(_S.MERGED, _S.REGISTERED, *_IN_WORK),
        Action.UNMERGE: _back(_S.MERGED),
        Action.WITHDRAW: _to(_S.WITHDRAWN, *OPEN_STAGES),
        Action.SUPPLEMENT: _stay(*OPEN_STAGES),
        Action.URGE: _stay(*OPEN_STAGES),
        Action.CHANGE_KIND: _stay(*OPEN_STAGES - {_S.ANSWERED, _S.MERGED}),
        Action.CLASSIFY: _stay(*OPEN_STAGES),
        Action.RATE: _to(_S.RATED, _S.CLOSED, _S.CALLED),
        Action.CALL: {**_to(_S.CALLED, _S.CLOSED, _S.CALLED), **_stay(_S.RATED)},
        Action.REOPEN: _to(_S.ACCEPTED, *_FINISHED, _S.DECLINED),
    }
)
"""Action → stage → next stage. None goes back to the stage before 挂起 or 已并单."""

_REMEMBERING = frozenset({Stage.PAUSED, Stage.MERGED})


def can(ticket: Ticket, action: Action) -> bool:
    """Is *action* allowed in the ticket's stage? Rights and limits are asked elsewhere."""
    return ticket.stage in TRANSITIONS[action]


def moved(ticket: Ticket, action: Action) -> Ticket:
    """Return the ticket in the stage *action* leads to.

    Raises:
        TransitionRefused: the action is not allowed in this stage.
    """
    if not can(ticket, action):
        raise TransitionRefused(f"{ticket.number}现在是“{ticket.stage}”，不能{action}")
    target = TRANSITIONS[action][ticket.stage] or ticket.before
    if target is None or target is ticket.stage:
        return ticket
    return replace(ticket, stage=target, before=ticket.stage if target in _REMEMBERING else None)


def actions_for(ticket: Ticket) -> tuple[Action, ...]:
    """Return what the stage allows, for a page's buttons."""
    return tuple(action for action in Action if can(ticket, action))
