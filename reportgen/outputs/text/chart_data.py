"""The data of a chart as a table: for the workbook, and in words for a reader without its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.model import Column, Table, Unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_forms import prints_shares
from reportgen.outputs.text.chart_labels import day_text
from reportgen.outputs.text.chart_values import exact, sum_of, value_text
from reportgen.outputs.text.counts_and_shares import count_text, share_text
from reportgen.outputs.text.period_notes import compared_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Number, Report, Series

_MOST_ROWS = 500  # more than the days of a year; the workbook has all


@dataclass(frozen=True, slots=True)
class ChartData:
    """The data of a chart in words.

    Attributes:
        heads: The heads of the columns: the points, each series, and beside it the compared period or the shares.
        rows: The texts of each point; empty where a value is missing.
        shown: The count of the rows in the digits of the locale; empty where all points are there.
        of: The count of the points, likewise.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shown: str = ""
    of: str = ""


def data_of(chart: Chart, locale: str) -> Table:
    """Return a chart's data as a table, a row for each point; days have the compared days beside them."""
    dated = chart.label_type == "date"
    unit = Unit("date") if dated else Unit("text")
    compared = tuple(label or None for label in chart.baseline_labels) if dated else ()
    points = Column("", _heading(chart, locale), "dimension", unit, chart.labels, compared)
    metrics = (
        Column(series.field, series.label, "metric", series.unit, series.values, series.baseline)
        for series in chart.series
    )
    return Table((points, *metrics))


def plotted(chart: Chart, report: Report) -> ChartData:
    """Return the data of a chart in words, at most 500 points."""
    locale, labels = report.locale, chart.labels[:_MOST_ROWS]
    points = [day_text(label, locale) if chart.label_type == "date" else label for label in labels]
    columns, has_shares = [(_heading(chart, locale), points)], prints_shares(chart)
    for series in chart.series:
        columns.append((series.label, _texts(series.values, series.unit, locale)))
        if series.baseline and report.baseline:
            texts = _texts(series.baseline[: len(points)], series.unit, locale)
            columns.append((_compared_head(chart, series, report), texts))
        if has_shares:
            columns.append((words_of(locale).gettext("Share"), _shares(series.values, locale)))
    cut = len(points) < len(chart.labels)
    counts = [count_text(count, locale) for count in (len(points), len(chart.labels)) if cut]
    heads, texts_of_columns = zip(*columns, strict=True)
    return ChartData(heads, tuple(zip(*texts_of_columns, strict=True)), *counts)


def _heading(chart: Chart, locale: str) -> str:
    _ = words_of(locale).gettext
    return _("Date") if chart.label_type == "date" else _("Category")


def _compared_head(chart: Chart, series: Series, report: Report) -> str:
    """Return the name of the compared period, behind the name of the series where the chart has several."""
    period = compared_period(report)
    if len(chart.series) == 1:
        return period
    return words_of(report.locale).gettext("%(series)s, %(period)s") % {"series": series.label, "period": period}


def _texts(values: Sequence[Number | None], unit: Unit, locale: str) -> list[str]:
    return ["" if value is None else value_text(value, unit, locale) for value in values[:_MOST_ROWS]]


def _shares(values: Sequence[Number | None], locale: str) -> list[str]:
    whole = sum_of(values)
    return ["" if value is None else share_text(float(exact(value) / whole), locale) for value in values[:_MOST_ROWS]]
