"""Charts in narrow columns: every text stands whole in its place, and every bar keeps room and direction."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Chart, Series, Unit
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.drawing.font_metrics import BUILT_IN
from reportgen.outputs.drawing.marks import PathMark, TextMark
from reportgen.outputs.page.measures import MEASURES
from tests.gallery.cases import CASES, KINDS, UNREAD, chart
from tests.gallery.crowded_charts import in_long_words
from tests.outputs.reports import COUNT, PAPER
from tests.sweeps import swept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import ChartKind
    from reportgen.outputs.drawing.marks import Drawing

WIDTHS = {columns: MEASURES.printed_width(columns).points for columns in (2, 3, 4, 6, 12)}
SIGNIFICANT = 1  # point: boxes of texts that meet in less than that do not look as if they did


def drawn(data: Chart, columns: int) -> Drawing:
    """Draw a chart as a block of so many columns has it on paper."""
    own = MEASURES.paper.chart
    return draw_chart(
        data,
        PAPER,
        "en",
        width=WIDTHS[columns],
        height=own.narrow.points,
        font_size=own.text.points,
        alt="",
        current="October 2026",
        compared="September 2026",
    )


def boxes(drawing: Drawing) -> Iterator[tuple[float, float, float, float, str]]:
    """Yield the boxes of a drawing's texts: left, top, right, bottom, and the text."""
    for mark in drawing.marks:
        if isinstance(mark, TextMark):
            wide = BUILT_IN.width(mark.text, mark.size, mark.weight)
            left = mark.x - {"left": 0.0, "center": 0.5, "right": 1.0}[mark.anchor] * wide
            yield left, mark.y - 0.7 * mark.size, left + wide, mark.y + 0.1 * mark.size, mark.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("columns", swept([3], [2, 4, 6, 12]))
def test_texts_stand_whole_and_apart(kind: ChartKind, columns: int) -> None:
    """In each case of the gallery, in short and long words, no text leaves the drawing or lies over another.

    Thousands of labels take a while, so these are drawn in long words in the narrowest and the widest column alone.
    """
    for case in (case for case in CASES if case not in UNREAD):
        wordy = case != "many" or columns in {2, 12}
        for data in (chart(kind, case), *((in_long_words(chart(kind, case)),) if wordy else ())):
            found = list(boxes(drawn(data, columns)))
            outside = [box for box in found if box[0] < -SIGNIFICANT or box[2] > WIDTHS[columns] + SIGNIFICANT]
            assert found
            assert not outside, case
            met = [(box[4], other[4]) for box, other in combinations(found, 2) if meet(box, other)]
            assert not met, case


