"""Who is speaking: the ways a line of a copied chat names its speaker.

``cue_in`` reads one line for itself; whether a doubtful cue counts is decided by the whole
paste (``Style``), because people write colons and clock times in their messages too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.chatlog.noise import is_face
from knowledge.chatlog.stamps import CLOCK, SURE, WHEN, is_day_word, is_time, named_by_day, narrow


class Form(Enum):
    """How a line names its speaker."""

    STAMPED = auto()
    """A nickname with a time, words behind a colon or on the next lines."""
    INLINE = auto()
    """A nickname, a time and the words, divided by blanks only."""
    COLON = auto()
    BRACKET = auto()


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that names a speaker; *said* are the words on the same line; *dated* ones are never doubted."""

    form: Form
    speaker: str
    said: str
    dated: bool = False


_LEAD = re.compile(rf"(?:\[\s*{WHEN}\s*\]|\(\s*{WHEN}\s*\)|{WHEN}(?=\s))[\s,]*")
_TRAIL = re.compile(
    rf"(?P<name>\S.{{0,39}}?)(?:\s+\(?\[?\s*|\s*[(\[]\s*|(?=(?:19|20)\d\d[-/.年]))(?P<when>{WHEN})\s*[)\]]?\s*(?::\s*(?P<said>.*))?"
)
_SURE = re.compile(SURE)
_INLINE = re.compile(rf"(?P<name>\S.{{0,23}}?)\s+(?P<when>{WHEN})\s+(?P<said>\S.*)")
_COLON = re.compile(r"(?P<name>[^:]{1,30}):\s*(?P<said>.*)")
_COLON_TWICE = re.compile(r"(?P<name>[^:]{1,12}:[^:\d]{1,12}):\s*(?P<said>.*)")
_BRACKET = re.compile(r"[\[【](?P<name>[^\[\]【】]{1,20})[\]】]\s*:?\s*(?P<said>.*)")
_GROUP_WORD = r"(?:第?[\d一二三四五六七八九十百]{1,3}|[一-鿿]{1,6})?(?:组|队|村|屋场|社区|群主|管理员|村民|网格|片区|小区|单元|栋|支部|党员|干部|楼|坊)(?:长|员)?"
_TAG = re.compile(rf"【[^【】]{{0,16}}】|[\[(（［](?:{_GROUP_WORD})[\])）］]")
_ACCOUNT = re.compile(r"\s*(?:\(\d{5,12}\)|<[^<>\s]{3,60}>|\(wxid_\w+\))\s*$")
_NOTICE = re.compile(
    r"(?:.{0,6}(?:通知|公告|提示|提醒|紧急|重要|转发|转|置顶|须知|声明|倡议|警示|预警|预告|公示|招聘|招工|出租|出售|转让|接龙|求助|注意|活动|福利|通报|新闻|快讯|早报|知识|宣传|科普|更正|补充))"
)
_LABEL = re.compile(
    r"(?:.*(?:时间|地点|地址|电话|热线|材料|费用|方式|标准|条件|对象|要求|范围|金额|内容|链接|网址|账号|卡号|备注|说明|依据|流程|步骤|如下|包括|例如|比如|注意|通知|公告|提示|提醒|建议|问题|"
    r"原因|结果|情况|意思是|想问的是|我想问|想问|请问|想说|的是|就是说|说道|回复说|名单|名额|截止|日期|主题|标题|答复|解答|姓名|性别|年龄|联系人|号码|身份证|户号|数量|价格|单价|合计|总共|总计|"
    r"第[一二三四五六七八九十\d]+|其[一二三四五]|[一二三四五六七八九十]是)|问|答|q|a|q\d+|a\d+|注|附|ps|p\.s\.?|转文字|语音|引用|回复|回|https?|ftp|转发.*|.*(?:消息|新闻)|编辑|来源|作者|\d{1,2}|[一二三四五六七八九十])",
    re.IGNORECASE,
)
_SENTENCE_SIGN = re.compile(r"[，。？！；、,?;…]|!$|https?")
_TEXTY = re.compile(r"[吗呢啊吧]$|想问|请问|怎么[^都]|为什么|什么时候|能不能|多少钱|听说|不知道|还有就是|另外")


