"""The best of WeasyPrint as it is documented, in a warm worker. It stays as it was first written.

Charts are pictures of 96 dpi of matplotlib's own `Figure` with fixed margins, the columns of tables have fixed
widths, what is the same in each report is parsed once, and no garbage is collected while a report is made.
"""

from __future__ import annotations

import base64
import gc
import io
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
import weasyprint
from markupsafe import Markup
from matplotlib.figure import Figure
from weasyprint.text.fonts import FontConfiguration

from bench.content import CLIENT, TITLE
from bench.engines import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes

    from bench.content import Card, Chart, Content


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report; what the last one left behind is collected before the clock starts."""
    _template()
    _sheets()
    gc.collect()
    gc.freeze()
    return lambda: make(content)


def make(content: Content) -> bytes:
    """Draw, fill the template in, print."""
    gc.disable()
    try:
        html = _template().render(
            title=TITLE,
            client=CLIENT,
            style="",
            cards=[(card, _embedded(sparkline_png(card))) for card in content.cards],
            charts=[(chart, _embedded(chart_png(chart))) for chart in content.charts],
            tables=content.tables,
        )
        sheet, fonts = _sheets()
        printed: bytes = weasyprint.HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts)
        return printed
    finally:
        gc.enable()


def chart_png(chart: Chart) -> bytes:
    """Draw a chart."""
    figure = Figure((5, 3), dpi=96)
    axes = figure.add_axes((0.12, 0.2, 0.84, 0.7))
    if chart.kind == "line":
        _draw_lines(axes, chart)
    elif chart.kind == "bar":
        axes.bar(chart.labels, chart.series[0].values)
    else:
        width = {"width": 0.4} if chart.kind == "donut" else None
        axes.pie(chart.series[0].values, labels=chart.labels, autopct="%1.0f%%", wedgeprops=width)
    axes.set_title(chart.title)
    return _png(figure)


def sparkline_png(card: Card) -> bytes:
    """Draw the small line of a card."""
    figure = Figure((2, 0.5), dpi=96)
    axes = figure.add_axes((0, 0.05, 1, 0.9))
    axes.set_axis_off()
    axes.plot(card.days)
    return _png(figure)


def _draw_lines(axes: Axes, chart: Chart) -> None:
    places = range(len(chart.labels))
    for series in chart.series:
        axes.plot(places, series.values, label=series.name)
    axes.set_xticks(places[::7], chart.labels[::7], rotation=30)
    axes.legend(loc="upper left")


def _png(figure: Figure) -> bytes:
    file = io.BytesIO()
    figure.savefig(file)
    return file.getvalue()


def _embedded(png: bytes) -> Markup:
    return Markup('<img src="data:image/png;base64,{}">').format(base64.b64encode(png).decode())


@lru_cache
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string((FOLDER / "document.html").read_text("utf-8"))


@lru_cache
def _sheets() -> tuple[weasyprint.CSS, FontConfiguration]:
    fonts = FontConfiguration()
    fixed = "table { table-layout: fixed } th:first-child { width: 32% }"
    style = (FOLDER / "document.css").read_text("utf-8") + fixed
    return weasyprint.CSS(string=style, font_config=fonts), fonts
