"""Charts: still pictures that load nothing and run nothing."""

import re
from collections.abc import Callable

import pytest

from documents.charts import Series, bar_chart, line_chart

Chart = Callable[..., str]
BOTH = pytest.mark.parametrize("chart", [bar_chart, line_chart])
LABELS = ("一月", "二月")
SERIES = (Series("咨询", (3, None)), Series("投诉<script>alert(1)</script>", (1, 0)))


@BOTH
def test_a_chart_runs_no_script_and_names_no_foreign_address(chart: Chart) -> None:
    drawn = chart("每月诉求", LABELS, SERIES, "件")

    assert "<script" not in drawn
    assert set(re.findall(r"https?://[^\"'\s<]+", drawn)) == {"http://www.w3.org/2000/svg"}


@BOTH
def test_chinese_labels_stand_in_the_picture(chart: Chart) -> None:
    drawn = chart("每月诉求", LABELS, SERIES, "件")

    assert all(word in drawn for word in ("每月诉求", "一月", "二月", "咨询", "件"))


@BOTH
def test_the_same_values_give_the_same_picture(chart: Chart) -> None:
    assert chart("每月诉求", LABELS, SERIES) == chart("每月诉求", LABELS, SERIES)


@BOTH
def test_two_charts_on_one_page_keep_their_styles_apart(chart: Chart) -> None:
    assert chart("甲", LABELS, SERIES)[:120] != chart("乙", LABELS, SERIES)[:120]


@BOTH
def test_a_row_that_does_not_fit_the_labels_is_refused(chart: Chart) -> None:
    with pytest.raises(ValueError, match="“咨询”有1个数，横轴有2格"):
        chart("每月诉求", LABELS, (Series("咨询", (3,)),))


@BOTH
def test_a_chart_without_values_says_so(chart: Chart) -> None:
    assert "没有数据" in chart("每月诉求", (), ())


def axis_of(svg: str) -> list[str]:
    """The marks beside the upright axis."""
    axis = svg.split('class="axis y')[1].split('class="axis x')[0]
    return re.findall(r"<text[^>]*>([^<]+)</text>", axis)


@pytest.mark.parametrize(
    ("top", "marks"), [(1, ["0", "1"]), (6, ["0", "1", "2", "3", "4", "5", "6"]), (31, ["0", "10", "20", "30", "40"])]
)
def test_whole_numbers_are_marked_in_whole_steps(top: int, marks: list[str]) -> None:
    """There is no half a case."""
    assert axis_of(bar_chart("件数", ["甲"], [Series("件", (top,))], "件")) == marks


def test_a_share_is_always_drawn_on_the_whole() -> None:
    """So that 3 % does not look like all of it."""
    assert axis_of(bar_chart("率", ["甲"], [Series("率", (3.0,))], "%"))[-1] == "100"
