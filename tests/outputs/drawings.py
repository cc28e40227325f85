"""Charts as SVG, for tests that look at what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.svg import svg

if TYPE_CHECKING:
    from reportgen.model import Chart, Theme


def chart_svg(  # noqa: PLR0913 - the signature of draw_chart
    chart: Chart,
    theme: Theme,
    locale: str,
    *,
    width: float,
    height: float,
    alt: str = "",
    current: str = "",
    compared: str = "",
) -> str:
    """Draw a chart and write it as SVG."""
    return svg(
        draw_chart(chart, theme, locale, width=width, height=height, alt=alt, current=current, compared=compared)
    )
