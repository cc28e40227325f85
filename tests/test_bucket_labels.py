"""Labels read as buckets of time."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.periods import Bucket, Period, is_day_pattern, read_labels

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "month")
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "year")
LAST = Bucket(date(2026, 10, 31))


@pytest.mark.parametrize(
    "label",
    [
        "2026-10-31",
        "2026-10-31T23:00:00-03:00",
        "2026-10-31 00:00:00",
        "2026-10-31T00:00:00.000Z",
        "20261031",
        "31/10/2026",
        "10/31/2026",
        "31.10.2026",
        "Oct 31",
        "October 31, 2026",
        "31 out",
        "31 de out.",
        "31 de outubro de 2026",
        "31. Oktober 2026",
        "31 octobre 2026",
        "31 oct",
        "10月31日",
        "2026年10月31日",
        "31 أكتوبر",
        "1793404800",
        "1793404800000",
        "1793415600",  # midnight in São Paulo
    ],
)
def test_a_day_in_every_form(label: str) -> None:
    """The date is the date as written, whatever time or zone stands behind it."""
    read = read_labels([label], OCTOBER, "date")
    assert read
    assert (read.kind.unit, read.buckets) == ("day", (LAST,))


@pytest.mark.parametrize(
    ("label", "unit", "first"),
    [
        ("2026-10", "month", date(2026, 10, 1)),
        ("2026-W40", "week", date(2026, 9, 28)),
        ("2026-Q4", "quarter", date(2026, 10, 1)),
        ("2026", "year", date(2026, 1, 1)),
    ],
)
def test_other_buckets(label: str, unit: str, first: date) -> None:
    """Weeks are those of ISO 8601."""
    read = read_labels([label], OCTOBER, "date")
    assert read
    assert (read.kind.unit, read.buckets[0].day) == (unit, first)


@pytest.mark.parametrize(
    "labels",
    [
        ["Campaign A"],
        ["Sale of Oct 31"],
        ["1", "2"],
        ["2026-02-30"],
        ["2026-10-01", "Total"],
        ["10000000"],
        ["31/10/1999"],
        ["Oct 31", "31 out"],  # one day twice, so no row of days
        ["2026-W54"],
        [],
    ],
)
def test_words_stay_words(labels: list[str]) -> None:
    """What is no day, or lies far from the period, is a name."""
    assert read_labels(labels, OCTOBER, "date") is None


def test_years_are_years_of_a_time_only() -> None:
    """A campaign called 2026 is no year."""
    assert read_labels(["2026", "2025"], OCTOBER, "campaign") is None
    assert read_labels(["1984", "1985"], OCTOBER, "year") is None


def test_days_that_read_either_way() -> None:
    """Where 3/4 and 4/3 fit both, the author's pattern decides, else they stay words; what fits alone is taken."""
    second = Period(date(2026, 4, 1), date(2026, 6, 30))
    assert read_labels(["04/05/2026"], second, "date") is None
    read = read_labels(["04/05/2026"], second, "date", "dd/MM/yyyy")
    assert read
    assert read.buckets == (Bucket(date(2026, 5, 4)),)
    alone = read_labels(["04/10/2026"], OCTOBER, "date")
    assert alone
    assert alone.buckets == (Bucket(date(2026, 10, 4)),)


@pytest.mark.parametrize(
    ("labels", "unit", "weekday"),
    [
        (["2026-01-01", "2026-02-01", "2026-04-01"], "month", 0),
        (["2026-01-01", "2026-04-01", "2026-10-01"], "quarter", 0),
        (["2025-01-01", "2026-01-01"], "year", 0),
        (["2026-01-01", "2026-01-05", "2026-01-12", "2026-01-26"], "week", 0),
        (["2026-01-04", "2026-01-11", "2026-01-18"], "week", 6),
        (["2026-01-06", "2026-01-13", "2026-01-20"], "day", 0),  # Tuesdays begin no week
        (["2026-01-01", "2026-01-02", "2026-02-01"], "day", 0),
        (["2026-01-01"], "day", 0),
    ],
)
def test_first_days_of_other_buckets(labels: list[str], unit: str, weekday: int) -> None:
    """Firsts of months are months and Mondays in a row weeks, of which some may not have come."""
    read = read_labels(labels, YEAR, "date")
    assert read
    assert (read.kind.unit, read.kind.weekday) == (unit, weekday)


