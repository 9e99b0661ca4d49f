"""The 村务公开 list and what a village owes on a day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from casework.village.duties import (
    Done,
    DueBy,
    Overdue,
    Publication,
    Settings,
    Unsettled,
    WheneverItHappens,
    owed,
    period_end,
    standings,
    told,
)
from casework.village.duty_items import COLUMNS, DutyFileError, DutyItem, Emphasis, Frequency, parse_items

FILE = Path(__file__).parents[2] / "catalogs" / "village" / "items.csv"
ITEMS = parse_items(FILE.read_text("utf-8"), "items.csv")
MONEY = next(item for item in ITEMS if item.busy)
HEAD = ",".join(COLUMNS)
ROW = "C01,村,村务,集体财务,收支,每季度,每月,公开栏,结果,财务,示例条款,法条,"
SINCE = Settings(since=date(2026, 1, 1))


def published(day: date, item: DutyItem = MONEY) -> Publication:
    return Publication(item.id, "示例镇/示例村", day, "公开栏")


def standing_of(item: DutyItem, publications: list[Publication], today: date, settings: Settings = SINCE):
    found = standings([item], item.kind, publications, today, settings)
    assert len(found) == 1
    return found[0]


def test_the_shipped_list_covers_both_kinds_both_stages_and_every_emphasis() -> None:
    assert {item.kind for item in ITEMS} == {"村", "社区"}
    assert {item.stage for item in ITEMS} == {"执行", "结果"}
    assert {emphasis for item in ITEMS for emphasis in item.emphases} == set(Emphasis)


def test_no_shipped_basis_names_an_article_number_that_may_have_moved() -> None:
    assert not [item.basis for item in ITEMS if "条" in item.basis.replace("条款", "")]


def test_communities_borrow_neither_clause_nor_frequency_from_the_villages_law() -> None:
    communities = [item for item in ITEMS if item.kind == "社区"]

    assert communities
    assert all(item.status == "待核" and item.frequency is Frequency.UNSETTLED for item in communities)
    assert all("村民委员会组织法" not in item.basis for item in communities)


def test_published_this_quarter_is_done_until_the_end_of_the_next() -> None:
    last = published(date(2026, 10, 8))

    assert standing_of(MONEY, [last], date(2026, 11, 24)) == Done(MONEY, last, date(2027, 3, 31))


def test_published_last_quarter_is_due_by_the_end_of_this_one() -> None:
    last = published(date(2026, 7, 1))

    assert standing_of(MONEY, [last], date(2026, 12, 31)) == DueBy(MONEY, last, date(2026, 12, 31))


def test_the_day_after_the_quarter_ends_it_is_overdue_by_one_period() -> None:
    last = published(date(2026, 7, 1))

    assert standing_of(MONEY, [last], date(2027, 1, 1)) == Overdue(MONEY, last, date(2026, 12, 31), 1)


def test_a_late_publication_ends_the_delay() -> None:
    late = published(date(2027, 1, 5))

    assert isinstance(standing_of(MONEY, [published(date(2026, 7, 1)), late], date(2027, 1, 6)), Done)


def test_where_money_moves_a_lot_finances_are_due_monthly() -> None:
    busy = Settings(since=date(2026, 1, 1), busy=True)

    assert standing_of(MONEY, [published(date(2026, 9, 30))], date(2026, 11, 24), busy) == Overdue(
        MONEY, published(date(2026, 9, 30)), date(2026, 10, 31), 1
    )


def test_nothing_is_overdue_for_the_time_before_the_village_was_followed() -> None:
    assert standing_of(MONEY, [], date(2026, 11, 24), Settings(since=date(2026, 11, 1))) == DueBy(
        MONEY, None, date(2026, 12, 31)
    )


def test_a_publication_dated_in_the_future_does_not_count_yet() -> None:
    future = published(date(2026, 12, 1))

    assert isinstance(standing_of(MONEY, [future], date(2026, 11, 24), Settings(date(2026, 11, 1))), DueBy)


def test_matters_of_the_day_and_unsettled_ones_are_never_due() -> None:
    village = standings(ITEMS, "村", [], date(2030, 1, 1), SINCE)
    community = standings(ITEMS, "社区", [], date(2030, 1, 1), SINCE)

    assert any(isinstance(found, WheneverItHappens) for found in village)
    assert all(isinstance(found, Unsettled) for found in community)
    assert owed(community) == ()


def test_a_frequency_settled_by_the_town_makes_an_item_due() -> None:
    item = next(item for item in ITEMS if item.kind == "社区")
    settled = Settings(since=date(2026, 1, 1), settled={item.id: Frequency.QUARTERLY})

    assert isinstance(standing_of(item, [], date(2026, 11, 24), settled), Overdue)


def test_the_longest_overdue_stands_first() -> None:
    found = owed(standings(ITEMS, "村", [published(date(2026, 10, 1))], date(2026, 11, 24), SINCE))
    days = [one.since if isinstance(one, Overdue) else one.by for one in found]

    assert days == sorted(days)
    assert MONEY.id not in {one.item.id for one in found}


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=6), st.dates(date(2026, 1, 1), date(2028, 1, 1))
)
def test_publishing_today_always_settles_the_account(days: list[date], today: date) -> None:
    before = [published(day) for day in days]

    assert isinstance(standing_of(MONEY, [*before, published(today)], today), Done)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from([1, 3]))
def test_a_period_ends_where_the_next_begins(day: date, months: int) -> None:
    end = period_end(day, months)

    assert day <= end
    assert end.month % months == 0
    assert (end + timedelta(days=1)).day == 1
    assert (end - day).days < 31 * months


def test_every_standing_is_said_in_a_sentence() -> None:
    for kind in ("村", "社区"):
        for found in standings(ITEMS, kind, [published(date(2026, 10, 1))], date(2026, 11, 24), SINCE):
            assert found.item.title in told(found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("编号,适用\n", "items.csv:1: 表头"),
        (f"{HEAD}\n{ROW}\n{ROW}\n", "items.csv:3: 编号: C01 重复"),
        (f"{HEAD}\n{ROW.replace('每季度', '常常')}\n", "items.csv:2: 频次: “常常”应为"),
        (f"{HEAD}\n{ROW.replace('财务,示例', '人事,示例')}\n", "items.csv:2: 重点: “人事”应为"),
        (f"{HEAD}\n{ROW.replace('公开栏', '')}\n", "items.csv:2: 形式: 不能为空"),
        (f"{HEAD}\n{ROW},多\n", "items.csv:2: 整行: 比表头多出几格"),
        (f"{HEAD}\nS01,社区,居务,事,内容,每季度,,栏,结果,,《村民委员会组织法》条款,待核,\n", "items.csv:2: 依据: 社区"),
        (f"{HEAD}\nS01,社区,居务,事,内容,每季度,,栏,结果,,方案,待核,\n", "items.csv:2: 频次: 社区"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_field(text: str, fault: str) -> None:
    with pytest.raises(DutyFileError) as error:
        parse_items(text, "items.csv")
    assert fault in str(error.value)


def test_all_faults_are_told_at_once() -> None:
    rows = [ROW.replace("每季度", "常常"), ROW.replace("C01", "C02").replace("结果", "过程")]

    with pytest.raises(DutyFileError) as error:
        parse_items("\n".join([HEAD, *rows]), "items.csv")
    assert [line.split(":")[1] for line in str(error.value).splitlines()] == ["2", "3"]
