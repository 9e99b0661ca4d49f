"""What can be a nickname, and what is a label, a tag or the start of a sentence."""

import re

from knowledge.chatlog.decorations import undecorated

NOTICE_WORD = re.compile(
    r"(?:.{0,6}(?:通知|公告|提示|提醒|紧急|重要|转发|转|置顶|须知|声明|倡议|警示|预警|预告|公示|招聘|招工|"
    r"出租|出售|转让|接龙|求助|注意|活动|福利|通报|新闻|快讯|早报|知识|宣传|科普|更正|补充))"
)
_LABEL = re.compile(
    r"(?:.*(?:时间|地点|地址|电话|热线|材料|费用|方式|标准|条件|对象|要求|范围|金额|内容|链接|网址|账号|"
    r"卡号|备注|说明|依据|流程|步骤|如下|包括|例如|比如|注意|通知|公告|提示|提醒|建议|问题|"
    r"原因|结果|情况|意思是|想问的是|我想问|想问|请问|想说|的是|就是说|说道|回复说|名单|名额|截止|日期|"
    r"主题|标题|事情|事由|事项|诉求|咨询|投诉|举报|求助|户口本|户口簿|身份证|低保|医保|社保|养老|补贴|住址|村组|答复|解答|姓名|性别|年龄|联系人|号码|身份证|户号|数量|价格|单价|合计|总共|总计|"
    r"第[一二三四五六七八九十\d]+|其[一二三四五]|[一二三四五六七八九十]是)|问|答|q|a|q\d+|a\d+|注|附|ps|"
    r"p\.s\.?|转文字|语音|引用|回复|回|https?|ftp|转发.*|.*(?:消息|新闻)|编辑|来源|作者|\d{1,2}|"
    r"[一二三四五六七八九十])",
    re.IGNORECASE,
)
_ADDRESSING = re.compile(
    r"(?:我?想问|请问|请说|想说|的是|就是说|说道|回复说|意思是|如下|包括|例如|比如|https?|ftp|[aq]\d*|[一-十]是?)"
)
_SALUTATION = re.compile(
    r"(?:各位|全体|广大|尊敬的|亲爱的|敬爱的)\S{0,14}|大家好?|乡亲们|(?:父老)?乡亲们|(?:各|本)村民\S{0,4}|村民们|邻居们|家人们"
)
"""各位村民： opens a notice and names nobody."""
_SHORT_LABEL = 4
_SHORTEST_NUMBER = 3
_SENTENCE_SIGN = re.compile(r"[，。？！；、,?;…]|!$|https?")
TEXTY = re.compile(
    r"^我[家妈爸们儿女想有今]|[吗呢啊吧]$|想问|请问|怎么[^都]|为什么|什么时候|能不能|多少钱|听说|不知道|还有就是|另外"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙"
    "陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤章晏敖况漆艾涂聂简喻付幸游左蓝占兰甘易卓乐饶辛席翁华温柯闵巫赖裴娄凌霍骆申柳欧阳"
)
_PERSONAL = re.compile(
    rf"[老小阿大][{SURNAMES}一-鿿]|[{SURNAMES}][一-鿿]{{1,2}}|[{SURNAMES}欧阳][一-鿿]{{0,2}}(?:哥|姐|叔|婶|嫂|伯|爷|奶|姨|妈|爸|总|书记|主任|会计|医生|老师|师傅|队长|组长|村长|支书)"
    r"|.{0,6}(?:书记|主任|村长|会计|组长|队长|网格员|妇女主任|文书|干部|妈妈|爸爸|奶奶|爷爷|哥|姐|嫂|叔|婶|妹|弟)"
)


_NO_PERSON = re.compile(
    r"大家|小孩|老人|大人|老家|大病|老年|小区|小学|大学|老师|高龄|何时|何处|白天|温馨|金额|常见|安全|方便|"
    r"成绩|小时|小麦|大米|大棚|老房|小额|高考|高中|万一|金融|黄牛|水费|夏天|何况|江西|章程"
)


_OFFICER = re.compile(
    r"书记|主任|会计|网格|村干|村医|专干|专职|农技员|保洁|水厂|电工|供电|社区|残联|民政|乡医|护林|民辅警|辅警|派出所|交警|工作队|第一书记|驻村|干部|校长|支委|支书|村委|文书|文化员|组长|村长|镇长|乡长|站长|所长|民警|警官|客服|物业|管理员|群主|政府|居委|"
    r"园长|医生|卫生室|卫生院|律师"
)
_LEADS_ON = re.compile(r"(?:的|样|下|点|是|说|有|为|条|事|里|要求|问)$|^(?:我|各位|大家|现在|目前|主要|根据)")
_FINAL_SIGNS = re.compile(r"[。？！；、,?!;…~～.]+$")
_NO_LETTER = re.compile(r"[\s\d.、()（）\-—_=*·,，。:：]*")
_LONGEST, _LONGEST_ODD = 24, 20


def clean_name(name: str) -> str:
    """A bare nickname: without all that programs and people hang on it."""
    return undecorated(name)


def is_name(text: str) -> bool:
    """Could this stand for a person in front of a colon or a time, judged by itself alone?"""
    name = clean_name(text)
    if not name or len(name) > _LONGEST or _SENTENCE_SIGN.search(name) or _LABEL.fullmatch(name):
        return False
    if _SALUTATION.fullmatch(name):
        return False
    return not is_numbering(name)


def is_numbering(name: str) -> bool:
    """Is this the number of an item rather than somebody called by a number?"""
    return name.isdigit() and len(name) < _SHORTEST_NUMBER


def may_be_name(text: str) -> bool:
    """Could this be a nickname if the rest of the paste says so? People call themselves 张三！ or 通知, too."""
    name = clean_name(text)
    return bool(name) and len(name) <= _LONGEST_ODD and "http" not in name.lower() and not _SALUTATION.fullmatch(name)


def is_label(name: str) -> bool:
    """Is this a word that stands in front of a colon in notices (时间, 地点, 问)?"""
    return bool(_LABEL.fullmatch(name))


def is_bare_label(name: str) -> bool:
    """Is it nothing but the label, as somebody might call themselves (时间, but not 报名时间)?"""
    return is_label(name) and len(name) <= _SHORT_LABEL and not _ADDRESSING.fullmatch(name)


def ends_in_sign(name: str) -> bool:
    """Does it end in a sentence mark, which nobody writes in front of a colon?"""
    return bool(_FINAL_SIGNS.search(name)) and not _NO_LETTER.fullmatch(name)


def is_officer(name: str) -> bool:
    """Does the nickname say that somebody speaks for the village, a school or an office?"""
    return bool(_OFFICER.search(name))


def leads_on(name: str) -> bool:
    """Does it read like words that announce the next lines (我家情况是这样的)?"""
    return bool(_LEADS_ON.search(name) or TEXTY.search(name))


def looks_personal(name: str) -> bool:
    """Does this read like somebody's name or kin title, and not like the start of a sentence?"""
    return bool(_PERSONAL.fullmatch(name)) and not _NO_PERSON.fullmatch(name)
