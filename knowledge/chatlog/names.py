"""What can be a nickname, and what is a label, a tag or the start of a sentence."""

import re

GROUP_WORD = (
    r"(?:第?[\d一二三四五六七八九十百]{1,3}|[一-鿿]{1,6})?"
    r"(?:组|队|村|屋场|社区|群主|管理员|村民|网格|片区|小区|单元|栋|支部|党员|干部|楼|坊)(?:长|员)?"
)
TAG = re.compile(rf"【[^【】]{{0,16}}】|[\[(（［](?:{GROUP_WORD})[\])）］]")
_ACCOUNT = re.compile(r"\s*(?:\(\d{5,12}\)|<[^<>\s]{3,60}>|\(wxid_\w+\))\s*$")
NOTICE_WORD = re.compile(
    r"(?:.{0,6}(?:通知|公告|提示|提醒|紧急|重要|转发|转|置顶|须知|声明|倡议|警示|预警|预告|公示|招聘|招工|"
    r"出租|出售|转让|接龙|求助|注意|活动|福利|通报|新闻|快讯|早报|知识|宣传|科普|更正|补充))"
)
_LABEL = re.compile(
    r"(?:.*(?:时间|地点|地址|电话|热线|材料|费用|方式|标准|条件|对象|要求|范围|金额|内容|链接|网址|账号|"
    r"卡号|备注|说明|依据|流程|步骤|如下|包括|例如|比如|注意|通知|公告|提示|提醒|建议|问题|"
    r"原因|结果|情况|意思是|想问的是|我想问|想问|请问|想说|的是|就是说|说道|回复说|名单|名额|截止|日期|"
    r"主题|标题|答复|解答|姓名|性别|年龄|联系人|号码|身份证|户号|数量|价格|单价|合计|总共|总计|"
    r"第[一二三四五六七八九十\d]+|其[一二三四五]|[一二三四五六七八九十]是)|问|答|q|a|q\d+|a\d+|注|附|ps|"
    r"p\.s\.?|转文字|语音|引用|回复|回|https?|ftp|转发.*|.*(?:消息|新闻)|编辑|来源|作者|\d{1,2}|"
    r"[一二三四五六七八九十])",
    re.IGNORECASE,
)
_SENTENCE_SIGN = re.compile(r"[，。？！；、,?;…]|!$|https?")
TEXTY = re.compile(r"[吗呢啊吧]$|想问|请问|怎么[^都]|为什么|什么时候|能不能|多少钱|听说|不知道|还有就是|另外")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙"
    "陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤章晏敖况漆艾涂聂简喻付幸游左蓝占兰甘易卓乐饶辛席翁华温柯闵巫赖裴娄凌霍骆申柳欧阳"
)
_PERSONAL = re.compile(
    rf"[老小阿大][{_SURNAMES}一-鿿]|[{_SURNAMES}][一-鿿]{{1,2}}|[{_SURNAMES}欧阳][一-鿿]{{0,2}}(?:哥|姐|叔|婶|嫂|伯|爷|奶|姨|妈|爸|总|书记|主任|会计|医生|老师|师傅|队长|组长|村长|支书)"
    r"|.{0,6}(?:书记|主任|村长|会计|组长|队长|网格员|妇女主任|文书|干部|妈妈|爸爸|奶奶|爷爷|哥|姐|嫂|叔|婶|妹|弟)"
)


_NO_PERSON = re.compile(
    r"大家|小孩|老人|大人|老家|大病|老年|小区|小学|大学|老师|高龄|何时|何处|白天|温馨|金额|常见|安全|方便|"
    r"成绩|小时|小麦|大米|大棚|老房|小额|高考|高中|万一|金融|黄牛|水费|夏天|何况|江西|章程"
)


def clean_name(name: str) -> str:
    """A bare nickname: without 【组】, @, the account number of an export and quotation marks."""
    bare = _ACCOUNT.sub("", TAG.sub("", name)).strip()
    return bare.lstrip("@＠").strip().strip('“”"').strip()


def is_name(text: str) -> bool:
    """Could this stand for a person in front of a colon or a time?"""
    name = clean_name(text)
    if not name or len(name) > 24 or _SENTENCE_SIGN.search(name) or _LABEL.fullmatch(name):
        return False
    return not (name.isdigit() and len(name) < 3)


def looks_personal(name: str) -> bool:
    """Does this read like somebody's name or kin title, and not like the start of a sentence?"""
    return bool(_PERSONAL.fullmatch(name)) and not _NO_PERSON.fullmatch(name)
