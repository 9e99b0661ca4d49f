"""A due date in plain Chinese, for a resident and for the console."""

from casework.china_time import long_date, short_date, weekday_word
from casework.clock import Cause, Due
from casework.limits import Unit


def due_sentence(due: Due) -> str:
    """Return the date and in one breath why: how it is counted, what moved it, what may still move it.

    For instance: 2026年11月30日（星期一）24点前；从收到的第二天起算1天，因为28日是星期六，顺延到30日
    """
    opening = f"{long_date(due.due)}（{weekday_word(due.due)}）24点前"
    return "；".join(filter(None, (opening, _counting(due) + _moved(due), _stopped(due), _unsure(due))))


def due_days_lines(due: Due) -> tuple[str, ...]:
    """Return the day-by-day reason, one line a day: ``11月28日 星期六：第1天（星期六）``."""
    return tuple(f"{short_date(day.date)} {weekday_word(day.date)}：{day.why}" for day in due.days)


def unit_word(unit: Unit) -> str:
    """Return 天 or 个工作日."""
    return "个工作日" if unit == "working" else "天"


def _counting(due: Due) -> str:
    words = f"从收到的第二天起算{_number(due, Cause.COUNTED)}{unit_word(due.unit)}"
    rested = _number(due, Cause.REST)
    return f"{words}（休息日不算，跳过{rested}天）" if rested else words


def _number(due: Due, cause: Cause) -> int:
    return sum(1 for day in due.days if day.cause is cause)


def _moved(due: Due) -> str:
    """Return the clause on the roll-over, empty when the last counted day stands."""
    if due.days[-1].cause is not Cause.LANDED:
        return ""
    last = next(day for day in reversed(due.days) if day.counted)
    near = (last.date.year, last.date.month) == (due.due.year, due.due.month)
    target = f"{due.due.day}日" if near else short_date(due.due)
    is_weekend = last.note.startswith("星期")
    return f"，因为{last.date.day}日{'是' if is_weekend else ''}{last.note}，顺延到{target}"


def _stopped(due: Due) -> str:
    stopped = _number(due, Cause.STOPPED)
    return f"中间停算了{stopped}天" if stopped else ""


def _unsure(due: Due) -> str:
    years = sorted({day.date.year for day in due.days if not day.sure})
    if not years:
        return ""
    return f"{'、'.join(f'{year}年' for year in years)}放假安排还没公布，到时可能调整"
