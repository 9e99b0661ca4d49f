"""Greetings, help, privacy, and what to say to messages that carry no question."""

from handlers.services import Account
from handlers.turn import Reply, Tap


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
        "留多久：聊天记录到您取消关注为止。取消关注时还没办完的诉求，电话和姓名先留着；办完，过了该保存的时间就删。"
        "具体保存多久，待本市核定。\n"
        "怎么删除：取消关注，聊天、图片、问题记录和点过的通知订阅马上删除。\n"
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


CANCELLED = Reply("好，取消了。还有别的事，直接说就行。")
NOTHING_TO_CANCEL = Reply("现在没有正在办的步骤。有事直接说就行。")
NOTHING_CHOSEN = Reply("这个数字现在对不上选项。请用一句话说您的事，或者回复“指南”“目录”。")
OUT_OF_RANGE = Reply("没有这个数字。请从上面列出的数字里选一个，或者回复“取消”。")
NO_MORE = Reply("后面没有了。有别的事，直接说就行。")
NO_NUMBERS = Reply(
    "号码我没记下来。请不要在这里发身份证号、银行卡号。\n"
    "想问事，用一句话说；要登记诉求，回复“登记”，问到电话那一步再留。"
)
NO_QUESTION = Reply("好。有事直接说就行，比如“医保怎么交”。")
TOO_FAST = "您发得太快了，这一条我没收下。请过一分钟再发一次。"
TOO_LONG = Reply("这条太长了，我只看得了2000个字以内的。请分成几条发，先说最要紧的事。")
WORKING = "收到了，还在办。结果随后发给您；过一会儿没收到，随便回复一句就能看到。"
EMPTY = Reply("没看到文字。请用一句话说您的事，比如“低保怎么申请”。")
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
NOISE = Reply("没看懂。请用一句话说您的事，比如“社保卡丢了怎么补”。要人处理，回复“登记”。")
INJECTION = Reply("我只回答政府办事和公开的问题，答案都来自核对过的资料，别的要求办不了。")


def identity(account: Account) -> Reply:
    """Say what this is."""
    return Reply(
        f"我是{account.name}的自动问答，不是真人。答案来自公开目录和办事指南，都注明来源。要真人答复，回复“登记”。"
    )


FOLLOW_MORE = "\n……（没完，回复“更多”接着看）"
OWED_HEADER = "有一条给您的消息："
NO_STEP = Reply("现在没有等您回复的步骤。有事直接说就行，比如“医保怎么交”。")
NOT_DONE = "刚才那件事没办成，是我们系统的问题，对不住。请把原话再发一次。"
