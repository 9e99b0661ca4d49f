"""What fits into the fields of a 订阅通知: a few characters each, within the platform's limits."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.ports import NoticeKind

PROGRESS: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.ACCEPTED: "已受理",
        NoticeKind.DISPATCHED: "已交办",
        NoticeKind.ANSWERED: "有答复了",
        NoticeKind.EXTENDED: "延期办理",
        NoticeKind.CLOSED: "已办结",
        NoticeKind.DECLINED: "不予受理",
        NoticeKind.PAUSED: "暂停办理",
        NoticeKind.RESUMED: "恢复办理",
        NoticeKind.REOPENED: "重新办理",
        NoticeKind.DUE_MOVED: "期限更正",
    }
)
"""At most five 汉字 each, as a phrase field takes."""

READ_IT = "在公众号回复“查询”，看全部内容"
RATE_IT = "在公众号回复“查询”，看结果和评价"
SEE_MORE = "在公众号回复“查询”，看进度"


def hint(kind: NoticeKind, also: int) -> str:
    """Say how to read the rest, in at most 20 characters; *also* counts further tickets told of at once."""
    if also:
        return f"{also + 1}件一起办的，回复“查询”看内容"
    match kind:
        case NoticeKind.ANSWERED | NoticeKind.DECLINED | NoticeKind.PAUSED:
            return READ_IT
        case NoticeKind.CLOSED:
            return RATE_IT
        case _:
            return SEE_MORE
