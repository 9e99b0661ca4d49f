"""Small words that turn one question into another: kind of question, direction, negation, numbers.

Each text is reduced to a few bit sets. Two texts agree in a group when their sets
meet, and clash when both have one and they do not meet (转入 against 转出).
"""

import re

QUESTION: dict[str, str] = {
    "能否": "能不能|可不可以|可以|能否|可否|是否可|能|行不行|行吗|允许|有没有资格|够不够",
    "是否": "是不是|是否|有没有|要不要|会不会|需不需要|用不用|算不算|吗$|么$|会|属于|算",
    "怎么": "怎么|怎样|如何|咋|怎么办|咋办|流程|步骤|方法|程序|办法|手续",
    "什么": "什么|啥|哪些|含义|意思|定义|指",
    "多少钱": "多少钱|费用|收费|几块|价格|多少|收不收|要钱",
    "多久": "多久|多长时间|几天|几年|几个月|何时|什么时候|时间|期限|时限|哪天|啥时候|多长",
    "哪里": "哪里|哪儿|在哪|去哪|那里|哪个部门|哪个单位|地址|地方|地点",
    "谁": "谁|什么人|哪些人|对象",
    "为何": "为什么|为啥|为何|原因|怎么会|凭什么",
    "材料": "材料|资料|证件|带什么|带啥|需要什么|要什么|要啥|准备什么|准备啥|手续",
    "条件": "条件|要求|资格|标准|符合",
    "后果": "后果|影响|处罚|责任|判几年|怎么处理|怎么判|会怎么样|赔偿|怎么赔",
}
DIRECTION: dict[str, str] = {
    "新办": "新办|办理|申请|申领|首次|开通|领取|登记|第一次",
    "补办": "补办|补领|补发|补证|挂失|丢|掉了|遗失|不见了|弄丢|找不到|补一",
    "换": "换领|换发|更换|换|过期|到期|损坏|坏了|期满",
    "注销": "注销|取消|销户|终止|退出|解除|撤销|退保|停",
    "变更": "变更|修改|更改|更正|改",
    "查询": "查询|查看|查|打印",
    "转入": "转入|迁入|转进|迁进|落户|迁到|转到|转回|迁回",
    "转出": "转出|迁出|转走|迁走",
    "结婚": "结婚|领证",
    "离婚": "离婚|离了",
    "买": "买|购",
    "卖": "卖|售",
    "大人": "老人|老年|成年",
    "小孩": "小孩|孩子|儿童|新生儿|婴儿|宝宝|未成年",
    "男": "男|丈夫|老公|父亲|爸",
    "女": "女|妻子|老婆|母亲|妈",
    "借出": "借给|出借|债权人",
    "借入": "借了|欠|债务人",
    "前": "前",
    "后": "后",
    "上": "上",
    "下": "下",
}
_OPEN_FORMS = re.compile(r"(\w)[不没]\1|是否|能否|可否|有没有|可不可以|需不需要|应不应该|不动产|不好意思|没收|未成年")
_NEGATION = re.compile(r"[不没无未别非]")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _compile(groups: dict[str, str]) -> tuple[re.Pattern[str], dict[str, int]]:
    bits: dict[str, int] = {}
    for position, words in enumerate(groups.values()):
        for word in words.split("|"):
            bits[word.rstrip("$")] = bits.get(word.rstrip("$"), 0) | 1 << position
    ordered = sorted({word for words in groups.values() for word in words.split("|")}, key=len, reverse=True)
    return re.compile("|".join(ordered)), bits


_QUESTION = _compile(QUESTION)
_DIRECTION = _compile(DIRECTION)


def marks_of(normalised: str) -> tuple[int, int, int, int]:
    """The small words of one text: kinds of question, directions, whether negated, numbers."""
    return (
        _bits(_QUESTION, normalised),
        _bits(_DIRECTION, normalised),
        1 if _NEGATION.search(_OPEN_FORMS.sub("", normalised)) else 0,
        _digit_bits(normalised),
    )


def _bits(table: tuple[re.Pattern[str], dict[str, int]], text: str) -> int:
    pattern, bits = table
    found = 0
    for word in pattern.findall(text):
        found |= bits[word]
    return found


def _digit_bits(text: str) -> int:
    found = 0
    for number in _DIGITS.findall(text):
        found |= 1 << (sum(number.encode()) * 7 + len(number)) % 31
    return found
