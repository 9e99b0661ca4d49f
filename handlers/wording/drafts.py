"""Sentences while a ticket is offered, written down and opened."""

from datetime import date

from casework.due_words import due_sentence
from casework.tickets.model import Ticket
from casework.village.places import plain_path
from handlers.state import Draft, Step
from handlers.turn import Reply, Tap
from handlers.wording.dates import day

NOT_12345 = "这是本号登记的诉求，不是12345热线的工单。急事请直接打12345。"


def offer_ticket(kind: str, due: date, guide: str = "") -> Reply:
    """Offer to write a demand down; a guide may accompany it."""
    told = f"听起来是要有人去处理（{kind}）。要登记吗？回复“登记”，我一步步问您。\n"
    told += f"今天登记，最晚{day(due)}办完，答复您。"
    extra = f"\n相关的办法：\n{guide}" if guide else ""
    return Reply(
        f"{told}\n类型不对，直接回复：咨询、求助、建议、投诉、举报。不登记，回复“取消”。\n{NOT_12345}{extra}",
        (Tap("登记", "登记"), Tap("取消", "取消")),
    )


_LEAVE = "退一步回复“返回”，不登记回复“取消”。"
NOT_REGISTERED = Reply("好，没有登记。以后想登记，再跟我说一遍就行。")
DRAFT_WAITS = "刚才的登记还没写完，接着回复就行；不写了，回复“取消”。"
PLEASE_TYPE = Reply("这一步请打字回复。不想写了，回复“取消”。")
BAD_PHONE = Reply("这个号码看着不对。请只发电话号码，或者回复“跳过”。")
BAD_KIND = Reply("请回复类型：1 咨询，2 求助，3 建议，4 投诉，5 举报。")
NOT_A_TIME = Reply(
    "这一步写时间，比如“昨晚十点”“有一个月了”。记不清，回复“跳过”。\n要问别的事，登记完再问；不登记了，回复“取消”。"
)
SEND_PICTURE_OR_SKIP = Reply("有照片就直接发来；没有，回复“跳过”。")


def ask_for(step: Step, draft: Draft, *, optional: bool) -> Reply:
    """Ask for one part of a ticket, naming the words this step accepts."""
    leave = "没有就回复“跳过”。" if optional else ""
    match step:
        case "kind":
            return Reply(
                "改成哪一类？回复数字：\n1. 咨询（问事）\n2. 求助（请帮忙）\n3. 建议\n4. 投诉\n5. 举报\n" + _LEAVE
            )
        case "what":
            return Reply("请用一段话说清是什么事。不登记了，回复“取消”。")
        case "where" if draft.village:
            return Reply(
                f"在哪里？在{plain_path(draft.village)}，就写具体位置，比如“村口第二盏路灯”，也可以发定位。"
                f"说不清就回复“跳过”，只记村名。{_LEAVE}"
            )
        case "where":
            return Reply(f"在哪里？请写镇（街道）、村（社区）和具体位置，也可以发定位。{leave}{_LEAVE}")
        case "when":
            return Reply(f"什么时候的事？比如“昨晚十点”“有一个月了”。记不清就回复“跳过”。{_LEAVE}")
        case "pictures":
            return Reply(f"有照片吗？一张一张发来，发完回复“好了”。没有就回复“跳过”。{_LEAVE}", (Tap("跳过", "跳过"),))
        case "phone":
            return Reply(
                f"要不要留个电话，方便工作人员问清楚？只给办理的人看。不留就回复“跳过”。{_LEAVE}",
                (Tap("跳过", "跳过"),),
            )
        case "fix":
            return Reply("要改哪一项？回复数字：\n1. 类型\n2. 内容\n3. 地点\n4. 时间\n5. 电话\n" + _LEAVE)
        case "confirm":
            return read_back(draft)


def read_back(draft: Draft) -> Reply:
    """Read the whole draft back before it is opened."""
    lines = [
        "请核对：",
        f"类型：{draft.kind}",
        f"内容：{draft.what}",
        f"地点：{draft.place}" if draft.place else "",
        f"时间：{draft.when}" if draft.when else "",
        f"照片：{len(draft.pictures)}张" if draft.pictures else "",
        f"电话：{draft.phone}" if draft.phone else "电话：没留",
        "对的话回复“确认”提交；要改回复“修改”；不登记回复“取消”。",
        "说明：电话只用来办这件事。您就是取消关注了，这件事没办完，电话也先留着；办完，过了该保存的时间就删。",
    ]
    return Reply(
        "\n".join(line for line in lines if line),
        (Tap("确认提交", "确认"), Tap("修改", "修改"), Tap("取消", "取消")),
    )


def in_the_middle(question: Reply) -> Reply:
    """A word that belongs elsewhere came in the middle of a ticket: ask again, and say how to leave."""
    return Reply(f"您正在登记诉求。先答这一步，或者回复“取消”不登记了。\n{question.text}", question.taps)


def please_confirm() -> Reply:
    """The read-back waits for one of three words."""
    return Reply("请回复“确认”提交，“修改”改一改，或者“取消”。", (Tap("确认提交", "确认"), Tap("修改", "修改")))


def cannot_skip() -> Reply:
    """This part is needed."""
    return Reply("这一项要写，不然没法办。写个大概也行。不登记了，回复“取消”。")


def picture_taken(count: int) -> Reply:
    """One picture noted."""
    return Reply(f"收到第{count}张。还有就接着发，发完回复“好了”。")


def registered(ticket: Ticket, code: str, notice_article: str = "") -> Reply:
    """The ticket is open: number, 查询码, kind, date and why; where to agree to a notice, if anywhere."""
    agree = f"\n有结果想收到提醒，点开这里按“订阅”：{notice_article}" if notice_article else ""
    return Reply(
        f"登记好了，编号 {ticket.number}，类型：{ticket.kind.value}。\n"
        f"答复期限：{due_sentence(ticket.due)}。\n"
        f"查询码 {code}，请记下：以后取消关注过，或者换了微信，凭编号和查询码还能查。\n"
        f"看进度回复“查询”；补充情况回复“补充”；催一催回复“催办”；不办了回复“撤回”。{agree}\n{NOT_12345}"
    )
