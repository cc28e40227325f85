"""The parts of the web page: each chart for a wide screen and for a phone, with its values to point at."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.colors import SERIES
from reportgen.outputs.drawing.svg import svg
from reportgen.outputs.html.screen_cards import block_style, row_style
from reportgen.outputs.html.screen_tables import table_parts
from reportgen.outputs.html.value_tooltips import with_tooltips
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.list_layout import list_layout
from reportgen.outputs.page.page_parts import ChartParts, PageParts, SectionParts
from reportgen.outputs.text.catalogues import listed_text, words_of
from reportgen.outputs.text.chart_captions import annotation_lines, subtitle
from reportgen.outputs.text.headings import block_title, titled_places
from reportgen.outputs.text.last_page import closing_entries, closing_remarks, glossary_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Chart
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.chart_drawings import DrawingSize
    from reportgen.outputs.page.page_parts import BlockParts
    from reportgen.outputs.printed import PrintedReport, PrintedRow, PrintedSection

_SIZES: tuple[DrawingSize, ...] = ("screen", "tablet", "phone")


def screen_parts(printed: PrintedReport) -> PageParts:
    """Return the parts of a report's web page."""
    report, days = printed.report, printed.days
    return PageParts(
        {
            block.name: block_parts(block, line, printed)
            for section in printed.sections
            for line in section.rows
            for block in line.blocks
        },
        sections=tuple(_section_parts(section, printed) for section in printed.sections),
        about=(closing_entries(report),) if report.has_about else (),
        remarks=closing_remarks(report),
        glossary=(glossary_entries(report),) if report.glossary else (),
        cover={
            size: _html(_drawer(printed, size).cover(days, printed.days_text), days.block, printed) for size in _SIZES
        }
        if days
        else {},
        contents=titled_places(report) if report.cover and len(report.sections) > 1 else {},
        description=_description(printed),
        files=tuple(_files(printed)),
    )


def _files(printed: PrintedReport) -> Iterator[tuple[str, str]]:
    """Yield the names of the PDF and of the workbook beside the page, each with the text of the link to it."""
    _ = words_of(printed.report.locale).gettext
    texts = {"pdf": _("Open the PDF"), "xlsx": _("Open the workbook")}
    for name, text in texts.items():
        if name in printed.beside:
            yield printed.beside[name], text


def _description(printed: PrintedReport) -> str:
    """Return the report in a line: the client, the title, the period and the compared period."""
    cover, words = printed.cover, words_of(printed.report.locale).gettext
    compared = words("compared with %(period)s") % {"period": cover.baseline} if cover.baseline else ""
    parts = filter(None, (cover.client, cover.title, cover.period, compared))
    return listed_text(parts, printed.report.locale)


def block_parts(block: Block, row: PrintedRow, printed: PrintedReport) -> BlockParts:
    """Return the parts of a block of a row."""
    measures = printed.measures
    parts = printed.block_parts(block, row.shared)
    return replace(
        parts,
        style=block_style(block, row, printed),
        list_layout=list_layout(parts.readings, measures.screen_width(block.width), measures.screen),
        phone_layout=list_layout(parts.readings, measures.widths.phone_chart, measures.phone),
        picture_text=block.picture.alt if block.picture else "",
        charts=tuple(_chart_parts(chart, block, printed) for chart in printed.drawn_charts(block)),
        tables=tuple(
            (table_parts(table, block, printed, is_first=not number),) for number, table in enumerate(block.tables)
        ),
    )


def _section_parts(section: PrintedSection, printed: PrintedReport) -> SectionParts:
    rows: list[tuple[str, str]] = []
    for kind, lines in groupby(section.rows, key=lambda line: line.row.kind):
        alike = [*lines]
        grids = [alike] if kind == "number" else [[line] for line in alike]
        for grid in grids:
            rows += [(grid[0].row.classes, row_style(grid, printed)), *[("", "")] * (len(grid) - 1)]
    return SectionParts(has_header=bool(section.section.title), rows=rows)


def _chart_parts(chart: Chart, block: Block, printed: PrintedReport) -> ChartParts:
    """Return a chart for each screen; the sparkline of a card has the same size on all, and small charts on tablets."""
    fits = printed.measures.screen_width(block.width).value <= printed.measures.widths.tablet_chart.value
    sizes = _SIZES[:1] if block.kind != "chart" else ("screen", "phone") if fits else _SIZES
    drawn = printed.drawn(chart)
    alt = printed.alternative_text(drawn, block.label)
    drawings = dict.fromkeys(_SIZES, "")
    drawings |= {size: _html(_drawer(printed, size).chart(drawn, block, alt), block, printed) for size in sizes}
    if block.kind != "chart":
        return ChartParts(drawings)
    return ChartParts(
        drawings,
        subtitle(drawn, block, printed.report),
        annotation_lines(drawn, printed.report.locale),
        screen_width=f"{printed.measures.screen_width(block.width).value:.0f}px",
        phone_width=str(printed.measures.widths.phone_chart_most),
        data=printed.chart_data(chart),
    )


def _drawer(printed: PrintedReport, size: DrawingSize) -> ChartDrawer:
    return ChartDrawer(printed.report, printed.measures, size)


def _html(drawing: Drawing, block: Block, printed: PrintedReport) -> str:
    """Return a drawing of a block with its values to point at."""
    colors = [printed.report.theme.colors[token] for token in SERIES]
    name = block_title(block, printed.report.locale)
    return Markup(with_tooltips(svg(drawing), drawing, name, colors))  # noqa: S704 - both escape the words in them
