"""What of a page is drawn: charts where a browser shows them, and on paper whole blocks and the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.formatting import babel_locale, format_period
from reportgen.outputs import bands, cards, cover, lanes, layout, overlay, tables, words
from reportgen.outputs.alternatives import alt_text
from reportgen.outputs.bands import Band
from reportgen.outputs.charts import draw_chart
from reportgen.outputs.column_heads import HeadBand, head_of
from reportgen.outputs.drawing import Drawing, placeholder, svg
from reportgen.outputs.panels import Entry, Panel
from reportgen.outputs.panels.cards import CardPanel
from reportgen.outputs.panels.charts import ChartPanel
from reportgen.outputs.panels.folios import FolioPanel, RunningHeads
from reportgen.outputs.pointing import pointed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model import Block, Chart, Report, Section, Table
    from reportgen.outputs.tables import Grid

SCHEME = "reportgen-drawing"
"""Scheme of the private addresses under which the PDF asks for what is drawn."""

Size = Literal["screen", "phone", "print"]
Drawn: TypeAlias = Drawing | Band | HeadBand | Panel | RunningHeads

_ABOUT = "about"
_POINTS_A_MM = 72 / 25.4
_SCREEN_COLUMN, _SCREEN_GUTTER, _PHONE_WIDTH = 904 / 12 - 24, 24, 350
_WIDE_COLUMNS = 9
_TURNED_MM = 257  # as .turned in report.css
_HEIGHTS: dict[Size, tuple[float, float, float]] = {  # sparkline, wide, narrow
    "print": (8 * _POINTS_A_MM, 66 * _POINTS_A_MM, 62 * _POINTS_A_MM),
    "screen": (44, 320, 300),
    "phone": (36, 250, 250),
}
_POINTS: dict[Size, float] = {"print": 1, "screen": 0.75, "phone": 0.75}  # in the unit of the sizes here
_FONT_SIZES: dict[Size, float] = {"print": 8, "screen": 13, "phone": 12.5}
_STRIPS: dict[Size, cover.Canvas] = {
    "print": cover.Canvas(170 * _POINTS_A_MM, 96 * _POINTS_A_MM, _FONT_SIZES["print"]),
    "screen": cover.Canvas(880, 320, _FONT_SIZES["screen"]),
    "phone": cover.Canvas(_PHONE_WIDTH, 210, _FONT_SIZES["phone"]),
}


@dataclass(frozen=True, slots=True)
class DrawnRows:
    """The addresses of a table's rows that are drawn.

    Attributes:
        head: Of the heads of its columns; empty where the page engine has to set them.
        groups: Of the rows, in groups; none where the page engine has to set them.
    """

    head: str = ""
    groups: Sequence[Sequence[str]] = ()


class Placing:
    """Draws what stands in one page, for its templates."""

    def __init__(self, report: Report, drawings: dict[str, Drawn] | None) -> None:
        """Draw for a report.

        Args:
            report: What is shown.
            drawings: Is given what is drawn in place of images, by their addresses; None where the page holds it all.
        """
        self._report, self._is_drawn = report, drawings is not None
        self._draws_blocks = self._is_drawn and babel_locale(report.locale).text_direction != "rtl"
        self._drawings = {} if drawings is None else drawings
        self._charts: dict[tuple[str, int, Size], Drawing] = {}

    def chart(self, chart: Chart, block: Block, size: Size) -> str:
        """Return a chart as HTML."""
        return self._html(self._chart(chart, block, size), size)

    def strip(self, strip: cover.Strip, size: Size) -> str:
        """Return the days of the cover as HTML."""
        drawn = replace(strip.chart, kind="bar", series=(strip.series,))
        alt = alt_text(drawn, strip.block.label, self._report.locale, words.compared_period(self._report))
        return self._html(cover.draw_strip(strip, self._report, _STRIPS[size], alt, pointed=size != "print"), size)

    def grids(self, table: Table, width: int, *, paged: bool) -> tuple[Grid, ...]:
        """Put a table into words."""
        return tables.grids(table, self._report, width, paged=paged)

    def opens_turned(self, section: Section) -> bool:
        """Tell whether a printed section begins with a table on a turned page, so that its title stands there too."""
        first = section.blocks[0] if section.blocks else None
        return bool(first and first.tables and self.grids(first.tables[0], first.width, paged=True)[0].turned)

    def rows(self, printed: Grid, block: Block) -> DrawnRows:
        """Return the addresses of a table's rows."""
        if not self._draws_blocks:
            return DrawnRows()
        width = (_TURNED_MM if printed.turned else layout.width_mm(block.width)) * _POINTS_A_MM
        look = lanes.look_of(printed, width, self._colors())
        groups = bands.bands_of(printed, look)
        head = head_of(printed, look) if groups else None
        return DrawnRows(
            self._address(head) if head else "", [[self._address(one) for one in group] for group in groups]
        )

    def panel(self, block: Block, row: cards.CardRow, level: int) -> str:
        """Return the address of a block that is drawn whole; empty where the page engine has to set it."""
        charts = [chart for chart in block.charts if chart.labels]
        if not self._draws_blocks or len(charts) > 1:
            return ""
        drawing = self._chart(charts[0], block, "print") if charts else None
        width = layout.width_mm(block.width) * _POINTS_A_MM
        entry = Entry(f"block-{block.name}", block.label, level)
        panel: CardPanel | ChartPanel
        if block.kind == "number":
            shown = cards.card(block, self._report)
            note = cards.note(shown, self._report, brief=row.brief)
            panel = CardPanel(entry, shown, note, row, width, self._colors(), drawing)
        elif block.kind == "chart" and drawing:
            subtitle = words.subtitle(charts[0], block, self._report)
            said = words.annotation_lines(charts[0], self._report.locale)
            panel = ChartPanel(entry, subtitle, said, drawing, width, self._colors())
        else:
            return ""
        return self._address(panel) if panel.is_exact else ""

    def folio(self, place: str) -> str:
        """Return the address of the number of a place's page; empty where the page engine has to set it."""
        return self._address(FolioPanel(place, self._colors()["ink-2"])) if self._draws_blocks else ""

    def heads(self, folio: Sequence[str]) -> bool:
        """Let what stands in the margins be drawn; False where the page engine has to set it.

        Args:
            folio: What stands before, between and after the number of a page and that of all.
        """
        if not self._draws_blocks:
            return False
        report, (before, between, after) = self._report, folio
        heads = RunningHeads(
            report.client.name,
            {place: title for place, title in words.places(report).items() if place != _ABOUT},
            format_period(report.period, report.locale),
            report.agency.name,
            (before, between, after),
            self._colors(),
        )
        if not heads.is_exact:
            return False
        self._address(heads)
        return True

    def _colors(self) -> Mapping[str, str]:
        return self._report.theme.colors

    def _chart(self, chart: Chart, block: Block, size: Size) -> Drawing:
        """Draw a chart once: a block that turns out to be one of the page engine's shows what was drawn for it."""
        key = block.name, id(chart), size
        if key not in self._charts:
            self._charts[key] = self._draw(chart, block, size)
        return self._charts[key]

    def _draw(self, chart: Chart, block: Block, size: Size) -> Drawing:
        """Draw a chart in the size it is shown in, so that its text is never scaled."""
        report, points, (sparkline, wide, narrow) = self._report, _POINTS[size], _HEIGHTS[size]
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
            alt=alt_text(chart, block.label, report.locale, words.compared_period(report)),
            current=format_period(report.period, report.locale),
            compared=words.compared_period(report),
            pointed=size != "print",
        )

    def _html(self, drawing: Drawing, size: Size) -> str:
        """Return a drawing as SVG; on paper as the place where it is drawn, under the texts that Pango has to set."""
        from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

        if size != "print":
            return Markup(pointed(svg(drawing), drawing))  # noqa: S704 - both escape the words in them
        simple, spans = drawing.with_simple_text()
        if not self._is_drawn:
            return Markup(overlay.laid_over(svg(simple), spans, drawing.width, drawing.height))  # noqa: S704 - as above
        return Markup(placeholder(drawing, self._address(simple), spans))  # noqa: S704 - placeholder escapes its words

    def _address(self, drawn: Drawn) -> str:
        """Keep what is drawn under an address of its own."""
        address = f"{SCHEME}:{len(self._drawings)}"
        self._drawings[address] = drawn
        return address


def width_px(columns: int) -> str:
    """Return how wide so many columns are at most on a screen, in CSS pixels."""
    return f"{_width(columns, 'screen'):.0f}"


def _width(columns: int, size: Size) -> float:
    """Return how wide a drawing is: points in print, CSS pixels on a screen."""
    if size == "print":
        return layout.width_mm(columns) * _POINTS_A_MM
    return _PHONE_WIDTH if size == "phone" else columns * (_SCREEN_COLUMN + _SCREEN_GUTTER) - _SCREEN_GUTTER
