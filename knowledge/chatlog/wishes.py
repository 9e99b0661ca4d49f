"""What is wanted without the form of a question: papers, a service, a new card; and calls of alarm.

Patterns are for text that went through ``knowledge.text.tidy``.
"""

import re

from knowledge.chatlog import gossip

_REQUEST = re.compile(
    r"(?:我要|我想|想要?|要求|请求?|麻烦|本人|申请|依|需要)\w{0,8}(?:公开|查阅|提供|复印|调取|给我|拿到|要一?份)\w{2,}|"
    r"^公开(?:一下)?\w{4,}|(?<!您)(?<!你)把?(?:名单|明细|合同|批文|批复|方案|协议|记录|报告|清单|档案|文件|复印件|原件)\w{0,4}(?:给|发|拿)(?:我|"
    r"我们)?(?:看看|一下|一份|看)"
)
"""要求公开合同, 请给我一份名单: asks for papers or figures."""
_SERVICE = re.compile(
    r"(?:帮|替|给)(?:我|忙|我们)\w{0,3}(?:查|打印|预约|激活|挂|办理|开通|打(?=\w{0,6}证明))|^查(?:一下|下)?我的|^(?:我要|想)(?:网上|在手机上)?(?:交|办|预约|查)"
)
"""帮我打印社保证明: wants something done that a window or a programme does."""
_REPLACES = re.compile(
    r"(?:过期|到期|丢|不见|掉|遗失|找不到|搞丢|弄丢|写错|损坏|消磁)了?[，, ]?(?:我)?"
    r"(?:想|要|需要)?(?:换(?:新的?|证|个新的)?|补(?:一[本张个]|办)?|重新(?:弄|"
    r"办)\w{0,3}|续签|改)[。!~ ]*$|"
    r"(?:头一次|第一次|首次)办\w{2,6}$|(?:证|照|卡|本|簿|执照)(?:快)?(?:过期|到期)了(?:要换)?$"
)
"""身份证快到期了要换: the wish is in what happened."""
_OFFICE = re.compile(
    r"政务|大厅|服务(?:中心|站)|便民|开放时间|[\u4e00-\u9fff]{1,6}(?:局|"
    r"车管所|派出所|司法所|社保所|民政所|法院|检察院|医院|卫生院|卫生室|诊所|信用社|银行|图书馆|敬老院|"
    r"汽车站|火车站|招生办|教育局|税务|公积金中心|养老院)(?!长)"
)
"""Where people go; when it opens, where it is and its number are questions."""
_REACHED = re.compile(
    r"(?:电话|号码|地址|位置|联系方式|上班时间|开门时间)(?:号码)?(?:是?多少|"
    r"给我\w{0,3}|发我?\w{0,3}|有吗|有没有|谁有)?[?。~ ]*$|几点|几楼|星期几|周几|搬到?哪|"
    r"(?:在|是)\w{1,8}还是|坐几路|几家|几班"
)
_TITLE_ONLY = re.compile(
    r"[\u4e00-\u9fffa-z\d]{2,12}?(?:的)?(?:申请条件|办理条件|领取条件|办理流程|办理时间|补助标准|补贴标准|申请流程|怎么办理|办理|补办|续签|注销|过户|鉴定|认定|"
    r"上班时间|电话|地址|联系方式)[。?~ ]*"
)
"""低保户申请条件: a thing and the side of it, and no more."""
_ADVISES = re.compile(r"先|得|可以|直接|应该|必须|尽快|不用|不要|赶紧|建议|需|要去")
"""先申请工伤认定 tells somebody what to do."""
_ALARM = re.compile(
    r"起火了|着火了|失火了|落水了|掉(?:进|到|下)\w{0,3}(?:河|塘|水|井)\w{0,2}了|触电|煤气味|漏气了|爆炸了|(?:出|发生)\w{0,3}车祸|拿刀|砍人|不想活|想自杀|跳楼|溺水|"
    r"塌方|滑坡|山体|泥石流|掉下来了|误食|中毒"
)
"""Somebody may be in danger."""
_TO_YOU = re.compile(r"请?[您你](?!们)")


def wants_something(tidied: str, *, known: bool) -> bool:
    """Does it ask for papers, for a service, or for what was lost or ran out; *known* says that it names a matter."""
    if _SERVICE.search(tidied) or (_REQUEST.search(tidied) and not _TO_YOU.search(tidied)):
        return True
    titled = _TITLE_ONLY.fullmatch(tidied) and not _ADVISES.match(tidied) and not gossip.POINTS.search(tidied)
    return known and bool(_REPLACES.search(tidied) or titled)


def looks_for_office(tidied: str) -> bool:
    """Does it ask when an office opens, where it is or how to call it?"""
    asks = _OFFICE.search(tidied) and _REACHED.search(tidied)
    return bool(asks) and not (gossip.POINTS.search(tidied) or gossip.FAVOUR.search(tidied))


def alarms(tidied: str) -> bool:
    """Does it say that somebody may be in danger?"""
    return bool(_ALARM.search(tidied)) and not gossip.ADVICE.search(tidied)
