"""Marking a thing as published: what an admin types, such as ``2 11月20日 公开栏``, read into its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.village.duty_items import DutyItem

LONGEST_CHANNEL = 20
LONGEST_BACK = timedelta(days=366)
"""Nothing older is marked: what was due then is over."""
_ROUND_THE_YEAR = timedelta(days=183)
_FULL = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_WORD = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_FUTURE = re.compile(r"明天|后天|明日|下周|下个?月")
_SHORT = re.compile(r"(?:(前年|去年|今年|明年)\s*的?)?(?<!\d)(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?(?!\d)")
_DAY_ONLY = re.compile(r"(?<!\d)(\d{1,2})\s*[日号](?!\d)")
_NAMED = (("大前天", 3), ("前天", 2), ("昨天", 1), ("昨日", 1), ("今天", 0), ("今日", 0), ("刚才", 0), ("刚刚", 0))
_NUMBER = re.compile(r"^\s*第?\s*(\d{1,2})\s*(?:[项条个.、．)）]|(?=\s|[,，]|$))")
_EDGES = " \t\n，,。.；;、：:!！“”\"'"
_KINDS = (("栏", "栏"), ("公示", "栏"), ("墙", "栏"), ("群", "群"), ("广播", "广播"), ("喇叭", "广播"))
_FILLERS = re.compile(
    r"^(?:在|贴在|发在|发到|通过|用|于)"
    r"|(?:公开|公示|贴出来?|发布)(?:过|好)?了?$|(?:里|上)?(?:贴|发|播)(?:出来)?(?:过|好)?了$"
)


@dataclass(frozen=True, slots=True)
class NotADay:
    """What was meant as a day cannot be one; *why* is a Chinese sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The parts that were found: *number* in the list (0 for none), the day, and the rest of the words."""

    number: int = 0
    day: date | NotADay | None = None
    rest: str = ""


def read_mark(words: str, today: date) -> Mark:
    """Read number, day and the rest out of one line."""
    day, left = _take_day(words, today)
    found = _NUMBER.match(left)
    number = int(found[1]) if found else 0
    return Mark(number, day, (left[found.end() :] if found else left).strip(_EDGES))


def read_day(words: str, today: date) -> date | NotADay | None:
    """Return the day that the words name, or nothing where they name none."""
    return _take_day(words, today)[0]


def judged_day(day: date, today: date) -> date | NotADay:
    """Return a day on which something can have been published: not in the future, not over a year ago."""
    if day > today:
        return NotADay(f"{day.month}月{day.day}日还没到，公开以后再标记")
    if today - day > LONGEST_BACK:
        return NotADay("一年以前的不用再标记，请填最近公开的日期")
    return day


def channel_in(rest: str, forms: Sequence[str]) -> str:
    """Return where it was published: a form of the list where the words mean one, else the words, cut short."""
    said = rest.strip(_EDGES)
    known = known_forms(forms)
    for sign, kind in _KINDS:
        if sign in said:
            return next((form for form in known if kind in form), said[:LONGEST_CHANNEL])
    bare = _FILLERS.sub("", said).strip(_EDGES)
    if bare.isdecimal():
        return known[int(bare) - 1] if 1 <= int(bare) <= len(known) else ""
    return bare[:LONGEST_CHANNEL]


def known_forms(forms: Sequence[str]) -> tuple[str, ...]:
    """The forms of an item that are settled."""
    return tuple(form for form in forms if form != "待核")


def item_in(rest: str, items: Sequence[DutyItem]) -> tuple[DutyItem | None, str]:
    """The one item whose title the words name, and what is left of the words."""
    for item in sorted(items, key=lambda one: -len(one.title)):
        if item.title in rest:
            return item, rest.replace(item.title, " ").strip(_EDGES)
    head = re.split(r"[\s，,]", rest.strip(_EDGES), maxsplit=1)
    fitting = [item for item in items if len(head[0]) >= 2 and head[0] in item.title]
    if len(fitting) == 1:
        return fitting[0], head[1].strip(_EDGES) if len(head) > 1 else ""
    return None, rest


def _take_day(words: str, today: date) -> tuple[date | NotADay | None, str]:
    if found := _FULL.search(words):
        return _made(int(found[1]), int(found[2]), int(found[3]), today), _without(words, found)
    for word, back in _NAMED:
        if word in words:
            return today - timedelta(days=back), words.replace(word, " ", 1)
    if found := _FUTURE.search(words):
        return NotADay(f"{found[0]}还没到，公开以后再标记"), _without(words, found)
    if found := _SHORT.search(words):
        month, day = int(found[2]), int(found[3])
        if found[1]:
            return _made(today.year + _YEAR_WORD[found[1]], month, day, today), _without(words, found)
        return _of_any_year(month, day, today), _without(words, found)
    if found := _DAY_ONLY.search(words):
        return _of_any_month(int(found[1]), today), _without(words, found)
    return None, words


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _made(year: int, month: int, day: int, today: date) -> date | NotADay:
    try:
        return judged_day(date(year, month, day), today)
    except ValueError:
        return NotADay(f"没有{month}月{day}日这一天，请改一下日期")


def _of_any_year(month: int, day: int, today: date) -> date | NotADay:
    """Without a year the last such day is meant, in January also one of last December."""
    made = _made(today.year, month, day, today)
    before = _made(today.year - 1, month, day, today)
    if isinstance(made, NotADay) and isinstance(before, date) and today - before <= _ROUND_THE_YEAR:
        return before
    return made


def _of_any_month(day: int, today: date) -> date | NotADay:
    """20号 is the last such day, of this month or the one before."""
    made = _made(today.year, today.month, day, today)
    if isinstance(made, date):
        return made
    last = today.replace(day=1) - timedelta(days=1)
    before = _made(last.year, last.month, day, today)
    return before if isinstance(before, date) else made
