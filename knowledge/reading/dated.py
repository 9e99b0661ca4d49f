"""Faults that come with time: dates to come, texts no longer in force, reviews due."""

from datetime import date

from knowledge.model import Policy
from knowledge.reading.draft import Draft
from knowledge.reading.problems import Ledger


def check_dates(draft: Draft, today: date, ledger: Ledger) -> None:
    """Compare the dates of one entry with *today*; the last day of validity is still valid."""
    origin, unit = draft.entry.origin, draft.entry.origin.unit
    checked, review, until = origin.checked_on, origin.review_by, origin.valid_until

    def error(field: str, message: str) -> None:
        ledger.error(draft.file, draft.line(field), field, message)

    def gap(field: str, message: str) -> None:
        ledger.gap(draft.file, draft.line(field), field, message, unit)

    if checked and checked > today:
        error("核对日期", f"{checked} 还没有到")
    if until and until < today:
        error("有效期", f"{until} 已经过了，请更新或撤下")
    if checked and review and review != twelve_months_after(checked):
        gap("复核日期", f"应当是核对日期加 12 个月：{twelve_months_after(checked)}")
    if review and review < today:
        gap("复核日期", f"{review} 已经到了，请重新核对")
    if checked and not review and twelve_months_after(checked) < today:
        gap("核对日期", f"{checked} 核对的，已经满 12 个月，请重新核对")
    if isinstance(draft.entry, Policy) and draft.entry.issued_on and draft.entry.issued_on > today:
        error("发文日期", f"{draft.entry.issued_on} 还没有到")


def twelve_months_after(day: date) -> date:
    """Return the same day a year later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
