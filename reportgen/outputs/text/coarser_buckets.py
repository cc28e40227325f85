"""Charts of many days by week or by month, as they are drawn where the days add up; files keep the days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.model import days_of
from reportgen.outputs.text.chart_values import number_of, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.model import Chart, Number, Series
    from reportgen.periods import BucketUnit

_KINDS = frozenset({"line", "area", "bar", "horizontal_bar", "stacked", "combo"})
_MOST_DAYS = 100
_MONTHS_FROM = 300  # days of whole months; a longer row of other days becomes weeks, up to those of a year
_MOST_DAYS_BY_WEEK = 371
_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Bucket:
    """The days of a week or a month that are in a chart: their indexes, and how many days the whole has."""

    at: tuple[int, ...]
    whole: int


def by_week_or_month(chart: Chart) -> Chart:
    """Return a chart of more than a hundred days by week, or by month where it has whole months of most of a year.

    It stays as it is where its days do not add up, or where days within it have no figure. Weeks begin on Monday.
    """
    days = days_of(chart)
    if chart.kind not in _KINDS or chart.bucket != "day" or not days or len(days) <= _MOST_DAYS:
        return chart
    is_gapless = (days[-1] - days[0]).days == len(days) - 1
    if not is_gapless or not all(series.additive and len(series.values) == len(days) for series in chart.series):
        return chart
    made = (_in_buckets(chart, buckets, unit) for unit, buckets in _divisions(days))
    return next((coarser for coarser in made if coarser), chart)


def _divisions(days: Sequence[date]) -> Iterator[tuple[BucketUnit, list[_Bucket]]]:
    """Yield the buckets that days are divided into, the best first."""
    has_whole_months = days[0].day == (days[-1] + timedelta(days=1)).day == 1
    if len(days) > _MOST_DAYS_BY_WEEK or (len(days) >= _MONTHS_FROM and has_whole_months):
        months = groupby(range(len(days)), key=lambda at: (days[at].year, days[at].month))
        yield "month", [_Bucket(tuple(ats), monthrange(*month)[1]) for month, ats in months]
    weeks = groupby(range(len(days)), key=lambda at: days[at].toordinal() - days[at].weekday())
    yield "week", [_Bucket(tuple(ats), _A_WEEK) for _, ats in weeks]


def _in_buckets(chart: Chart, buckets: Sequence[_Bucket], unit: BucketUnit) -> Chart | None:
    """Return a chart by buckets; None where more than the first and the last with figures are incomplete.

    Months are compared with months alone.
    """
    known = [at for at, bucket in enumerate(buckets) if any(_known(series, bucket) for series in chart.series)]
    cut = tuple(
        at for at in known if any(0 < len(_known(series, buckets[at])) < buckets[at].whole for series in chart.series)
    )
    if not set(cut) <= {known[0], known[-1]} if known else True:
        return None
    partners = [[label for at in bucket.at if (label := _partner(chart, at))] for bucket in buckets]
    if unit == "month" and any(len({label[:7] for label in labels}) > 1 for labels in partners):
        return None
    count = len(chart.labels)
    return replace(
        chart,
        labels=tuple(chart.labels[bucket.at[0]] for bucket in buckets),
        series=tuple(_added_up(chart, series, buckets) for series in chart.series),
        baseline_labels=(*(next(iter(labels), "") for labels in partners), *chart.baseline_labels[count:])
        if chart.baseline_labels
        else (),
        bucket=unit,
        by_number=False,  # compared weeks are those of compared days, and have no number
        cut=cut,
    )


def _known(series: Series, bucket: _Bucket) -> list[int]:
    """Return the indexes of the days of a bucket that have a figure."""
    return [at for at in bucket.at if series.values[at] is not None]


def _partner(chart: Chart, at: int) -> str:
    return chart.baseline_labels[at] if at < len(chart.baseline_labels) else ""


def _added_up(chart: Chart, series: Series, buckets: Sequence[_Bucket]) -> Series:
    """Return a series by buckets; compared days alone, beyond its own, stay as they are, and count in totals."""
    values = tuple(
        number_of(sum_of(series.values[at] for at in bucket.at)) if _known(series, bucket) else None
        for bucket in buckets
    )
    if not series.baseline:
        return replace(series, values=values)
    compared = (_compared(chart, series, bucket) for bucket in buckets)
    return replace(series, values=values, baseline=(*compared, *series.baseline[len(chart.labels) :]))


def _compared(chart: Chart, series: Series, bucket: _Bucket) -> Number | None:
    """Return the sum of the compared days of a bucket, of those alone whose own day has a figure, where any has."""
    ats = _known(series, bucket) or bucket.at
    before = [series.baseline[at] for at in ats if _partner(chart, at)]
    return number_of(sum_of(before)) if before and None not in before else None
