"""Every sentence a resident can read, apart from the entries' own, in one place to proofread.

Short sentences, what matters first, and always what to send next.
"""

from collections.abc import Sequence
from datetime import date, datetime

from casework.china_time import short_date, weekday_word
from casework.due_words import due_sentence
from casework.ports import NoticeDetails, NoticeKind
from casework.tickets.case import is_overdue
from casework.tickets.model import Rating, Stage, Ticket
from casework.tickets.status import plain_status
from handlers.services import Account
from handlers.state import Draft, Step
from handlers.turn import Reply, Tap

OFFICE = "本号"
NOT_12345 = "这是本号登记的诉求，不是12345热线的工单。急事请直接打12345。"


def welcome(account: Account) -> Reply:
    """Greet a new follower: three things to try, then the privacy notice in short."""
    return Reply(
        f"您好，这里是{account.name}的问答。用平常话问就行，比如：\n"
        "1. 低保怎么申请\n2. 社保卡丢了怎么补\n3. 路灯坏了（可以登记，有人答复）\n"
        "回复“目录”看公开目录，“指南”看办事指南，“帮助”看怎么用。\n"
        f"隐私：您发来的话由{account.operator}处理，只用来回答和办理您的事。"
        "取消关注，就删掉您的聊天和问题记录。详细的回复“隐私”。",
        (Tap("低保怎么申请", "低保怎么申请"), Tap("办事指南", "指南"), Tap("怎么用", "帮助")),
    )


def privacy(account: Account) -> Reply:
    """The whole privacy notice (个人信息保护法第17条、第35条)."""
    return Reply(
        f"谁处理：{account.operator}。\n"
        "处理什么：您发来的话、图片、位置；登记诉求时您自愿留的电话。\n"
        "为什么：回答问题、办理诉求、告诉您结果。不作别的用。\n"
        "留多久：聊天记录到您取消关注为止。没办完的诉求，联系方式留到依法要保存的时间结束，再去掉姓名电话。"
        "具体保存时间待本市核定。\n"
        "怎么删除：取消关注，聊天、图片和问题记录马上删除。\n"
        "请不要在这里发身份证号、银行卡号和密码。\n"
        "您可以要求查看、更正、删除自己的信息，回复“登记”提出来就行。"
    )


def help_text() -> Reply:
    """How to use the account, in one screen."""
    return Reply(
        "直接说事就行，一句话也可以，比如“医保怎么交”。\n"
        "· 目录：政府应该公开什么\n· 指南：办事要带什么、去哪办\n"
        "· 查询：看您登记的诉求办到哪了\n· 登记：请工作人员答复\n"
        "· 申请公开：要一份政府文件怎么申请\n· 更多：看没显示完的\n· 取消、返回：退出或退一步\n"
        "有危险先打电话：火警119，报警110，急救120，交通事故122。",
        (Tap("办事指南", "指南"), Tap("公开目录", "目录"), Tap("查询进度", "查询")),
    )


AFTER_ANSWER = "回复：看原文｜有用｜没用｜没解决"
IF_NOT_HELPED = "还没解决，回复“没解决”，我记下来；要人答复，回复“登记”。"
NONE_OF_THESE = "都不是，回复 0。"


def which_one(titles: Sequence[str]) -> Reply:
    """Ask which of the named entries is meant."""
    lines = [f"{place}. {title}" for place, title in enumerate(titles, 1)]
    return Reply(
        "您问的是哪一个？回复数字：\n" + "\n".join([*lines, NONE_OF_THESE]),
        tuple(Tap(f"{place}. {title}", str(place)) for place, title in enumerate(titles, 1)),
    )


def unknown(due: date) -> Reply:
    """Say honestly that there is no answer here, that it is written down, and offer a ticket."""
    return Reply(
        "这个问题我这里还没有核实过的答案，不乱说。您的问题已经记下来，会有人补上。\n"
        f"要工作人员答复您本人，回复“登记”。今天登记，{day(due)}前答复。",
        (Tap("登记", "登记"),),
    )


