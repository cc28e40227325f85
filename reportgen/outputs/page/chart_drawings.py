"""Charts drawn in the sizes in which pages show them, so that their text is never scaled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.formatting import format_period
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.cover_chart import ChartSize, draw_cover_chart
from reportgen.outputs.page.block_rows import width_mm
from reportgen.outputs.page.units import MM
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.text.period_notes import compared_period

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report
    from reportgen.outputs.drawing.cover_chart import CoverChart
    from reportgen.outputs.drawing.marks import Drawing

DrawingSize: TypeAlias = Literal["screen", "phone", "print"]
"""For a wide screen, a phone, or paper."""

_SCREEN_COLUMN, _SCREEN_GUTTER, _PHONE_WIDTH = 904 / 12 - 24, 24, 350
_WIDE_COLUMNS = 9
_HEIGHTS: dict[DrawingSize, tuple[float, float, float]] = {  # sparkline, wide, narrow
    "print": (8 * MM, 66 * MM, 62 * MM),
    "screen": (44, 320, 300),
    "phone": (36, 250, 250),
}
_POINTS: dict[DrawingSize, float] = {"print": 1, "screen": 0.75, "phone": 0.75}  # in the unit of the sizes here
_FONT_SIZES: dict[DrawingSize, float] = {"print": 8, "screen": 13, "phone": 12.5}
_COVER: dict[DrawingSize, ChartSize] = {
    "print": ChartSize(170 * MM, 96 * MM, _FONT_SIZES["print"]),
    "screen": ChartSize(880, 320, _FONT_SIZES["screen"]),
    "phone": ChartSize(_PHONE_WIDTH, 210, _FONT_SIZES["phone"]),
}


def sized_chart(chart: Chart, block: Block, report: Report, size: DrawingSize, alt: str) -> Drawing:
    """Return a chart of a block drawn in a size; `alt` is what it shows, for a reader who cannot see it."""
    points, (sparkline, wide, narrow) = _POINTS[size], _HEIGHTS[size]
    if chart.kind == "sparkline":  # it stands under the name of its card
        chart = replace(chart, series=tuple(replace(one, label=block.label) for one in chart.series))
    height = sparkline if chart.kind == "sparkline" else wide if block.width >= _WIDE_COLUMNS else narrow
    return draw_chart(
        chart,
        report.theme,
        report.locale,
        width=_width(block.width, size) * points,
        height=height * points,
        font_size=_FONT_SIZES[size] * points,
        alt=alt,
        current=format_period(report.period, report.locale),
        compared=compared_period(report),
        pointed=size != "print",
    )


def sized_cover_chart(days: CoverChart, report: Report, size: DrawingSize) -> Drawing:
    """Return the days of the cover drawn in a size."""
    drawn = replace(days.chart, kind="bar", series=(days.series,))
    alt = alt_text(drawn, days.block.label, report.locale, compared_period(report))
    return draw_cover_chart(days, report, _COVER[size], alt, pointed=size != "print")


def width_px(columns: int) -> str:
    """Return how wide so many columns are at most on a screen, in CSS pixels."""
    return f"{_width(columns, 'screen'):.0f}"


def _width(columns: int, size: DrawingSize) -> float:
    """Return how wide a drawing is: points in print, CSS pixels on a screen."""
    if size == "print":
        return width_mm(columns) * MM
    return _PHONE_WIDTH if size == "phone" else columns * (_SCREEN_COLUMN + _SCREEN_GUTTER) - _SCREEN_GUTTER
