"""Charts drawn in the sizes in which pages show them, so that their text is never scaled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.colors import text_tones
from reportgen.formatting import format_period
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.cover_chart import ChartSize, draw_cover_chart
from reportgen.outputs.page.measures import COLUMNS
from reportgen.outputs.page.page_composition import USUAL
from reportgen.outputs.text.chart_captions import annotation_lines
from reportgen.outputs.text.period_notes import compared_period, days_of_part

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, ChartHeight, Report
    from reportgen.outputs.drawing.cover_chart import CoverChart
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.lengths import Length
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.medium_measures import MediumMeasures

DrawingSize: TypeAlias = Literal["screen", "tablet", "phone", "print"]
"""For a wide screen, a tablet, a phone, or paper."""

_WIDE_COLUMNS = 9
_SAME = 0.01  # points
_SHORT = 0.75  # of the usual height


@dataclass(frozen=True, slots=True)
class ChartDrawer:
    """Draws the charts of a report for a medium."""

    report: Report
    measures: Measures
    size: DrawingSize

    def chart(self, chart: Chart, block: Block, alt: str, percent: int = USUAL) -> Drawing:
        """Return the drawing of a chart of a block.

        Args:
            chart: The chart.
            block: Its block.
            alt: Its alternative text.
            percent: Its height, of the usual.
        """
        report, is_sparkline = self.report, chart.kind == "sparkline"
        if is_sparkline:  # it stands under the name of its card
            chart = replace(chart, series=tuple(replace(series, label=block.label) for series in chart.series))
        height = self._medium.slot.points if is_sparkline else self._height(block)
        tallest = self._tallest(chart, block) if self.size == "print" else None
        if block.height == "tall" and tallest is not None:  # as tall as its page has room
            height = min(height, max(tallest, self._height(replace(block, height="medium"))))
        drawing = draw_chart(
            chart,
            report.theme,
            report.locale,
            width=self._width(block.width).points,
            height=height * percent / USUAL,
            font_size=self._medium.chart.text.points,
            alt=alt,
            current=format_period(days_of_part(report, chart), report.locale),
            compared=compared_period(report, chart),
            pointed=self.size != "print",
            typeface=self._medium.text.typeface,
            tallest=tallest,
        )
        return drawing.with_text_colors(self._text_tones) if self.size == "print" else drawing

    @property
    def _text_tones(self) -> dict[str, str]:
        """Return the colours of names of series on paper; a screen has a stylesheet for those of day and night."""
        return text_tones(self.report.theme.colors, self.report.theme.colors)

    def gives_way(self, drawing: Drawing, block: Block) -> bool:
        """Return whether a chart is as high as its block, which its author has not set, and not as its labels are."""
        return not block.height and abs(drawing.height - self._height(block)) < _SAME

    def _tallest(self, chart: Chart, block: Block) -> float:
        """Return the height of a printed chart that fits a page below the titles and above its remarks, in points."""
        paper = self.measures.paper
        remarks = len(annotation_lines(chart, self.report.locale))
        below = remarks * paper.small.line.points + (paper.step.points / 2 if remarks else 0)
        return self.measures.tallest_chart.points - self._above(block) - below

    def _above(self, block: Block) -> float:
        """Return the height of the titles with which a printed block stands, but for its own, in points."""
        paper, step = self.measures.paper, self.measures.paper.step.points
        section = next((section for section in self.report.sections if block in section.blocks), None)
        if section is None:
            return 0
        before = section.blocks[: section.blocks.index(block)]
        heading = paper.h2.line.points + step if before and before[-1].kind == "heading" else 0
        beside = [other for other in before if other.kind != "heading"]
        if not section.title or sum(other.width for other in beside) + block.width > COLUMNS:
            return heading
        lead = paper.against.line.points + step if section.subtitle else 0
        return self.measures.section_head.points + lead + heading

    def _height(self, block: Block) -> float:
        """Return the usual height of a block's chart, in points."""
        own = self._medium.chart
        height = own.wide if block.width >= _WIDE_COLUMNS else own.narrow
        of_usual: dict[ChartHeight, float] = {"short": _SHORT, "medium": 1, "tall": own.tall}
        return height.points * of_usual[block.height or "medium"]

    def cover(self, days: CoverChart, alt: str) -> Drawing:
        """Return the drawing of the cover's days; on a screen its lengths are in CSS pixels."""
        own, is_printed = self._medium.chart, self.size == "print"
        lengths = self._width(COLUMNS), own.cover, own.text
        width, height, font_size = (length.points if is_printed else length.value for length in lengths)
        canvas = ChartSize(width, height, font_size, self._medium.text.typeface)
        return draw_cover_chart(days, self.report, canvas, alt, pointed=not is_printed)

    @property
    def _medium(self) -> MediumMeasures:
        if self.size == "print":
            return self.measures.paper
        return self.measures.phone if self.size == "phone" else self.measures.screen

    def _width(self, columns: int) -> Length:
        """Return the width of a drawing that fills some columns; on a tablet and a phone it fills the screen."""
        widths = self.measures.widths
        match self.size:
            case "print":
                return self.measures.printed_width(columns)
            case "tablet":
                return widths.tablet_chart
            case "phone":
                return widths.phone_chart
            case "screen":
                return self.measures.screen_width(columns)
