"""The parts of a printed page: charts, and blocks and rows of tables that are drawn in place of the page engine.

Each drawing has a private address, under which the page asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

from reportgen.formatting import babel_locale, format_period
from reportgen.outputs.drawing.marks import Drawing
from reportgen.outputs.drawing.svg import placeholder, svg
from reportgen.outputs.drawing.text_overlay import laid_over
from reportgen.outputs.page.chart_drawings import ChartDrawer
from reportgen.outputs.page.last_page_columns import columns
from reportgen.outputs.page.list_layout import list_layout
from reportgen.outputs.page.page_composition import USUAL
from reportgen.outputs.page.page_parts import ChartParts, PageParts, SectionParts
from reportgen.outputs.page.stylesheet import margins
from reportgen.outputs.page.table_parts import grid_parts
from reportgen.outputs.pdf.blocks.block import DrawnBlock, OutlineEntry
from reportgen.outputs.pdf.blocks.card import DrawnCard
from reportgen.outputs.pdf.blocks.chart_figure import DrawnChart
from reportgen.outputs.pdf.blocks.page_margins import PageNumber, RunningHeads, is_long_name
from reportgen.outputs.pdf.blocks.table_column_places import look_of
from reportgen.outputs.pdf.blocks.table_heads import TableHeads, drawn_heads
from reportgen.outputs.pdf.blocks.table_rows import TableRows, row_groups
from reportgen.outputs.text.chart_captions import annotation_lines, subtitle
from reportgen.outputs.text.headings import (
    footer_text,
    has_contents,
    page_number_words,
    picture_text,
    places,
    titled_places,
)
from reportgen.outputs.text.last_page import closing_entries, closing_remarks, glossary_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Block, Chart, Table
    from reportgen.outputs.page.card_rows import CardRow
    from reportgen.outputs.page.page_parts import BlockParts, GridParts
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.printed import PrintedReport, PrintedRow, PrintedSection

SCHEME = "reportgen-drawing"
"""Scheme of the private addresses of drawings."""

DrawnPart: TypeAlias = Drawing | TableRows | TableHeads | DrawnBlock | RunningHeads

_ABOUT = "about"


def print_parts(
    printed: PrintedReport, drawings: dict[str, DrawnPart] | None, charts: Mapping[str, int] | None = None
) -> PageParts:
    """Return the parts of a report's printed page.

    Args:
        printed: The report.
        drawings: Is given the drawings by their addresses; None where the page holds all of them itself.
        charts: Height of charts in percent of the usual, by the names of their blocks; of others it is the usual.
    """
    return _Drawer(printed, drawings, charts or {}).parts()


def _row_parts(line: PrintedRow) -> tuple[str, str]:
    """Return the CSS classes and variables of a row; no variables where the stylesheet has its sizes."""
    row, shared = line.row, line.shared
    classes = row.classes if row.alone else f"{row.classes} w{row.width}"
    return classes, shared.style if row.has_numbers and not shared.is_usual else ""


class _Drawer:
    """Draws the parts of one printed page, in the order in which they stand in it."""

    def __init__(
        self, printed: PrintedReport, drawings: dict[str, DrawnPart] | None, heights: Mapping[str, int]
    ) -> None:
        self._printed, self._report = printed, printed.report
        self._measures = printed.measures
        self._heights = heights
        self._charts = ChartDrawer(self._report, self._measures, "print")
        self._has_places = drawings is not None
        self._draws_blocks = self._has_places and babel_locale(self._report.locale).text_direction != "rtl"
        self._drawings = {} if drawings is None else drawings

    def parts(self) -> PageParts:
        report, days = self._report, self._printed.days
        draws_margins = self._draws_margins()
        contents = titled_places(report) if has_contents(report) else {}
        cover = self._html(self._charts.cover(days, self._printed.days_text)) if days else ""
        return PageParts(
            margins=""
            if draws_margins
            else Markup(margins(report.locale, self._measures, has_cover=bool(report.cover))),  # noqa: S704 - our own file
            contents=contents,
            foot=footer_text(report),
            turned_masthead=not report.cover and self._opens_turned(self._printed.sections[0]),
            long_client=is_long_name(report.client.name, self._measures),
            about=columns(closing_entries(report), self._measures),
            remarks=closing_remarks(report),
            glossary=columns(glossary_entries(report), self._measures),
            cover={"print": cover} if days else {},
            page_numbers=self._page_numbers(contents),
            blocks={
                block.name: self._block_parts(block, row.shared, section.levels[block.name])
                for section in self._printed.sections
                for row in section.rows
                for block in row.blocks
            },
            sections=tuple(
                self._section_parts(section, has_contents=bool(contents) and section is self._printed.sections[0])
                for section in self._printed.sections
            ),
        )

    def _draws_margins(self) -> bool:
        """Add the drawing of the running heads; return False where the page engine has to set them."""
        if not self._draws_blocks:
            return False
        report = self._report
        heads = RunningHeads(
            report.client.name,
            {place: title for place, title in places(report).items() if place != _ABOUT},
            format_period(report.period, report.locale),
            footer_text(report),
            page_number_words(report.locale),
            report.cover is not None,
            report.theme.colors,
            self._measures,
        )
        if heads.is_exact:
            self._address(heads)
        return heads.is_exact

    def _page_numbers(self, contents: Iterable[str]) -> dict[str, str]:
        """Return the addresses of the page numbers in the contents; none where the page engine has to set them."""
        color = self._report.theme.colors["ink-2"]
        if not self._draws_blocks:
            return {}
        width, style = self._measures.page.page_number.points, self._measures.paper.text
        return {place: self._address(PageNumber(place, color, width, style)) for place in contents}

    def _section_parts(self, section: PrintedSection, *, has_contents: bool) -> SectionParts:
        classes = ("opening" if has_contents else "", "turned" if self._opens_turned(section) else "")
        return SectionParts(
            has_header=bool(section.section.title) or has_contents,
            header=" ".join(filter(None, classes)),
            has_contents=has_contents,
            rows=tuple(self._rows(section)),
        )

    def _rows(self, section: PrintedSection) -> Iterator[tuple[str, str]]:
        """Yield the CSS classes and variables of rows; what stands with a table on a turned page is turned with it."""
        leading = len(section.rows) - len(self._behind_cards(section)) if self._opens_turned(section) else 0
        for at, line in enumerate(section.rows):
            classes, style = _row_parts(line)
            is_turned = at < leading or (line.row.is_kept and self._turns(section.rows[at:]))
            yield (f"{classes} turned" if is_turned else classes), style

    def _opens_turned(self, section: PrintedSection) -> bool:
        """Return whether a section begins with a table on a turned page, so that its title stands there too."""
        return not section.missing and self._turns(self._behind_cards(section))

    def _behind_cards(self, section: PrintedSection) -> Sequence[PrintedRow]:
        """Return the rows of a section without the row of cards below a title that begins a page.

        Cards alone would leave that page nearly empty before a page that is turned.
        """
        begins_page = section is self._printed.sections[0] or section.flow == "fresh"
        has_cards = begins_page and bool(section.rows) and section.rows[0].row.kind == "number"
        return section.rows[1:] if has_cards else section.rows

    def _turns(self, rows: Sequence[PrintedRow]) -> bool:
        """Return whether rows, and what they stand with, begin with a table on a turned page."""
        first = next(
            (line for line in rows if not line.row.is_kept or any(block.tables for block in line.blocks)), None
        )
        block = first.blocks[0] if first else None
        return bool(block and block.tables and self._grids(block.tables[0], block)[0].turned)

    def _block_parts(self, block: Block, shared: CardRow, level: int) -> BlockParts:
        parts = self._printed.block_parts(block, shared)
        drawn = map(self._printed.drawn, self._printed.drawn_charts(block))
        charts = [(chart, self._drawing(chart, block)) for chart in drawn]
        if self._draws_blocks and not charts[1:]:  # a block that is drawn whole has a chart at most
            whole = self._whole(block, charts, shared, level, parts)
            if whole and whole.is_exact:
                return replace(parts, whole=self._address(whole))
        layout = list_layout(parts.readings, self._measures.printed_width(block.width), self._measures.paper)
        return replace(
            parts,
            # WeasyPrint shares the styles of elements that are alike; an element with an id is like no other, nor is
            # its content.
            id_on_title=bool(block.tables and block.label),
            picture_text=picture_text(block, self._report.locale),
            list_layout=layout,
            list_is_table=layout != "stack",
            charts=tuple(self._chart_parts(chart, drawing, block) for chart, drawing in charts),
            tables=tuple(
                tuple(
                    self._grid_parts(grid, block, is_first=not (table_at or at))
                    for at, grid in enumerate(self._grids(table, block))
                )
                for table_at, table in enumerate(block.tables)
            ),
        )

    def _drawing(self, chart: Chart, block: Block) -> Drawing:
        alt = self._printed.alternative_text(chart, block.label)
        return self._charts.chart(chart, block, alt, self._heights.get(block.name, USUAL))

    def _whole(
        self, block: Block, charts: Sequence[tuple[Chart, Drawing]], shared: CardRow, level: int, parts: BlockParts
    ) -> DrawnCard | DrawnChart | None:
        """Return a block as a single drawing; None for other kinds than cards and charts."""
        report, colors, measures = self._report, self._report.theme.colors, self._measures
        width = measures.printed_width(block.width).points
        entry = OutlineEntry(f"block-{block.name}", block.label, level)
        if parts.card:
            sparkline = charts[0][1] if charts else None
            return DrawnCard(entry, parts.card, parts.comparisons, shared, width, colors, measures, sparkline)
        if block.kind == "chart" and charts:
            chart, drawing = charts[0]
            lines = annotation_lines(chart, report.locale)
            gives_way = self._charts.gives_way(drawing, block)
            redraw = partial(self._charts.chart, chart, block, drawing.alt) if gives_way else None
            return DrawnChart(
                entry, subtitle(chart, block, report), lines, drawing, width, colors, measures.paper, redraw
            )
        return None

    def _grids(self, table: Table, block: Block) -> tuple[TableGrid, ...]:
        return self._printed.grids(table, block.width, paged=True)

    def _grid_parts(self, grid: TableGrid, block: Block, *, is_first: bool) -> GridParts:
        width = self._measures.turned_width if grid.turned else self._measures.printed_width(block.width)
        look = look_of(grid, width.points, self._report.theme.colors, self._measures)
        groups = row_groups(grid, look) if self._draws_blocks else []
        heads = drawn_heads(grid, look) if groups else None
        return grid_parts(
            grid,
            block,
            self._report.locale,
            "print",
            self._measures.paper.text.typeface,
            is_first=is_first,
            head=self._address(heads) if heads else "",
            groups=[[self._address(rows) for rows in group] for group in groups],
        )

    def _chart_parts(self, chart: Chart, drawing: Drawing, block: Block) -> ChartParts:
        lines = annotation_lines(chart, self._report.locale)
        return ChartParts({"print": self._html(drawing)}, subtitle(chart, block, self._report), lines)

    def _html(self, drawing: Drawing) -> str:
        """Return the box of a drawing, under the texts that Pango has to set; or the whole drawing as SVG."""
        simple, spans = drawing.with_simple_text()
        if self._has_places:
            return Markup(placeholder(drawing, self._address(simple), spans))  # noqa: S704 - it escapes its words
        return Markup(laid_over(svg(simple, titled=True), spans, drawing.width, drawing.height))  # noqa: S704 - as above

    def _address(self, drawn: DrawnPart) -> str:
        """Return a new address, under which a drawing is kept."""
        address = f"{SCHEME}:{len(self._drawings)}"
        self._drawings[address] = drawn
        return address