def offer_ticket(kind: str, due: date, guide: str = "") -> Reply:
    """Offer to write a demand down; a guide may accompany it."""
    told = f"听起来是要有人去处理（{kind}）。要登记吗？回复“登记”，我一步步问您。\n"
    told += f"今天登记，{day(due)}前办结答复。"
    extra = f"\n相关的办法：\n{guide}" if guide else ""
    return Reply(
        f"{told}\n类型不对，直接回复：咨询、求助、建议、投诉、举报。不登记，回复“取消”。\n{NOT_12345}{extra}",
        (Tap("登记", "登记"), Tap("取消", "取消")),
    )


def day(due: date) -> str:
    """Say a date with its weekday: 11月25日（星期三）."""
    return f"{short_date(due)}（{weekday_word(due)}）"


CANCELLED = Reply("好，取消了。还有别的事，直接说就行。")
NOT_REGISTERED = Reply("好，没有登记。以后想登记，再跟我说一遍就行。")
NOTHING_TO_CANCEL = Reply("现在没有正在办的步骤。有事直接说就行。")
NOTHING_CHOSEN = Reply("这个数字现在对不上选项。请用一句话说您的事，或者回复“指南”“目录”。")
OUT_OF_RANGE = Reply("没有这个数字。请从上面列出的数字里选一个，或者回复“取消”。")
NO_MORE = Reply("后面没有了。有别的事，直接说就行。")
NOTHING_ANSWERED = Reply("还没有答过您问题。先说一句您的事，比如“社保卡丢了怎么补”。")
USEFUL = Reply("谢谢，记下了。还有别的事，直接说就行。")
NO_QUESTION = Reply("好。有事直接说就行，比如“医保怎么交”。")
TOO_FAST = "您发得太快了，我有点接不住。请过一分钟再发，之前的都在。"
TOO_LONG = Reply("这条太长了，我只看得了2000个字以内的。请分成几条发，先说最要紧的事。")
WORKING = "收到了，还在办。结果随后发给您；过一会儿没收到，随便回复一句就能看到。"
EMPTY = Reply("没看到文字。请用一句话说您的事，比如“低保怎么申请”。")


def unsolved(due: date) -> Reply:
    """After 没解决: written down; what can be done next."""
    return Reply(
        f"对不住，没解决您的问题，已经记下来。\n要工作人员接着办，回复“登记”。今天登记，{day(due)}前答复。\n"
        "也可以换个说法再问一次，或者打12345。",
        (Tap("登记", "登记"),),
    )


VOICE_UNHEARD = Reply("语音收到了，可惜我听不懂语音。请打字说一句，或者用输入法把语音转成文字再发。")
PICTURE_ALONE = Reply("图片收到了。请再打字说一句是什么事、在哪里，我好帮您登记或查找。")
STICKER = Reply("表情和小程序我看不懂。请用一句话说您的事，比如“医保怎么交”。")
VIDEO = Reply("视频我看不了。请打字说一句是什么事、在哪里，需要的话拍张照片发来。")
FILE = Reply("文件我打不开。请打字说一句您的事。")
LINK = Reply("链接我不会点开，这是为了安全。请打字说一句您想问什么。")
UNREADABLE = Reply("这种消息我看不懂。请打字说一句您的事，比如“低保怎么申请”。")


def location_alone(label: str) -> Reply:
    """A place without a matter."""
    where = f"（{label}）" if label else ""
    return Reply(f"位置收到了{where}。请再打字说一句这里是什么事。")


GREETING = Reply("您好！有事直接说就行，比如“低保怎么申请”“路灯坏了”。回复“帮助”看怎么用。")
THANKS = Reply("不客气。还有别的事，直接说就行。")
FAREWELL = Reply("再见，有事随时来问。")
INSULT = Reply("您的心情我理解。请说说是什么事没办好，我帮您查办法；要人处理，回复“登记”。")
ADVERT = Reply("这里只回答政府办事和公开的问题，广告不处理。")
NOISE = Reply("没看懂。请用一句话说您的事，比如“社保卡丢了怎么补”。")
INJECTION = Reply("我只回答政府办事和公开的问题，答案都来自核对过的资料，别的要求办不了。")


