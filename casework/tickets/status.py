"""What a stage means for the one who asked, in words a villager understands."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.tickets.model import Stage, Ticket

_WORDS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.REGISTERED: "已登记，等工作人员受理",
        Stage.ACCEPTED: "已受理，正在确定由哪个单位办",
        Stage.DISPATCHED: "已转给承办单位，等单位签收",
        Stage.SIGNED: "承办单位已收到",
        Stage.HANDLING: "承办单位正在办",
        Stage.ANSWERED: "已有答复，等办结",
        Stage.CLOSED: "已办结，请您评价",
        Stage.CALLED: "已办结，已回访",
        Stage.RATED: "已办结，您已评价",
        Stage.RETURNED: "正在重新确定由哪个单位办",
        Stage.DECLINED: "不在受理范围，已告诉您该走的途径",
        Stage.PAUSED: "暂停办理，时间暂不计算",
        Stage.WITHDRAWN: "您已撤回",
        Stage.MERGED: "和同一件事的其他诉求一起办，有结果一样告诉您",
    }
)


def plain_status(ticket: Ticket) -> str:
    """Return where a ticket stands, without an officers' word; a re-opened one says so."""
    again = "（重新办理）" if ticket.reopenings and ticket.is_open else ""
    return _WORDS[ticket.stage] + again
