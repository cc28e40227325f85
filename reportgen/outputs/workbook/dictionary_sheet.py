"""The dictionary: each metric of the report with its meaning, unit and field, and whether its figures add up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.sources import source_name
from reportgen.outputs.text.unit_words import unit_words
from reportgen.outputs.workbook.excel_names import rgb
from reportgen.outputs.workbook.sheet import Sheet, widths_of
from reportgen.outputs.workbook.sheet_cells import text_cell
from reportgen.outputs.workbook.sheet_heads import HEAD_ROWS, head_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.model import Block, Chart, Direction, Report, Table, Unit
    from reportgen.outputs.workbook.excel_names import NumberName
    from reportgen.outputs.workbook.sheet_cells import SheetRow

_WIDEST = 36  # characters; longer meanings wrap, so that a page is as wide as the sheet
_HEADS = (
    *(N_("Metric"), N_("Source"), N_("Meaning"), N_("Unit"), N_("Field of the source"), N_("Name in formulas")),
    *(N_("Adds up over time"), N_("Adds up over parts"), N_("Good news")),
)
_GOOD_NEWS: dict[Direction, str] = {
    "up_is_good": N_("a rise"),
    "down_is_good": N_("a fall"),
}
_ANSWERS = {True: N_("yes"), False: N_("no")}


@dataclass(frozen=True, slots=True)
class _Metric:
    """A metric as the report has it; None where the report does not tell.

    Attributes:
        label: Its name for the reader.
        source: Alias of its source; empty for a computed number.
        field: The API's name; empty for a computed number.
        unit: Of its figures.
        name: Of its cell in formulas; empty without a number block.
        over_time: Whether its days add up.
        over_parts: Whether its parts add up.
        direction: Whether a rise is good; neutral where nobody says so.
    """

    label: str
    source: str
    field: str
    unit: Unit
    name: str = ""
    over_time: bool | None = None
    over_parts: bool | None = None
    direction: Direction = "neutral"

    def told_with(self, other: _Metric) -> _Metric:
        """Return this metric with what another block of the report tells of it."""
        return replace(
            self,
            name=self.name or other.name,
            over_time=other.over_time if self.over_time is None else self.over_time,
            over_parts=other.over_parts if self.over_parts is None else self.over_parts,
            direction=other.direction if self.direction == "neutral" else self.direction,
        )


def dictionary_sheet(name: str, summary: str, report: Report, names: Mapping[str, NumberName]) -> Sheet:
    """Return the sheet of the dictionary.

    Args:
        name: Of the sheet.
        summary: The sheet that it leads back to.
        report: The client's edition.
        names: The names of the cells of numbers, by their blocks.
    """
    _ = words_of(report.locale).gettext
    heading = tuple(text_cell(_(head), "heading") for head in _HEADS)
    rows = list(_rows(report, names))
    above = head_rows(_("Dictionary"), "", summary, report.locale)
    return Sheet(
        name,
        [*above, heading, *rows],
        tuple(min(width, _WIDEST) for width in widths_of([heading, *rows])),
        title=_("Dictionary"),
        head=HEAD_ROWS + 1,
        table="Dictionary",
        table_rows=len(rows),
        color=rgb(report.theme, "axis"),
    )


def _rows(report: Report, names: Mapping[str, NumberName]) -> Iterator[SheetRow]:
    _ = words_of(report.locale).gettext
    sources = {status.alias: source_name(status) for status in report.sources}
    meanings = {term.casefold(): text for term, text in report.glossary}
    metrics: dict[tuple[str, str, str, Unit], _Metric] = {}
    for block in report.blocks:
        for metric in _metrics(block, report, names):
            key = metric.label, metric.source, metric.field, metric.unit
            metrics[key] = metrics[key].told_with(metric) if key in metrics else metric
    for metric in metrics.values():
        yield tuple(
            text_cell(text, "text")
            for text in (
                metric.label,
                sources.get(metric.source, ""),
                meanings.get(metric.label.casefold(), ""),
                unit_words(metric.unit, report.locale),
                metric.field,
                metric.name,
                *(_(_ANSWERS[told]) if told is not None else "" for told in (metric.over_time, metric.over_parts)),
                _(_GOOD_NEWS[metric.direction]) if metric.direction in _GOOD_NEWS else "",
            )
        )


def _metrics(block: Block, report: Report, names: Mapping[str, NumberName]) -> Iterator[_Metric]:
    source = block.source or ""
    for reading in report.own_readings(block):
        name = names[block.name].value if block.name in names else ""
        yield _Metric(
            reading.label or block_title(block, report.locale),
            source,
            reading.field,
            reading.unit,
            name,
            over_time=reading.over_time == "sum",
            direction=reading.direction,
        )
    for table in block.tables:
        yield from _of_table(table, source)
    for chart in block.charts:
        if chart.kind != "sparkline":
            yield from _of_chart(chart, source)


def _of_table(table: Table, source: str) -> Iterator[_Metric]:
    for column in table.columns:
        if column.role == "metric":
            adds_up, direction = column.additive, column.direction
            yield _Metric(column.label, source, column.field, column.unit, over_parts=adds_up, direction=direction)


def _of_chart(chart: Chart, source: str) -> Iterator[_Metric]:
    for series in chart.series:
        yield _Metric(
            series.label,
            source,
            series.field,
            series.unit,
            over_time=series.additive if chart.label_type == "date" else None,
            over_parts=series.parts,
            direction=series.direction,
        )
