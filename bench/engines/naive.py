"""What one would write first: pyplot pictures in a Jinja page, printed by WeasyPrint. It stays as it was first written.

Each chart and each small line is a PNG of 150 dpi with `tight_layout`, in base64.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")

import jinja2
import matplotlib.pyplot as plt
import weasyprint
from markupsafe import Markup

from bench.content import CLIENT, TITLE
from bench.engines import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.content import Card, Chart, Content


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report."""
    return lambda: make(content)


def make(content: Content) -> bytes:
    """Draw, fill the template in, print."""
    printed: bytes = weasyprint.HTML(string=page(content)).write_pdf()
    return printed


def page(content: Content) -> str:
    """Draw, and fill the template in."""
    template = jinja2.Template((FOLDER / "document.html").read_text("utf-8"), autoescape=True)
    html: str = template.render(
        title=TITLE,
        client=CLIENT,
        style=Markup((FOLDER / "document.css").read_text("utf-8")),  # noqa: S704 - our own file
        cards=[(card, sparkline(card)) for card in content.cards],
        charts=[(chart, picture(chart)) for chart in content.charts],
        tables=content.tables,
    )
    return html


def picture(chart: Chart) -> Markup:
    """Draw a chart."""
    plt.figure(figsize=(5, 3))
    if chart.kind == "line":
        for series in chart.series:
            plt.plot(chart.labels, series.values, label=series.name)
        plt.xticks(chart.labels[::7], rotation=30)
        plt.legend()
    elif chart.kind == "bar":
        plt.bar(chart.labels, chart.series[0].values)
    else:
        width = {"width": 0.4} if chart.kind == "donut" else None
        plt.pie(chart.series[0].values, labels=chart.labels, autopct="%1.0f%%", wedgeprops=width)
    plt.title(chart.title)
    return _embedded()


def sparkline(card: Card) -> Markup:
    """Draw the small line of a card."""
    plt.figure(figsize=(2, 0.5))
    plt.plot(card.days)
    plt.axis("off")
    return _embedded()


def _embedded() -> Markup:
    plt.tight_layout()
    file = io.BytesIO()
    plt.savefig(file, dpi=150)
    plt.close()
    return Markup('<img src="data:image/png;base64,{}">').format(base64.b64encode(file.getvalue()).decode())
