"""The words that are always understood, and numbers however they are typed."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Command(StrEnum):
    """One word a resident can always send."""

    REGISTER = "登记"
    CONFIRM = "确认"
    SKIP = "跳过"
    CHANGE = "修改"
    GOOD = "满意"
    FAIR = "基本满意"
    BAD = "不满意"
    CANCEL = "取消"
    BACK = "返回"
    MORE = "更多"
    ALL = "全部"
    CATALOG = "目录"
    GUIDES = "指南"
    ORIGINAL = "看原文"
    PROGRESS = "查询"
    UNSOLVED = "没解决"
    USEFUL = "有用"
    USELESS = "没用"
    WITHDRAW = "撤回"
    SUPPLEMENT = "补充"
    URGE = "催办"
    HELP = "帮助"
    APPLY = "申请公开"
    PRIVACY = "隐私"
    DONE = "好了"


_ALSO = {
    "提交": Command.CONFIRM,
    "原文": Command.ORIGINAL,
    "没有解决": Command.UNSOLVED,
    "未解决": Command.UNSOLVED,
    "没有用": Command.USELESS,
    "查进度": Command.PROGRESS,
    "进度": Command.PROGRESS,
    "查询进度": Command.PROGRESS,
    "我的诉求": Command.PROGRESS,
    "?": Command.HELP,
    "怎么用": Command.HELP,
    "菜单": Command.HELP,
    "下一页": Command.MORE,
    "还有吗": Command.MORE,
    "办事指南": Command.GUIDES,
    "公开目录": Command.CATALOG,
    "很满意": Command.GOOD,
    "非常满意": Command.GOOD,
    "上一步": Command.BACK,
    "算了": Command.CANCEL,
    "不登记": Command.CANCEL,
    "不登记了": Command.CANCEL,
    "不写了": Command.CANCEL,
    "算了不要": Command.CANCEL,
    "不用了": Command.CANCEL,
    "依申请公开": Command.APPLY,
    "隐私说明": Command.PRIVACY,
    "完了": Command.DONE,
    "发完了": Command.DONE,
}
_WORDS: dict[str, Command] = {command.value: command for command in Command} | _ALSO
_YES = frozenset({"好", "好的", "要", "是", "是的", "可以", "行", "嗯", "对", "同意", "要登记", "帮我登记", "请登记"})
_NO = frozenset({"不", "不要", "否", "不是", "不用", "算了", "不需要"})

_TRIM = re.compile(r"^[\s\"'“”‘’「」【】\[\]()。，,.!！~、:：]+|[\s\"'“”‘’「」【】\[\]()。，,.!！~、:：]+$")
_TICKET = re.compile(r"GA\s*(\d{8})\s*-?\s*(\d{4,6})(?:\D+(\d{4}))?(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:第|选)?(\d{1,2})(?:个|项|条|号)?$")
_DIGITS = {word: place for place, word in enumerate("零一二三四五六七八九十")}


def tidy(words: str) -> str:
    """Return the words without surrounding quotes, stops and blanks, full-width characters folded."""
    return _TRIM.sub("", unicodedata.normalize("NFKC", words))


@lru_cache(maxsize=64)  # the routes ask one after the other about the same words
def command_in(words: str) -> Command | None:
    """Return the command these words are, if they are one and nothing else."""
    bare = tidy(words)
    if bare.startswith("回复"):
        bare = tidy(bare[2:])
    return _WORDS.get(bare)


def number_in(words: str) -> int | None:
    """Return the number that was typed (``2``, ``２``, ``二``, ``第2个``), or None."""
    bare = tidy(words)
    if found := _NUMBER.match(bare):
        return int(found[1])
    bare = bare.removeprefix("第").removeprefix("选").rstrip("个项条号")
    return _DIGITS.get(bare) if len(bare) == 1 else None


def says_yes(words: str) -> bool:
    """Is this a plain yes?"""
    return tidy(words) in _YES


def says_no(words: str) -> bool:
    """Is this a plain no?"""
    return tidy(words) in _NO


def ticket_in(words: str) -> tuple[str, str] | None:
    """Return (number, 查询码 or "") of a ticket named in the words."""
    found = _TICKET.search(unicodedata.normalize("NFKC", words))
    if not found:
        return None
    return f"GA{found[1]}-{found[2]}", found[3] or ""
