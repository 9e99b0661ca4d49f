"""Messages that ask nothing: notices to everybody, adverts, answers to somebody else."""

import re

from knowledge.chatlog import gossip, talk
from knowledge.text import tidy

_ADVERT = re.compile(
    r"(?:加|添加|\+)\s*(?:我|一下)?\s*(?:微信|v信|vx|wx|薇|qq|q群)|(?:微信|vx|wx|"
    r"qq)号?[:：\s]*[a-z0-9_-]{5,}|扫码(?:领|进群|加)|日结|刷单返|日赚|月入过?万|躺赚|无抵押|秒批|秒到账|"
    r"秒下款|套现|"
    r"(?:出售|转让|出租(?!车)|招租|低价|甩卖|现货|批发|零售|特价|清仓|优惠|促销|打折|新店|开业|大酬宾|团购|包邮|"
    r"送货上门|热销|认筹|到货|新鲜|正宗|自家(?:种|养|做|产)|土鸡|土猪|优质)\w{0,24}[^？?]{0,40}(?:抢|私聊|"
    r"私信|联系|进店|下单|电话|欢迎|一斤|元|块|需要的|要的|接龙|预订|预定|先到先得|数量有限|可送|包送|"
    r"1\d{10})|"
    r"(?:招聘|急聘|诚聘|招)\w{0,16}[^？?]{0,40}(?:月薪|底薪|待遇|包吃|包住|联系|私聊|电话|工资\d)|"
    r"(?:有?需要|想要|要)的(?:朋友|亲|老板|私|联系|请|可以|抓紧|报|打)|(?:欢迎|诚邀)\w{0,10}(?:光临|选购|"
    r"咨询|订购|品尝|来电|加盟|新老)|"
    r"(?:帮|求|麻烦|请)\w{0,8}(?:投(?:个|一)?票|砍一刀|砍价|点个?赞|助力|关注一下|转发)|点(?:击|"
    r"开)?(?:下面|下方|这个|链接)\w{0,8}(?:领|抢|看|投)|(?:房源|楼盘|商铺)\w{0,16}(?:出|售|租|卖)|减肥|"
    r"祖传|专治|包治|加盟|保健品|低息|(?:贷款|借钱|资金周转)\w{0,10}(?:找我|联系|秒|私)"
)
_NOTICE = re.compile(
    r"请(?:大家|各位|村民们?|各户)(?!\w{0,4}(?:帮|告诉|指点|看看|说说|评))\w{1,16}[。!！~\s]*$|"
    r"^[【\[]?(?:重要|紧急|停[水电]|会议|医保|疫苗|体检|安全|防[汛火溺骗诈])?(?:通知|公告|温馨提示|提示|"
    r"提醒|预警|公示|倡议书?)(?:[】\]:：!！,，\s]|$)|特此(?:通知|公告)|现将.{2,40}(?:通知|公布|公示|如下)|"
    r"(?:请|望)(?:大家|各位|广大|全体|各组|各户|相关)\w{0,6}(?:村民|居民|家长|户)?\w{0,6}(?:抓紧|尽快|"
    r"及时|务必|注意|互相|相互|按时|前往|做好|配合|自觉|积极|于|在|到|带)|"
    r"^(?:大家|各位|提醒大家)(?:都)?(?:要)?(?:小心|当心|提防)|(?:互相|相互)转告|(?:严禁|禁止|一律|不得|发现一起)\w{0,16}(?:焚烧|处罚|处理|追究|查处|取缔|拆除|"
    r"清理|进入|下河|用火|销售|燃放)|(?:统计|摸底|登记|摸排)一下[^？?]{0,30}(?:举手|接龙|回复|报|扣1|私)|收到请?回复|根据(?:上级|镇|市|县|有关|"
    r"国家).{0,20}(?:要求|通知|精神|规定|安排)|"
    r"^(?:各位|全体|广大)(?:村民|居民|家长|乡亲|业主|党员|组长)[^？?]{0,30}(?:请|通知|将|定于|现在|开始|"
    r"抓紧|务必|截止|注意|今天|明天|本周|下周|即日)"
)
_HEADED = re.compile(r"^[【\[](?:重要|紧急|温馨|停[水电]|会议|医保|疫苗|安全)?(?:通知|公告|提示|提醒|预警|公示)")
_ASKER = re.compile(r"请问|想问|问一?下|我家|我妈|我爸|我孩|谁知道|有人知道|怎么办|咋办|咋整")
_ANSWER = re.compile(
    r"^我(?:叫|喊|让|联系)\w{1,8}(?:来|去)|^(?:村医|书记|会计|主任|他们|镇里|村里|组长|老师|医生)\w{0,2}(?:说|讲)|^(?:要|不用|不要|不需要|需要|可以|不可以|能|不能|应该|好像|可能|大概|估计|听说是|对|嗯|是的?|没有|"
    r"有的?(?!个|一|人|时候|些|没有)|带|去|到|找|打|问|拿|先|直接|必须|得|就|自己去|本人去|一般|都|只要|凭)|(?:去年|上次|上个?月|"
    r"上周|之前|昨天|前天|前几天|早上|刚|刚才)\w{0,14}(?:办|交|领|问|去|弄|搞|拿|补|报)(?:的|过|了|好)|"
    r"是(?:在|去|找|到)\w{0,10}(?:办|交|领|弄|问|补)的|"
    r"(?:就行|就可以|就好|就能|即可|就行了|吧|的哦|的呀|的啊|哈)[!。~\s]*$|^@"
)
_OUTCRY = re.compile(r"太\w{1,3}了吧[。!~\s]*$")
"""太贵了吧 complains."""
_OWN_CASE = re.compile(
    r"我(?:家|妈|爸|爷|奶|婆|公|儿|女|孩|娃|崽|老|媳|弟|哥|姐|妹|们|是|有|在|今年|想|要|户口|叔|姑|舅|外|"
    r"被|跟|和|小|的|刚|没|欠|租|住|买|种|养|邻)|(?:孩子|小孩|娃|儿子|女儿|崽|老婆|老公|老人|爷爷|奶奶|父母|老妈|"
    r"老爸|家里|媳妇|邻居)|\d+岁|[一二三四五六七八九]十\w?岁|户口(?:在|不在)|外地|去世|过世|住院|退伍|"
    r"离婚|怀孕|生(?:了|完)"
)
_LONG_NOTICE = 90
_SHORT_QUESTION = 30
"""No advert is as short as this and ends in a question."""


