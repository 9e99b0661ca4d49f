"""What the forms of the ticket page do: each reads its fields and names one use case of the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casework.staff import Staff
from casework.tickets import desk as door
from casework.tickets.case import Desk
from casework.tickets.desk import TransitionRefused, read_as_staff
from casework.tickets.model import Kind, Lawfulness, PauseReason, Rating, Route, Ticket
from web.console.pages import FormData, FormError

LONGEST_WORDS = 5000

Work = Callable[[Desk, str, Staff], Ticket]


class Changed(TransitionRefused):
    """Somebody else changed the ticket after this page was opened."""


@dataclass(frozen=True, slots=True)
class Act:
    """One form: how its fields become work, what the page says when it is done, and what the asker hears of it."""

    read: Callable[[FormData], Work]
    done: str
    tells: str = ""

    def told(self, *, reachable: bool) -> str:
        """Return what the page says; nobody is promised a notice who has no WeChat here."""
        if not self.tells:
            return self.done
        return self.done + (self.tells if reachable else "诉求人没有关联微信，要打电话告诉本人。")


def on_page_as_seen(work: Work, revision: int) -> Work:
    """Return *work* that refuses a ticket which is no longer as the page showed it.

    The reader's right comes first: who may not read the ticket learns nothing of its changes.
    """

    def checked(desk: Desk, number: str, staff: Staff) -> Ticket:
        if read_as_staff(desk, number, staff).revision != revision:
            raise Changed("这件诉求刚才有了变化，没有提交。请看下面的最新情况，再决定要不要提交")
        return work(desk, number, staff)

    return checked


def _plain(use_case: Callable[[Desk, str, Staff], Ticket]) -> Callable[[FormData], Work]:
    return lambda form: use_case


def _words(form: FormData, label: str = "理由") -> str:
    return form.needed("words", label, LONGEST_WORDS)


def _answer(form: FormData) -> Work:
    words = _words(form, "答复内容")
    return lambda desk, number, staff: door.answer(desk, number, words, staff)


def _answer_directly(form: FormData) -> Work:
    words, resolved = _words(form, "答复内容"), _resolved(form)
    return lambda desk, number, staff: door.answer_directly(desk, number, words, staff, resolved)


def _close(form: FormData) -> Work:
    resolved = _resolved(form)
    return lambda desk, number, staff: door.close(desk, number, resolved, staff)


def _resolved(form: FormData) -> bool:
    if form.text("resolved") not in {"yes", "no"}:
        raise FormError("请选择问题是否已解决")
    return form.text("resolved") == "yes"


def _decline(form: FormData) -> Work:
    route, words = form.choice("route", "应走的途径", Route), _words(form)
    return lambda desk, number, staff: door.decline(desk, number, route, words, staff)


def _kind(form: FormData) -> Work:
    kind = form.choice("kind", "种类", Kind)
    return lambda desk, number, staff: door.change_kind(desk, number, kind, staff)


def _classify(form: FormData) -> Work:
    found = form.choice("lawfulness", "内部分类", Lawfulness)
    return lambda desk, number, staff: door.classify(desk, number, found, staff)


def _external(form: FormData) -> Work:
    external = form.text("external", 60)
    return lambda desk, number, staff: door.set_external_number(desk, number, external, staff)


def _dispatch(form: FormData) -> Work:
    unit, why = form.needed("unit", "主办单位", 60), form.text("why", 300)
    helpers = tuple(dict.fromkeys(code[:60] for code in form.all("co_units")))
    return lambda desk, number, staff: door.dispatch(desk, number, unit, staff, helpers, why)


def _send_back(form: FormData) -> Work:
    words = _words(form, "退单理由")
    return lambda desk, number, staff: door.send_back(desk, number, words, staff)


def _pause(form: FormData) -> Work:
    reason, words = form.choice("reason", "挂起原因", PauseReason), _words(form, "说明")
    return lambda desk, number, staff: door.pause(desk, number, reason, words, staff)


def _ask_extension(form: FormData) -> Work:
    days, words = form.number("days", "延期天数"), _words(form, "延期理由")
    return lambda desk, number, staff: door.ask_extension(desk, number, days, words, staff)


def _merge(form: FormData) -> Work:
    into = form.needed("into", "要并入的编号", 30).upper()
    return lambda desk, number, staff: door.merge(desk, number, into, staff)


def _call(form: FormData) -> Work:
    words = _words(form, "回访记录")
    reached = form.text("reached") == "yes"
    rating = form.choice("rating", "评价", Rating) if form.text("rating") else None
    return lambda desk, number, staff: door.record_return_call(desk, number, reached, words, staff, rating)


def _reopen(form: FormData) -> Work:
    words = _words(form, "重办理由")
    return lambda desk, number, staff: door.reopen(desk, number, words, staff)


_WHEN = "微信允许时马上发出，否则诉求人下次联系时给出。"
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "accept": Act(_plain(door.accept), "已受理。", "诉求人会收到通知。"),
        "decline": Act(_decline, "已登记不予受理。", "诉求人会收到理由和应走的途径。"),
        "kind": Act(_kind, "种类已更正，期限已重新计算。"),
        "classify": Act(_classify, "内部分类已记下，诉求人看不到。"),
        "external": Act(_external, "外部编号已记下。"),
        "dispatch": Act(_dispatch, "已派单。", "诉求人会收到通知。"),
        "sign": Act(_plain(door.sign), "已签收。"),
        "begin": Act(_plain(door.begin), "已开始办理。"),
        "send_back": Act(_send_back, "已退单，理由已记下。"),
        "answer": Act(_answer, "答复已提交。", _WHEN),
        "answer_directly": Act(_answer_directly, "已答复并办结。", _WHEN),
        "close": Act(_close, "已办结。", "会请诉求人评价。"),
        "pause": Act(_pause, "已挂起，停止计时。"),
        "resume": Act(_plain(door.resume), "已恢复办理，期限已重新计算。"),
        "ask_extension": Act(_ask_extension, "延期申请已提交，等别人审批。"),
        "approve_extension": Act(_plain(door.approve_extension), "已批准延期。", "诉求人会收到新期限。"),
        "refuse_extension": Act(_plain(door.refuse_extension), "没有批准延期，期限不变。"),
        "merge": Act(_merge, "已并单，答复时一起答复。"),
        "unmerge": Act(_plain(door.unmerge), "已拆单，单独办理。"),
        "call": Act(_call, "回访已登记。"),
        "reopen": Act(_reopen, "已重新办理，期限重新计算。", "诉求人会收到新期限。"),
    }
)
