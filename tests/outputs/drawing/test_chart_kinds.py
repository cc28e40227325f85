"""What each further kind of chart draws, and when it gives way to bars."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from reportgen.model import Chart, ChartKind, Goal, Series, Target, Unit
from reportgen.outputs.text.alternative_texts import alt_text
from tests.gallery.cases import CASES, KINDS, chart
from tests.outputs.drawings import chart_svg
from tests.outputs.reports import COUNT, PAPER

SVG = "{http://www.w3.org/2000/svg}"
PAGE = 72 * 8  # points: the highest drawing that a page takes
DAYS = tuple(f"2026-10-{day:02d}" for day in range(1, 32))
STEPS = ("Visits", "Baskets", "Orders")


def drawn(data: Chart, *, width: float = 240, locale: str = "en") -> ET.Element:
    """Draw a chart and parse it."""
    svg = chart_svg(data, PAPER, locale, width=width, height=170, current="October", compared="September")
    return ET.fromstring(svg)  # noqa: S314 - our own


def texts(svg: ET.Element) -> list[str]:
    """Return the texts of a drawing, in its order."""
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def fills(svg: ET.Element, token: str) -> list[str]:
    """Return the path data filled with a colour of the theme."""
    return [path.get("d", "") for path in svg.iter(f"{SVG}path") if path.get("fill") == PAPER.colors[token]]


def strokes(svg: ET.Element, token: str) -> list[str]:
    """Return the path data drawn in a colour of the theme."""
    return [path.get("d", "") for path in svg.iter(f"{SVG}path") if path.get("stroke") == PAPER.colors[token]]


def of(kind: ChartKind, labels: tuple[str, ...], *rows: tuple[int | float | None, ...], unit: Unit = COUNT) -> Chart:
    """Return a chart of series named A, B and so on."""
    dated = labels[0].startswith("2026-")
    series = tuple(Series(f"f{at}", "ABCDEFG"[at], unit, row) for at, row in enumerate(rows))
    return Chart(kind, "date" if dated else "category", labels, series)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [case for case in CASES if case not in {"empty", "failed"}])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_case_fits_its_page(kind: ChartKind, case: str, locale: str) -> None:
    """No data make a chart higher than a page, or put a text outside its width; something is drawn of all of them."""
    svg = drawn(chart(kind, case), locale=locale)
    width, height = (float(number) for number in svg.get("viewBox", "").split()[2:])
    assert texts(svg)
    assert list(svg.iter(f"{SVG}path"))
    assert height <= PAGE
    assert all(-0.5 <= float(text.get("x", "")) <= width + 0.5 for text in svg.iter(f"{SVG}text"))
    assert all(0 <= float(text.get("y", "")) <= height for text in svg.iter(f"{SVG}text"))


def test_an_area_is_filled_down_to_zero() -> None:
    """The room below the line is filled, from an axis that starts at zero, and a gap stays empty."""
    values = (*range(100, 110), None, *range(111, 131))
    svg = drawn(of("area", DAYS, values))
    (area,) = fills(svg, "accent-soft")
    assert area.count("M") == 2
    assert fills(drawn(of("line", DAYS, values)), "accent-soft") == []


def test_areas_of_several_series_are_lines() -> None:
    """Areas that would hide one another are not filled."""
    svg = drawn(of("area", DAYS, (5,) * 31, (6,) * 31))
    assert (len(strokes(svg, "c1")), len(strokes(svg, "c2")), fills(svg, "accent-soft")) == (1, 1, [])


def test_stacks_stand_on_one_another() -> None:
    """The second part begins where the first ends, parts below zero go down, and the total is written."""
    svg = drawn(of("stacked", ("p", "q"), (3, 4), (2, -1)))
    (first,), (second,) = fills(svg, "c1"), fills(svg, "c2")
    top_of_first = min(float(y) for y in re.findall(r"[ML ][\d.]+ ([\d.]+)", first.split("Z")[0]))
    foot_of_second = max(float(y) for y in re.findall(r"[ML ][\d.]+ ([\d.]+)", second.split("Z")[0]))
    assert foot_of_second == pytest.approx(top_of_first)
    assert {"5", "3"} <= set(texts(svg))


def test_compared_totals_are_ticks() -> None:
    """A stack says with a tick what the compared period came to."""
    data = of("stacked", ("p", "q"), (3, 4), (2, 1))
    data = replace(data, series=tuple(replace(one, baseline=(2, 2)) for one in data.series))
    svg = drawn(data)
    assert "The tick is the total of September" in texts(svg)
    assert len(strokes(svg, "ink")) == 1


@pytest.mark.parametrize("labels", [("p", "q", "r"), tuple(f"A label too long for a column, {at}" for at in range(3))])
def test_a_stack_without_a_part_has_no_total(labels: tuple[str, ...]) -> None:
    """What is missing is not zero: a dash stands in place of the sum of the parts that came."""
    written = texts(drawn(of("stacked", labels, (300, None, None), (45, 211, None))))
    assert written.count("345") == 1
    assert written.count("–") == 2
    assert "211" not in written


HATCHED = "Hatched: a part is missing"


@pytest.mark.parametrize("labels", [("p", "q", "r"), tuple(f"A label too long for a column, {at}" for at in range(3))])
def test_a_stack_without_a_part_is_hatched(labels: tuple[str, ...]) -> None:
    """A day whose part is missing looks like no fall: its other parts are hatched, and a line above says why."""
    svg = drawn(of("stacked", labels, (300, None, None), (45, 211, None)))
    assert HATCHED in texts(svg)
    assert (len(fills(svg, "c1")), len(fills(svg, "c2"))) == (1, 1)
    assert (len(strokes(svg, "c1")), len(strokes(svg, "c2"))) == (0, 2)
    whole = drawn(of("stacked", labels, (300, 1, 2), (45, 211, 3)))
    assert HATCHED not in texts(whole)
    assert strokes(whole, "c2") == []


def test_a_narrow_stack_without_a_part_has_a_dash() -> None:
    """Where columns are too narrow for totals, a dash is drawn above each that lacks a part."""
    first = tuple(None if at in {4, 9} else 100 + at for at in range(31))
    svg = drawn(of("stacked", DAYS, first, (50,) * 31))
    assert len(strokes(svg, "ink-3")) == 2 + len(strokes(drawn(of("stacked", DAYS, (50,) * 31, (50,) * 31)), "ink-3"))


def test_cut_months_of_a_stack_are_hatched() -> None:
    """A month that was asked for in part is hatched as among plain bars; no part of it is missing."""
    months = ("2026-08-01", "2026-09-01", "2026-10-01")
    chart = replace(of("stacked", months, (3, 4, 2), (1, 2, 1)), bucket="month", cut=(2,))
    svg = drawn(chart)
    assert strokes(svg, "c1") != []
    assert HATCHED not in texts(svg)


@pytest.mark.parametrize("unit", [Unit("percent")])
def test_rates_are_not_stacked(unit: Unit) -> None:
    """Shares of different wholes do not add up, so they stand side by side."""
    svg = drawn(of("stacked", ("p", "q"), (0.3, 0.4), (0.2, 0.1), unit=unit))
    assert {"p", "q"} <= set(texts(svg))
    assert "50%" not in texts(svg)


def test_long_labels_stack_in_rows() -> None:
    """Labels that do not stand below columns make rows, in the order of columns; more of them go by size."""
    labels = tuple(f"a long label of the row with number {at}, and more of it" for at in range(2))
    svg = drawn(of("stacked", labels, (1, 5), (1, 5)))
    assert [text for text in texts(svg) if text in {"2", "10"}] == ["2", "10"]
    many = tuple(f"a long label of the row with number {at}" for at in range(25))
    written = [text for text in texts(drawn(of("stacked", many, (*range(25),), (*range(25),)))) if text.isdecimal()]
    assert written[:2] == ["48", "46"]


@pytest.mark.parametrize("kind", ["bar", "combo", "stacked"])
def test_the_order_of_labels_is_that_of_the_answer_in_every_width(kind: ChartKind) -> None:
    """Rows that stand for columns only because the names have no room there keep their order: one block has one."""
    labels = ("Sourdough", "Croissant", "Cheesecake", "Coffee")
    data = of(kind, labels, (900, 750, 60, 1200), (90, 75, 6, 120))
    orders = [[text for text in texts(drawn(data, width=width)) if text in labels] for width in (140, 240, 900)]
    assert orders == [list(labels)] * 3


@pytest.mark.parametrize(
    ("labels", "kept"),
    [
        (("Up to 2,000", "2,000 to 5,000", "5,000 to 10,000", "Over 10,000"), True),
        (("18-24", "25-34", "35+", "Unknown"), True),
        (("Brand 1", "Brand 2", "Brand 3", "Brand 4"), False),
        (("2go", "Brand", "3M", "Other brand"), False),
    ],
)
def test_ranges_keep_their_order(labels: tuple[str, ...], kept: bool) -> None:  # noqa: FBT001 - a case
    """Ranges of numbers stand in their own order where names go by size, with an end in words or an unknown behind."""
    written = [text for text in texts(drawn(of("horizontal_bar", labels, (30, 90, 60, 20)))) if text in labels]
    assert written == ([*labels] if kept else [labels[at] for at in (1, 2, 0, 3)])


def test_a_combo_has_a_panel_for_each() -> None:
    """Bars stand over a line, each named in its colour, on axes of their own one above the other."""
    data = of("combo", DAYS, tuple(range(31)), tuple(day / 100 for day in range(31)))
    data = replace(data, series=(data.series[0], replace(data.series[1], unit=Unit("percent"))))
    svg = drawn(data)
    names = {text.text: text.get("fill") for text in svg.iter(f"{SVG}text") if text.text in {"A", "B"}}
    assert names == {"A": PAPER.colors["c1"], "B": PAPER.colors["c2"]}
    assert (len(fills(svg, "c1")), len(strokes(svg, "c2"))) == (1, 1)
    assert {"20", "20%"} <= set(texts(svg))


MONTHS = tuple(f"2026-{month:02}-01" for month in range(1, 6))


@pytest.mark.parametrize("kind", ["pie", "donut", "funnel", "scatter", "horizontal_bar", "stacked", "heatmap"])
def test_months_are_called_by_their_names(kind: ChartKind) -> None:
    """A ring, a funnel or a scatter plot of months names them as bars and data tables do, never by their first days."""
    rows = (
        ((500, 400, 300, 200, 100), (5, 4, 3, 2, 1))
        if kind in {"scatter", "stacked", "heatmap"}
        else ((5, 4, 3, 2, 1),)
    )
    made = of(kind, MONTHS, *rows)
    chart = replace(made, bucket="month", series=tuple(replace(each, additive=True) for each in made.series))
    svg = drawn(chart, width=480)
    assert "2026-" not in " ".join(texts(svg))
    assert {"Jan", "Feb", "Mar", "Apr", "May"} <= {word for text in texts(svg) for word in text.split()}
    assert "2026-" not in alt_text(chart, "Title", "en")


def test_a_donut_has_a_hole_and_a_pie_none() -> None:
    """The ring says its total in the middle; the disc has no room for it."""
    assert "10" in texts(drawn(of("donut", ("p", "q"), (6, 4))))
    assert "10" not in texts(drawn(of("pie", ("p", "q"), (6, 4))))


CHANNELS = ("Instagram", "Facebook", "Google Ads", "Newsletter", "LinkedIn", "TikTok Ads")


@pytest.mark.parametrize("width", [120, 180, 240, 480])
def test_every_column_of_words_in_a_heat_map_is_named(width: int) -> None:
    """Names that are wider than their columns stand in lines by turns, shortened where there is little room."""
    svg = drawn(of("heatmap", CHANNELS, (0, 20, 40, 60, 80, 100), (1, 2, 3, 4, 5, 6)), width=width)
    written = [text.rstrip("…") for text in texts(svg)]
    assert all(any(text and name.startswith(text) for text in written) for name in CHANNELS)
    places = {text.text: float(text.get("y", "")) for text in svg.iter(f"{SVG}text")}
    lines = {y for text, y in places.items() if text and any(name.startswith(text.rstrip("…")) for name in CHANNELS)}
    assert len(lines) == {120: 3, 180: 2, 240: 2, 480: 1}[width]


def test_columns_of_a_heat_map_that_are_not_named_are_dots() -> None:
    """Columns too narrow for names of their own are named now and then, with dots for those between; hours without."""
    many = tuple(f"campaign {at}" for at in range(60))
    named = [text for text in texts(drawn(of("heatmap", many, (*range(60),), (*range(60),)))) if "campaign" in text]
    assert len(named) < 60
    assert all("…" in text for text in named[:-1])
    hours = tuple(f"{at:02}:00" for at in range(24))
    assert "…" not in "".join(texts(drawn(of("heatmap", hours, (*range(24),), (*range(24),)))))


def test_heat_has_six_steps() -> None:
    """A cell is the darker the higher it is between lowest and highest, which is outlined; a missing one is a dash."""
    hours = tuple(f"{hour:02d}" for hour in range(6))
    svg = drawn(of("heatmap", hours, (0, 20, 40, 60, 80, 100), (None, 0, 0, 0, 0, 0)))
    key = 1
    cells = [path.count("M") for token in ("q0", "q1", "q2", "q3", "q4", "q5") for path in fills(svg, token)[:-key]]
    assert cells == [6, 1, 1, 1, 1, 1]
    assert "100 · A, 05" in texts(svg)
    assert len(strokes(svg, "compare")) == 1


@pytest.mark.parametrize(
    ("values", "steps", "ends"),
    [
        ((1856, 2000, 2150, 2200, 2310, 2484), "012345", ["2,484", "1,856"]),
        ((7,) * 6, "555555", ["7"]),
        ((0,) * 6, "000000", ["0"]),
        ((1_871_204_816, 1_871_204_817), "05", ["1,871,204,817", "1,871,204,816"]),
    ],
)
def test_steps_go_from_the_lowest_to_the_highest(values: tuple[int, ...], steps: str, ends: list[str]) -> None:
    """Values that are near each other can be told apart, and the key says what its ends are, or its only step."""
    svg = drawn(of("heatmap", tuple("abcdef"[: len(values)]), values, values))
    key = steps if len(ends) == 1 else "012345"
    tokens = {f"q{at}": 2 * steps.count(str(at)) + (str(at) in key) for at in range(6)}  # two rows, and the key
    assert {token: sum(path.count("M") for path in fills(svg, token)) for token in tokens} == tokens
    assert [text for text in texts(svg) if text in ends or text.startswith("1.")] == ends


def test_days_make_a_calendar() -> None:
    """A daily series is laid out by weeks and weekdays, from the day on which weeks begin in the locale."""
    monday, sunday = (texts(drawn(of("heatmap", DAYS, tuple(range(31))), locale=locale)) for locale in ("pt-BR", "de"))
    assert [text for text in sunday if text in {"Mo", "So"}] == ["Mo", "So"]
    assert monday.index("dom.") < monday.index("seg.")
    assert "30 · Oct 31" in texts(drawn(of("heatmap", DAYS, tuple(range(31)))))


def test_no_more_go_on_than_came() -> None:
    """A step that is larger than the one before has other people in it, so that no share of these continues."""
    written = [text for text in texts(drawn(of("funnel", STEPS, (200, 50, 80)))) if "continue" in text]
    assert written == ["\N{DOWNWARDS ARROW} 25.0% continue"]


def test_a_funnel_says_who_goes_on() -> None:
    """Bars are in proportion to the first step, and between two steps stands the share that goes on."""
    svg = drawn(of("funnel", STEPS, (200, 50, 10)))
    assert [text for text in texts(svg) if "continue" in text] == ["↓ 25.0% continue", "↓ 20.0% continue"]
    widths = [re.findall(r"[ML ]([\d.]+) ", path) for path in fills(svg, "c1")]
    spans = [max(map(float, xs)) - min(map(float, xs)) for xs in widths]
    assert spans[1] / spans[0] == pytest.approx(0.25, abs=0.01)


def test_metrics_of_one_value_are_steps_too() -> None:
    """Several metrics without a dimension are the steps of a funnel, in the order asked."""
    svg = drawn(of("funnel", ("",), (200,), (50,)))
    assert texts(svg)[0] == "A"
    assert "↓ 25.0% continue" in texts(svg)


def test_a_scatter_plot_is_as_wide_as_its_dots_and_counts_them() -> None:
    """A label that lacks a metric widens no axis, and is not left out in silence; two of a name are two dots."""
    partial = drawn(of("scatter", ("p", "q", "q", "r", "gone"), (1, 2, 3, 900, None), (10, 30, 5, None, None)))
    whole = drawn(of("scatter", ("p", "q", "q"), (1, 2, 3), (10, 30, 5)))
    assert "3 of 4" in texts(partial)
    assert set(texts(whole)) == set(texts(partial)) - {"3 of 4"}
    assert texts(partial).count("q") == 2


def test_scatter_crosses_two_metrics() -> None:
    """Each label with both values is a dot, to the right by the first and upwards by the second."""
    svg = drawn(of("scatter", ("p", "q", "r"), (1, 2, None), (10, 30, 5)))
    xs = [float(text.get("x", "")) for text in svg.iter(f"{SVG}text") if text.text in {"p", "q"}]
    ys = [float(text.get("y", "")) for text in svg.iter(f"{SVG}text") if text.text in {"p", "q"}]
    assert len(fills(svg, "c1")) == 2
    assert (xs[0] < xs[1], ys[0] > ys[1]) == (True, True)
    assert "r" not in texts(svg)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("combo", ((1, 2),)),
        ("stacked", ((1, 2),)),
        ("heatmap", ((1, 2),)),
        ("heatmap", ((1, -2), (3, 4))),
        ("funnel", ((0, 2),)),
        ("funnel", ((5, -2),)),
        ("scatter", ((1, 2),)),
        ("donut", ((3, -1),)),
    ],
)
def test_what_cannot_be_drawn_so_is_bars(kind: ChartKind, rows: tuple[tuple[int, ...], ...]) -> None:
    """Values that a kind cannot show are not lost: they are drawn as bars with their numbers."""
    svg = drawn(of(kind, ("p", "q"), *rows))
    plain = drawn(of("bar", ("p", "q"), *rows))
    assert texts(svg) == texts(plain)


def test_horizontal_bars_are_rows_also_for_days() -> None:
    """The author's word makes rows of what would be columns, in the order of the days."""
    svg = drawn(of("horizontal_bar", DAYS[:5], (5, 4, 3, 2, 1)))
    assert [text for text in texts(svg) if text.startswith("Oct")] == [f"Oct {day}" for day in range(1, 6)]


