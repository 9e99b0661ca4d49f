"""A ticket (本号登记的诉求): kinds, stages and the values kept about one.

A Ticket holds no personal data. Who asked, their words, place details and pictures stand
in Asker and CaseText rows, which can be erased while the ticket and its events stay.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.clock import Clock, Due


class Kind(StrEnum):
    """The five kinds of demand; each has its own limit."""

    CONSULT = "咨询"
    HELP = "求助"
    SUGGEST = "建议"
    COMPLAIN = "投诉"
    REPORT = "举报"


class Lawfulness(StrEnum):
    """高安's three classes (诉求分类办). Internal: never shown to a resident."""

    LAWFUL = "合理合法"
    LITIGATION = "涉法涉诉"
    UNFOUNDED = "不合理不合法"


class Stage(StrEnum):
    """Where a ticket stands; the value is the officers' word."""

    REGISTERED = "登记"
    ACCEPTED = "受理"
    DISPATCHED = "派单"
    SIGNED = "签收"
    HANDLING = "办理"
    ANSWERED = "答复"
    CLOSED = "办结"
    CALLED = "回访"
    RATED = "评价"
    RETURNED = "退回"
    DECLINED = "不予受理"
    PAUSED = "挂起"
    WITHDRAWN = "撤回"
    MERGED = "已并单"


OPEN_STAGES = frozenset(
    {
        Stage.REGISTERED,
        Stage.ACCEPTED,
        Stage.DISPATCHED,
        Stage.SIGNED,
        Stage.HANDLING,
        Stage.ANSWERED,
        Stage.RETURNED,
        Stage.PAUSED,
        Stage.MERGED,
    }
)


class Rating(StrEnum):
    """What the resident thinks of the result."""

    GOOD = "满意"
    FAIR = "基本满意"
    BAD = "不满意"


class Route(StrEnum):
    """The legal way for a matter a hotline may not take (国办发〔2020〕53号 and local notices)."""

    PETITION = "信访"
    LAWSUIT = "诉讼"
    ARBITRATION = "仲裁"
    RECONSIDERATION = "行政复议"
    DISCIPLINE = "纪检监察"
    DISCLOSURE = "依申请公开"
    EMERGENCY = "紧急热线"


class PauseReason(StrEnum):
    """Why the clock stands still."""

    MATERIALS = "等诉求人补充材料"
    THIRD_PARTY = "等第三方或上级机关意见"
    FORCE_MAJEURE = "不可抗力"


class Source(StrEnum):
    """How a ticket came in."""

    ACCOUNT = "公众号"
    COUNTER = "窗口"
    PHONE = "电话"
    IMPORT = "导入"
    VILLAGE = "村群代录"
    """Written down by a village admin on behalf of somebody in the group."""


class TextKind(StrEnum):
    """What a CaseText is. A PICTURE's body is the id of the stored picture."""

    DEMAND = "诉求内容"
    PLACE = "地点"
    WHEN = "时间"
    SUPPLEMENT = "补充"
    PICTURE = "图片"
    ANSWER = "答复"
    REASON = "理由"
    CALL_NOTE = "回访记录"


@dataclass(frozen=True, slots=True)
class ExtensionAsk:
    """A pending request for more time, to be decided by somebody else than *asked_by*."""

    days: int
    asked_by: str
    reason_id: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One demand. *number* (GA20260213-0001) is also its id; *revision* is the count of its events.

    *before* is the stage to return to from 挂起 or 已并单, *own_unit* the unit a
    merged ticket returns to: while it is merged, *unit* is that of the ticket it waits for. *due* is
    stored when something happens; that a ticket is overdue is derived with is_overdue. *town* is a 镇/街道 name,
    *village* a path such as 八景镇/上保村, *unit* and *co_units* are unit codes. *earlier* keeps
    the clocks before each re-opening.
    """

    number: str
    kind: Kind
    clock: Clock
    due: Due
    stage: Stage = Stage.REGISTERED
    source: Source = Source.ACCOUNT
    town: str = ""
    domain: str = ""
    external_number: str = ""
    before: Stage | None = None
    unit: str = ""
    own_unit: str = ""
    co_units: tuple[str, ...] = ()
    first_unit: str = ""
    lawfulness: Lawfulness | None = None
    dispatches: int = 0
    dispatched_at: datetime | None = None
    bounces: int = 0
    supervised: bool = False
    urged: int = 0
    extension_ask: ExtensionAsk | None = None
    merged_into: str = ""
    answer_id: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    resolved: bool | None = None
    rating: Rating | None = None
    reopenings: int = 0
    reopened_by_rating: bool = False
    route: Route | None = None
    earlier: tuple[Clock, ...] = ()
    revision: int = 0
    village: str = ""

    @property
    def asker_id(self) -> str:
        """The key of the Asker row: one per ticket, so that it can be erased alone."""
        return self.number

    @property
    def received(self) -> datetime:
        """When the resident first confirmed it, whatever was re-opened later."""
        return (self.earlier[0] if self.earlier else self.clock).received

    @property
    def is_open(self) -> bool:
        """Is there still something to do for staff?"""
        return self.stage in OPEN_STAGES


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked: one erasable row per ticket. *code_hash* stays when the rest is erased, so that
    the holder of the 查询码 can reclaim the case."""

    ticket: str
    openid: str = ""
    phone: str = ""
    name: str = ""
    code_hash: str = ""


@dataclass(frozen=True, slots=True)
class CaseText:
    """Free words or a picture of a ticket: erasable, referred to by *id* from events.

    *author* is ``resident``, ``staff:login`` or ``system``, never an openid.
    """

    id: str
    ticket: str
    kind: TextKind
    body: str
    author: str
    at: datetime
