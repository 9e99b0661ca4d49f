"""The headings of another system's table: which are read as which of ours, and which are not read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "外部编号": ("外部编号", "工单编号", "工单号", "诉求编号", "受理编号", "工单流水号", "流水号", "编号"),
        "种类": ("种类", "诉求类型", "诉求类别", "工单类型", "工单类别", "诉求性质", "类型"),
        "诉求内容": (
            "诉求内容",
            "工单内容",
            "诉求描述",
            "问题描述",
            "反映内容",
            "来电内容",
            "主要内容",
            "内容描述",
            "内容",
        ),
        "镇街": (
            "镇街",
            "乡镇街道",
            "乡镇",
            "所属区域",
            "所属乡镇",
            "所属镇街",
            "所属街道",
            "事发区域",
            "事发镇街",
            "属地",
        ),
        "地点": ("地点", "具体地点", "事发地点", "事发地址", "问题地点", "详细地址", "地址"),
        "收到时间": (
            "收到时间",
            "受理时间",
            "登记时间",
            "来电时间",
            "创建时间",
            "反映时间",
            "受理日期",
            "登记日期",
            "来电日期",
        ),
        "姓名": ("姓名", "诉求人", "来电人", "联系人", "反映人", "诉求人姓名", "来电人姓名", "联系人姓名"),
        "电话": ("电话", "联系电话", "来电号码", "手机号码", "联系方式", "来电电话", "手机号", "联系号码"),
    }
)
"""Our heading, and the ones that are read as the same."""
NEEDED = ("外部编号", "种类", "诉求内容")
STATE = "办理状态"
"""Read only to leave out what the other system has finished; not one of the columns of our own table."""
_STATES = (STATE, "工单状态", "处理状态", "当前状态", "状态")
_NOTES = re.compile(r"^[*＊]+|[(（][^)）]*[)）]$|[*＊:：]+$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Our heading → column from 0; *mapped* are (theirs, ours) where they differ, *unread* the rest of theirs."""

    places: Mapping[str, int]
    mapped: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def columns_of(row: Sequence[str]) -> Columns:
    """Read one row as headings; of two that mean the same the one named first in HEADINGS is read."""
    bare = [_bare(cell) for cell in row]
    first = {words: place for place, words in reversed(list(enumerate(bare))) if words}
    names = {**HEADINGS, STATE: _STATES}
    places = {
        heading: first[known[0]]
        for heading, all_names in names.items()
        if (known := [n for n in all_names if n in first])
    }
    mapped = tuple((bare[place], heading) for heading, place in places.items() if bare[place] != heading)
    taken = set(places.values())
    unread = tuple(dict.fromkeys(words for place, words in enumerate(bare) if words and place not in taken))
    return Columns(places, mapped, unread)


def _bare(cell: str) -> str:
    """The heading without blanks, a star for what must be filled in, and a note in brackets."""
    words = "".join(unicodedata.normalize("NFKC", cell).split())
    while (shorter := _NOTES.sub("", words)) != words:
        words = shorter
    return words