def test_rows_that_do_not_fit_are_counted() -> None:
    """Rows of many bars stop before the page does, the largest first, and say how many there are."""
    labels = tuple(f"label {at}" for at in range(40))
    svg = drawn(of("horizontal_bar", labels, *(tuple(range(40)) for _ in range(5))))
    shown = [text for text in texts(svg) if text.startswith("label")]
    assert shown[0] == "label 39"
    assert any(text == f"{len(shown)} of 40" for text in texts(svg))
    places = [float(text.get("y", "")) for text in svg.iter(f"{SVG}text") if (text.text or "").startswith("label")]
    assert all(one < other for one, other in pairwise(places))


def test_the_bar_of_a_month_that_is_not_over_is_hatched() -> None:
    """It is an outline with strokes across it, and none of the filled bars; a line has a ring there."""
    labels = ("2026-08-01", "2026-09-01", "2026-10-01")
    whole = of("bar", labels, (5, 9, 4))
    cut = replace(whole, bucket="month", cut=(2,))
    bars = [fills(drawn(replace(chart, bucket="month")), "c1") for chart in (whole, cut)]
    assert [path.count("M") for (path,) in bars] == [3, 2]
    assert strokes(drawn(replace(whole, bucket="month")), "c1") == []
    assert len(strokes(drawn(cut), "c1")) > 1


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_short_line_marks_the_goal_of_each_value(kind: ChartKind) -> None:
    """Of a range both ends; the axis holds it, and the drawing says what it is."""
    plain = of(kind, ("2026-08-01", "2026-09-01", "2026-10-01"), (5, 9, 4))
    goals = (
        Goal.of(5, Target("at_least", 300), elapsed=1, over_time="sum"),
        None,
        Goal.of(4, Target("between", 2, 6), elapsed=1, over_time="other"),
    )
    with_goals = replace(plain, series=(replace(plain.series[0], goals=goals),))
    (marks,) = strokes(drawn(with_goals), "ink-2")
    assert (marks.count("M"), strokes(drawn(plain), "ink-2")) == (3, [])
    assert {"Short lines: goal", "300"} <= set(texts(drawn(with_goals)))


