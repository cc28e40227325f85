"""Charts of many days by week or month: nothing is lost in totals, and nothing cut looks like a fall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reportgen.model import Block, Chart, ChartKind, Series, Unit, by_week_or_month, form_of, in_units
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.text.chart_captions import subtitle
from reportgen.outputs.text.chart_data import plotted
from reportgen.outputs.text.chart_totals import series_totals
from reportgen.outputs.text.simplified_charts import drawn_chart
from reportgen.periods import BucketKind, BucketUnit
from reportgen.provenance import find_figures
from tests.outputs import reports

COUNT = Unit("count")


def days(count: int, first: date) -> tuple[str, ...]:
    """Return so many ISO days."""
    return tuple((first + timedelta(at)).isoformat() for at in range(count))


def chart(count: int, first: date = date(2026, 1, 1), *, kind: ChartKind = "line", additive: bool = True) -> Chart:
    """Return a chart of so many days with the values 1, 2, 3 and so on."""
    series = Series("clicks", "Clicks", COUNT, tuple(range(1, count + 1)), additive=additive)
    return Chart(kind, "date", days(count, first), (series,))


def with_values(made: Chart, **changed: int | None) -> Chart:
    """Return a chart with other values of some days, `d5=None` for the fifth."""
    (series,) = made.series
    values = list(series.values)
    for day, value in changed.items():
        values[int(day[1:]) - 1] = value
    return replace(made, series=(replace(series, values=tuple(values)),))


def compared(made: Chart, first: date, *, alone: int = 0) -> Chart:
    """Return a chart compared with as many days from a first, each of the value 1, and some days alone."""
    count = len(made.labels) + alone
    (series,) = made.series
    return replace(made, series=(replace(series, baseline=(1,) * count),), baseline_labels=days(count, first))


def test_a_year_of_days_is_drawn_by_month() -> None:
    """The months of a calendar year, each the sum of its days."""
    made = by_week_or_month(chart(365))
    assert (made.bucket, made.cut) == ("month", ())
    assert made.labels == tuple(f"2026-{month:02d}-01" for month in range(1, 13))
    assert made.series[0].values[:2] == (sum(range(1, 32)), sum(range(32, 60)))
    assert sum(value or 0 for value in made.series[0].values) == sum(range(1, 366))


def test_half_a_year_is_drawn_by_week_from_monday() -> None:
    """The weeks that the window cuts are there, and known as cut."""
    made = by_week_or_month(chart(189))
    assert (made.bucket, made.cut, len(made.labels)) == ("week", (0, 27), 28)
    assert made.labels[:3] == ("2026-01-01", "2026-01-05", "2026-01-12")
    assert made.series[0].values[:2] == (1 + 2 + 3 + 4, sum(range(5, 12)))
    assert sum(value or 0 for value in made.series[0].values) == sum(range(1, 190))


@pytest.mark.parametrize(
    "kept",
    [
        chart(100),
        chart(365, additive=False),
        chart(365, kind="heatmap"),
        replace(chart(200), bucket="week"),
        with_values(chart(365), d40=None),
        with_values(chart(189), d40=None, d80=None, d120=None),
        replace(chart(200), labels=(*days(199, date(2026, 1, 1)), "2027-01-01")),
    ],
    ids=["few", "no sum", "calendar", "weeks", "gap", "gaps", "left out"],
)
def test_days_stay_days(kept: Chart) -> None:
    """Few days, days that do not add up, calendars and rows with gaps are drawn by day."""
    assert by_week_or_month(kept) is kept


def test_a_year_whose_last_months_have_no_figures_yet() -> None:
    """Data that end in a month make it incomplete, and those after it missing, never zero."""
    (series,) = chart(365).series
    made = by_week_or_month(
        replace(chart(365), series=(replace(series, values=(*series.values[:290], *(None,) * 75)),))
    )
    assert made.series[0].values[10:] == (None, None)
    assert made.cut == (9,)


def test_compared_days_are_added_up_with_their_partners() -> None:
    """A week is compared with the days that its own are compared with; days alone stay in the total."""
    made = by_week_or_month(compared(chart(189), date(2025, 1, 1), alone=1))
    assert made.series[0].baseline == (4, *(7,) * 26, 3, 1)
    assert made.baseline_labels[:2] == ("2025-01-01", "2025-01-05")
    assert made.baseline_labels[28:] == ("2025-07-09",)


def test_months_are_compared_with_months_of_a_leap_year() -> None:
    """Days are joined by their place in the year, months by theirs: March with the whole of March."""
    made = by_week_or_month(compared(chart(365, date(2025, 1, 1)), date(2024, 1, 1), alone=1))
    assert made.series[0].baseline == (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    assert made.baseline_labels == tuple(f"2024-{month:02d}-01" for month in range(1, 13))


def test_months_are_compared_with_months_alone() -> None:
    """Where the compared days are no whole months, weeks are drawn, which need not begin on the same day."""
    made = by_week_or_month(compared(chart(366, date(2024, 1, 1)), date(2022, 12, 31)))
    assert made.bucket == "week"
    assert made.baseline_labels[:2] == ("2022-12-31", "2023-01-07")


def test_a_cut_bucket_is_compared_with_as_many_days() -> None:
    """Of a month that has figures of some days, the compared days of these alone are added up."""
    year = compared(chart(365), date(2025, 1, 1))
    (series,) = year.series
    made = by_week_or_month(replace(year, series=(replace(series, values=(*series.values[:290], *(None,) * 75)),)))
    assert made.series[0].baseline[8:11] == (30, 290 - 273, 30)


def test_the_subtitle_says_the_bucket() -> None:
    """And which ends are incomplete, in the language of the report."""
    report = replace(reports.report(), baselines=())
    block = Block("c", "chart", label="Clicks")
    for count, words in ((365, "By month"), (189, "By week, the first and the last incomplete"), (31, "")):
        text = subtitle(drawn_chart(chart(count), "en"), block, report)
        assert text.partition(" · ")[2] == words
    spanish = subtitle(drawn_chart(chart(189), "es"), block, replace(report, locale="es"))
    assert spanish.endswith("Por semana, la primera y la última incompletas")


def test_the_alternative_text_speaks_of_whole_weeks() -> None:
    """The total is that of all days; the highest and the lowest are those of whole weeks, which it says."""
    text = alt_text(drawn_chart(chart(189), "en"), "Clicks", "en")
    assert text.startswith("Line chart: Clicks. 28 points. By week, the first and the last incomplete.")
    assert "17,955 in all." in text
    assert "lowest 56 (Jan 5)" in text


def test_figures_of_weeks_are_found() -> None:
    """Sums that are drawn and said have an origin; the days keep theirs."""
    report = reports.report(Block("c", "chart", label="Clicks", charts=(chart(189),)))
    found = {(one.role, one.place, one.value) for one in find_figures(report, "56")}
    assert ("total", "Clicks · 2026-01-05 \N{EN DASH} 2026-01-11", 56) in found
    assert any(role == "point" and value == 56 for role, _, value in found)


def test_figures_of_compared_months_are_found() -> None:
    """A compared sum names the days that it is of."""
    report = reports.report(Block("c", "chart", label="Clicks", charts=(compared(chart(365), date(2025, 1, 1)),)))
    found = {(one.place, one.window) for one in find_figures(report, "28") if one.role == "total"}
    assert found == {("Clicks · 2025-02-01 \N{EN DASH} 2025-02-28", "baseline")}


def test_the_data_behind_a_drawing_are_days() -> None:
    """The table of a chart's data has a row for each day."""
    assert len(plotted(chart(189), reports.report()).rows) == 189