def identity(account: Account) -> Reply:
    """Say what this is."""
    return Reply(
        f"我是{account.name}的自动问答，不是真人。答案来自公开目录和办事指南，都注明来源。要真人答复，回复“登记”。"
    )


def danger(numbers: Sequence[tuple[str, str]]) -> str:
    """The first line when words of danger are heard."""
    told = "；".join(f"{use}打{number}" for number, use in numbers)
    return f"先打电话：{told}。本号不是报警电话，不能马上派人。"


DANGER_AFTER = "人安全了，还要政府处理后面的事，再发一句话，我帮您登记。"


def apply_for_document() -> str:
    """How to ask for a document that was not published (政府信息公开条例第29条、第33条)."""
    return (
        "想要一份政府文件或信息，可以依法申请公开（依申请公开），不用说明用途。\n"
        "申请要写清三样：\n"
        "1.您的姓名、身份证明、联系方式；\n2.要什么信息：名称、文号，或者说清特征；\n3.要什么形式：纸质、电子，怎么给您。\n"
        "向制作或保存它的机关书面提出；写字有困难的，可以口头说，请他们代填。\n"
        "多久：收到申请起20个工作日内答复，本市要求15个工作日。复杂的可再延长，最长20个工作日，会告诉您。\n"
        "不满意答复：可以向上一级机关投诉举报，也可以依法申请行政复议或起诉。不予公开的，要先复议。\n"
        "依据：《政府信息公开条例》第二十九条、第三十三条、第五十一条；高府办发〔2022〕20号。"
        "各机关收申请的地址待本市补。\n请不要在聊天里发身份证号。"
    )


def legal_route(route: str) -> str:
    """Point to the door the law gives for this matter."""
    return (
        f"这件事要走法定渠道：{route}。走这条路的事，热线和本号不能代替受理。\n"
        "可以打12348免费问法律援助和律师。还有要咨询的，回复“登记”，工作人员告诉您怎么走。"
    )


ONLINE = "这件事要您本人在“赣服通”上办，本号不能代办。能不能网办，以赣服通显示的为准。"


def further(clauses: Sequence[str]) -> str:
    """Offer the further questions of one message by number."""
    lines = [f"{place}. {clause}" for place, clause in enumerate(clauses, 1)]
    return "还有这些没答，回复数字接着看：\n" + "\n".join(lines)


FOLLOW_MORE = "\n……（没完，回复“更多”接着看）"
OWED_HEADER = "有一条给您的消息："
EXPIRED = Reply("这条资料已经过了有效期，正在更新，不能再拿来答您。要工作人员答复，回复“登记”。")

PLEASE_TYPE = Reply("这一步请打字回复。不想写了，回复“取消”。")
BAD_PHONE = Reply("这个号码看着不对。请只发电话号码，或者回复“跳过”。")
BAD_KIND = Reply("请回复类型：1 咨询，2 求助，3 建议，4 投诉，5 举报。")
SEND_PICTURE_OR_SKIP = Reply("有照片就直接发来；没有，回复“跳过”。")


def ask_for(step: Step, draft: Draft, *, optional: bool) -> Reply:
    """Ask for one part of a ticket, naming the words this step accepts."""
    leave = "没有就回复“跳过”。" if optional else ""
    match step:
        case "kind":
            return Reply("改成哪一类？回复数字：\n1. 咨询（问事）\n2. 求助（请帮忙）\n3. 建议\n4. 投诉\n5. 举报")
        case "what":
            return Reply("请用一段话说清是什么事。不登记了，回复“取消”。")
        case "where":
            return Reply(f"在哪里？请写镇（街道）、村（社区）和具体位置，也可以发定位。{leave}")
        case "when":
            return Reply(f"什么时候的事？比如“昨晚十点”“有一个月了”。{leave}")
        case "pictures":
            return Reply("有照片吗？一张一张发来，发完回复“好了”。没有就回复“跳过”。", (Tap("跳过", "跳过"),))
        case "phone":
            return Reply(
                "要不要留个电话，方便工作人员问清楚？只给办理的人看。不留就回复“跳过”。",
                (Tap("跳过", "跳过"),),
            )
        case "fix":
            return Reply("要改哪一项？回复数字：\n1. 类型\n2. 内容\n3. 地点\n4. 时间\n5. 电话")
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
        "说明：电话只用来办这件事。您以后取消关注，没办完的这件事仍会保留电话，直到依法该删的时候。",
    ]
    return Reply(
        "\n".join(line for line in lines if line),
        (Tap("确认提交", "确认"), Tap("修改", "修改"), Tap("取消", "取消")),
    )


