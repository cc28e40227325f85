"""The charts that peers are given, made before their clocks start: this project's own drawings as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import Chart, Series, Unit
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.svg import svg
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from bench import content

_WIDTH, _HEIGHT, _CARD_WIDTH, _CARD_HEIGHT = 240, 175, 115, 23  # points
_COUNT = Unit("count")


def chart_svg(chart: content.Chart) -> str:
    """Return a chart."""
    drawn = Chart(
        kind=chart.kind,
        label_type="date" if chart.kind == "line" else "category",
        labels=chart.labels,
        series=tuple(Series(one.name, one.name, _COUNT, one.values) for one in chart.series),
    )
    return svg(draw_chart(drawn, load_theme("paper"), "en", width=_WIDTH, height=_HEIGHT, alt=chart.title))


def sparkline_points(
    card: content.Card, width: float = _CARD_WIDTH, height: float = _CARD_HEIGHT
) -> list[tuple[float, float]]:
    """Return the small line of a card in a box of that size, y downwards."""
    least, most = min(card.days), max(card.days)
    step, rise = width / (len(card.days) - 1), height / ((most - least) or 1)
    return [(round(at * step, 2), round((most - value) * rise, 2)) for at, value in enumerate(card.days)]


def sparkline_svg(card: content.Card) -> str:
    """Return the small line of a card."""
    points = " ".join(f"{x},{y}" for x, y in sparkline_points(card))
    line = f'<polyline points="{points}" fill="none" stroke="#222222"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_CARD_WIDTH} {_CARD_HEIGHT}">{line}</svg>'
