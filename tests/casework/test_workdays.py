"""The working calendar agrees with the packages it was made from, and says what it does not know."""

from datetime import date, timedelta
from itertools import islice

import chinese_calendar
import holidays
import pytest

from casework.workdays import COLUMNS, CalendarError, WorkCalendar, calendar_of, parse_calendar
from tests.casework.calendars import shipped

HEAD = ",".join(COLUMNS)


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(366) if n < 365 or year % 4 == 0]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_confirmed_year_agrees_with_both_packages(year):
    """Weekends, holidays and make-up workdays are those of chinesecalendar and of holidays."""
    second = holidays.country_holidays("CN", years=year)

    for day in _days(year):
        assert shipped().is_workday(day) == chinese_calendar.is_workday(day) == second.is_working_day(day), day


def test_only_the_announced_years_are_confirmed():
    """2027 has rows, yet they are provisional; 2028 has none."""
    assert [y for y in range(2020, 2030) if shipped().is_confirmed(y)] == [2024, 2025, 2026]


def test_an_unannounced_year_knows_its_statutory_days_and_no_makeup_workday():
    """New Year 2027 rests, every Saturday of 2027 does too."""
    assert not shipped().is_workday(date(2027, 1, 1))
    assert not any(shipped().is_workday(day) for day in _days(2027) if day.weekday() > 4)


def test_an_unknown_year_has_weekends_only():
    """Without a row a Monday is worked and a Saturday is not, and the year is not confirmed."""
    nothing = WorkCalendar()

    assert nothing.is_workday(date(2030, 10, 1))
    assert not nothing.is_workday(date(2030, 10, 5))
    assert not nothing.is_confirmed(2030)


def test_workdays_after_the_eve_of_spring_festival_2026_begin_with_the_makeup_saturday():
    """Friday 13 February is followed by the worked Saturday 14 and then by Tuesday 24."""
    found = list(islice(shipped().workdays_after(date(2026, 2, 13)), 3))

    assert found == [date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 25)]


def test_next_workday_is_the_day_itself_when_it_is_worked():
    """A make-up Sunday stays, a holiday moves to its end."""
    assert shipped().next_workday(date(2026, 1, 4)) == date(2026, 1, 4)
    assert shipped().next_workday(date(2026, 10, 1)) == date(2026, 10, 8)


def test_one_provisional_row_makes_its_year_provisional():
    """A half-confirmed year is not confirmed."""
    rows = f"{HEAD}\n2028-01-01,放假,元旦,通知,已确认\n2028-05-01,放假,劳动节,法定日,暂定\n"

    assert not calendar_of(parse_calendar(rows, "2028.csv")).is_confirmed(2028)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("日期,类型\n", "x.csv:1: 表头"),
        (f"{HEAD}\n2026-13-01,放假,元旦,某,已确认\n", "x.csv:2: 日期: “2026-13-01”"),
        (f"{HEAD}\n2026-01-01,放价,元旦,某,已确认\n", "x.csv:2: 类型: “放价”"),
        (f"{HEAD}\n2026-01-01,放假,元旦,某,也许\n", "x.csv:2: 状态: “也许”"),
        (f"{HEAD}\n2026-01-01,放假,,某,暂定\n", "x.csv:2: 名称: 不能为空"),
        (f"{HEAD}\n2026-01-01,放假,元旦\n", "x.csv:2: 来源: 不能为空"),
        (
            f"{HEAD}\n2026-01-01,放假,甲,某,暂定\n2026-01-01,放假,乙,某,暂定\n",
            "x.csv:3: 日期: 2026-01-01 重复",
        ),
    ],
)
def test_a_bad_calendar_names_its_file_line_and_field(text, fault):
    """Whoever edits the file is told where to look."""
    with pytest.raises(CalendarError, match=fault):
        parse_calendar(text, "x.csv")