@pytest.mark.parametrize(
    ("last", "unit"), [(date(2026, 11, 1), "day"), (date(2026, 11, 25), "day"), (date(2026, 12, 9), "month")]
)
def test_a_single_first_of_a_month_is_a_day_of_a_short_period(last: date, unit: str) -> None:
    """Of a week across two months, whose other days did not come, the first of the month is no month."""
    read = read_labels(["2026-10-26", "2026-11-01"], Period(date(2026, 10, 26), last), "date")
    assert read
    assert read.kind.unit == unit


def test_the_name_of_a_dimension_says_what_a_single_label_is() -> None:
    """One first of a month is a month where the dimension is called so."""
    read = read_labels(["2026-10-01"], YEAR, "month")
    assert read
    assert read.kind.unit == "month"


def test_hours() -> None:
    """Several times of a day are hours; one time a day is a day."""
    read = read_labels(["2026-10-31T00:00:00", "2026-10-31T13:00:00"], OCTOBER, "hour")
    assert read
    assert (read.kind.unit, read.buckets[1]) == ("hour", Bucket(date(2026, 10, 31), 13))


@pytest.mark.parametrize(
    ("pattern", "holds"),
    [("dd/MM/yyyy", True), ("M-d-yy", True), ("MM/yyyy", False), ("dd/dd/yyyy", False), ("dd/MMM/yyyy", False)],
)
def test_patterns(pattern: str, holds: bool) -> None:  # noqa: FBT001 - what is expected
    """A pattern has a day, a month and a year as numbers."""
    assert is_day_pattern(pattern) is holds


@pytest.mark.parametrize(
    ("labels", "dimension", "unit"),
    [
        (["1234-05", "1234-11", "4711-12"], "sku", None),
        (["2026-10", "4711-12"], "sku", None),
        (["1234-W05"], "size", None),
        (["20261007"], "order_number", None),
        (["1792331234"], "campaign.id", None),
        (["1792331234"], "post_created_time", "day"),
        (["2026-09", "2026-10"], "periodo", "month"),
        (["2026-Q3", "2026-Q4"], "trimestre", "quarter"),
        (["2019-05", "2026-10"], "signup_month", "month"),
        (["1990", "2001", "2026"], "birth_year", None),
        (["2025", "2026"], "fiscal_year", "year"),
        (["2019", "2026"], "year", "year"),
        (["2019", "2026"], "ga:isoYear", "year"),
        (["2019", "2026"], "segments.year", "year"),
        (["2019", "2026"], "fiscalYear", "year"),
        (["2019", "2026"], "years", "year"),
        ([f"202610{day:02}" for day in range(1, 8)], "fecha", "day"),
        ([str(1790812800 + 86400 * day) for day in range(7)], "created_at", "day"),
        (["20261001", "20261002"], "fecha", None),
    ],
)
def test_names_that_look_like_units(labels: list[str], dimension: str, unit: str | None) -> None:
    """Numbers of articles and years of births are no time; a dimension that is called by it may have any month."""
    read = read_labels(labels, OCTOBER, dimension)
    assert (read.kind.unit if read else None) == unit


def test_the_hour_that_clocks_repeat_is_two() -> None:
    """They differ in their zone; without one they are one hour twice, which cannot be known."""
    labels = ["2026-11-01T00:00:00-04:00", "2026-11-01T01:00:00-04:00", "2026-11-01T01:00:00-05:00"]
    sunday = Period(date(2026, 11, 1), date(2026, 11, 1))
    for order in (labels, labels[::-1]):
        read = read_labels(order, sunday, "hour")
        assert read
        assert [read.kind.label(bucket) for bucket in sorted(read.buckets)] == [
            "2026-11-01T00:00",
            "2026-11-01T01:00",
            "2026-11-01T01:00 (2)",
        ]
    berlin = read_labels(["2026-10-25T02:00:00+0100", "2026-10-25T02:00:00+0200", "2026-10-25T03:00:00+0100"], sunday)
    assert berlin
    assert [bucket.second for bucket in berlin.buckets] == [True, False, False]
    plain = read_labels(["2026-11-01T01:00", "2026-11-01T01:00", "2026-11-01T02:00"], sunday)
    assert plain
    assert plain.buckets[0] == plain.buckets[1]