def please_confirm() -> Reply:
    """The read-back waits for one of three words."""
    return Reply("请回复“确认”提交，“修改”改一改，或者“取消”。", (Tap("确认提交", "确认"), Tap("修改", "修改")))


def cannot_skip() -> Reply:
    """This part is needed."""
    return Reply("这一项要写，不然没法办。写个大概也行。不登记了，回复“取消”。")


def picture_taken(count: int) -> Reply:
    """One picture noted."""
    return Reply(f"收到第{count}张。还有就接着发，发完回复“好了”。")


def registered(ticket: Ticket, code: str) -> Reply:
    """The ticket is open: number, 查询码, kind, date and why."""
    return Reply(
        f"登记好了，编号 {ticket.number}，类型：{ticket.kind.value}。\n"
        f"{due_sentence(ticket.due)}答复您。\n"
        f"查询码 {code}，请记下：以后换了微信，凭编号和查询码还能查。\n"
        f"看进度回复“查询”；补充情况回复“补充”；催一催回复“催办”；不办了回复“撤回”。\n{NOT_12345}"
    )


NO_TICKETS = Reply(
    "没有查到您登记的诉求。有编号的话，回复“查询 编号 查询码”，"
    "比如：查询 GA20260213-0001 1234。\n要登记新的，直接说是什么事。"
)
NOTHING_TO_RATE = Reply("现在没有等您评价的诉求。查进度回复“查询”。")


def own_tickets(shown: Sequence[Ticket]) -> Reply:
    """List own tickets by number."""
    lines = [
        f"{place}. {ticket.number} {ticket.kind.value}：{plain_status(ticket)}" for place, ticket in enumerate(shown, 1)
    ]
    return Reply(
        "您登记的诉求，回复数字看详细：\n" + "\n".join(lines),
        tuple(Tap(line, str(place)) for place, line in enumerate(lines, 1)),
    )


def progress(ticket: Ticket, answer: str, now: datetime) -> Reply:
    """Say where a ticket stands, until when, and what can be sent."""
    late = "已经超过期限，对不住。可以回复“催办”。\n" if is_overdue(ticket, now) else ""
    due = f"期限：{due_sentence(ticket.due)}。\n" if ticket.is_open else ""
    told = f"答复：{answer}\n" if answer else ""
    rate = "对结果满意吗？回复：满意、基本满意、不满意。" if ticket.stage in (Stage.CLOSED, Stage.CALLED) else ""
    can = "可以回复：补充、催办、撤回。" if ticket.is_open else rate
    return Reply(f"{ticket.number}（{ticket.kind.value}）：{plain_status(ticket)}。\n{told}{late}{due}{can}".rstrip())


def ask_code(number: str) -> Reply:
    """The number alone does not open a case."""
    return Reply(f"要看 {number}，请回复登记时给的四位查询码。不是您登记的，没有查询码看不了。")


def wrong_code(left: int) -> Reply:
    """The code does not fit; guesses are limited."""
    if left:
        return Reply(f"编号或查询码对不上，请核对。今天还可以试{left}次。")
    return Reply("今天试的次数用完了，明天再试。急的话打12345问。")


def no_open_ticket(what: str) -> Reply:
    """There is nothing this could be about."""
    return Reply(f"您没有正在办的诉求，不能{what}。看以前的回复“查询”；要登记新的，直接说是什么事。")


