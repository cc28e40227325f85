"""The axes of charts: values and days are named so that they can be told apart and read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Annotation, Chart, Series, Unit
from reportgen.outputs.drawing.charts.axes import labelled
from reportgen.outputs.drawing.charts.value_axis import scale_of
from reportgen.outputs.drawing.marks import PathMark
from reportgen.outputs.text.chart_values import tick_text
from tests.outputs.drawing.test_charts import drawn, texts
from tests.outputs.drawing.test_narrow_charts import WIDTHS, boxes, meet
from tests.outputs.drawing.test_narrow_charts import drawn as drawn_on_paper
from tests.outputs.reports import COUNT, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import ChartKind
    from reportgen.outputs.drawing.marks import Drawing, PathStep
    from reportgen.periods import BucketUnit

UNITS = [Unit("count"), Unit("currency", "BRL"), Unit("currency", "JPY"), Unit("percent"), Unit("seconds"), Unit()]


def days(count: int, first: date = date(2026, 1, 1)) -> tuple[str, ...]:
    """Return so many ISO days."""
    return tuple((first + timedelta(at)).isoformat() for at in range(count))


def line(labels: tuple[str, ...], values: tuple[int, ...], kind: str = "line") -> Chart:
    """Return a chart of a single series of days."""
    return Chart("bar" if kind == "bar" else "line", "date", labels, (Series("r", "Reach", COUNT, values),))


def filled(drawing: Drawing, token: str) -> list[PathStep]:
    """Return the steps of the areas filled with a colour of the theme."""
    marks = [mark for mark in drawing.marks if isinstance(mark, PathMark)]
    return [step for mark in marks if mark.fill.upper() == PAPER.colors[token].upper() for step in mark.steps]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.currency or unit.name or "none")
@pytest.mark.parametrize("locale", ["en", "pt-BR", "de", "fr", "ja", "ar"])
def test_values_beside_an_axis_are_never_equal(unit: Unit, locale: str) -> None:
    """Each gridline has a text of its own, however narrow the range and however far from zero."""
    made = Random(25)  # noqa: S311 - values of a test, not a secret
    for _ in range(300):
        base = made.choice([-1, 1]) * 10 ** made.uniform(-4, 12)
        ends = [base, base + abs(base) * 10 ** made.uniform(-6, 1)]
        values = [int(end) for end in ends] if unit.name == "count" else ends
        scale = scale_of(
            [*values, 0 if values[0] == values[1] == 0 else values[0]], unit, from_zero=made.random() < 0.5
        )
        found = [tick_text(tick, unit, locale, scale.step) for tick in labelled(scale)]
        assert len(set(found)) == len(found) > 0, scale.ticks


@pytest.mark.parametrize("kind", ["line", "bar"])
def test_a_chart_of_zeros_names_its_zero(kind: str) -> None:
    """Where all values are zero, the axis says so."""
    assert "0" in texts(drawn(line(days(5), (0,) * 5, kind)))


def test_a_narrow_range_far_from_zero_is_readable() -> None:
    """Followers above a million that grow by hundreds have an axis of hundreds."""
    found = texts(drawn(line(days(31), tuple(1_234_500 + 13 * at for at in range(31)))))
    assert found[:5] == ["1,234,500", "1,234,600", "1,234,700", "1,234,800", "1,234,900"]


def test_bars_begin_at_zero() -> None:
    """The axis of bars holds zero, however narrow the range of the values is."""
    found = texts(drawn(line(days(5), (1_234_500, 1_234_600, 1_234_700, 1_234_800, 1_234_900), "bar")))
    assert [text for text in found if text.endswith(("K", "M"))][:2] == ["500K", "1M"]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]),
        ("pt-BR", ["jan.", "mar.", "mai.", "jul.", "set.", "nov."]),
        ("ja", ["1月", "3月", "5月", "7月", "9月", "11月"]),
    ],
)
def test_a_year_of_days_is_named_by_its_months(locale: str, expected: list[str]) -> None:
    """A long line of days has its months below it, in the words of the locale."""
    found = texts(drawn(line(days(365), tuple(range(365))), width=180, locale=locale))
    assert [text for text in found if text in expected] == expected


def test_each_new_year_is_named_below_a_line() -> None:
    """The first month has its year where there are several, and so has each January."""
    found = texts(drawn(line(days(365, date(2025, 10, 1)), tuple(range(365))), width=480))
    months = [text for text in found if text[:3].isalpha()]
    assert months[:5] == ["Oct 2025", "Nov", "Dec", "Jan 2026", "Feb"]


@pytest.mark.parametrize("columns", WIDTHS)
def test_numbers_of_annotations_stand_apart(columns: int) -> None:
    """Annotations of days close together have their numbers in one text, and no number is lost."""
    said = tuple(Annotation(day, "Said") for day in days(31)[4:20])
    chart = Chart("line", "date", days(31), (Series("r", "Reach", COUNT, tuple(range(31))),), annotations=said)
    own = [box for box in boxes(drawn_on_paper(chart, columns)) if box[4][0].isdigit() and box[0] and box[1] < 10]
    assert not [pair for pair in combinations(own, 2) if meet(*pair)]
    numbers = [part.split("\N{EN DASH}") for box in own for part in box[4].split(", ")]
    assert sum(int(part[-1]) - int(part[0]) + 1 for part in numbers) == len(said)


@pytest.mark.parametrize(("locale", "expected"), [("en", "1, 2"), ("ar", "1\N{ARABIC COMMA} 2"), ("ja", "1、2")])
def test_numbers_of_annotations_have_the_comma_of_the_language(locale: str, expected: str) -> None:
    """As every list of a page."""
    said = tuple(Annotation(day, "Said") for day in days(31)[4:6])
    chart = Chart("line", "date", days(31), (Series("r", "Reach", COUNT, tuple(range(31))),), annotations=said)
    assert expected in texts(drawn(chart, width=120, locale=locale))


@pytest.mark.parametrize("columns", WIDTHS)
def test_names_beside_lines_take_a_fifth_of_the_width(columns: int) -> None:
    """Names that are longer stand above the plot, which keeps four fifths of the width."""
    for name in ("Reach", "Engagement of followers", "Conversions of all the campaigns"):
        series = tuple(Series(f"{at}", f"{name} {at}", COUNT, tuple(range(at, 31 + at))) for at in range(3))
        found = list(boxes(drawn_on_paper(Chart("line", "date", days(31), series), columns)))
        beside = [box for box in found if box[4].startswith(name) and box[0] > 0.5 * WIDTHS[columns] and box[1] > 25]
        assert all(box[0] >= 0.8 * WIDTHS[columns] for box in beside)


HOURS = tuple(f"{hour:02d}:00" for hour in range(24))


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("kind", ["bar", "stacked"])
def test_hours_stand_side_by_side_in_their_order(kind: ChartKind, columns: int) -> None:
    """Hours that the API sends as words are columns from midnight on at any width, never ranked rows."""
    series = tuple(Series(f"{at}", f"S{at}", COUNT, tuple(range(24))) for at in range(1 + (kind == "stacked")))
    chart = Chart(kind, "category", tuple(reversed(HOURS)), series)
    found = [box for box in boxes(drawn_on_paper(chart, columns)) if box[4] in HOURS]
    assert len({box[1] for box in found}) == 1
    assert [box[4] for box in sorted(found)] == [box[4] for box in sorted(found, key=lambda box: box[4])]
    assert found[0][4] == "00:00"
    assert not [pair for pair in combinations(found, 2) if meet(*pair)]


@pytest.mark.parametrize("columns", WIDTHS)
def test_stacks_of_many_days_are_a_line_of_time(columns: int) -> None:
    """Half a year of stacked days goes from the first to the last day, and no day is left out."""
    series = tuple(Series(f"{at}", f"S{at}", COUNT, (7,) * 189) for at in range(2))
    drawing = drawn_on_paper(Chart("stacked", "date", days(189, date(2026, 3, 1)), series), columns)
    found = [box[4] for box in boxes(drawing)]
    assert "Apr" in found or "May" in found
    assert not [text for text in found if " of 189" in text]
    xs = [step[1][0] for step in filled(drawing, "c1") if step[1]]
    assert max(xs) == pytest.approx(WIDTHS[columns], abs=1)
    assert len(xs) >= 189 * 2


@pytest.mark.parametrize("count", [7, 9, 12])
def test_values_beside_a_low_plot_stand_apart(count: int) -> None:
    """A plot with little height has fewer values beside it, and keeps its zero."""
    values = tuple(112 * (at % 19 - 9) for at in range(31))
    series = tuple(Series(f"m{at}", f"M{at}", COUNT, values) for at in range(count))
    found = list(boxes(drawn_on_paper(Chart("bar", "date", days(31), series), 3)))
    own = sorted((box[0], box[1]) for box in found if box[4].strip("\N{MINUS SIGN}") in {"0", "1K", "2K"})
    assert min(after[1] - box[1] for box, after in pairwise(own) if after[0] == box[0]) >= 8
    assert [box[4] for box in found].count("0") >= 7


@pytest.mark.parametrize("columns", [6, 12])
def test_hours_of_several_days_are_named_by_day(columns: int) -> None:
    """Columns of the hours of four days have names that stand apart, at the same hour of each day."""
    labels = tuple(f"2026-10-{day:02d}T{hour:02d}:00" for day in range(1, 5) for hour in range(24))
    series = (Series("r", "Reach", COUNT, tuple(range(96))),)
    found = list(boxes(drawn_on_paper(Chart("bar", "date", labels, series, bucket="hour"), columns)))
    named = [box for box in found if box[4].startswith("Oct ")]
    assert len(named) > 1
    assert not [pair for pair in combinations(named, 2) if meet(*pair)]


@pytest.mark.parametrize("columns", WIDTHS)
def test_times_are_named_whole_or_not_at_all(columns: int) -> None:
    """A quarter that is cut is none; of bars, one that stands alone too."""
    starts = ("2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01", "2026-08-01")
    for labels in (starts, starts[:1]):
        series = Series("spend", "Spend", COUNT, (5, 4, 3, 4, 5)[: len(labels)])
        quarters = Chart("bar", "date", labels, (series,), bucket="quarter", first_month=2)
        told = [box[-1] for box in boxes(drawn_on_paper(quarters, columns))]
        assert "Aug\N{EN DASH}Oct 2025" in told
        assert not [text for text in told if "\N{HORIZONTAL ELLIPSIS}" in text]


@pytest.mark.parametrize(
    ("bucket", "labels", "named"),
    [
        ("week", days(91, date(2026, 7, 27))[::7], ["week 31", "week 34", "week 37", "week 40", "week 43"]),
        (
            "quarter",
            [f"{at // 4}-{at % 4 * 3 + 1:02d}-01" for at in range(8092, 8105)],
            ["Q1 2023", "Q1 2024", "Q1 2025", "Q1 2026"],
        ),
        ("day", days(13), ["Jan 1", "Jan 8"]),
    ],
    ids=["week", "quarter", "day"],
)
def test_only_days_are_named_by_sevens(bucket: BucketUnit, labels: Sequence[str], named: list[str]) -> None:
    """Thirteen weeks have a name each third, and thirteen quarters each year; days that find no room a week apart."""
    chart = Chart("line", "date", tuple(labels), (Series("r", "R", COUNT, tuple(range(13))),), bucket=bucket)
    found = [*boxes(drawn_on_paper(chart, 4 if bucket == "day" else 6))]
    lowest = max(box[1] for box in found)
    assert [box[4] for box in found if box[1] > lowest - 3] == named
