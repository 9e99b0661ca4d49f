"""Sentences around an answer: which one, unknown, unsolved, danger, other doors."""

from collections.abc import Sequence
from datetime import date

from handlers.turn import Reply, Tap
from handlers.wording.dates import day

AFTER_ANSWER = "回复：看原文｜有用｜没用｜没解决"
WHOLE_ANSWER = "看全部，回复“看原文”。没解决，回复“没解决”。"
IF_NOT_HELPED = "还没解决，回复“没解决”，我记下来；要人答复，回复“登记”。"


def which_one(titles: Sequence[str]) -> Reply:
    """Ask which of the named entries is meant."""
    return Reply(
        "您问的是哪一个？回复数字，都不是回复0：",
        tuple(Tap(f"{place}. {title}", str(place)) for place, title in enumerate(titles, 1)),
    )


def unknown(due: date) -> Reply:
    """Say honestly that there is no answer here, that it is written down, and offer a ticket."""
    return Reply(
        "这个问题我这里还没有核实过的答案，不乱说。您的问题已经记下来，会有人补上。\n"
        f"要工作人员答复您本人，回复“登记”。今天登记，最晚{day(due)}答复。",
        (Tap("登记", "登记"),),
    )


def several(lines: Sequence[str]) -> Reply:
    """Several questions of one message, a line each."""
    return Reply("\n".join(["您问了几件事，先简单答：", *lines, "要看哪一条的详细办法，回复数字。"]))


def by_number(title: str) -> str:
    """One more matter that is told when its number is typed."""
    return f"{title}（回复数字看）"


def several_fit(clause: str) -> str:
    """A question several entries may answer; its number asks which."""
    return f"“{clause}”有几种，回复数字，选您要的。"


def not_known(clause: str) -> str:
    """A question among others that has no answer here."""
    return f"“{clause}”还没有核实过的答案，已经记下来。要人答复，回复“登记”。"


NOTHING_ANSWERED = Reply("还没有答过您问题。先说一句您的事，比如“社保卡丢了怎么补”。")
USEFUL = Reply("谢谢，记下了。还有别的事，直接说就行。")


def unsolved(due: date) -> Reply:
    """After 没解决: written down; what can be done next."""
    return Reply(
        f"对不住，没解决您的问题，已经记下来。\n要工作人员接着办，回复“登记”。今天登记，最晚{day(due)}答复。\n"
        "也可以换个说法再问一次，或者打12345。",
        (Tap("登记", "登记"),),
    )


def danger(numbers: Sequence[tuple[str, str]]) -> str:
    """The first line when words of danger are heard."""
    told = "；".join(f"{use}打{number}" for number, use in numbers)
    return f"先打电话：{told}。本号不是报警电话，不能马上派人。"


DANGER_SELF = "您不是一个人。现在就打上面的电话，有人愿意听您说。身边有人的话，请让他陪着您。"
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


def legal_route(route: str, guide: str = "") -> str:
    """Point to the door the law gives for this matter; a guide to it may stand beside."""
    beside = f"相关的办法：\n{guide}\n" if guide else ""
    return (
        f"这件事要走法定渠道：{route}。走这条路的事，热线和本号不能代替受理。\n"
        f"{beside}"
        "可以打12348免费问法律援助和律师。还有要咨询的，回复“登记”，工作人员告诉您怎么走。"
    )


ONLINE = "这件事要您本人在“赣服通”上办，本号不能代办。能不能网办，以赣服通显示的为准。"


def further(clauses: Sequence[str]) -> str:
    """Offer the further questions of one message by number."""
    lines = [f"{place}. {clause}" for place, clause in enumerate(clauses, 1)]
    return "还有这些没答，回复数字接着看：\n" + "\n".join(lines)


EXPIRED = Reply("这条资料已经过了有效期，正在更新，不能再拿来答您。要工作人员答复，回复“登记”。")


def repealed(title: str, instead: str) -> Reply:
    """A policy that is no longer in force: its reading is withdrawn with it."""
    now = f"现在看《{instead.strip('《》')}》。" if instead else ""
    return Reply(f"《{title.strip('《》')}》已经废止，不能再按它办。{now}\n还要问的，回复“登记”，工作人员答复您。")


def bundle_steps(intro: str, titles: Sequence[str]) -> Reply:
    """The guides of one life event, in the order they are done."""
    taps = tuple(Tap(f"{place}. {title}", str(place)) for place, title in enumerate(titles, 1))
    return Reply(f"{intro}\n按这个顺序办，回复数字看每一步：", taps)
