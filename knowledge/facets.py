"""Which side of a matter a question asks about: papers, place, time, money …"""

import re

from knowledge.model import Facet

# In order of precedence where a clause shows several: the more specific side first.
WORDS: tuple[tuple[Facet, str], ...] = (
    (Facet.RUMOUR, r"听说|听讲|是真的吗|是不是真的|真的假的|真假|谣言|有这回事|网上说|都说|别人说|人家说|村里说|传言"),
    (
        Facet.PROXY,
        r"代办|代为|代理|委托|帮(?:我|他|她|老人|家里|爸|妈|父母|孩子)\w{0,4}(?:办|领|交|申请)|别人(?:能|可以)?\w{0,2}(?:帮|替|办)"
        r"|(?:本人|自己)\w{0,3}(?:去不了|不能去|来不了|没空|不在|到场|亲自)|替(?:我|他|她|老人|家人|父母|爸|妈)|代领|代缴|代取"
        r"|必须本人|要本人|本人去|亲自|走不动|瘫痪|卧床|不识字|不会写字|不方便去|行动不便|在外地\w{0,4}(?:回不来|回不去|怎么办|咋办)"
        r"|回不来|人不在|家里?人\w{0,3}(?:去|办|代)|子女\w{0,3}(?:办|代|去)",
    ),
    (
        Facet.MATERIALS,
        r"材料|资料|证件|(?:带|拿|备|交|提供|提交|要|需要|准备)(?:些|点|好)?(?:什么|啥|哪些)(?!时候|条件|样|手续费)|手续"
        r"|(?:要|需要|带)\w{0,6}(?:证明|复印件|照片|户口本|身份证)(?:吗|么|不)|几张照片",
    ),
    (Facet.FEE, r"多少钱|要钱|收费|费用|免费|花钱|收钱|要交钱|几块|几元|工本费|手续费|多少费|要不要钱|贵不贵"),
    (
        Facet.TIME,
        r"多久|多长时间|几天|几个工作日|什么时候(?:能|可以|才)?(?:拿|到|好|办好|下来|发|到账)|啥时候|多少天|几个月(?:能|可以|才|下来)"
        r"|何时|时限|期限|多长|要等|多快|几号|什么时候|哪天|工作日|截止",
    ),
    (
        Facet.PLACE,
        r"(?:在|去|到|上|找)?(?:哪里|哪儿|哪个|那里|哪)(?:个)?(?:地方|部门|单位|窗口|局|派出所|医院|大厅)?(?:办|申请|领|交|弄|登记|找|开|报名|缴)"
        r"|去哪|在哪|到哪|上哪|找谁|哪个部门|哪个单位|哪个窗口|什么地方|啥地方|地址|归谁管|谁管|归哪|找哪|那里(?:可以|能)|哪里(?:可以|能)|哪里",
    ),
    (Facet.ONLINE, r"网上|手机(?:上|能|可以|办)|线上|赣服通|app|小程序|微信(?:上|能|可以|办|交|缴)|不用跑|支付宝|网办|异地办"),
    (Facet.FORM, r"表格|申请表|申请书|样表|模板|范本|怎么填|咋填|怎么写|咋写|咋个写|怎样写|空白表"),
    (Facet.BASIS, r"依据|哪条法律|什么规定|哪个文件|文件规定|法律规定|根据什么|凭什么|哪一条|政策文件"),
    (
        Facet.ELIGIBILITY,
        r"能不能|可不可以|可以\w{0,12}[吗么不]|能\w{0,12}[吗么不]$|能否|可否|条件|资格|够不够|符合|什么人|哪些人|谁能|谁可以|"
        r"行不行|行吗|算不算|有没有资格|允许|是否可以|会不会|有没有",
    ),
    (Facet.STEPS, r"怎么|怎样|如何|咋|流程|步骤|程序|咋个|怎办|办法"),
)
_PATTERN = re.compile("|".join(f"(?P<f{place}>{words})" for place, (_, words) in enumerate(WORDS)))
_BY_GROUP = {f"f{place}": (place, facet) for place, (facet, _) in enumerate(WORDS)}


def facets_of(text: str) -> tuple[Facet, ...]:
    """The sides *text* asks about, the most specific first; empty where it only names a thing."""
    seen = {_BY_GROUP[found.lastgroup] for found in _PATTERN.finditer(text) if found.lastgroup}
    return tuple(facet for _, facet in sorted(seen, key=lambda item: item[0]))


def lead_facet(text: str) -> Facet | None:
    """The side an answer to *text* leads with."""
    found = facets_of(text)
    return found[0] if found else None


def without_facets(text: str) -> str:
    """*text* without the words that only say which side is asked about."""
    return _PATTERN.sub("", text)
