"""The days of a source: the last with a value, and how many of how many came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import counted_buckets
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.period_notes import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.model import Block, Report, Value


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days of a source that have a value.

    Attributes:
        last: The last of them; None where no day has a value.
        came: How many days have a value in a chart or table by day.
        complete: Whether every series and column has a value on every day.
    """

    last: date | None
    came: int
    complete: bool


def coverage_of(blocks: Iterable[Block]) -> Coverage | None:
    """Return the days of blocks of a source; None where no chart and no table of them is by day.

    Days of its own that a block covers are not counted: the block itself says what it lacks.
    """
    points = [point for block in blocks if not block.remarks for point in _points(block)]
    if not points:
        return None
    came = {day for day, values in points if any(value is not None for value in values)}
    complete = all(value is not None for _, values in points for value in values)
    return Coverage(date.fromisoformat(max(came)) if came else None, len(came), complete)


def _points(block: Block) -> Iterator[tuple[str, Sequence[Value]]]:
    """Yield each day of charts and tables by day with its values."""
    for chart in block.charts:
        if chart.label_type == "date" and chart.bucket == "day" and chart.kind != "sparkline" and not chart.days:
            yield from zip(chart.labels, zip(*(series.values for series in chart.series), strict=True), strict=True)
    for table in block.tables:
        days, figures = table.columns[:1], table.columns[1:]
        if (
            table.bucket == "day" and not table.days and figures and days[0].role == "dimension"
        ):  # else its days are not printed
            rows = zip(days[0].values, zip(*(column.values for column in figures), strict=True), strict=True)
            yield from (
                (str(day)[:10], values)
                for (day, values), found in zip(rows, table.presence, strict=True)
                if found != "baseline"
            )


def coverage_words(coverage: Coverage | None, report: Report) -> str:
    """Return the last day with data, and of incomplete data how many days came: `data to Oct 20 · 20 of 31 days`.

    Empty where nothing is by day: then the days that the figures cover are not known.
    """
    _, locale = words_of(report.locale).gettext, report.locale
    if coverage is None:
        return ""
    if coverage.complete:
        return _("data to %(day)s") % {"day": day_words(report.period.end, locale)}
    day = _("data to %(day)s") % {"day": day_words(coverage.last, locale)} if coverage.last else ""
    if coverage.came == report.period.days:  # each has a value, though not of every metric
        return day
    counts = {"num": count_text(coverage.came, locale), "of": counted_buckets("day", report.period.days, locale)}
    return " \N{MIDDLE DOT} ".join(filter(None, (day, _("%(num)s of %(of)s") % counts)))
