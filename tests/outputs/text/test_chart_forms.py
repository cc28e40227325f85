"""One decision of a chart's form, for page, alternative text and workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model import Block, Chart, ChartKind, Series, Unit, form_of
from reportgen.outputs.drawing.charts import layouts
from reportgen.outputs.drawing.charts.canvas import Frame
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.alternative_texts import CHART_WORDS
from reportgen.outputs.workbook.chart_ranges import native_chart
from tests.outputs import reports

COUNT, RATE = Unit("count"), Unit("percent")
NAMES = ("A", "B", "C")
MONTH = tuple(f"2026-10-{day:02}" for day in range(1, 32))
DAYS = ("2026-10-01", "2026-10-02", "2026-10-03")


def chart(
    kind: ChartKind,
    *values: tuple[float | None, ...],
    unit: Unit = COUNT,
    before: bool = False,
    parts: bool = True,
) -> Chart:
    """Return a chart of categories, a series for each row of values."""
    baseline = tuple(value for value in values[0]) if before else ()
    series = tuple(Series(f"s{at}", f"S{at}", unit, one, baseline, parts=parts) for at, one in enumerate(values))
    return Chart(kind, "category", NAMES, series)


def month(*, parts: bool, units: tuple[Unit, ...] = (COUNT, COUNT)) -> Chart:
    """Return a stack of the days of a month, a series for each of the units."""
    values = tuple(range(1, 32))
    series = tuple(Series(f"s{at}", f"S{at}", unit, values, parts=parts) for at, unit in enumerate(units))
    return Chart("stacked", "date", MONTH, series)


UNFIT = {
    "line of a single day": (Chart("line", "date", ("2026-10-01",), (Series("m", "M", COUNT, (3,)),)), "bar"),
    "scatter of one metric": (chart("scatter", (1, 2, 3)), "bar"),
    "scatter without a pair": (chart("scatter", (1, None, 3), (None, 2, None)), "bar"),
    "stack of rates": (chart("stacked", (0.1, 0.2, 0.3), (0.3, 0.2, 0.1), unit=RATE), "bar"),
    "pie with a negative part": (chart("pie", (3, -1, 2)), "bar"),
    "pie of rates": (chart("pie", (0.1, 0.2, 0.3), unit=RATE), "horizontal_bar"),
    "ring of people reached": (chart("donut", (3, 1, 2), parts=False), "horizontal_bar"),
    "stack of people reached": (chart("stacked", (1, 2, 3), (3, 2, 1), parts=False), "bar"),
    "pie of days that do not add up": (
        replace(chart("pie", (3, 1, 2)), label_type="date", labels=DAYS),
        "bar",
    ),
    "funnel of two units": (
        replace(
            chart("funnel", (3,), (2,)),
            labels=("all",),
            series=(Series("a", "A", COUNT, (3,)), Series("b", "B", Unit("currency"), (2,))),
        ),
        "bar",
    ),
    "funnel from nothing": (chart("funnel", (0, 3, 2)), "bar"),
    "heat map of one row of words": (chart("heatmap", (3, 1, 2)), "bar"),
    "bars over lines that are not there": (chart("combo", (3, 1, 2)), "bar"),
    "ring of nothing": (chart("donut", (0, None, 0)), "bar"),
    "stack of two units": (
        replace(
            chart("stacked", (1, 2, 3), (3, 2, 1)),
            series=(Series("a", "A", COUNT, (1, 2, 3)), Series("b", "B", Unit("currency"), (3, 2, 1))),
        ),
        "bar",
    ),
    "rows of a month of days": (
        Chart("horizontal_bar", "date", MONTH, (Series("a", "A", COUNT, tuple(range(31))),)),
        "bar",
    ),
    "stack of a month of days of people reached": (month(parts=False), "line"),
    "stack of three weeks of days of people reached": (
        replace(month(parts=False), labels=MONTH[:21]),
        "bar",
    ),
    "stack of a month of days of two units": (month(parts=True, units=(COUNT, RATE)), "bar"),
    "areas that would hide one another": (chart("area", (1, 2, 3), (3, 2, 1)), "line"),
}
FIT = {
    "scatter": chart("scatter", (1, 2, 3), (3, 2, 1)),
    "stack": chart("stacked", (1, 2, 3), (3, 2, 1)),
    "pie": chart("pie", (3, 1, 2)),
    "pie that is compared": chart("pie", (3, 1, 2), before=True),
    "ring that is compared": chart("donut", (3, 1, 2), before=True),
    "area": chart("area", (3, None, 2)),
    "rows of three weeks of days": Chart(
        "horizontal_bar", "date", MONTH[:21], (Series("a", "A", COUNT, tuple(range(21))),)
    ),
    "funnel": chart("funnel", (3, 2, 1)),
    "heat map": chart("heatmap", (3, 1, 2), (1, 2, 3)),
}
SHAPES = {"bar": "column", "horizontal_bar": "row", "line": "line"}


@pytest.mark.parametrize("name", UNFIT)
def test_what_does_not_suit_its_kind_has_another_form_everywhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn as bars or lines, called so, and stands as such in the workbook."""
    unfit, form = UNFIT[name]
    printed = PrintedReport(reports.report(Block("b", "chart", "Block", charts=(unfit,))))
    (block,) = printed.report.blocks
    drawn: list[str] = []
    monkeypatch.setattr(layouts, "_DRAWN", {kind: lambda *_, kind=kind: drawn.append(kind) for kind in CHART_WORDS})
    layouts.layout(unfit, Frame(printed.report.theme.colors, "en", 240, 160, 8))
    assert (form_of(unfit), drawn) == (form, [form])
    assert printed.alternative_text(unfit, "").startswith("Line chart." if form == "line" else "Bar chart.")
    native = native_chart(block, unfit, printed, 100)
    assert native is not None
    assert native.shape == SHAPES[form]


@pytest.mark.parametrize("name", FIT)
def test_what_suits_its_kind_keeps_it(name: str) -> None:
    """The author's kind stands where the values carry it, also with labels beyond the values."""
    fit = FIT[name]
    assert form_of(fit) == form_of(replace(fit, labels=(*fit.labels, "D"))) == fit.kind