def which_ticket(what: str, shown: Sequence[Ticket]) -> Reply:
    """Ask which ticket is meant."""
    lines = [f"{place}. {ticket.number} {ticket.kind.value}" for place, ticket in enumerate(shown, 1)]
    return Reply(
        f"要{what}哪一件？回复数字：\n" + "\n".join(lines),
        tuple(Tap(line, str(place)) for place, line in enumerate(lines, 1)),
    )


def ask_withdraw(number: str) -> Reply:
    """Ask once more before a ticket is withdrawn."""
    return Reply(
        f"确定撤回 {number} 吗？撤回后就不办了。回复“确认”撤回，“取消”不撤。",
        (Tap("确认", "确认"), Tap("取消", "取消")),
    )


def withdrawn(number: str) -> Reply:
    """It is withdrawn."""
    return Reply(f"{number} 已撤回。以后还要办，再说一遍就行。")


def ask_supplement(number: str) -> Reply:
    """Ask for what is to be added."""
    return Reply(f"要给 {number} 补充什么？请打字，或者发一张照片。不补了回复“取消”。")


def supplemented(number: str) -> Reply:
    """It was added."""
    return Reply(f"已补充到 {number}，办理的人看得到。还要补，再回复“补充”。")


def urged(ticket: Ticket) -> Reply:
    """The urging was counted."""
    return Reply(f"已催办 {ticket.number}，第{ticket.urged}次，工作人员看得到。\n期限：{due_sentence(ticket.due)}。")


def refused(reason: str) -> Reply:
    """What the desk refuses, in its own words."""
    return Reply(f"{reason}。看进度回复“查询”。")


def rated(ticket: Ticket, rating: Rating) -> Reply:
    """The rating is noted; a first 不满意 reopens the ticket."""
    if rating is Rating.BAD and ticket.is_open:
        return Reply(
            f"对不住，没让您满意。{ticket.number} 已重新办理，{day(ticket.due.due)}前再答复您。\n"
            "哪里没办好，回复“补充”说一说。"
        )
    if rating is Rating.BAD:
        return Reply(f"记下了，{ticket.number} 您不满意。已经重办过一次，还要反映，可以打12345。")
    return Reply(f"谢谢，{ticket.number} 记为“{rating.value}”。还有别的事，直接说就行。")


NO_STEP = Reply("现在没有等您回复的步骤。有事直接说就行，比如“医保怎么交”。")


def notice(kind: NoticeKind, details: NoticeDetails, text: str) -> str:
    """Tell an asker what happened to their ticket."""
    number, due = details.number, due_sentence(details.due)
    match kind:
        case NoticeKind.ACCEPTED:
            return f"您登记的 {number} 已受理。期限：{due}。"
        case NoticeKind.DISPATCHED:
            return f"您登记的 {number} 已交给负责的单位去办。期限：{due}。"
        case NoticeKind.ANSWERED:
            rate = "\n对结果满意吗？回复：满意、基本满意、不满意。" if details.closed else ""
            return f"您登记的 {number} 有答复了：\n{text}{rate}"
        case NoticeKind.EXTENDED:
            return f"您登记的 {number} 要多办几天，新的期限：{due}。对不住，让您多等了。"
        case NoticeKind.CLOSED:
            return f"您登记的 {number} 已办完。\n对结果满意吗？回复：满意、基本满意、不满意。"
        case NoticeKind.DECLINED:
            route = details.route.value if details.route else "别的渠道"
            return f"您登记的 {number} 不能在这里受理，要走：{route}。\n原因：{text}"
        case NoticeKind.PAUSED:
            return f"您登记的 {number} 先暂停办理。\n原因：{text}\n恢复以后会告诉您。"
        case NoticeKind.RESUMED:
            return f"您登记的 {number} 恢复办理了。新的期限：{due}。"
        case NoticeKind.REOPENED:
            return f"您登记的 {number} 重新办理。期限：{due}。"
        case NoticeKind.DUE_MOVED:
            return f"您登记的 {number} 期限改了。新的期限：{due}。"


NOT_DONE = "刚才那件事没办成，是我们系统的问题，对不住。请把原话再发一次。"