def is_notice(lines: tuple[str, ...]) -> bool:
    """Is the whole message a notice, an advert or a call, so that its question marks ask nobody?"""
    whole = tidy("\n".join(lines))
    asks = len(whole) <= _SHORT_QUESTION and _ends_with_question(lines)
    if (
        _ADVERT.search(whole)
        and not asks
        and not re.search(r"举报|投诉|被骗|骗了|骗子|诈骗|是不是真|真的吗|扰民|低保|医保", whole)
    ):
        return True
    if _HEADED.search(whole) and not re.search("请问|想问", whole):
        return True
    asks_for_help = bool(_ASKER.search(whole))
    if _NOTICE.search(whole) and not asks_for_help and not _ends_with_question(lines):
        return True
    return len(whole) > _LONG_NOTICE and bool(gossip.CALL.search(whole)) and not asks_for_help


def tells_everybody(lines: tuple[str, ...]) -> bool:
    """Is what calls the whole group a notice, and not a question of its own?"""
    whole = tidy("\n".join(lines))
    return not (_ASKER.search(whole) and talk.asks(whole))


def answers(text: str) -> bool:
    """Does a statement read like an answer to somebody else?"""
    tidied = tidy(text)
    return bool(_ANSWER.search(tidied)) and not _OUTCRY.search(tidied)


def own_case(text: str) -> bool:
    """Does a statement tell of the speaker's own people, age, house or home?"""
    return bool(_OWN_CASE.search(tidy(text)))


def _ends_with_question(lines: tuple[str, ...]) -> bool:
    return tidy(lines[-1]).endswith(("?", "吗", "呢"))
