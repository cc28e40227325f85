"""The data of a report in a single table: a row for each figure, to be filtered, pivoted and read by other programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from reportgen.formatting import excel_value, format_period
from reportgen.model import Column, Unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.period_notes import days_of_part
from reportgen.outputs.text.sources import source_name
from reportgen.outputs.text.unit_words import unit_words
from reportgen.outputs.workbook.excel_names import rgb
from reportgen.outputs.workbook.print_layout import FINE, widths_on_a_page
from reportgen.outputs.workbook.sheet import Sheet, widths_of
from reportgen.outputs.workbook.sheet_cells import FIRST_YEAR, text_cell, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Block, Reading, Report, Table, Value
    from reportgen.outputs.text.period_notes import Dated
    from reportgen.outputs.workbook.sheet_cells import SheetRow

_DIMENSIONS = 3
_DAY, _FIGURE, _WIDEST, _PADDING = 14, 13, 50, 2  # characters
_SAMPLE = 500  # rows from the top of a table that its dimensions are made wide enough for
_DATE = Unit("date")
_NOWHERE = Column("", "", "dimension", Unit("text"), ("",))  # the point of a number alone


class FigurePlace(NamedTuple):
    """The place of a figure: up to three names and a day; empty and None where it has none."""

    first: str = ""
    second: str = ""
    third: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a metric in a block.

    Attributes:
        named: Section, block, source and metric.
        unit: In words.
        period: In words.
        places: A place for each figure, shared by the metrics of a table; compared days without a partner have none.
        values: In the source's scale, which other programs calculate with.
        compared: The compared values at the same index; may be empty.
        further: Those of a second comparison.
    """

    named: tuple[str, str, str, str]
    unit: str
    period: str
    places: FigurePlaces
    values: Sequence[Value]
    compared: Sequence[Value]
    further: Sequence[Value] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FigurePlaces:
    """The places of the rows of dimensions, which are not kept: a table may have hundreds of thousands.

    The first dimension of days is the day; the others stand in their order, names beyond the third behind it.
    """

    columns: Sequence[Column]

    def __len__(self) -> int:
        """Return the count of the rows."""
        return max((len(column.values) for column in self.columns), default=0)

    def __iter__(self) -> Iterator[FigurePlace]:
        """Yield the places of the rows."""
        dated = next((column for column in self.columns if _is_dated(column)), None)
        others = [column.values for column in self.columns if column is not dated]
        days = map(_day, dated.values) if dated else ()
        for day, texts in zip_longest(days, zip_longest(*others)):
            named = ["" if text is None else str(text) for text in texts or ()]
            rest = " \N{MIDDLE DOT} ".join(filter(None, named[_DIMENSIONS - 1 :]))
            first, second, *_ = *named[: _DIMENSIONS - 1], "", ""
            yield FigurePlace(first, second, rest, day)


class _Metric(NamedTuple):
    """A metric of a part of a block; its figures stand at points of dimensions, which the metrics of a table share."""

    part: Dated
    label: str
    unit: Unit
    points: Sequence[Column]
    values: Sequence[Value]
    compared: Sequence[Value]
    further: Sequence[Value] = ()


def data_sheet(name: str, report: Report, most_rows: int) -> Sheet:
    """Return the sheet of the data, with its heading in the first row; past `most_rows` the rest is left out."""
    heading = _heading(report)
    return Sheet(
        name,
        [heading],
        _widths(report, heading),
        title=name,
        head=1,
        table="Data",
        table_rows=min(count_of_figures(report), most_rows),
        figures=figures_of(report),
        color=rgb(report.theme, "axis"),
        kept=0,
        least_scale=FINE,
    )


def count_of_figures(report: Report) -> int:
    """Return the count of the rows of the data."""
    return sum(_count(block, report) for block in report.blocks)


def _count(block: Block, report: Report) -> int:
    readings = sum(map(_is_given, report.own_readings(block)))
    tables = sum(table_rows(table) * len(_metrics(table)) for table in block.tables)
    charts = (chart for chart in block.charts if chart.kind != "sparkline")
    return readings + tables + sum(len(chart.labels) * len(chart.series) for chart in charts)


def table_rows(table: Table) -> int:
    """Return the count of the rows of a table."""
    return max((len(column.values) for column in table.columns), default=0)


def _metrics(table: Table) -> list[Column]:
    return [column for column in table.columns if column.is_numeric]


