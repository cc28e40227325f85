"""Every number of a report as it is printed, against which the numbers of sentences are held."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from reportgen.formatting import format_change, format_period, format_short_day, format_value
from reportgen.model import ROUND_KINDS, Unit, form_of
from reportgen.outputs.text.counts_and_shares import share_of, share_text
from reportgen.outputs.text.period_notes import window_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.model import Block, Chart, Reading, Report, Table, Value

NUMBER = re.compile(r"\d(?:[\d.,:\u00a0\u202f\u066b\u066c]*\d)?")


def foreign_numbers(sentence: str, figures: set[str]) -> list[str]:
    """Return the numbers of a sentence that are in none of a report's figures."""
    return [number for number in NUMBER.findall(sentence) if number not in figures]


def figures_of(report: Report) -> set[str]:
    """Return every number of a report as it is printed, without those of its summaries."""
    texts = [*window_words(report, "period"), *window_words(report, "baseline")]
    texts += [format_period(one, report.locale) for one in (report.period, report.baseline) if one]
    for block in report.blocks:
        if block.kind != "summary":
            texts += _texts_of(block, report.locale)
    return {number for text in texts for number in NUMBER.findall(text)}


def _texts_of(block: Block, locale: str) -> Iterator[str]:
    yield block.label
    for reading in block.readings:
        yield from _reading(reading, locale)
    for chart in block.charts:
        yield from _chart(chart, locale)
    for table in block.tables:
        yield from _table(table, locale)


def _reading(reading: Reading, locale: str) -> Iterator[str]:
    yield from _values((reading.value, reading.baseline), reading.unit, locale)
    if reading.change:
        yield format_change(reading.change, reading.unit, locale)
    if reading.goal:
        yield from _values((reading.goal.target,), reading.unit, locale)
        yield from _values((reading.goal.progress, reading.goal.expected), Unit("percent", decimals=0), locale)


def _chart(chart: Chart, locale: str) -> Iterator[str]:
    for series in chart.series:
        yield series.label
        yield from _values((*series.values, *series.baseline), series.unit, locale)
        values = [value for value in series.values if value is not None]
        yield from (share_text(share_of(value, values), locale) for value in values if form_of(chart) in ROUND_KINDS)
    days = chart.label_type == "date"
    yield from (
        format_short_day(date.fromisoformat(label), locale, spelled=True) if days else label for label in chart.labels
    )
    yield from (f"{int(label):02}:00" for label in chart.labels if label.isdecimal() and len(label) <= 2)


def _table(table: Table, locale: str) -> Iterator[str]:
    for index, column in enumerate(table.columns):
        yield column.label
        yield from _values((*column.values[: table.shown], *column.baseline[: table.shown]), column.unit, locale)
        totals = [row[index] if row else None for row in (table.total, table.total_baseline)]
        yield from _values(totals, column.unit, locale)
        change = column.change(*totals)
        if change:
            yield format_change(change, column.unit, locale)


def _values(values: Iterable[Value], unit: Unit, locale: str) -> Iterator[str]:
    return (format_value(value, unit, locale) for value in values if value is not None)