def clean_name(name: str) -> str:
    """A bare nickname: without 【组】, @, the account number of an export and quotation marks."""
    bare = _ACCOUNT.sub("", _TAG.sub("", name)).strip()
    return bare.lstrip("@＠").strip().strip('“”"').strip()


def cue_in(line: str) -> Cue | None:
    """How *line* names a speaker, if it does; doubtful ones included."""
    narrowed = narrow(line).strip()
    raw = line.strip() if len(line.strip()) == len(narrowed) else narrowed
    if named_by_day(narrowed):
        return Cue(Form.STAMPED, named_by_day(narrowed), "", dated=True)
    if not narrowed or is_time(narrowed):
        return None
    return _led(raw, narrowed) or _trailed(raw, narrowed) or _bracketed(raw, narrowed) or _with_colon(raw, narrowed)


def is_name(text: str) -> bool:
    """Could this stand for a person in front of a colon or a time?"""
    name = clean_name(text)
    if not name or len(name) > 24 or _SENTENCE_SIGN.search(name) or _LABEL.fullmatch(name):
        return False
    return not (name.isdigit() and len(name) < 3)


def _led(raw: str, narrowed: str) -> Cue | None:
    """``2026-11-24 10:23 昵称: 话``, ``[10:23] 昵称：话`` and a name alone behind a date."""
    lead = _LEAD.match(narrowed)
    if not lead:
        return None
    rest_raw, rest = raw[lead.end() :], narrowed[lead.end() :]
    colon = _with_colon(rest_raw, rest)
    if colon:
        return Cue(Form.STAMPED, colon.speaker, colon.said, dated=True)
    sure = bool(_SURE.search(lead.group())) and lead.group().count(":") >= 1
    if sure and is_name(rest) and len(rest) <= 16 and not _TEXTY.search(rest):
        return Cue(Form.STAMPED, clean_name(rest_raw), "", dated=lead.group().count(":") >= 2)
    return None


def _trailed(raw: str, narrowed: str) -> Cue | None:
    """``昵称 昨天 10:23`` alone or with a colon and words, or with the words behind blanks."""
    found = _TRAIL.fullmatch(narrowed)
    if found and is_name(found["name"]):
        said = raw[found.start("said") :] if found["said"] else ""
        dated = bool(_SURE.search(found["when"])) or found["said"] is not None
        return Cue(Form.STAMPED, clean_name(raw[: found.end("name")]), said, dated)
    inline = _INLINE.fullmatch(narrowed)
    if inline and is_name(inline["name"]) and not is_day_word(inline["name"]):
        sure = bool(_SURE.search(inline["when"]))
        return Cue(Form.INLINE, clean_name(raw[: inline.end("name")]), raw[inline.start("said") :], sure)
    return None


def _bracketed(raw: str, narrowed: str) -> Cue | None:
    """``[昵称] 话`` and ``【昵称】话``; 【组】昵称 belongs to the other forms."""
    found = _BRACKET.fullmatch(narrowed)
    if not found:
        return None
    name, said = raw[found.start("name") : found.end("name")].strip(), raw[found.start("said") :]
    if is_face(name) or _NOTICE.fullmatch(name) or not is_name(name):
        return None
    if _with_colon(raw, narrowed) and _TAG.match(raw):
        return None
    if re.fullmatch(_GROUP_WORD, name):
        return (
            Cue(Form.BRACKET, "", said)
            if not is_name(said) or _TEXTY.search(said) or len(said) > 8
            else Cue(Form.BRACKET, said, "")
        )
    return Cue(Form.BRACKET, clean_name(name), said)


def _with_colon(raw: str, narrowed: str) -> Cue | None:
    """``昵称: 话``; a nickname may itself hold one colon when the paste says so elsewhere."""
    found = _COLON.fullmatch(narrowed)
    if not found or not is_name(found["name"]) or found["said"].startswith("//"):
        return None
    name = raw[: found.end("name")]
    if _clock_at(narrowed, found.end("name")):
        return None
    return Cue(Form.COLON, clean_name(name), raw[found.start("said") :]) if clean_name(name) else None


def _clock_at(narrowed: str, colon: int) -> bool:
    """Is the colon inside a clock time?"""
    return bool(re.search(r"\d{1,2}$", narrowed[:colon])) and bool(re.match(r":[0-5]\d(?!\d)", narrowed[colon:]))


