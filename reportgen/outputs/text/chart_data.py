"""The data of a chart as a table: for the workbook, and in words for whoever reads the page without its drawings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportgen.formatting import format_short_day, format_value
from reportgen.model import Column, Table, Unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_forms import prints_shares
from reportgen.outputs.text.chart_values import exact, value_text
from reportgen.outputs.text.period_notes import compared_period
from reportgen.outputs.text.shares import share_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Report, Series

_MOST_ROWS = 500  # more than the days of a year; the workbook has all
_COUNT = Unit("count")


@dataclass(frozen=True, slots=True)
class ChartData:
    """The data of a chart in words.

    Attributes:
        heads: What the columns are: the points, the values, and beside these what they are compared with.
        rows: A row a point; empty where there is no value.
        shown: How many rows there are, in the digits of the locale; empty where all points are there.
        of: How many points there are, likewise.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shown: str = ""
    of: str = ""


def data_of(chart: Chart, locale: str) -> Table:
    """Return a chart's data as a table, a row a point; days have the days they are compared with beside them."""
    dated = chart.label_type == "date"
    unit = Unit("date") if dated else Unit("text")
    compared = tuple(label or None for label in chart.baseline_labels) if dated else ()
    points = Column("", _heading(chart, locale), "dimension", unit, chart.labels, compared)
    series = (Column(one.field, one.label, "metric", one.unit, one.values, one.baseline) for one in chart.series)
    return Table((points, *series))


def plotted(chart: Chart, report: Report) -> ChartData:
    """Put the data of a chart into words, at most 500 points of them."""
    rows = slice(_MOST_ROWS)
    points = [_point(label, chart, report.locale) for label in chart.labels[rows]]
    columns, has_shares = [(_heading(chart, report.locale), points)], prints_shares(chart)
    for series in chart.series:
        columns.append((series.label, _texts(series.values[rows], series.unit, report.locale)))
        if series.baseline and report.baseline:
            texts = _texts(series.baseline[: len(points)], series.unit, report.locale)
            columns.append((_compared(chart, series, report), texts))
        if has_shares:
            columns.append((words_of(report.locale).gettext("Share"), _shares(series, rows, report.locale)))
    cut = len(points) < len(chart.labels)
    counts = [format_value(count, _COUNT, report.locale) for count in (len(points), len(chart.labels)) if cut]
    return ChartData(
        tuple(head for head, _ in columns), tuple(zip(*(texts for _, texts in columns), strict=True)), *counts
    )


def _heading(chart: Chart, locale: str) -> str:
    _ = words_of(locale).gettext
    return _("Date") if chart.label_type == "date" else _("Category")


def _point(label: str, chart: Chart, locale: str) -> str:
    return format_short_day(date.fromisoformat(label[:10]), locale) if chart.label_type == "date" else label


def _compared(chart: Chart, series: Series, report: Report) -> str:
    """Name the compared period, and of several series the one that is meant."""
    period = compared_period(report)
    if len(chart.series) == 1:
        return period
    said = words_of(report.locale).gettext("%(series)s, %(period)s")
    return said % {"series": series.label, "period": period}


def _texts(values: Sequence[Number | None], unit: Unit, locale: str) -> list[str]:
    return ["" if value is None else value_text(value, unit, locale) for value in values]


def _shares(series: Series, rows: slice, locale: str) -> list[str]:
    whole = sum((exact(value) for value in series.values if value is not None), exact(0))
    return ["" if one is None else share_text(float(exact(one) / whole), locale) for one in series.values[rows]]