@pytest.mark.parametrize("kind", ["pie", "donut"])
@pytest.mark.parametrize(("last", "said"), [(None, False), (0, True), (2, False)])
def test_a_ring_counts_the_parts_of_its_own_period(kind: ChartKind, last: int | None, *, said: bool) -> None:
    """A part of the compared period alone is none that it leaves out; a part of zero is."""
    series = Series("a", "Revenue", COUNT, (5, 9, last), (4, 8, 1), additive=True)
    ring = Chart(kind, "category", ("Direct", "Search", "Gone"), (series,))
    assert ("2 of 3" in texts(drawn(ring))) == said


@pytest.mark.parametrize("kind", ["combo", "line", "bar"])
@pytest.mark.parametrize("aimed", [0, 1])
def test_the_marks_of_goals_are_named_above_the_panel_that_has_them(kind: ChartKind, aimed: int) -> None:
    """The other panel has none, and its names say nothing of them."""
    goal = (Goal.of(5, Target("at_least", 6), elapsed=1, over_time="sum"),) * 2
    labels = ("2026-08-01", "2026-09-01")
    series = [
        Series("a", "Clicks", COUNT, (5, 9), goals=goal if aimed == 0 else ()),
        Series("b", "Cost", Unit("currency", currency="EUR"), (50, 90), goals=goal if aimed == 1 else ()),
    ]
    said = texts(drawn(Chart(kind, "date", labels, tuple(series))))
    assert (said.index("Short lines: goal") > said.index("Cost")) == (aimed == 1)


def test_goals_of_several_lines_have_their_colours() -> None:
    """So that each is told from the others'."""
    goal = (Goal.of(5, Target("at_least", 6), elapsed=1, over_time="sum"),) * 2
    chart = of("line", DAYS[:2], (5, 9), (4, 8))
    aimed = replace(chart, series=tuple(replace(series, goals=goal) for series in chart.series))
    for token in ("c1", "c2"):
        assert len(strokes(drawn(aimed), token)) == len(strokes(drawn(chart), token)) + 1


def test_a_month_in_part_is_named_by_its_days() -> None:
    """Below the axis always, and the month beside it gives way."""
    labels = tuple(f"2026-{month:02}-01" for month in range(1, 11))
    windows = (*(f"{label[:8]}01..{label[:8]}28" for label in labels[:-1]), "2026-10-01..2026-10-14")
    chart = replace(of("bar", labels, tuple(range(1, 11))), bucket="month", windows=windows, cut=(9,))
    for width in (150, 240, 480):
        named = texts(drawn(chart, width=width))
        assert "Oct 1 \N{EN DASH} 14" in named
        assert "Sep" not in named
    assert "Oct" in texts(drawn(replace(chart, windows=(), cut=()), width=480))
