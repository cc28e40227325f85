"""The parts of the web page: each chart for a wide screen and for a phone, with its values to point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.outputs.drawing.svg import svg
from reportgen.outputs.html.value_tooltips import pointed
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.page_parts import BlockParts, PageParts, SectionParts
from reportgen.outputs.page.table_parts import grid_parts
from reportgen.outputs.text.headings import titled_places

if TYPE_CHECKING:
    from reportgen.model import Block, Chart
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.chart_drawings import DrawingSize
    from reportgen.outputs.printed import PrintedReport, PrintedSection

_SIZES: tuple[DrawingSize, ...] = ("screen", "phone")


def screen_parts(printed: PrintedReport) -> PageParts:
    """Return the parts of a report's web page."""
    report, days = printed.report, printed.days
    return PageParts(
        {block.name: block_parts(block, printed) for block in printed.laid_out},
        sections=tuple(map(_section_parts, printed.sections)),
        cover={size: _html(_drawer(printed, size).cover(days, printed.days_text)) for size in _SIZES} if days else {},
        contents=titled_places(report) if len(report.sections) > 1 else {},
    )


def block_parts(block: Block, printed: PrintedReport) -> BlockParts:
    """Return the parts of a block."""
    locale = printed.report.locale
    return BlockParts(
        picture_text=block.picture.alt if block.picture else "",
        charts=tuple(_charts(chart, block, printed) for chart in printed.drawn_charts(block)),
        tables=tuple(
            tuple(
                grid_parts(grid, block, locale, "screen", is_first=not number)
                for grid in printed.grids(table, block.width, paged=False)
            )
            for number, table in enumerate(block.tables)
        ),
    )


def _section_parts(section: PrintedSection) -> SectionParts:
    rows = tuple((line.row.classes, line.shared.style if line.row.has_numbers else "") for line in section.rows)
    return SectionParts(has_header=bool(section.section.title), rows=rows)


def _charts(chart: Chart, block: Block, printed: PrintedReport) -> dict[DrawingSize, str]:
    """Return a chart in the sizes in which it is shown; the small line of a card has one."""
    sizes = _SIZES if block.kind == "chart" else _SIZES[:1]
    alt = printed.alternative_text(chart, block.label)
    return {size: _html(_drawer(printed, size).chart(chart, block, alt)) for size in sizes}


def _drawer(printed: PrintedReport, size: DrawingSize) -> ChartDrawer:
    return ChartDrawer(printed.report, printed.measures, size)


def _html(drawing: Drawing) -> str:
    return Markup(pointed(svg(drawing), drawing))  # noqa: S704 - both escape the words in them