@dataclass(frozen=True, slots=True)
class Style:
    """How the paste as a whole is written: which forms count, which names are known for sure."""

    stamped: int
    colons: int
    inline: int
    names: frozenset[str]
    long_names: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Style":
        """Count the forms over all lines; names that speak twice or with a date are known."""
        cues = [cue for cue in map(cue_in, lines) if cue]
        spoken = Counter(cue.speaker for cue in cues)
        sure = {cue.speaker for cue in cues if cue.dated or spoken[cue.speaker] > 1}
        forms = Counter(cue.form for cue in cues)
        return cls(
            forms[Form.STAMPED],
            forms[Form.COLON],
            forms[Form.INLINE],
            frozenset(sure | _mentioned(lines)),
            tuple(_names_with_colon(lines, sure)),
        )

    def speaker_of(self, line: str) -> Cue | None:
        """The speaker a line names, if in a paste of this style it names one."""
        for name in self.long_names:
            if line.strip().startswith(name) and re.match(r"\s*[:：]", line.strip()[len(name) :]):
                return Cue(Form.COLON, clean_name(name), line.strip()[len(name) :].lstrip().lstrip(":：").strip())
        cue = cue_in(line)
        return cue if cue and self._counts(cue) else None

    def _counts(self, cue: Cue) -> bool:
        if cue.dated or cue.speaker in self.names:
            return True
        match cue.form:
            case Form.STAMPED if self.stamped > 1 and _CLOCK_NAME.fullmatch(narrow(cue.speaker)):
                return True
            case Form.STAMPED:
                return not (is_day_word(cue.speaker) or (self.colons > 2 * self.stamped and len(cue.speaker) > 4))
            case Form.INLINE:
                return self.inline > 1 and self.inline >= self.colons + self.stamped
            case Form.COLON if self.stamped > max(0, self.colons // 2):
                return looks_personal(cue.speaker)
            case Form.COLON:
                return not _TEXTY.search(cue.speaker) or (self.colons > 2 and len(cue.speaker) <= 6)
            case _:
                return True


_CLOCK_NAME = re.compile(CLOCK)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙"
    "陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤章晏敖况漆艾涂聂简喻付幸游左蓝占兰甘易卓乐饶辛席翁华温柯闵巫赖裴娄凌霍骆申柳欧阳"
)
_PERSONAL = re.compile(
    rf"[老小阿大][{_SURNAMES}一-鿿]|[{_SURNAMES}][一-鿿]{{1,2}}|[{_SURNAMES}欧阳][一-鿿]{{0,2}}(?:哥|姐|叔|婶|嫂|伯|爷|奶|姨|妈|爸|总|书记|主任|会计|医生|老师|师傅|队长|组长|村长|支书)"
    r"|.{0,6}(?:书记|主任|村长|会计|组长|队长|网格员|妇女主任|文书|干部|妈妈|爸爸|奶奶|爷爷|哥|姐|嫂|叔|婶|妹|弟)"
)


_NO_PERSON = re.compile(
    r"大家|小孩|老人|大人|老家|大病|老年|小区|小学|大学|老师|高龄|何时|何处|白天|温馨|金额|常见|安全|方便|成绩|小时|小麦|大米|大棚|老房|小额|高考|高中|万一|金融|黄牛|水费|夏天|何况|江西|章程"
)


def looks_personal(name: str) -> bool:
    """Does this read like somebody's name or kin title, and not like the start of a sentence?"""
    return bool(_PERSONAL.fullmatch(name)) and not _NO_PERSON.fullmatch(name)


def _mentioned(lines: Iterable[str]) -> set[str]:
    """Names after @ that end in a blank."""
    return {found for line in lines for found in re.findall(r"[@＠]([^\s@＠:：，。]{1,16})(?=[\s\u2005])", line)}


def _names_with_colon(lines: Sequence[str], sure: set[str]) -> list[str]:
    """Nicknames that hold a colon themselves: seen with a time, or twice in front of a second colon."""
    twice = Counter(found["name"] for line in lines if (found := _COLON_TWICE.fullmatch(narrow(line).strip())))
    kept = {name for name, times in twice.items() if times > 1 and is_name(name)}
    return sorted(kept | {name for name in sure if ":" in name or "：" in name}, key=len, reverse=True)
