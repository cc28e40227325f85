"""A report with the texts of its files: each card, table grid, alternative text and summary worked out once.

Formats and the audit read it, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.files import file_stem
from reportgen.made_once import KeptResults
from reportgen.model import client_edition
from reportgen.outputs.drawing.cover_chart import leading_days
from reportgen.outputs.drawing.font_metrics import typefaces_of
from reportgen.outputs.drawing.letter_widths import RESERVED_WIDTHS
from reportgen.outputs.page.block_rows import levels, pack
from reportgen.outputs.page.card_rows import card_row, legible_width
from reportgen.outputs.page.cover_layout import cover_of
from reportgen.outputs.page.page_parts import BlockParts, ComparisonParts, ReadingParts, filled_up
from reportgen.outputs.page.papers import measures_of
from reportgen.outputs.page.table_layout import TableLayout
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.text.block_states import (
    missing_blocks,
    missing_sentences,
    missing_words,
    remark_sentences,
    remark_words,
    shown_blocks,
)
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_data import plotted
from reportgen.outputs.text.number_cards import NumberCard, compared_value, note, reading_card, reason_of
from reportgen.outputs.text.other_series import are_apart
from reportgen.outputs.text.period_notes import compared_period
from reportgen.outputs.text.simplified_charts import drawn_chart
from reportgen.outputs.text.sources import source_lines
from reportgen.outputs.text.summaries import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.model import Block, Chart, Missing, PageSetup, Reading, Report, Section, Table
    from reportgen.outputs.drawing.cover_chart import CoverChart
    from reportgen.outputs.drawing.letter_widths import TextRuler
    from reportgen.outputs.page.block_rows import BlockRow
    from reportgen.outputs.page.card_rows import CardRow
    from reportgen.outputs.page.cover_layout import Cover
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.text.chart_data import ChartData
    from reportgen.outputs.text.sources import SourceLine


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of blocks, and the sizes that the cards among them share."""

    row: BlockRow
    shared: CardRow

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, from left to right."""
        return self.row.blocks


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section as it is laid out.

    Attributes:
        missing: The blocks that a line stands for, because the section has no figure to show; else none.
        reasons: Sentences on its missing figures.
        sources: The state of each of its sources.
        rows: The blocks that are shown, in rows.
        levels: Heading level of each block, by its name.
        flow: The CSS class of how it follows the section before; empty where the composed page decides.
    """

    section: Section
    missing: tuple[Block, ...]
    reasons: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    rows: tuple[PrintedRow, ...]
    levels: Mapping[str, int]
    flow: str


