"""What buckets of time are called, and for how many there are no figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Chart, Series
from reportgen.outputs.text.chart_labels import compared_labels, coverage_lines, hours_of, label_text, label_texts

if TYPE_CHECKING:
    from reportgen.periods import BucketUnit


def chart(bucket: BucketUnit, *labels: str, before: tuple[str, ...] = (), values: tuple[int | None, ...] = ()) -> Chart:
    """Return a chart of a series by buckets of time."""
    series = (Series("clicks", "Clicks", values=values),)
    return Chart("line", "date", labels, series, baseline_labels=before, bucket=bucket)


@pytest.mark.parametrize(
    ("zeros", "said"),
    [
        ((1,), "Clicks: not defined for Feb, as it would be divided by zero."),
        (
            (1, 2, 3, 4, 5),
            "Clicks: not defined for 5 of 7 months, the first of them Feb, as it would be divided by zero.",
        ),
    ],
)
def test_quotients_by_zero_are_told_apart_from_what_lacks_figures(zeros: tuple[int, ...], said: str) -> None:
    """The month without a figure alone is counted as one; with many, how many there are."""
    labels = tuple(f"2026-{month:02}-01" for month in range(1, 8))
    values = (5, *(None if at in zeros else 3 for at in range(1, 6)), None)
    months = chart("month", *labels, values=values)
    undefined = replace(months, series=(replace(months.series[0], undefined=zeros),))
    assert coverage_lines(undefined, "en") == ("No figures for 1 of 7 months.", said)


@pytest.mark.parametrize(
    ("bucket", "label", "locale", "text"),
    [
        ("day", "2026-10-09", "en", "October 9"),
        ("week", "2026-09-28", "en", "week 40"),
        ("week", "2026-09-28", "pt-BR", "semana 40"),
        ("month", "2026-10-01", "en", "October"),
        ("month", "2026-10-01", "es", "octubre"),
        ("quarter", "2026-10-01", "en", "Q4 2026"),
        ("year", "2026-01-01", "en", "2026"),
        ("hour", "2026-10-31T13:00", "en", "13:00"),
    ],
)
def test_buckets_are_called_what_they_are(bucket: BucketUnit, label: str, locale: str, text: str) -> None:
    """A month is no day, and a week has its number."""
    assert label_text(chart(bucket, label), label, locale, spelled=True) == text


def test_a_week_from_sunday_is_called_by_its_date() -> None:
    """It has no number in ISO 8601."""
    sunday = Chart("line", "date", ("2026-10-04",), (), bucket="week", by_number=False)
    assert label_text(sunday, "2026-10-04", "en") == "Oct 4"


def test_months_of_several_years_have_their_year() -> None:
    """Two Octobers would be one."""
    assert label_texts(chart("month", "2025-10-01", "2026-10-01"), "en") == ["Oct 2025", "Oct 2026"]
    assert label_texts(chart("day", "2025-12-31", "2026-01-01"), "en") == ["Dec 31, 2025", "Jan 1, 2026"]


def test_compared_buckets_have_the_year_where_it_is_another() -> None:
    """1 October of last year is not 1 October; a bucket without a partner has no name."""
    days = chart("day", "2026-10-01", "2026-10-02", before=("2025-10-01", ""))
    assert compared_labels(days, "en") == ["Oct 1, 2025", ""]
    assert compared_labels(chart("week", "2026-03-02", before=("2025-03-03",)), "en") == ["week 10 of 2025"]
    assert compared_labels(chart("day", "2026-10-01", before=("2026-09-01",)), "en") == ["Sep 1"]


def test_a_chart_says_for_how_many_buckets_it_has_no_figures() -> None:
    """Of all series alike, or of each; a complete chart and one by words say nothing."""
    days = ("2026-10-01", "2026-10-02", "2026-10-03")
    assert coverage_lines(chart("day", *days, values=(1, None, None)), "en") == ("No figures for 2 of 3 days.",)
    assert coverage_lines(chart("week", *days, values=(1, None, 2)), "en") == ("No figures for 1 of 3 weeks.",)
    assert coverage_lines(chart("day", *days, values=(1, 2, 3)), "en") == ()
    series = (Series("a", "A", values=(1, None, 2)), Series("b", "B", values=(1, 2, 3)))
    assert coverage_lines(Chart("line", "date", days, series), "en") == ("A: no figures for 1 of 3 days.",)
    assert coverage_lines(Chart("bar", "category", ("a",), (Series("a", "A", values=(None,)),)), "en") == ()


@pytest.mark.parametrize("locale", ["en", "es", "pt-BR", "ar", "ja", "de", "fr", "hi"])
@pytest.mark.parametrize("bucket", ["hour", "day", "week", "month", "quarter", "year"])
def test_every_bucket_has_a_name_in_every_locale(bucket: BucketUnit, locale: str) -> None:
    """Alone, and beside buckets of other days and years, short and written out."""
    labels = ("2025-10-30T13:00", "2026-10-31T13:00")
    assert all(label_text(chart(bucket, *labels[1:]), labels[1], locale, spelled=spelled) for spelled in (False, True))
    assert len({label_text(chart(bucket, *labels), label, locale) for label in labels}) == 2


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("0", "3", "5", "7", "9", "11", "13", "15", "17", "19", "21", "23"), [0, *range(3, 24, 2)]),
        (tuple(f"{hour} {half}" for half in ("AM", "PM") for hour in (12, *range(1, 12))), list(range(24))),
        (tuple(str(hour) for hour in range(11)), None),
        (("0",) * 12, None),
        (tuple(f"{age}-{age + 4}" for age in range(0, 60, 5)), None),
    ],
)
def test_hours_in_words_are_known(labels: tuple[str, ...], expected: list[int] | None) -> None:
    """Twelve and more different hours of a day are read, with and without halves; ages and small numbers are not."""
    assert hours_of(labels) == expected


def test_a_bucket_in_part_is_called_by_its_days() -> None:
    """The first and the last one, wherever it is named; a single day by that day; others as before."""
    labels = ("2026-07-27", "2026-08-03", "2026-08-10")
    windows = ("2026-07-31..2026-08-02", "2026-08-03..2026-08-09", "2026-08-10..2026-08-10")
    weeks = Chart("bar", "date", labels, (), bucket="week", windows=windows, cut=(0, 2))
    dash = " \N{EN DASH} "
    assert label_texts(weeks, "en") == [f"Jul 31{dash}Aug 2", "week 32", "Aug 10"]
    assert label_texts(replace(weeks, windows=()), "en") == ["week 31", "week 32", "week 33"]


@pytest.mark.parametrize(
    ("bucket", "first_month", "label", "text"),
    [
        ("quarter", 2, "2026-08-01", "Aug\N{EN DASH}Oct 2026"),
        ("quarter", 2, "2026-09-15", "Aug\N{EN DASH}Oct 2026"),
        ("quarter", 4, "2026-04-01", "Apr\N{EN DASH}Jun 2026"),
        ("year", 2, "2025-02-01", "Feb 2025\N{EN DASH}Jan 2026"),
        ("month", 2, "2026-08-01", "Aug"),
    ],
)
def test_units_of_a_fiscal_year_are_called_by_their_months(
    bucket: BucketUnit, first_month: int, label: str, text: str
) -> None:
    """As the report's own period is: Q3 would be read as that of the calendar. The days of the first may be cut."""
    assert label_text(replace(chart(bucket, label), first_month=first_month), label, "en") == text


def test_the_second_of_two_hours_says_so() -> None:
    """On the day when clocks go back there are two at one."""
    night = chart("hour", "2026-11-01T01:00", "2026-11-01T01:00 (2)")
    assert label_texts(night, "en") == ["01:00", "01:00 (2)"]