def meet(box: tuple[float, float, float, float, str], other: tuple[float, float, float, float, str]) -> bool:
    """Return whether two texts lie over one another."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across > SIGNIFICANT and down > SIGNIFICANT


def bars(values: tuple[int, ...], columns: int, labels: tuple[str, ...]) -> list[tuple[float, float]]:
    """Return the left and right ends of the bars of rows of amounts in rupiahs."""
    data = Chart("horizontal_bar", "category", labels, (Series("a", "A", Unit("currency", "IDR"), values),))
    color = PAPER.colors["c1"].upper()
    filled = [mark for mark in drawn(data, columns).marks if isinstance(mark, PathMark) and mark.fill.upper() == color]
    corners = [(command, place[0]) for mark in filled for command, place in mark.steps if place]
    starts = [at for at, (command, _) in enumerate(corners) if command == "M"]
    shapes = [[x for _, x in corners[at:end]] for at, end in pairwise([*starts, len(corners)])]
    return [(min(shape), max(shape)) for shape in shapes]


@pytest.mark.parametrize("columns", WIDTHS)
def test_bars_keep_a_third_of_the_width(columns: int) -> None:
    """The longest of rows has room beside the longest of names and values, and all are in proportion."""
    (first, second) = bars((123_456_789_012, 61_728_394_506), columns, ("Remarketing catalogue", "Search"))
    assert first[1] - first[0] >= 0.3 * WIDTHS[columns]
    assert second[1] - second[0] == pytest.approx((first[1] - first[0]) / 2, abs=0.2)


def test_names_of_a_narrow_ring_stand_below_it() -> None:
    """Names too long for the side of a ring are listed whole with their shares."""
    labels = ("Smartphone, all brands", "Desktop computer", "Tablet")
    ring = Chart("donut", "category", labels, (Series("a", "Visits", COUNT, (60, 30, 10)),))
    shown = [box[4] for box in boxes(drawn(ring, 4))]
    assert [text for text in shown if text in labels] == list(labels)
    assert [text for text in shown if text.endswith("%")] == ["60%", "30%", "10%"]


def test_rings_in_thirds_of_a_row_are_alike() -> None:
    """Whatever the names of their parts, the lists below them begin at one height, as below rings of one size."""
    named = (("Women", "Men"), ("Phone", "Computer", "Tablet"), ("Organic search", *"ABCDE"))
    rings = [Chart("donut", "category", names, (Series("a", "A", COUNT, (9,) * len(names)),)) for names in named]
    first = [next(box[:2] for box in boxes(drawn(ring, 4)) if box[4] == ring.labels[0]) for ring in rings]
    assert first == [first[0]] * 3


@pytest.mark.parametrize(("label", "shown"), [("Visits", True), ("Visits to the site", False)])
def test_a_ring_names_its_total_whole_or_not_at_all(label: str, *, shown: bool) -> None:
    """A name that is wider than the hole is left out of it: "Visits…" says nothing, and the subtitle has the name."""
    ring = Chart("donut", "category", ("Phone", "Tablet"), (Series("a", label, COUNT, (60, 40)),))
    found = [box[4] for box in boxes(drawn(ring, 4))]
    assert "100" in found
    assert [text for text in found if text.startswith("Visits")] == ([label] if shown else [])


def test_only_the_first_of_equal_peaks_is_named() -> None:
    """Where there is room for a single value, it stands once, though other days have it too."""
    days = tuple(f"2026-10-{day:02d}" for day in range(1, 32))
    data = Chart("bar", "date", days, (Series("a", "A", COUNT, (900,) * 31),))
    assert [box[4] for box in boxes(drawn(data, 4))].count("900") == 1


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_highest_value_of_a_map_is_never_cut(columns: int) -> None:
    """Its place is shortened, and left out where there is no room; the figure stands whole, in full or briefly."""
    found = [box[4] for box in boxes(drawn(in_long_words(chart("heatmap", "ok")), columns))]
    peak, *ends = [text for text in found if text.startswith("IDR")]
    highest = {"IDR\N{NO-BREAK SPACE}1,244,443,536.00", "IDR\N{NO-BREAK SPACE}1.24B"}
    lowest = {"IDR\N{NO-BREAK SPACE}666,666,180.00", "IDR\N{NO-BREAK SPACE}666.67M"}
    assert peak.partition(" \N{MIDDLE DOT} ")[0] in highest
    assert not ends or (ends[0] in highest and ends[1] in lowest and len(ends) == 2)  # of the key


def test_a_value_stands_below_a_name_that_it_would_cut() -> None:
    """In two columns names that differ in their last letter stay different."""
    found = [box[4] for box in boxes(drawn(in_long_words(chart("horizontal_bar", "ok")), 2))]
    assert {text for text in found if text.isdecimal()} == {str(at) for at in range(8)}
    assert "IDR\N{NO-BREAK SPACE}5.50B" in found


@pytest.mark.parametrize(
    ("count", "compared", "expected"), [(2, False, True), (6, False, False), (1, True, True), (2, True, False)]
)
def test_bars_as_thin_as_hairs_are_lines(count: int, *, compared: bool, expected: bool) -> None:
    """Six series of a month in half of the width are lines, and two that are compared; two are bars, and one is."""
    days, values = tuple(f"2026-10-{day:02d}" for day in range(1, 32)), tuple(range(31))
    series = tuple(Series(f"m{at}", f"M{at}", COUNT, values, values if compared else ()) for at in range(count))
    marks = drawn(Chart("bar", "date", days, series, days if compared else ()), 6).marks
    color = PAPER.colors[f"c{min(count, 2)}"].upper()
    bars = any(isinstance(mark, PathMark) and mark.fill.upper() == color and len(mark.steps) > 60 for mark in marks)
    assert bars is expected
