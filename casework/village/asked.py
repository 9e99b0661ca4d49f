"""我们村的账在哪看: does a sentence ask where a village publishes something, and what?

It takes the words of a place (我们村, 村里, a village's name), a thing of the 村务公开 list and a word of
looking or publishing. Complaints are left to others: 不公开怎么办 and 账目造假 are no such question.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.village.duty_items import DutyItem, Emphasis
from casework.village.places import Village

LONGEST = 60
_PLACE = re.compile(r"(?<!农)(?<!乡)村(?!口|道|村通|前镇)|社区|居委会|小组|组里|队里")
_LOOK = re.compile(
    r"哪里?|什么地方|何处|怎么(?:看|查|知道)|(?:能|可以|可不可以|能不能|有没有地方)(?:看|查)"
    r"|(?:公开|公示|公布|张榜|贴出来)了?(?:吗|没|么|过)|(?:有没有|是不是|该不该)(?:公开|公示|公布)"
    r"|(?:什么时候|多久|几时|哪天)\S{0,4}(?:公开|公示|公布)|多久一次"
    r"|想(?:看|查|了解|知道)|要(?:看|查)|查一?下|看一?下|公开(?:了)?(?:哪些|什么)"
)
_SEE = re.compile(r"看|查|公开|公示|公布|张榜|贴出来|张贴|知道|了解|找到|(?:花|用)(?:到|在)?哪")
_NOT = re.compile(
    r"不公开|没公开怎|不公示|不公布|没有公开怎|造假|作假|假账|贪|挪用|举报|投诉|反映|告|不真实|不让看"
    r"|做账|记账|账号|账户|领取?|怎么办|申请|条件|征地|征收|拆迁|招标|投标|医院|诊所|卫生室|幼儿园"
)
_THINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("财务", re.compile(r"账(?!号|户)|财务|收支|开支|(?:村里?|社区|集体)的?钱|钱(?:花|用)|资金|明细")),
    ("惠农补贴和救助款物", re.compile(r"惠农|补贴|补助|救灾|捐赠|物资")),
    ("乡村振兴项目", re.compile(r"乡村振兴|项目|工程")),
    ("班子信息", re.compile(r"班子|(?:村|居委会|社区)干部(?:名单|分工|是谁|有哪些)|干部名单|干部分工")),
    ("社会救助", re.compile(r"(?:低保|特困|五保|救助)\S{0,4}名单")),
    ("审计结果", re.compile(r"审计")),
    ("会议决定的事", re.compile(r"(?:村民)?(?:会议|代表会议?)(?:的)?决定|开会定的")),
)
_WHOLE = re.compile(r"(?:村|居|社)务(?:公开|公示)|公开栏|公示栏")
_FITS: dict[str, Callable[[DutyItem], bool]] = {
    "财务": lambda item: Emphasis.FINANCE in item.emphases,
    "惠农补贴和救助款物": lambda item: Emphasis.BENEFITS in item.emphases,
    "乡村振兴项目": lambda item: Emphasis.REVITALISATION in item.emphases,
    "班子信息": lambda item: item.category == "班子",
    "社会救助": lambda item: "救助" in item.title,
    "审计结果": lambda item: "审计" in item.title,
    "会议决定的事": lambda item: "会议" in item.title,
}


@dataclass(frozen=True, slots=True)
class AskedWhere:
    """The question: *thing* is what of the list, empty for all of it."""

    thing: str = ""


def asks_where(words: str, named: bool = False) -> AskedWhere | None:
    """Read the question, or ``None`` where the words are none; *named* says that they name a village."""
    plain = re.sub(r"\s+", "", words)
    if len(plain) > LONGEST or _NOT.search(plain):
        return None
    whole = _WHOLE.search(plain)
    if whole and (len(plain) <= len(whole[0]) + 2 or _LOOK.search(plain)):
        return AskedWhere(_thing_in(plain.replace(whole[0], "")))
    thing = _thing_in(plain)
    if thing and (named or _PLACE.search(plain)) and _LOOK.search(plain) and _SEE.search(plain):
        return AskedWhere(thing)
    return None


def items_of(thing: str, items: Sequence[DutyItem]) -> tuple[DutyItem, ...]:
    """Return the items that a thing stands for; all of them where it is empty or fits none."""
    fits = _FITS.get(thing)
    return tuple(item for item in items if fits(item)) or tuple(items) if fits else tuple(items)


def villages_in(words: str, places: Sequence[Village]) -> tuple[Village, ...]:
    """Return the villages a sentence names, longest names first; a town in it narrows them."""
    plain = re.sub(r"\s+", "", words)
    found = [place for place in places if place.name in plain]
    longest = max((len(place.name) for place in found), default=0)
    found = [place for place in found if len(place.name) == longest]
    narrowed = [place for place in found if place.town in plain]
    return tuple(narrowed or found)


def _thing_in(plain: str) -> str:
    return next((name for name, words in _THINGS if words.search(plain)), "")
