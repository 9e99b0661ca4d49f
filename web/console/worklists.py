"""The work lists officers need: which ones a role has, and what each of them asks for."""

from dataclasses import dataclass, replace
from datetime import date

from casework.staff import Right, Role, Staff, may
from casework.tickets.model import Stage
from web.console.queries import Query


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list; *hint* says what it is for, *empty* what to do when nothing is in it."""

    key: str
    label: str
    hint: str
    empty: str
    query: Query


def lists_for(staff: Staff, today: date) -> tuple[WorkList, ...]:
    """Return the lists of this role, in the order of the day."""
    return (*_intake(staff), *_unit(staff), *_everybody(staff, today), *_decisions(staff), *_archive())


def default_list(staff: Staff) -> str:
    """Return the list a role begins its day with."""
    return "unit" if staff.unit and not may(staff, Right.SEE_ALL) else "open"


def _intake(staff: Staff) -> tuple[WorkList, ...]:
    lists = []
    if may(staff, Right.INTAKE):
        hint = "刚登记、还没有受理的诉求。先看种类对不对，再受理；能直接答复的，直接答复并办结。"
        lists.append(WorkList("accept", "待受理", hint, "没有等受理的诉求。", Query(stages=(Stage.REGISTERED,))))
    if may(staff, Right.DISPATCH):
        query = Query(stages=(Stage.ACCEPTED, Stage.RETURNED))
        hint = "已受理、还没有承办单位，或被退回的诉求。打开后看派单建议，再派单。"
        lists.append(WorkList("dispatch", "待派单", hint, "没有等派单的诉求。", query))
    return tuple(lists)


def _unit(staff: Staff) -> tuple[WorkList, ...]:
    if not staff.unit:
        return ()
    sign = Query(stages=(Stage.DISPATCHED,), lead_unit=staff.unit)
    own = Query(is_open=True, lead_unit=staff.unit)
    hint = "派给本单位、还没有签收的诉求。不属本单位职责的，在退单时限内写明理由退回。"
    lists = [
        WorkList("unit", "本单位", "本单位主办、还没有了结的全部诉求，按到期日排。", "本单位没有在办的诉求。", own)
    ]
    if may(staff, Right.HANDLE):
        lists.insert(0, WorkList("sign", "待签收", hint, "没有等签收的诉求。", sign))
    return tuple(lists)


def _everybody(staff: Staff, today: date) -> tuple[WorkList, ...]:
    late_hint = "过了到期日还没有办结的诉求。先办这些；办不完要说明情况。"
    return (
        WorkList(
            "mine",
            "我的",
            "您经手过、还没有了结的诉求。",
            "您经手的诉求都了结了。",
            Query(is_open=True, touched_by=staff.login),
        ),
        WorkList(
            "today", "今天到期", "今天24点前要办结的诉求。", "今天没有到期的诉求。", Query(is_open=True, due_on=today)
        ),
        WorkList("overdue", "已超期", late_hint, "没有超期的诉求。", Query(is_open=True, due_before=today)),
    )


def _decisions(staff: Staff) -> tuple[WorkList, ...]:
    lists = []
    if may(staff, Right.APPROVE_EXTENSION):
        hint = "有人申请延期、等审批的诉求。申请人自己不能审批。"
        lists.append(
            WorkList("extensions", "待审延期", hint, "没有等审批的延期申请。", Query(is_open=True, asks_extension=True))
        )
    if may(staff, Right.RETURN_CALL):
        hint = "已办结、还没有评价也没有回访的诉求。"
        lists.append(
            WorkList("calls", "待回访", hint, "没有等回访的诉求。", Query(stages=(Stage.CLOSED,), newest_first=True))
        )
    if staff.role in {Role.SUPERVISOR, Role.ADMIN}:
        hint = "多次退单、由督办确定承办单位的诉求。"
        lists.append(WorkList("supervised", "督办件", hint, "没有督办件。", Query(is_open=True, supervised=True)))
    return tuple(lists)


def _archive() -> tuple[WorkList, ...]:
    return (
        WorkList(
            "open",
            "全部未结",
            "您能看到的全部未了结诉求，按到期日排，最急的在最上面。",
            "没有未了结的诉求。诉求人在公众号里确认登记后，会出现在这里。",
            Query(is_open=True),
        ),
        WorkList(
            "done",
            "已了结",
            "已办结、撤回或不予受理的诉求，新的在前。",
            "还没有了结的诉求。",
            Query(is_open=False, newest_first=True),
        ),
    )


def narrowed(query: Query, kind: str, town: str, words: str, page: int) -> Query:
    """Return the query with what the reader filters by."""
    return replace(query, kind=kind, town=town, words=words, page=page)
