"""What is drawn of the web page: each chart for a wide screen and for a phone, with its values to point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.outputs.drawing.cover_chart import leading_days
from reportgen.outputs.drawing.svg import svg
from reportgen.outputs.html.value_tooltips import pointed
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.parts import BlockParts, GridParts, PageParts

if TYPE_CHECKING:
    from reportgen.model import Block, Chart
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.chart_drawings import DrawingSize
    from reportgen.outputs.printed import PrintedReport

_SIZES: tuple[DrawingSize, ...] = ("screen", "phone")


def screen_parts(printed: PrintedReport) -> PageParts:
    """Return what is drawn of a report's web page."""
    days = leading_days(printed.report)
    return PageParts(
        {block.name: block_parts(block, printed) for block in printed.laid_out},
        {size: _html(_drawer(printed, size).cover(days)) for size in _SIZES} if days else {},
    )


def block_parts(block: Block, printed: PrintedReport) -> BlockParts:
    """Return what is drawn of a block."""
    grids = (printed.grids(table, block.width, paged=False) for table in block.tables)
    return BlockParts(
        charts=tuple(_charts(chart, block, printed) for chart in printed.drawn_charts(block)),
        tables=tuple(tuple(map(GridParts, one)) for one in grids),
    )


def _charts(chart: Chart, block: Block, printed: PrintedReport) -> dict[DrawingSize, str]:
    """Return a chart in the sizes in which it is shown; the small line of a card has one."""
    sizes = _SIZES if block.kind == "chart" else _SIZES[:1]
    alt = printed.alternative_text(chart, block.label)
    return {size: _html(_drawer(printed, size).chart(chart, block, alt)) for size in sizes}


def _drawer(printed: PrintedReport, size: DrawingSize) -> ChartDrawer:
    return ChartDrawer(printed.report, printed.measures, size)


def _html(drawing: Drawing) -> str:
    return Markup(pointed(svg(drawing), drawing))  # noqa: S704 - both escape the words in them
