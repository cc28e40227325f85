"""Charts as drawings: the only package that imports matplotlib.

Chart --layout of its kind--> ChartCanvas (matplotlib's paths, in points) --recording--> Drawing
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import typefaces_of

if TYPE_CHECKING:
    from reportgen.model import Chart, Theme
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.drawing.marks import Drawing

# A home that it cannot write to, as a service has, would be told on stderr, among lines of JSON.
logging.getLogger("matplotlib").addHandler(logging.NullHandler())


def draw_chart(  # noqa: PLR0913 - the measures of a drawing are given by name
    chart: Chart,
    theme: Theme,
    locale: str,
    *,
    width: float,
    height: float,
    font_size: float = 8,
    alt: str = "",
    current: str = "",
    compared: str = "",
    pointed: bool = False,
    typeface: Typeface | None = None,
    tallest: float | None = None,
) -> Drawing:
    """Return a chart as a drawing.

    Args:
        chart: The chart to draw. A missing point is a gap. Values beyond the labels, and labels beyond
            the values, are left out. Without any value only the zero line is drawn.
        theme: Gives the colours.
        locale: Hyphenated CLDR name.
        width: Of the drawing, in points.
        height: Wanted height, in points. Horizontal bars take what their rows need, more or less;
            panels, rows of names and labels of a pie make a drawing higher, never lower.
        font_size: Of the labels, in points.
        alt: The alternative text; empty marks the chart as decoration.
        current: Name of the period shown, written where the compared period is drawn too.
        compared: Name of the compared period.
        pointed: Whether the drawing has places that show values to a reader who points at them in a browser.
        typeface: Of all texts; None for the theme's.
        tallest: Height that a drawing with more than it has room for may reach, in points; None on a screen.
    """
    from reportgen.colors import compared_shades
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.layouts import layout  # matplotlib is slow to import
    from reportgen.outputs.drawing.charts.sparkline import draw_sparkline

    typeface = typeface or typefaces_of(theme).text
    colors = theme.colors | compared_shades(theme.colors)
    frame = Frame(
        colors, locale, width, height, font_size, current, compared, pointed, typeface, len(chart.series), (), tallest
    )
    if chart.kind == "sparkline":
        return draw_sparkline(chart, frame, alt)
    return layout(chart, frame).drawing(alt)
