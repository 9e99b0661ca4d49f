"""Charts as SVG text for the console's reports: values in, a picture out, no script in it.

The text carries its own style and neither links nor loads anything, so it can stand in a page
under a strict policy or go into a PDF.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

if TYPE_CHECKING:
    from pygal.graph.graph import Graph

FONT = "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_MOST_STEPS = 6
_COLOURS = ("#14506b", "#c0612b", "#5b8c5a", "#8a6d9e", "#7a7f87")


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of values, one for each label; ``None`` is a gap."""

    name: str
    values: tuple[int | float | None, ...]


def bar_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Return upright bars as SVG text.

    Raises:
        ValueError: a series has more or fewer values than there are labels.
    """
    import pygal

    return _drawn(pygal.Bar, title, labels, series, unit)


def line_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Return lines as SVG text.

    Raises:
        ValueError: a series has more or fewer values than there are labels.
    """
    import pygal

    return _drawn(pygal.Line, title, labels, series, unit)


def _drawn(kind: "type[Graph]", title: str, labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    from pygal.style import Style

    for row in series:
        if len(row.values) != len(labels):
            raise ValueError(f"“{row.name}”有{len(row.values)}个数，横轴有{len(labels)}格")
    chart = kind(
        js=[],
        disable_xml_declaration=True,
        title=title,
        y_title=unit or None,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        include_x_axis=True,
        print_values=kind.__name__ == "Bar",
        no_data_text="没有数据",
        width=760,
        height=420,
        x_label_rotation=30 if len(labels) > 8 else 0,
        style=Style(
            font_family=FONT,
            background="transparent",
            plot_background="transparent",
            colors=_COLOURS,
            label_font_size=14,
            major_label_font_size=14,
            title_font_size=18,
            legend_font_size=14,
            value_font_size=13,
        ),
    )
    chart.x_labels = list(labels)
    chart.y_labels = _steps([value for row in series for value in row.values if value is not None], unit)
    for row in series:
        chart.add(row.name, list(row.values))
    named = "\0".join([kind.__name__, title, unit, *labels, *map(repr, series)])
    chart.uuid = hashlib.sha256(named.encode()).hexdigest()[:12]
    return _still(chart.render_tree())


def _steps(values: Sequence[int | float], unit: str) -> list[int]:
    """Return where the axis is marked: from 0 in whole steps, a share always to 100; empty leaves it to the chart."""
    if not values or min(values) < 0:
        return []
    top = 100 if unit == "%" else ceil(max(values))
    fitting = (size * 10**power for power in range(16) for size in (1, 2, 5))
    step = next((step for step in fitting if step * _MOST_STEPS >= top), 0)
    return list(range(0, top + step, step)) if step else []


def _still(root: Element) -> str:
    """Drop the settings script that pygal leaves in, and the comments with their foreign addresses and date."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                parent.remove(child)
    return tostring(root, encoding="unicode")