class PrintedReport:
    """A report and the texts of its files, each kept as long as the report.

    Attributes:
        complete: The report as staff have it.
        report: The client's edition, from which all files for the client are made.
        measures: The sizes of its look, by default those of its paper, in the typefaces of its theme.
        beside: The names of the files that are written into one folder, by their formats.
    """

    def __init__(
        self,
        report: Report,
        measures: Measures | None = None,
        ruler: TextRuler = RESERVED_WIDTHS,
        formats: Iterable[str] = (),
    ) -> None:
        """Begin without any text; `ruler` measures printed letters that the theme's typefaces lack."""
        self.complete, self.report, self._ruler = report, client_edition(report), ruler
        self.measures = (measures or measures_of(report.page)).set_in(typefaces_of(report.theme), ruler)
        self.beside = {name: f"{file_stem(report)}.{name}" for name in formats}
        self._made = KeptResults()

    def instead(self, report: Report) -> PrintedReport:
        """Return another report in the same look, such as this report without its broken pictures."""
        return PrintedReport(report, self.measures, self._ruler)

    @cached_property
    def sections(self) -> tuple[PrintedSection, ...]:
        """The sections in the report's order, their blocks in rows."""
        return tuple(
            PrintedSection(
                section,
                missing=missing_blocks(section),
                reasons=missing_sentences(section, self.report.locale),
                sources=source_lines(section, self.report) if section.title else (),
                rows=tuple(self._rows(section)),
                levels=levels(section),
                flow=_flow_class(section, self.report.page),
            )
            for section in self.report.sections
        )

    @cached_property
    def days(self) -> CoverChart | None:
        """The chart of days on the cover; None where an image is in its place, or no chart has daily values."""
        cover = self.report.cover
        return leading_days(self.report) if cover and not cover.image else None

    @cached_property
    def days_text(self) -> str:
        """The alternative text of the chart of days; empty without this chart."""
        return self._alternative(self.days.drawn, self.days.block.label) if self.days else ""

    @cached_property
    def cover(self) -> Cover:
        """The texts and the sizes of the cover."""
        return cover_of(self.report, self.days, self.measures)

    def block_parts(self, block: Block, shared: CardRow) -> BlockParts:
        """Return the parts of a block that are the same in all media; `shared` are the sizes of its row's cards."""
        locale = self.report.locale
        card = self.card(block) if block.kind == "number" else None
        listed = block.readings if block.kind == "metric_list" else ()
        words = missing_words(block.remarks, (card and card.missing) or block.state)
        label, sentence = map(words_of(locale).gettext, words)
        return BlockParts(
            card,
            comparisons=self._on_card(card, shared) if card else (),
            missing_label=label if card and card.missing else "",
            missing_sentence=sentence,
            readings=self._listed(listed),
            sentences=self.sentences(block) if block.kind == "summary" else (),
            remarks=remark_words(block, locale),
        )

    def _on_card(self, card: NumberCard, shared: CardRow) -> tuple[ComparisonParts, ...]:
        found = (
            ComparisonParts(each.move, each.word, note(each, self.report, brief=shared.brief))
            for each in card.comparisons
        )
        return filled_up(found, shared.comparisons)

    def _listed(self, readings: Iterable[Reading]) -> tuple[ReadingParts, ...]:
        cards = [(reading, self.reading_card(replace(reading, remarks=()))) for reading in readings]
        most = max((len(card.comparisons) for _, card in cards), default=0)
        return tuple(self._listed_row(reading, card, max(most, 1)) for reading, card in cards)

    def _listed_row(self, reading: Reading, shown: NumberCard, comparisons: int) -> ReadingParts:
        """Return a row of a list; months are cut short where it has several comparisons."""
        locale, brief = self.report.locale, comparisons > 1
        found = (
            ComparisonParts(each.move, each.word, compared_value(each, self.report, brief=brief, whole=True))
            for each in shown.comparisons
        )
        label, _ = missing_words(reading.remarks, shown.missing or "ok")
        return ReadingParts(
            reading.label,
            shown,
            comparisons=filled_up(found, comparisons),
            missing_label=words_of(locale).gettext(label) if shown.missing else "",
            remarks=remark_sentences(reading.remarks, shown.missing or "ok", locale),
        )

    def drawn_charts(self, block: Block) -> tuple[Chart, ...]:
        """Return the charts of a block that have labels; a card whose value is missing has none."""
        if block.kind == "number" and self.card(block).missing:
            return ()
        return tuple(chart for chart in block.charts if chart.labels)

    def drawn(self, chart: Chart) -> Chart:
        """Return a chart as it is drawn and described on a page; see `drawn_chart`."""
        return self._made.once(("drawn", id(chart)), chart, lambda: drawn_chart(chart, self.report.locale))

    def card(self, block: Block) -> NumberCard:
        """Return the card of a number block."""
        reason = reason_of(block)
        return self.reading_card(block.readings[0], reason) if block.readings else NumberCard(missing=reason)

    def reading_card(self, reading: Reading, reason: Missing = "no_data") -> NumberCard:
        """Return the card of a reading; `reason` is for a missing value of which the reading has no reason."""
        key = "card", replace(reading, label=""), reason
        return self._made.once(key, reading, lambda: reading_card(reading, self.report, reason))

    def grids(self, table: Table, width: int, *, paged: bool) -> tuple[TableGrid, ...]:
        """Return a table laid out; see `TableLayout.grids`."""
        return self._made.once(
            ("grids", id(table), width, paged), table, lambda: self._layout(table, width).grids(paged=paged)
        )

    def _layout(self, table: Table, width: int) -> TableLayout:
        """Return the columns of a table, which are the same on paper and on a screen."""
        return self._made.once(
            ("layout", id(table), width), table, lambda: TableLayout(table, self.report, width, self.measures)
        )

    def alternative_text(self, chart: Chart, label: str, *, native: bool = False) -> str:
        """Return the alternative text of a chart under a title; a native chart has all its series in one plot."""
        small = not native and are_apart(chart)
        key = "alternative", id(chart), label, small
        return self._made.once(key, chart, lambda: self._alternative(chart, label, small=small))

    def chart_data(self, chart: Chart) -> ChartData:
        """Return the data of a chart in words."""
        return self._made.once(("data", id(chart)), chart, lambda: plotted(chart, self.report))

    def sentences(self, block: Block) -> tuple[str, ...]:
        """Return the sentences of a summary."""
        return self._made.once(
            ("sentences", block.name), block, lambda: sentences(block, self.report, self.reading_card)
        )

    def is_silent(self, block: Block) -> bool:
        """Return whether a block prints nothing, and takes no place on paper: a page break, or an empty summary."""
        return block.kind == "page_break" or self._has_nothing_to_say(block)

    def _has_nothing_to_say(self, block: Block) -> bool:
        """Return whether a block is a summary without a sentence; it takes no place on a screen either."""
        if block.kind != "summary" or block.notes:
            return False
        return not (self.sentences(block) or remark_words(block, self.report.locale))

    def _alternative(self, chart: Chart, label: str, *, small: bool = False) -> str:
        return alt_text(chart, label, self.report.locale, compared_period(self.report, chart), small=small)

    def _rows(self, section: Section) -> Iterator[PrintedRow]:
        shown = (block for block in shown_blocks(section) if not self._has_nothing_to_say(block))
        for row in pack(map(self._legible, shown)):
            yield PrintedRow(row, card_row(row, self.report, self.card, self.measures))

    def _legible(self, block: Block) -> Block:
        """Return a block as wide as its value needs; a figure is never broken."""
        if block.kind != "number":
            return block
        return replace(block, width=legible_width(block, self.card(block), self.measures))


def _flow_class(section: Section, page: PageSetup) -> str:
    """Return the CSS class of how a section follows the section before."""
    if section.new_page is None:
        return {"auto": "", "pages": "fresh", "continuous": "joined"}[page.flow]
    return "fresh" if section.new_page else "joined"