def _heading(report: Report) -> SheetRow:
    _ = words_of(report.locale).gettext
    named = _("Dimension %(num)s")
    dimensions = (named % {"num": count_text(at, report.locale)} for at in range(1, _DIMENSIONS + 1))
    texts = (_("Section"), _("Block"), _("Source"), _("Metric"), *dimensions, _("Day"))
    return (
        *(text_cell(text, "heading") for text in texts),
        text_cell(_("Value"), "heading_filtered"),
        text_cell(_("Unit"), "heading"),
        text_cell(_("Period"), "heading"),
        text_cell(_("Compared value"), "heading_filtered"),
        *(
            [text_cell(f"{_('Compared value')} {count_text(2, report.locale)}", "heading_filtered")]
            if _is_further(report)
            else ()
        ),
    )


def _is_further(report: Report) -> bool:
    """Return whether any number has a second comparison."""
    return any(reading.further for block in report.blocks for reading in report.own_readings(block))


def figures_of(report: Report) -> Iterator[Figures]:
    """Yield the figures of a report by section, block and metric."""
    places = FigurePlaces(())
    for placed, metric in _metrics_of(report):
        if metric.points is not places.columns:
            places = FigurePlaces(metric.points)
        unit, period = unit_words(metric.unit, report.locale), _period(metric, report)
        further = metric.further
        yield Figures((*placed, metric.label), unit, period, places, metric.values, metric.compared, further)


def _period(metric: _Metric, report: Report) -> str:
    return format_period(days_of_part(report, metric.part), report.locale)


def _metrics_of(report: Report) -> Iterator[tuple[tuple[str, str, str], _Metric]]:
    """Yield the metrics of a report with their section, block and source."""
    names = {status.alias: source_name(status) for status in report.sources}
    for section in report.sections:
        for block in section.blocks:
            placed = section.title, block_title(block, report.locale), names.get(block.source or "", "")
            for metric in _metrics_in(block, report):
                yield placed, metric


def _metrics_in(block: Block, report: Report) -> Iterator[_Metric]:
    """Yield the metrics of a block: its numbers, then those of its tables, then those of its charts."""
    for reading in report.own_readings(block):
        if _is_given(reading):
            label = reading.label or block_title(block, report.locale)
            further = [each.baseline for each in reading.further]
            yield _Metric(reading, label, reading.unit, (_NOWHERE,), [reading.value], [reading.baseline], further)
    for table in block.tables:
        named = [column for column in table.columns if column.role == "dimension"]
        points = named or [replace(_NOWHERE, values=("",) * table_rows(table))]
        for column in _metrics(table):
            yield _Metric(table, column.label, column.unit, points, column.values, column.baseline)
    for chart in block.charts:
        if chart.kind != "sparkline":
            unit = _DATE if chart.label_type == "date" else Unit("text")
            points = [Column("", "", "dimension", unit, chart.labels)]
            for series in chart.series:
                yield _Metric(chart, series.label, series.unit, points, series.values, series.baseline)


def _widths(report: Report, heading: SheetRow) -> tuple[int, ...]:
    """Return the widths of the columns, in characters.

    They are wide enough for the names of the report, but for the longest where these would not fit on a page.
    """
    metrics = list(_metrics_of(report))
    names = zip(*((*placed, metric.label) for placed, metric in metrics), strict=True)
    shared = [next(of_table) for _id, of_table in groupby((metric.points for _, metric in metrics), id)]
    sample = [place for points in shared for place in FigurePlaces([_top(column) for column in points])]
    dimensions = zip(*(place[:_DIMENSIONS] for place in sample), strict=True)
    units = (unit_words(metric.unit, report.locale) for _, metric in metrics)
    periods = (_period(metric, report) for _, metric in metrics)
    held = (
        *map(_widest, names),
        *map(_widest, dimensions),
        _DAY,
        _FIGURE,
        _widest(units),
        _widest(periods),
        _FIGURE,
        _FIGURE,
    )
    return widths_on_a_page(tuple(map(max, widths_of([heading]), held)), report.page.paper, FINE)


def _top(column: Column) -> Column:
    return replace(column, values=column.values[:_SAMPLE])


def _widest(texts: Iterable[str]) -> int:
    return min(_WIDEST, max(map(text_width, texts)) + _PADDING)


def _day(value: Value) -> date | None:
    held = excel_value(value, _DATE)
    return held if isinstance(held, date) and held.year >= FIRST_YEAR else None


def _is_dated(column: Column) -> bool:
    """Return whether every value of a column is a day of Excel's calendar."""
    given = [value for value in column.values if value is not None]
    return column.unit.name != "text" and bool(given) and all(map(_day, given))


def _is_given(reading: Reading) -> bool:
    """Return whether a number or a number that it is compared with is there."""
    values = (reading.value, reading.baseline, *(each.baseline for each in reading.further))
    return any(isinstance(value, int | float) for value in values)
