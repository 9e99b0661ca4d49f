"""Write catalogs/calendar/YYYY.csv: the holidays and 调休 workdays of each year.

Confirmed years come from chinesecalendar, which follows the State Council's yearly
notices; of a provisional year only the statutory days are written, from holidays.
Both packages come with ``pip install -e .[test]``. Run from the project's root::

    python tools/make_calendar.py --confirmed 2024 2025 2026 --provisional 2027
"""

import argparse
import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar
import holidays

COLUMNS = ("日期", "类型", "名称", "来源", "状态")


def confirmed_rows(year: int) -> Iterator[tuple[str, ...]]:
    """Yield every day of *year* that belongs to a holiday or is worked in exchange for one."""
    source = f"chinesecalendar {version('chinesecalendar')}"
    for day in days_of(year):
        _, name = chinese_calendar.get_holiday_detail(day)
        if name is None:
            continue
        kind = "调休上班" if chinese_calendar.is_workday(day) else "放假"
        yield day.isoformat(), kind, chinese_name(name), source, "已确认"


def provisional_rows(year: int) -> Iterator[tuple[str, ...]]:
    """Yield the statutory holidays of *year*: no bridging days, no make-up workdays."""
    source = f"holidays {version('holidays')}（仅法定日，放假通知未公布）"
    found = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    for day, name in sorted(found.items()):
        yield day.isoformat(), "放假", name, source, "暂定"


def chinese_name(name: str) -> str:
    """Return 春节 for ``Spring Festival`` and so on."""
    return str(chinese_calendar.Holiday(name).chinese)


def days_of(year: int) -> Iterator[date]:
    """Yield the days of *year*."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def write(folder: Path, year: int, rows: Iterator[tuple[str, ...]]) -> None:
    """Write one year's file."""
    with (folder / f"{year}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def main() -> None:
    """Read the years from the command line and write their files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--confirmed", type=int, nargs="*", default=[2024, 2025, 2026])
    parser.add_argument("--provisional", type=int, nargs="*", default=[2027])
    parser.add_argument("--folder", type=Path, default=Path("catalogs/calendar"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for year in options.confirmed:
        write(options.folder, year, confirmed_rows(year))
    for year in options.provisional:
        write(options.folder, year, provisional_rows(year))


if __name__ == "__main__":
    main()
