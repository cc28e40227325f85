"""The data of a chart as a table: for the workbook, and in words for a reader without its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.model import ROUND_KINDS, Column, Table, Unit, exact, form_of, sum_of
from reportgen.outputs.text.block_states import undefined_label
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import compared_labels, label_texts
from reportgen.outputs.text.chart_values import value_text
from reportgen.outputs.text.counts_and_shares import count_text, share_text
from reportgen.outputs.text.number_cards import goal_text
from reportgen.outputs.text.period_notes import compared_days, compared_period

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reportgen.model import Chart, Number, Report, Series

_MOST_ROWS = 500  # more than the days of a year; the workbook has all
_NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ChartData:
    """The data of a chart in words.

    Attributes:
        heads: The heads of the columns: the points, each series, and beside it the compared period or the shares.
        rows: The texts of each point; empty where a value is missing, words where it would be divided by zero, a dash
            where there is none to miss: beside a day that the other period does not have, and for the goal of a part
            of a month.
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
    unit = Unit("date") if dated and chart.bucket == "day" else Unit("text")
    is_named = dated and chart.bucket != "day"
    labels = tuple(label_texts(chart, locale)) if is_named else chart.labels
    before = compared_labels(chart, locale) if is_named else chart.baseline_labels
    compared = tuple(label or None for label in before) if dated else ()
    points = Column(
        "",
        _heading(chart, locale),
        "dimension",
        unit,
        labels,
        compared,
        cut=chart.cut,
        baseline_cut=chart.baseline_cut,
    )
    metrics = (
        Column(series.field, series.label, "metric", series.unit, series.values, series.baseline)
        for series in chart.series
    )
    goals = (_goal_column(series, chart, locale) for series in chart.series if series.goals)
    return Table((points, *metrics, *goals))


def _goal_column(series: Series, chart: Chart, locale: str) -> Column:
    """Return the goals of a series as a column, in words where one is no single number."""
    head = _goal_head(series, chart, locale)
    if any(goal and goal.kind in {"between", "about"} for goal in series.goals):
        return Column("", head, "dimension", Unit("text"), tuple(_goal_texts(series, locale)))
    return Column("", head, "metric", series.unit, tuple(goal.target if goal else None for goal in series.goals))


def plotted(chart: Chart, report: Report) -> ChartData:
    """Return the data of a chart in words, at most 500 points; days have the names of the compared days beside them."""
    locale, dated = report.locale, chart.label_type == "date"
    columns, has_shares = [(_heading(chart, locale), label_texts(chart, locale))], form_of(chart) in ROUND_KINDS
    is_compared = compared_days(report, chart) is not None and any(series.baseline for series in chart.series)
    before = [label or _NOTHING for label in compared_labels(chart, locale)] if dated else []
    partners = [(words_of(locale).gettext("Compared with"), before)] if dated else []
    for series in chart.series:
        columns.append((series.label, _texts(series.values, series.unit, locale, series.undefined)))
        if series.goals:
            columns.append(
                (_goal_head(series, chart, locale), [text or _NOTHING for text in _goal_texts(series, locale)])
            )
        if has_shares:
            columns.append((words_of(locale).gettext("Share"), _shares(series.values, locale)))
        if series.baseline and is_compared:
            columns += partners
            partners = []  # named once, before the first compared values
            columns.append((_compared_head(chart, series, report), _compared_texts(series, before, locale)))
    heads, texts_of_columns = zip(*columns, strict=True)
    rows = tuple(zip_longest(*texts_of_columns, fillvalue=_NOTHING))  # compared days may be more
    counts = [count_text(count, locale) for count in (_MOST_ROWS, len(rows)) if len(rows) > _MOST_ROWS]
    return ChartData(heads, rows[:_MOST_ROWS], *counts)


def _heading(chart: Chart, locale: str) -> str:
    _ = words_of(locale).gettext
    return _("Date") if chart.label_type == "date" else _("Category")


def _compared_head(chart: Chart, series: Series, report: Report) -> str:
    """Return the name of the compared period, behind the name of the series where the chart has several."""
    period = compared_period(report, chart)
    if len(chart.series) == 1:
        return period
    return words_of(report.locale).gettext("%(series)s, %(period)s") % {"series": series.label, "period": period}


def _goal_head(series: Series, chart: Chart, locale: str) -> str:
    """Return the name of the goals of a series, behind its own name where the chart has several."""
    _ = words_of(locale).gettext
    if len(chart.series) == 1:
        return _("Goal")
    return _("%(series)s, %(period)s") % {"series": series.label, "period": _("Goal")}


def _goal_texts(series: Series, locale: str) -> list[str]:
    return [goal_text(goal, series.unit, locale) if goal else "" for goal in series.goals]


def _compared_texts(series: Series, partners: Sequence[str], locale: str) -> list[str]:
    """Return the compared values of a series; `partners` are the names of their days, none of categories."""
    texts = _texts(series.baseline, series.unit, locale, series.baseline_undefined)
    return [_NOTHING if day == _NOTHING else text for text, day in zip_longest(texts, partners, fillvalue="")]


def _texts(values: Sequence[Number | None], unit: Unit, locale: str, undefined: Collection[int]) -> list[str]:
    texts = ["" if value is None else value_text(value, unit, locale) for value in values]
    for at in undefined:
        texts[at] = undefined_label(locale)
    return texts


def _shares(values: Sequence[Number | None], locale: str) -> list[str]:
    whole = sum_of(values)
    return ["" if value is None else share_text(float(exact(value) / whole), locale) for value in values]