def test_days_by_a_unit_of_the_authors() -> None:
    """Few days too; a week that the period cuts is marked, and so is a week that lacks the figure of a day."""
    made = in_units(with_values(chart(31, date(2026, 10, 1)), d14=None), BucketKind("week"))
    assert made
    assert made.labels == ("2026-10-01", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26")
    assert made.series[0].values == (1 + 2 + 3 + 4, sum(range(5, 12)), sum(range(12, 19)) - 14, sum(range(19, 26)), 171)
    assert (made.bucket, made.cut, made.by_number) == ("week", (0, 2, 4), True)


def test_a_unit_without_any_figure_is_a_gap() -> None:
    """It is missing, not zero, and not in part."""
    made = in_units(
        with_values(chart(61, date(2026, 9, 1)), **{f"d{day}": None for day in range(1, 31)}), BucketKind("month")
    )
    assert made
    assert (made.series[0].values, made.cut) == ((None, sum(range(31, 62))), ())


def test_fiscal_quarters_and_weeks_from_sunday() -> None:
    """They begin where the spec says."""
    by_quarter = in_units(chart(181, date(2026, 2, 1)), BucketKind("quarter", first_month=2))
    assert by_quarter
    assert (by_quarter.labels, by_quarter.cut) == (("2026-02-01", "2026-05-01"), ())
    by_week = in_units(chart(14, date(2026, 11, 1)), BucketKind("week", 6))
    assert by_week
    assert (by_week.labels, by_week.cut, by_week.by_number) == (("2026-11-01", "2026-11-08"), (), False)


def test_whole_units_are_compared_with_whole_units_by_their_place() -> None:
    """February with January by month, though its days are fewer; what is cut has no partner."""
    months = in_units(compared(chart(59, date(2026, 2, 1)), date(2025, 12, 1), alone=3), BucketKind("month"))
    assert months
    assert months.labels == ("2026-02-01", "2026-03-01")
    assert (months.baseline_labels, months.series[0].baseline) == (("2025-12-01", "2026-01-01"), (31, 31))
    running = in_units(compared(chart(45, date(2026, 2, 1)), date(2025, 2, 1)), BucketKind("month"))
    assert running
    assert (running.cut, running.baseline_labels, running.series[0].baseline) == ((1,), ("2025-02-01", ""), (28, None))


def test_weeks_of_a_year_before_are_compared_by_their_number() -> None:
    """The 53rd has no partner, and the weeks after it are not compared with the ones after theirs."""
    row = chart(56, date(2026, 12, 7))
    earlier = [date.fromisoformat(day).replace(year=int(day[:4]) - 1) for day in row.labels]
    joined = tuple(day.isoformat() if day >= date(2025, 12, 8) else "" for day in earlier)
    row = replace(compared(row, date(2025, 12, 8), alone=1), baseline_labels=(*joined, "2026-02-01"))
    weeks = in_units(row, BucketKind("week"))
    assert weeks
    assert weeks.baseline_labels[2:5] == ("2025-12-22", "", "2025-12-29")
    assert series_totals(weeks, weeks.series[0]) == (1596, None)
    january = in_units(compared(chart(31, date(2027, 1, 1)), date(2026, 1, 1)), BucketKind("week"))
    assert january
    assert january.baseline_labels == ("", "", "2026-01-05", "2026-01-12", "2026-01-19")
    for first, third in ((date(2026, 10, 12), "2026-11-02"), (date(2025, 12, 8), "2025-12-29")):
        before = in_units(compared(chart(56, date(2026, 12, 7)), first), BucketKind("week"))
        assert before
        assert before.baseline_labels[3] == third  # in the row of weeks before, or 52 weeks before


def test_units_that_are_not_as_many_are_not_compared() -> None:
    """Two months and three have no partners by place, and a chart says so in place of showing none."""
    made = in_units(compared(chart(59, date(2026, 2, 1)), date(2025, 11, 15)), BucketKind("month"))
    assert made
    assert (made.series[0].baseline, made.baseline_labels, made.baseline_missing) == ((), (), "not_comparable")


def test_what_is_not_by_day_stays() -> None:
    """Weeks and names cannot be added up to months."""
    assert in_units(replace(chart(3), bucket="week"), BucketKind("month")) is None
    assert in_units(replace(chart(3), label_type="category", labels=("a", "b", "c")), BucketKind("month")) is None


def test_the_total_of_units_is_compared_where_all_of_them_are() -> None:
    """What whole weeks are compared with is no total of the compared days, and says nothing of a change in all."""
    weeks = in_units(compared(chart(92, date(2026, 7, 1)), date(2026, 3, 31)), BucketKind("week"))
    assert weeks
    assert (weeks.cut, series_totals(weeks, weeks.series[0])) == ((0, 13), (4278, None))
    assert "4,278 in all." in alt_text(weeks, "", "en", "Q2 2026")
    second = in_units(compared(chart(59, date(2026, 2, 1)), date(2025, 12, 1), alone=3), BucketKind("month"))
    assert second
    assert series_totals(second, second.series[0]) == (1770, 62)


@pytest.mark.parametrize("unit", ["week", "month"])
def test_units_that_lack_the_figure_of_a_day_have_no_total(unit: BucketUnit) -> None:
    """The sum of the other days is not said to be all, and parts of it make no ring."""
    made = in_units(with_values(chart(92, date(2026, 7, 1)), d43=None), BucketKind(unit))
    assert made
    assert made.gapped
    assert series_totals(made, made.series[0]) is None
    assert "in all" not in alt_text(made, "", "en")
    assert (form_of(replace(made, kind="donut")), form_of(replace(made, kind="donut", gapped=()))) == ("bar", "donut")


def test_a_course_is_told_from_whole_unit_to_whole_unit() -> None:
    """The first and the last of values that do not add up are those of whole units, as the highest and the lowest."""
    rate = Series("cpa", "CPA", Unit("currency", "USD"), (2, 4, 3, 9))
    running = Chart("line", "date", ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"), (rate,), bucket="month")
    assert "rose by 50.0%, from $2.00 (Jul) to $3.00 (Sep)" in alt_text(replace(running, cut=(3,)), "", "en")
    report = reports.report(Block("c", "chart", charts=(replace(running, cut=(3,)),)))
    assert {one.role for one in find_figures(report, "50.0%")} == {"change"}
