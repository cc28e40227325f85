"""Where the values of a chart are told, and in which words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Chart, ChartKind, Series, Unit
from reportgen.outputs.drawing.charts import draw_chart
from reportgen.outputs.html.value_tooltips import with_tooltips
from tests.gallery.cases import CASES, KINDS, chart
from tests.outputs.reports import COUNT, PAPER
from tests.sweeps import swept

if TYPE_CHECKING:
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.periods import BucketUnit

DAYS = tuple(f"2026-10-{day:02d}" for day in range(1, 32))
TOLD: dict[str, tuple[Chart, tuple[str, ...]]] = {
    "line": (Chart("line", "date", DAYS, (Series("a", "A", COUNT, tuple(range(1000, 1031))),)), ("Oct 1", "A: 1,000")),
    "compared": (
        Chart("bar", "category", ("x", "y"), (Series("a", "A", COUNT, (5, 6), (7, None)),)),
        ("x", "A: 5", "September: 7"),
    ),
    "undefined": (
        Chart("bar", "date", DAYS[:2], (Series("a", "A", COUNT, (None, 6), undefined=(0,)),)),
        ("Oct 1", "A: Not defined"),
    ),
    "missing": (Chart("bar", "category", ("x", "y"), (Series("a", "A", COUNT, (None, 6)),)), ("x", "A: No data")),
    "pie": (Chart("pie", "category", ("x", "y"), (Series("a", "A", COUNT, (2500, 500)),)), ("x", "A: 2,500")),
    "funnel": (Chart("funnel", "category", ("x", "y"), (Series("a", "A", COUNT, (9000, 10)),)), ("x", "9,000")),
    "heatmap": (Chart("heatmap", "date", DAYS, (Series("a", "A", COUNT, tuple(range(7, 38))),)), ("Oct 5", "11")),
    "scatter": (
        Chart(
            "scatter",
            "category",
            ("x", "y"),
            (Series("a", "A", COUNT, (1, 2)), Series("b", "B", Unit("percent", decimals=1), (0.5, 0.25))),
        ),
        ("x", "A: 1", "B: 50.0%"),
    ),
}


def drawn(data: Chart, *, locale: str = "en", pointing: bool = True) -> Drawing:
    """Draw a chart."""
    return draw_chart(
        data, PAPER, locale, width=240, height=170, current="October", compared="September", pointed=pointing
    )


@pytest.mark.parametrize("name", TOLD)
def test_values_are_told_in_full(name: str) -> None:
    """A place names its label, then each value as the report writes it, and what that is compared with."""
    data, told = TOLD[name]
    assert drawn(data).targets[0].lines == told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [case for case in CASES if case not in {"empty", "failed"}])
@pytest.mark.parametrize("locale", swept(["en"], ["ar"]))
def test_places_stay_on_the_drawing(kind: ChartKind, case: str, locale: str) -> None:
    """Whatever the data, a place is on the drawing and has a width and a height; and it changes no mark.

    A cloud of ten thousand dots has none.
    """
    drawing = drawn(chart(kind, case), locale=locale)
    assert drawing.marks
    assert bool(drawing.targets) is ((kind, case) != ("scatter", "many"))
    for target in drawing.targets:
        left, top, right, bottom = target.place
        assert -9 <= left < right <= drawing.width + 9
        assert -9 <= top < bottom <= drawing.height + 9
    assert replace(drawing, targets=()) == drawn(chart(kind, case), locale=locale, pointing=False)


def test_words_cannot_bring_markup() -> None:
    """What an API calls a label or a metric stays text."""
    data = Chart("bar", "category", ('"><script>',), (Series("a", "<b onclick='x'>", COUNT, (1,)),))
    html = with_tooltips("<svg/>", drawn(data), "<b>")
    assert "&lt;script" in html
    assert "<script" not in html
    assert "<b" not in html
    assert '"&gt;' not in html


def test_nothing_to_tell_leaves_the_drawing_alone() -> None:
    """A drawing without values is no group of places."""
    assert with_tooltips("<svg/>", drawn(TOLD["line"][0], pointing=False), "A") == "<svg/>"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bucket", ["hour", "day", "week", "month", "quarter", "year"])
def test_every_bucket_is_told_in_every_kind(kind: ChartKind, bucket: BucketUnit) -> None:
    """Compared or not, with a value that did not come, rows of days and columns of hours are drawn and told."""
    labels = tuple(f"2026-{month:02}-01T13:00" if bucket == "hour" else f"2026-{month:02}-01" for month in range(1, 10))
    before = tuple(label.replace("2026", "2025") for label in labels)
    series = Series("a", "A", COUNT, (None, *range(2, 10)), tuple(range(9)))
    compared = Chart(kind, "date", labels, (series,), before, bucket=bucket)
    for each in (compared, replace(compared, series=(replace(series, baseline=()),), baseline_labels=())):
        assert drawn(each).targets


def test_the_compared_day_is_told() -> None:
    """A day of last year has its year, and one without a partner has no compared line."""
    series = Series("a", "A", COUNT, (5, 6), (7, None))
    compared = Chart("line", "date", ("2026-10-01", "2026-10-02"), (series,), ("2025-10-01", ""))
    assert [target.lines for target in drawn(compared).targets] == [
        ("Oct 1", "A: 5", "Oct 1, 2025: 7"),
        ("Oct 2", "A: 6"),
    ]
