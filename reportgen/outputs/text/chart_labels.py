"""The labels of a chart: days, weeks and other buckets of time by their names, or words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from reportgen.formatting import (
    format_bucket,
    format_day,
    format_months,
    format_names,
    format_short_dates,
    format_short_day,
)
from reportgen.model import days_of
from reportgen.outputs.text.bidi import isolated, isolated_part
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.periods import SECOND_HOUR, Bucket, BucketKind, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Chart, Series
    from reportgen.periods import BucketUnit

_HOUR = re.compile(r"(?P<hour>[01]?\d|2[0-4])(:00|h)?(\s?(?P<half>[ap])\.?m\.?)?", re.IGNORECASE)
_FEWEST_HOURS = 12
_MOST_NAMED = 4  # buckets in a line
_ZERO = frozenset({"0", "00"})


def are_hours(chart: Chart) -> bool:
    """Return whether the labels of a chart are hours: of a timeline, or in words."""
    return chart.bucket == "hour" or hours_of(chart.labels) is not None


def hours_of(labels: Sequence[str]) -> list[int] | None:
    """Return the hours of a day that words name, `7`, `07:00` or `7 pm`; None where they name none, or one twice.

    Fewer than twelve numbers may be anything.
    """
    found = [_HOUR.fullmatch(label.strip()) for label in labels]
    hours = [
        int(match["hour"]) % (12 if match["half"] else 24) + 12 * (match["half"] in {"p", "P"})
        for match in found
        if match
    ]
    return hours if len(labels) == len(set(hours)) >= _FEWEST_HOURS else None


def label_in_words(chart: Chart, label: str, locale: str) -> str:
    """Return a label of a chart for a sentence: an hour of the day as `23:00`, where the axis has a plain 23.

    Numbers without a zero among them may be months or days, and stay as they are.
    """
    hours = hours_of(chart.labels) if chart.label_type == "category" else None
    if not hours or not _ZERO.intersection(chart.labels):
        return label_text(chart, label, locale)
    return format_bucket("hour", date.min, locale, hour=hours[chart.labels.index(label)])


def month_begins(days: Sequence[date]) -> list[int]:
    """Return the indexes of the days in a row with which months begin; with the first day, where it is the 1st."""
    months = [(day.year, day.month) for day in days]
    return [at for at, day in enumerate(days) if (months[at] != months[at - 1] if at else day.day == 1)]


def day_text(label: str, locale: str, *, spelled: bool = False) -> str:
    """Return the day of an ISO label without its year, `Oct 9`, or with its month spelled out, `October 9`."""
    return format_short_day(date.fromisoformat(label[:10]), locale, spelled=spelled)


def label_text(chart: Chart, label: str, locale: str, *, spelled: bool = False) -> str:
    """Return a label of a chart as its bucket is called, `week 40` or `Oct 9`; a word as it is.

    A bucket that was asked for in part is called by its days, `Oct 1 \N{EN DASH} 14`. Where the chart is of several
    years, months and weeks have their year. Quarters and years that do not begin in January are called by their months,
    as a number would be read as the calendar's. `spelled` writes names of months out.
    """
    if chart.label_type != "date" or not label:
        return label
    if days := _days_in_part(chart).get(label):
        return format_short_dates(days, locale)
    if chart.bucket == "day" or (chart.bucket == "week" and not chart.by_number):
        return day_text(label, locale, spelled=spelled)
    day = date.fromisoformat(label[:10])
    if chart.bucket in {"quarter", "year"} and chart.first_month != 1:
        return _months_of(chart, day, locale)
    if chart.bucket == "week":
        return _week(chart, label, locale)
    hour = int(label[11:13]) if chart.bucket == "hour" else None
    several = len({text[: 10 if chart.bucket == "hour" else 4] for text in chart.labels}) > 1
    text = format_bucket(chart.bucket, day, locale, hour=hour, several=several, spelled=spelled)
    return text + SECOND_HOUR * label.endswith(SECOND_HOUR)


def _months_of(chart: Chart, day: date, locale: str) -> str:
    kind = BucketKind(chart.bucket, first_month=chart.first_month)
    bucket = kind.containing(Bucket(day))
    return format_months(Period(bucket.day, kind.last_day(bucket)), locale)


def _week(chart: Chart, label: str, locale: str) -> str:
    if len({text[:4] for text in chart.labels}) > 1:
        return _week_of_year(label, locale)
    number = count_text(date.fromisoformat(label[:10]).isocalendar().week, locale)
    return words_of(locale).gettext("week %(num)s") % {"num": number}


def _days_in_part(chart: Chart) -> dict[str, Period]:
    """Return the days of the buckets that were asked for in part, by their labels."""
    if not chart.windows:
        return {}
    return {chart.labels[at]: Period.of_dates(chart.windows[at]) for at in chart.cut}


def label_texts(chart: Chart, locale: str) -> list[str]:
    """Return the labels of a chart as they stand on its axis: days have their year where they are of several years."""
    days = days_of(chart) if chart.bucket == "day" else None
    if days and days[0].year != days[-1].year:
        return [format_day(day, locale) for day in days]
    return [label_text(chart, label, locale) for label in chart.labels]


def compared_labels(chart: Chart, locale: str) -> list[str]:
    """Return the compared buckets of a chart as they are called, with their year where it is another; "" for none."""
    year = chart.labels[0][:4] if chart.labels else ""
    return [_compared_label(chart, label, year, locale) for label in chart.baseline_labels]


def _compared_label(chart: Chart, label: str, year: str, locale: str) -> str:
    if label and chart.bucket in {"day", "week"} and label[:4] != year:
        day = format_day(date.fromisoformat(label), locale)
        return day if chart.bucket == "day" or not chart.by_number else _week_of_year(label, locale)
    if label and chart.bucket == "month" and label[:4] != year:
        return format_bucket("month", date.fromisoformat(label), locale, several=True)
    return label_text(chart, label, locale)


def _week_of_year(label: str, locale: str) -> str:
    iso = date.fromisoformat(label[:10]).isocalendar()
    values = {"num": count_text(iso.week, locale), "year": f"{iso.year}"}
    return words_of(locale).gettext("week %(num)s of %(year)s") % values


def counted_buckets(unit: BucketUnit, number: int, locale: str) -> str:
    """Return a count of buckets, `31 days`."""
    words = words_of(locale)
    texts: dict[BucketUnit, str] = {
        "hour": words.ngettext("%(num)s hour", "%(num)s hours", number),
        "day": words.ngettext("%(num)s day", "%(num)s days", number),
        "week": words.ngettext("%(num)s week", "%(num)s weeks", number),
        "month": words.ngettext("%(num)s month", "%(num)s months", number),
        "quarter": words.ngettext("%(num)s quarter", "%(num)s quarters", number),
        "year": words.ngettext("%(num)s year", "%(num)s years", number),
    }
    return texts[unit] % {"num": count_text(number, locale)}


def coverage_lines(chart: Chart, locale: str) -> tuple[str, ...]:
    """Return for how many of its days, or other buckets, a chart has no figures: of all series alike, or of each."""
    if chart.label_type != "date" or chart.kind == "sparkline":
        return ()
    gaps = [series.values.count(None) - len(series.undefined) for series in chart.series]
    undefined = tuple(filter(None, (undefined_line(chart, series, locale) for series in chart.series)))
    if len(set(gaps)) == 1:
        return (*((no_figures(gaps[0], len(chart.labels), chart.bucket, locale),) if gaps[0] else ()), *undefined)
    message = words_of(locale).gettext("%(name)s: no figures for %(num)s of %(of)s.")
    of = counted_buckets(chart.bucket, len(chart.labels), locale)
    lacking = (
        message % {"name": series.label, "num": count_text(gap, locale), "of": of}
        for series, gap in zip(chart.series, gaps, strict=True)
        if gap
    )
    return (*lacking, *undefined)


def undefined_line(chart: Chart, series: Series, locale: str) -> str:
    """Return for which buckets a series would be divided by zero; empty where for none."""
    if not series.undefined:
        return ""
    _, name = words_of(locale).gettext, isolated_part(series.label, locale)
    named = [isolated(label_text(chart, chart.labels[at], locale), locale) for at in series.undefined]
    if len(named) <= _MOST_NAMED:
        message = _("%(name)s: not defined for %(labels)s, as it would be divided by zero.")
        return message % {"name": name, "labels": format_names(named, locale)}
    message = _(
        "%(name)s: not defined for %(num)s of %(of)s, the first of them %(label)s, as it would be divided by zero."
    )
    of = counted_buckets(chart.bucket, len(chart.labels), locale)
    return message % {"name": name, "num": count_text(len(named), locale), "of": of, "label": named[0]}


def no_figures(number: int, of: int, unit: BucketUnit, locale: str) -> str:
    """Return for how many buckets there are no figures, `No figures for 10 of 31 days`."""
    values = {"num": count_text(number, locale), "of": counted_buckets(unit, of, locale)}
    return words_of(locale).gettext("No figures for %(num)s of %(of)s.") % values
