"""What programs and people hang on a nickname: one list of it, taken off in one place.

Nothing here is taken off a name that would then be empty, and no sign of the name's own
(~小刚~, 🍀幸运草🍀, 幸*福) is touched.
"""

import re

GROUP_WORD = (
    r"(?:第?[\d一二三四五六七八九十百]{1,3}|[一-鿿]{1,6})?"
    r"(?:组|队|村|屋场|社区|群主|管理员|村民|网格|片区|小区|单元|栋|支部|党员|干部|楼|坊)(?:长|员)?"
)
TAG = re.compile(rf"【[^【】]{{0,16}}】|[\[(（［](?:{GROUP_WORD})[\])）］]")
VERB = (
    r"(?:说道?|问道?|答道?|写道|回道|回复道?|回应|发言|留言|发表于|发布于|发送于|发于|发送|发来|发了|转发|讲|曰|"
    r"says?|said|wrote)"
)
"""How a program or a writer says that words follow."""
_GROUP_AHEAD = re.compile(r"^(?:第?[\d一二三四五六七八九十]{1,3}(?:组|队|网格|栋|单元|号楼))[\s·|｜]+(?=\S)")
"""三组 易水寒: the group stands in front of the nickname, with a blank."""
_ACCOUNT = re.compile(
    r"\s*(?:[(（](?:(?:qq|微信|wx|v|id|uid|no\.?|群号|手机|电话)号?\s*[:：]?\s*)?[\d*]{3,12}[)）]|<[^<>\s]{3,60}>|[(（]wxid_\w+[)）]|"
    r"[(（](?:wechat|微信|企业微信|微信用户|外部|外部联系人|群主|管理员|群管理员?|楼主|本人|我|手机|电脑|iphone|安卓|android|pc)[)）]|"
    r"[@＠](?:微信|企业微信|wechat))\s*$",
    re.IGNORECASE,
)
_VERB_BEHIND = re.compile(rf"(?<=\S)\s+{VERB}\s*$", re.IGNORECASE)
_REPLIES = re.compile(
    r"(?<=\S)\s*(?:\s(?:回复了?|答复|回应)\s*|(?:->|→|➜|⇒)\s*|\s[@＠]\s*|\s(?:对|回|to|re)\s+)[@＠]?\S{1,16}(?:\s*说)?\s*$"
)
"""小鱼儿 回复 民政小魏: the second one is spoken to."""
_BULLET = re.compile(
    r"^\s*(?:[-*+—–]|[•·●○▪▫■□◆◇▶►→☞※➤➢✦✧]+|>{2,})\s+(?=\S)|^\s*[•●▪■◆▶►☞※➤➢]+(?=\S)|^\s*(?:#\d{1,4}|\d{1,4}楼)[\s:：]+(?=\S)"
)
_EMPHASIS = re.compile(r"^(\*\*|__|`|\*|~~)(?P<name>[^*_`~]+)\1$")
_FROM = re.compile(
    r"^\s*(?:【短信】|\[短信\])?\s*(?:(?:消息)?(?:来自|发自)|from|来源)\s*[:：]?\s*(?=\S)", re.IGNORECASE
)
_TWICE = re.compile(r"^(?P<name>[^()（）]{1,10})\s*[(（](?P=name)[)）]$")
"""王丽(王丽): nickname and name of an enterprise account."""
_WORDS_OF = re.compile(r"(?<=\S)\s*的(?:消息|发言|留言)\s*$")
_OFF = (_WORDS_OF, _FROM, _BULLET, _REPLIES, _VERB_BEHIND, _ACCOUNT)
_LONGEST = 80
"""Characters of the longest text that may still be a nickname with all that hangs on it."""
_QUOTES = "“”\"'‘’"


def undecorated(name: str) -> str:
    """The nickname without bullet, 【组】, account number, what it does (说, 回复 某人), @ and marks around it."""
    if len(name) > _LONGEST:
        return name.strip()
    plain = _GROUP_AHEAD.sub("", TAG.sub("", name).strip()).strip()
    for pattern in _OFF:
        plain = pattern.sub("", plain).strip() or plain
    twice = _TWICE.match(plain)
    plain = twice["name"] if twice else plain
    emphasised = _EMPHASIS.match(plain)
    plain = emphasised["name"].strip() if emphasised else plain
    plain = TAG.sub("", plain).strip()
    return plain.lstrip("@＠").strip().strip(_QUOTES).strip()
