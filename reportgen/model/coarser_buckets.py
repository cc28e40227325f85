"""Charts of days by week, month, quarter or year, where the days add up.

An author's `by` is so in every file. Many days without it are drawn by week or month, and files keep the days.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.model.chart_points import days_of
from reportgen.model.exact_numbers import number_of, sum_of
from reportgen.periods import Bucket, month_length

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from reportgen.model.chart_series import Chart, Series
    from reportgen.model.units import Number
    from reportgen.periods import BucketKind, BucketUnit

    _Partners: TypeAlias = dict[int, int]
    """The place of a day in its bucket -> the index of the day that it is compared with."""

_KINDS = frozenset({"line", "area", "bar", "horizontal_bar", "stacked", "combo"})
_MOST_DAYS = 100
_MONTHS_FROM = 300  # days of whole months; a longer row of other days becomes weeks, up to those of a year
_MOST_DAYS_BY_WEEK = 371
_A_WEEK = 7
_DAYS_OF_A_YEAR = frozenset({365, 366})


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


def in_units(chart: Chart, kind: BucketKind) -> Chart | None:
    """Return a chart of days by another unit of time; None where its labels are no days.

    A unit that lacks a day, or a figure of a day, is marked as cut. Units are compared by their place, whole ones with
    whole ones, where both periods have as many; weeks from Monday with those of the same number a year before. Where no
    unit has a partner, the periods are not comparable.
    """
    days = days_of(chart)
    if chart.bucket != "day" or not days:
        return None
    grouped = list(_grouped(enumerate(days), kind))
    buckets = [bucket for _, bucket in grouped]
    partners = [(bucket, dict(enumerate(then))) for bucket, then in _partners_in_units(chart, grouped, kind)]
    if chart.baseline_labels and not any(then for _, then in partners):
        chart = _uncompared(chart)
    labels = [chart.baseline_labels[then[0]] if then else "" for _, then in partners]
    return replace(
        chart,
        labels=tuple(chart.labels[bucket.at[0]] for bucket in buckets),
        series=tuple(_added_up(series, partners, ()) for series in chart.series),
        baseline_labels=tuple(labels) if chart.baseline_labels else (),
        bucket=kind.unit,
        by_number=kind.weekday == 0,
        first_month=kind.first_month,
        cut=tuple(at for at, bucket in enumerate(buckets) if _is_cut(chart, bucket)),
        gapped=_gapped(chart, buckets),
    )


def _uncompared(chart: Chart) -> Chart:
    """Return a chart without the compared values, which stand beside none of its own."""
    series = tuple(replace(each, baseline=()) for each in chart.series)
    return replace(chart, series=series, baseline_labels=(), baseline_missing="not_comparable")


def _grouped(days: Iterable[tuple[int, date]], kind: BucketKind) -> Iterator[tuple[Bucket, _Bucket]]:
    """Yield the buckets of days in their order, which stand with their indexes, with the indexes in each."""
    for bucket, held in groupby(days, key=lambda day: kind.containing(Bucket(day[1]))):
        yield bucket, _Bucket(tuple(at for at, _ in held), kind.length(bucket))


def _partners_in_units(
    chart: Chart, buckets: Sequence[tuple[Bucket, _Bucket]], kind: BucketKind
) -> Iterator[tuple[_Bucket, tuple[int, ...]]]:
    """Yield each bucket with the indexes of the days it is compared with; none for a bucket that is not whole."""
    named = sorted((date.fromisoformat(label[:10]), at) for at, label in enumerate(chart.baseline_labels) if label)
    before = list(_grouped(((at, day) for day, at in named), kind))
    by_number = kind.unit == "week" and kind.weekday == 0 and _are_dates_of_a_year_before(chart)
    keys, keys_before = _keys([first for first, _ in buckets], [first for first, _ in before], by_number=by_number)
    partners = dict(zip(keys_before, (bucket for _, bucket in before), strict=True))
    for key, (_, bucket) in zip(keys, buckets, strict=True):
        then = partners.get(key)
        whole = then is not None and len(then.at) == then.whole and not _is_cut(chart, bucket)
        yield bucket, then.at if then and whole else ()


def _keys(
    buckets: Sequence[Bucket], before: Sequence[Bucket], *, by_number: bool
) -> tuple[Sequence[Hashable], Sequence[Hashable]]:
    """Return keys of the buckets of two periods, equal for those that are compared; see `in_units`."""
    if by_number:
        return [week.iso_week() for week in buckets], [week.iso_week(years_on=1) for week in before]
    return range(len(buckets)), range(len(before)) if len(before) == len(buckets) else [None] * len(before)


def _are_dates_of_a_year_before(chart: Chart) -> bool:
    """Return whether days are compared with the same dates a year before, and not with the weekdays 52 weeks before."""
    pairs = ((day, label) for day, label in zip(chart.labels, chart.baseline_labels, strict=False) if label)
    apart = {(date.fromisoformat(day[:10]) - date.fromisoformat(label[:10])).days for day, label in pairs}
    return bool(apart) and apart <= _DAYS_OF_A_YEAR


def _is_cut(chart: Chart, bucket: _Bucket) -> bool:
    """Return whether a bucket has some of its figures, but not those of all of its days."""
    return any(0 < len(_known(series, bucket)) < bucket.whole for series in chart.series)


def _gapped(chart: Chart, buckets: Sequence[_Bucket]) -> tuple[int, ...]:
    """Return the indexes of the buckets that have the figures of some of their days, but not of all in the chart."""
    return tuple(
        at
        for at, bucket in enumerate(buckets)
        if any(0 < len(_known(series, bucket)) < len(bucket.at) for series in chart.series)
    )


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
    cut = tuple(at for at in known if _is_cut(chart, buckets[at]))
    partners = _partners(chart, buckets, unit)
    if not known or not set(cut) <= {known[0], known[-1]} or partners is None:
        return None
    taken = {at for ats in partners for at in ats.values()}
    alone = [at for at, label in enumerate(chart.baseline_labels) if label and at not in taken]
    firsts = (chart.baseline_labels[next(iter(ats.values()))] if ats else "" for ats in partners)
    pairs = list(zip(buckets, partners, strict=True))
    return replace(
        chart,
        labels=tuple(chart.labels[bucket.at[0]] for bucket in buckets),
        series=tuple(_added_up(series, pairs, alone) for series in chart.series),
        baseline_labels=(*firsts, *(chart.baseline_labels[at] for at in alone)) if chart.baseline_labels else (),
        bucket=unit,
        by_number=False,  # compared weeks are those of compared days, and have no number
        cut=cut,
        gapped=_gapped(chart, buckets),
    )


def _partners(chart: Chart, buckets: Sequence[_Bucket], unit: BucketUnit) -> list[_Partners] | None:
    """Return the compared days of each bucket, which are as many whole months where the buckets are.

    None where the days that a month is compared with are those of two months.
    """
    labels = chart.baseline_labels
    ordered = sorted((label, at) for at, label in enumerate(labels) if label)
    months = [[at for _, at in days] for _, days in groupby(ordered, key=lambda day: day[0][:7])]
    is_whole = all(len(ats) == month_length(labels[ats[0]][:7]) for ats in months)
    if unit == "month" and is_whole and len(months) == len(buckets):
        return [dict(enumerate(ats)) for ats in months]
    own = [{place: at for place, at in enumerate(bucket.at) if at < len(labels) and labels[at]} for bucket in buckets]
    if unit == "month" and any(len({labels[at][:7] for at in ats.values()}) > 1 for ats in own):
        return None
    return own


def _known(series: Series, bucket: _Bucket) -> list[int]:
    """Return the places of the days of a bucket that have a figure."""
    return [place for place, at in enumerate(bucket.at) if series.values[at] is not None]


def _added_up(series: Series, pairs: Sequence[tuple[_Bucket, _Partners]], alone: Sequence[int]) -> Series:
    """Return a series by buckets; compared days of no bucket stay as they are, and count in totals."""
    values = tuple(
        number_of(sum_of(series.values[at] for at in bucket.at)) if _known(series, bucket) else None
        for bucket, _ in pairs
    )
    if not series.baseline:
        return replace(series, values=values)
    compared = (_compared(series, bucket, partners) for bucket, partners in pairs)
    return replace(series, values=values, baseline=(*compared, *(series.baseline[at] for at in alone)))


def _compared(series: Series, bucket: _Bucket, partners: _Partners) -> Number | None:
    """Return the sum of the compared days of a bucket; where its own days have figures in part, of those alone."""
    places = _known(series, bucket)
    is_cut = 0 < len(places) < len(bucket.at)
    before = [series.baseline[at] for place, at in partners.items() if not is_cut or place in places]
    return number_of(sum_of(before)) if before and None not in before else None
