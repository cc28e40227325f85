"""Small charts of many series: all are there, named, apart and on one scale."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Chart, Series, Unit
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.marks import PathMark, TextMark
from tests.outputs.drawing.test_narrow_charts import WIDTHS, boxes, drawn, meet
from tests.outputs.reports import COUNT, PAPER

if TYPE_CHECKING:
    from reportgen.model import ChartKind
    from reportgen.outputs.drawing.marks import Drawing

DAYS = tuple(f"2026-10-{day:02d}" for day in range(1, 32))
WORDS = ("Instagram", "Facebook", "LinkedIn", "TikTok")


def chart(count: int, kind: ChartKind = "line", labels: tuple[str, ...] = DAYS, *, factor: int = 1) -> Chart:
    """Return a chart of so many metrics, each `factor` times as large as the one before."""
    rows = [
        tuple(factor**at * (50 + (7 * at + 11 * point) % 40) for point in range(len(labels))) for at in range(count)
    ]
    series = tuple(Series(f"m{at}", f"Series {at}", COUNT, row, row[::-1]) for at, row in enumerate(rows))
    return Chart(kind, "date" if labels == DAYS else "category", labels, series, baseline_labels=labels)


def names(drawing: Drawing) -> list[str]:
    """Return the names of series in a drawing."""
    return [mark.text for mark in drawing.marks if isinstance(mark, TextMark) and mark.text.startswith("Series ")]


@pytest.mark.parametrize("columns", [3, 4, 6, 12])
@pytest.mark.parametrize("count", [7, 8, 12])
@pytest.mark.parametrize("kind", ["line", "area", "bar"])
def test_each_series_has_a_small_chart(kind: ChartKind, count: int, columns: int) -> None:
    """All names stand in the drawing, which no text leaves, and no two texts lie over one another."""
    drawing = drawn(chart(count, kind), columns)
    found = list(boxes(drawing))
    assert names(drawing) == [f"Series {at}" for at in range(count)]
    assert not [box for box in found if box[0] < -1 or box[2] > WIDTHS[columns] + 1 or box[3] > drawing.height]
    assert not [(box[4], other[4]) for box, other in combinations(found, 2) if meet(box, other)]


@pytest.mark.parametrize("columns", [3, 4, 6, 12])
def test_rows_of_small_charts_stand_apart(columns: int) -> None:
    """Words are rows in the same order in each small chart, and their texts do not meet."""
    drawing = drawn(chart(8, "bar", WORDS), columns)
    found = list(boxes(drawing))
    assert names(drawing) == [f"Series {at}" for at in range(8)]
    assert not [(box[4], other[4]) for box, other in combinations(found, 2) if meet(box, other)]
    words = [box[4] for box in found if box[4] in WORDS]
    shown = len(words) // 8
    assert words == words[:shown] * 8


def test_the_page_holds_as_many_as_fit() -> None:
    """Fifty series in a narrow column are cut to those that fit, with a note of how many there are."""
    drawing = drawn(chart(50), 3)
    shown = len(names(drawing))
    assert 6 < shown < 50
    assert f"{shown} of 50" in [box[4] for box in boxes(drawing)]
    assert drawing.height <= 72 * 8


def test_series_alike_in_size_share_a_scale() -> None:
    """The axes of series of one unit and size have the same ticks; one a thousand times larger has its own."""
    own = [box[4] for box in boxes(drawn(chart(8), 12)) if box[4] in {"50", "100"}]
    assert own == ["50", "100"] * 8
    apart = [box[4] for box in boxes(drawn(chart(8, factor=30), 12))]
    assert apart.count("50") < 8


def test_series_of_one_metric_share_a_scale_whatever_their_size() -> None:
    """A small campaign beside a large one is small."""
    series = tuple(Series("m", f"Series {at}", COUNT, (10**at, 2 * 10**at), parts=False) for at in range(7))
    found = [box[4] for box in boxes(drawn(Chart("line", "date", DAYS[:2], series), 12))]
    assert found.count("2M") == 7


def test_a_series_without_a_value_keeps_its_place() -> None:
    """Its small chart is an empty plot under its name."""
    made = chart(7)
    gone = Series("gone", "Series gone", Unit("count"), (None,) * 31)
    drawing = drawn(Chart("line", "date", DAYS, (gone, *made.series)), 12)
    assert names(drawing)[0] == "Series gone"


def test_small_charts_begin_at_the_right_in_arabic() -> None:
    """The first series stands where reading begins."""
    drawing = draw_chart(chart(7), PAPER, "ar", width=500, height=170)
    first = next(mark for mark in drawing.marks if isinstance(mark, TextMark) and mark.text == "Series 0")
    assert first.anchor == "right"
    assert first.x == pytest.approx(500)


def test_ends_of_lines_stay_within_their_small_chart() -> None:
    """The dot at a line's end is moved with its chart."""
    drawing = drawn(chart(8), 12)
    places = [step[1] for mark in drawing.marks if isinstance(mark, PathMark) for step in mark.steps if step[1]]
    assert all(0 <= place[0] <= WIDTHS[12] + 1 and -1 <= place[1] <= drawing.height + 1 for place in places)


def test_places_of_values_are_moved_with_their_small_chart() -> None:
    """A reader who points at a small chart sees its series alone."""
    drawing = draw_chart(chart(8), PAPER, "en", width=500, height=170, pointed=True)
    assert len(drawing.targets) == 8 * 31
    last = drawing.targets[-1]
    assert "Series 7" in last.lines[1]
    assert last.place[3] > drawing.height / 2
