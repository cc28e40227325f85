"""What every chart drawing must hold, whatever its data."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

import pytest

from reportgen.colors import compared_shades
from reportgen.model import Chart, ChartKind, Series, Unit
from tests.outputs.drawings import chart_svg
from tests.outputs.reports import COUNT, LINE, PAPER, PIE

if TYPE_CHECKING:
    from reportgen.model import Number

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
SVG = "{http://www.w3.org/2000/svg}"
DAYS = tuple(f"2026-10-{day:02d}" for day in range(1, 32))
VALUES: dict[str, tuple[Number | None, ...]] = {
    "nothing": (),
    "one": (5,),
    "equal": (7, 7, 7, 7),
    "missing": (None, None, None, None),
    "zero": (0, 0, 0, 0),
    "negative": (-5, -1, -9, -2),
    "mixed signs": (5, -1, 0, None),
    "gaps": (5, None, 3, None),
    "huge": (1e308, -1e308, 10**400, 1.0),
    "tiny": (1e-320, 2e-320, 0.0, 1e-300),
    "no numbers": (math.nan, math.inf, -math.inf, 1.0),
    "more than labels": (1, 2, 3, 4, 5, 6, 7),
}
WORDS = {
    "short": ("A", "B", "C", "D"),
    "long": ("a label of sixty characters that has to be broken into lines", "wordwithoutanyspace" * 4, "C", "D"),
    "markup": ("$a_b$", r"\frac{1}{2}", "<script>alert('x')</script>", "a & b"),
    "scripts": ("\N{GRINNING FACE}", "日本語のラベル", "שלום עולם", "مرحبا"),
    "illegal": ("a\x00\x07b", "\ud800", "", " \t\n "),
}


def parsed(svg: str) -> ET.Element:
    """Parse a drawing as a strict XML reader does."""
    return ET.fromstring(svg)  # noqa: S314 - our own output, not a stranger's


def drawn(chart: Chart, *, width: float = 240, height: float = 170, locale: str = "en", alt: str = "") -> ET.Element:
    """Draw a chart and parse the result."""
    return parsed(chart_svg(chart, PAPER, locale, width=width, height=height, alt=alt))


def texts(svg: ET.Element) -> list[str]:
    """Return the texts of a drawing, in its order."""
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def strokes(svg: ET.Element, token: str) -> list[str]:
    """Return the path data of the lines drawn in a colour of the theme."""
    return [path.get("d", "") for path in svg.iter(f"{SVG}path") if path.get("stroke") == PAPER.colors[token]]


def fills(svg: ET.Element, token: str) -> list[str]:
    """Return the path data of the areas filled with a colour of the theme."""
    return [path.get("d", "") for path in svg.iter(f"{SVG}path") if path.get("fill") == PAPER.colors[token]]


def words(kind: ChartKind, values: tuple[Number | None, ...], labels: tuple[str, ...] = ("A", "B", "C", "D")) -> Chart:
    """Return a chart of one series over words."""
    return Chart(kind, "category", labels, (Series("reach", "Reach", COUNT, values),))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", VALUES)
def test_any_values_can_be_drawn(kind: ChartKind, case: str) -> None:
    """No value, however odd, keeps a chart from being drawn as well-formed SVG with finite numbers."""
    for unit in (COUNT, Unit(), Unit("percent"), Unit("currency", "BRL"), Unit("seconds")):
        series = Series("reach", "Reach", unit, VALUES[case], VALUES[case][::-1])
        svg = chart_svg(
            Chart(kind, "category", WORDS["short"], (series, series)), PAPER, "pt-BR", width=240, height=170
        )
        assert parsed(svg).get("viewBox")
        assert not re.search(r"(nan|inf)[ \"]", svg)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", WORDS)
def test_any_label_can_be_drawn(kind: ChartKind, case: str) -> None:
    """Labels in any script, with markup or illegal characters, give well-formed SVG inside its width."""
    svg = drawn(words(kind, (4, 3, 2, 1), WORDS[case]), alt=WORDS[case][0])
    assert list(svg.iter(f"{SVG}path"))
    assert all(0 <= float(text.get("x", "")) <= 240 for text in svg.iter(f"{SVG}text"))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label_type", ["date", "category"])
def test_many_points_stay_small(kind: ChartKind, label_type: str) -> None:
    """Ten thousand labels neither explode the drawing nor crowd it."""
    labels = tuple(f"{1990 + at // 336}-{1 + at // 28 % 12:02d}-{1 + at % 28:02d}" for at in range(10_000))
    values = tuple(at * 7919 % 1009 for at in range(10_000))
    chart = Chart(kind, "date" if label_type == "date" else "category", labels, (Series("r", "R", COUNT, values),))
    svg = chart_svg(chart, PAPER, "en", width=480, height=170)
    assert len(svg) < 300_000
    assert svg.count("<path") + svg.count("<text") < 120


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_weasyprint_reads(kind: ChartKind) -> None:
    """A drawing holds no id, class, style, variable or image, and its text is text."""
    svg = chart_svg(words(kind, (4, 3, 2, 1)), PAPER, "en", width=240, height=170, alt="Reach")
    assert not re.search(r"\b(id|class|style|href|clip-path)=|var\(|<image|<use|<defs", svg)
    assert kind == "sparkline" or "<text" in svg


def test_markup_in_labels_is_drawn_literally() -> None:
    """Dollar signs and backslashes are no mathematics, and angle brackets no elements."""
    assert set(WORDS["markup"]) <= set(texts(drawn(words("bar", (4, 3, 2, 1), WORDS["markup"]), width=482)))


def test_illegal_characters_are_removed() -> None:
    """Characters that XML cannot hold vanish; the letters around them stay."""
    assert "ab" in texts(drawn(words("bar", (4, 3, 2, 1), WORDS["illegal"])))


def test_alternative_text_names_the_drawing() -> None:
    """The caller's words reach a screen reader, escaped, and once: a title too would be its description."""
    svg = drawn(words("line", (1, 2, 3, 4)), alt='Reach "up" & <b>')
    assert (svg.get("role"), svg.get("aria-label")) == ("img", 'Reach "up" & <b>')
    assert svg.find(f"{SVG}title") is None


def test_drawing_without_alternative_text_is_decoration() -> None:
    """A drawing nobody named is hidden from screen readers."""
    assert drawn(words("line", (1, 2, 3, 4))).get("aria-hidden") == "true"


def test_size_is_told_in_points() -> None:
    """Width and height carry their unit, and the viewBox is in the same points."""
    svg = drawn(words("line", (1, 2, 3, 4)), width=240.5, height=170)
    assert (svg.get("width"), svg.get("height"), svg.get("viewBox")) == ("240.5pt", "170pt", "0 0 240.5 170")


def test_numbers_are_short() -> None:
    """No number is written with more than two decimals."""
    svg = chart_svg(LINE.charts[0], PAPER, "en", width=481.89, height=170)
    assert re.search(r"\d\.\d", svg)
    assert not re.search(r"\d\.\d{3}", svg)


def test_asking_for_the_function_loads_no_matplotlib() -> None:
    """Importing the package is cheap; drawing loads matplotlib."""
    program = "import sys, reportgen.outputs.drawing.charts; assert 'matplotlib' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_gap_is_no_bridge() -> None:
    """A missing point ends a line; the next starts anew."""
    (line,) = strokes(drawn(words("line", (1, 2, None, 4, 5), ("A", "B", "C", "D", "E"))), "c1")
    assert line.count("M") == 2


def test_lone_point_is_a_dot() -> None:
    """A point between gaps is drawn although it has no line; the last one has its end dot too."""
    svg = drawn(words("line", (1, 2, None, 4, None, 1, 2), tuple("ABCDEFG")))
    assert len(fills(svg, "c1")) == 2


def test_no_values_leave_the_zero_line() -> None:
    """A chart without values is one line and no words."""
    svg = drawn(words("bar", (None, None, None, None)))
    assert (len(strokes(svg, "axis")), texts(svg)) == (1, [])


def test_units_never_share_a_panel() -> None:
    """Money and counts stand on two axes, one above the other, each named."""
    spend = Series("spend", "Spend", Unit("currency", "BRL"), (100, 200, 300, 400))
    orders = Series("orders", "Orders", COUNT, (1, 2, 3, 4))
    svg = drawn(Chart("line", "category", ("A", "B", "C", "D"), (spend, orders)), height=230)
    assert {"Spend", "Orders", "R$400", "4"} <= set(texts(svg))
    assert len(strokes(svg, "axis")) == 3  # two zero lines, one row of ticks


@pytest.mark.parametrize(("height", "least", "most"), [(187, 200, 260), (142, 170, 210), (106, 130, 165)])
def test_panels_follow_the_height_that_is_wanted(height: float, least: float, most: float) -> None:
    """Two panels are higher than a chart of one, yet lower where a slide or an author wants a low chart."""
    spend = Series("spend", "Spend", Unit("currency", "BRL"), (100, 200, 300, 400))
    orders = Series("orders", "Orders", COUNT, (1, 2, 3, 4))
    svg = drawn(Chart("line", "category", ("A", "B", "C", "D"), (spend, orders)), height=height)
    assert least < float(svg.get("viewBox", "").split()[3]) < most


def test_small_series_gets_its_own_panel() -> None:
    """A series that another would flatten is drawn on its own axis."""
    views, clicks = (
        Series(name, name, COUNT, (size, size, size)) for name, size in (("Views", 90_000), ("Clicks", 40))
    )
    assert {"100K", "40"} <= set(texts(drawn(Chart("line", "category", ("A", "B", "C"), (views, clicks)), height=230)))


def test_names_at_the_end_stand_apart() -> None:
    """Lines that end together are named at least 1.25 em apart, each in its own colour."""
    series = tuple(Series(name, name, COUNT, (1, 2, 100 + at)) for at, name in enumerate(("One", "Two", "Three")))
    svg = drawn(Chart("line", "category", ("A", "B", "C"), series))
    named = [text for text in svg.iter(f"{SVG}text") if text.text in {"One", "Two", "Three"}]
    heights = sorted(float(text.get("y", "")) for text in named)
    assert min(after - before for before, after in pairwise(heights)) >= 9.99
    assert [text.get("fill") for text in named] == [PAPER.colors[color] for color in ("c1", "c2", "c3")]


def test_baseline_is_a_thinner_line() -> None:
    """The compared period is drawn in the colour of comparison, thinner than the current one."""
    series = Series("r", "R", COUNT, (1, 2, 3, 4), (2, 2, 2, 2))
    svg = drawn(Chart("line", "category", ("A", "B", "C", "D"), (series,)))
    weights = {path.get("stroke"): float(path.get("stroke-width", "0")) for path in svg.iter(f"{SVG}path")}
    assert weights[PAPER.colors["compare"]] < weights[PAPER.colors["c1"]]


def test_month_is_named_weekly() -> None:
    """The days of a month are named once a week, in the reader's language."""
    chart = Chart("line", "date", DAYS, (Series("r", "R", COUNT, tuple(range(31))),))
    assert texts(drawn(chart, width=482, locale="pt-BR"))[-5:] == [f"{day} de out." for day in (1, 8, 15, 22, 29)]


def test_ticks_are_round_and_few() -> None:
    """An axis up to 19,537 has the four gridlines 5K to 20K, and no written zero."""
    svg = drawn(words("line", (4_200, 19_537, 6_000, 5_000)))
    assert texts(svg)[:4] == ["5K", "10K", "15K", "20K"]


def test_counts_have_whole_ticks() -> None:
    """No gridline stands for half a person."""
    assert texts(drawn(words("line", (0, 1, 1, 0))))[0] == "1"


def test_bars_start_at_zero() -> None:
    """A bar twice the value is twice as high, however small the difference."""
    (bars,) = fills(drawn(words("bar", (50, 100, 99, 98))), "c1")
    heights = [float(box.split()[-1]) for box in bars.split("Z")[:-1]]
    corners = [[float(number) for number in re.findall(r"[\d.]+", box)][1::2] for box in bars.split("Z")[:-1]]
    measured = [max(ys) - min(ys) for ys in corners]
    assert measured[1] == pytest.approx(2 * measured[0], abs=0.05), heights


def test_values_stand_on_their_columns() -> None:
    """Few columns carry their values in full; a missing one a dash, zero a zero."""
    assert {"5,120", "0", "\N{EN DASH}"} <= set(texts(drawn(words("bar", (5120, 0, None, 1000)))))


def test_crowded_columns_name_their_peak() -> None:
    """Thirty-one columns have room for one value only: the largest."""
    chart = Chart("bar", "date", DAYS, (Series("r", "R", COUNT, tuple(1000 + day * 7 % 31 for day in range(31))),))
    written = [text for text in texts(drawn(chart, width=482)) if "," in text]
    assert written == ["1,030"]


def test_long_labels_become_rows() -> None:
    """Labels too long for columns stand at the left of horizontal bars, in full."""
    labels = ("A city with quite a long name", "Another city", "A third city", "A fourth city")
    svg = drawn(words("bar", (4, 3, 2, 1), labels), width=482)
    assert [text for text in texts(svg) if text in labels] == list(labels)


def test_rows_beyond_the_page_are_counted() -> None:
    """Of sixty labels the 24 largest are drawn, largest first, and the drawing says so."""
    chart = words("bar", tuple(range(60)), tuple(f"Name {at}" for at in range(60)))
    names = [text for text in texts(drawn(chart)) if text.startswith("Name")]
    assert names == [f"Name {at}" for at in range(59, 35, -1)]
    assert "24 of 60" in texts(drawn(chart))


def test_rows_of_two_units_share_their_zero() -> None:
    """Bars of two units start at the same place, also where one of them falls below zero."""
    labels = tuple(f"A rather long label {at}" for at in range(3))
    series = (Series("r", "Reach", COUNT, (3, 2, 1)), Series("s", "Spend", Unit("currency", "BRL"), (50, 20, -10)))
    svg = drawn(Chart("bar", "category", labels, series))
    zero = float(strokes(svg, "axis")[0][1:].split()[0])
    starts = [
        min((float(x) for x in re.findall(r"[ML ]([\d.]+) [\d.]+", path)), key=lambda x: abs(x - zero))
        for path in (*fills(svg, "c1"), *fills(svg, "c2"))
        if "Z" in path
    ]
    assert starts == pytest.approx([zero] * len(starts), abs=0.02)


def test_pie_is_sorted_and_says_shares() -> None:
    """Parts run from the largest down, with their shares; the sum stands in the middle."""
    svg = drawn(PIE.charts[0])
    assert {"Male", "52%", "Female", "36%", "Unknown", "11%", "24,188", "Followers"} == set(texts(svg))


def test_pie_sums_the_small_parts() -> None:
    """The sixth part and those after it are one part named Other and counted, so the shares stay whole."""
    svg = drawn(words("donut", (40, 20, 10, 10, 8, 6, 4, 2), tuple("ABCDEFGH")), height=200)
    assert [text for text in texts(svg) if text in {*"ABCDEFGH", "Other (3)", "12%"}] == [
        "A",
        "B",
        "C",
        "D",
        "E",
        "Other (3)",
        "12%",
    ]


@pytest.mark.parametrize("values", [(3, -1, 2, 1), (0, 0, 0, 0)])
def test_pie_without_a_whole_becomes_bars(values: tuple[int, ...]) -> None:
    """Values that are no shares are drawn from a zero line."""
    assert strokes(drawn(words("pie", values)), "axis")


def test_pie_counts_no_part_of_the_compared_period_alone() -> None:
    """It has all parts of its own period: "3 of 4" would say that it leaves one out."""
    assert texts(drawn(replace(words("pie", (3, 2, 1, None)), alone=1))) == ["A", "50%", "B", "33%", "C", "17%"]


def test_parts_of_which_one_is_missing_make_no_pie() -> None:
    """Nobody knows the whole, nor the shares of it: they are rows."""
    written = texts(drawn(words("pie", (3, None, 2, 1))))
    assert not [text for text in written if "%" in text]


def test_pie_of_one_part_has_no_seam() -> None:
    """A whole ring is drawn without the gap between parts."""
    svg = drawn(words("pie", (3,), ("A",)))
    assert (len(fills(svg, "c1")), strokes(svg, "page")) == (1, [])


def test_flat_sparkline_looks_flat() -> None:
    """A change of a hundredth moves the line by less than a tenth of the height."""
    (line,) = strokes(drawn(words("sparkline", (100, 101, 100, 101)), width=112, height=23), "ink-2")
    heights = [float(number) for number in re.findall(r"[\d.]+", line)][1::2]
    assert max(heights) - min(heights) < 2.3


def test_sparkline_has_no_words() -> None:
    """A sparkline is a line and its end in the accent."""
    svg = drawn(words("sparkline", (1, 2, 3, 4)), width=112, height=23)
    assert (texts(svg), len(fills(svg, "accent"))) == ([], 1)


def test_periods_are_named_where_their_lines_end() -> None:
    """A single line and what it is compared with are named at the right end; where that is narrow, above."""
    chart = Chart("line", "date", DAYS[:4], (Series("r", "R", COUNT, (1, 2, 3, 4), (2, 2, 2, None)),))
    names = ("October 2026", "September 2026")
    wide, narrow = (
        parsed(chart_svg(chart, PAPER, "en", width=width, height=170, current=names[0], compared=names[1]))
        for width in (480, 150)
    )
    ends = {text.text: text for text in wide.iter(f"{SVG}text") if text.text in names}
    assert {name: text.get("fill") for name, text in ends.items()} == {
        "October 2026": PAPER.colors["c1"],
        "September 2026": PAPER.colors["ink-3"],
    }
    assert all(float(text.get("x", "")) > 400 for text in ends.values())
    assert {"0"} <= {text.get("x") for text in narrow.iter(f"{SVG}text") if text.text == "October 2026"}


def test_rows_begin_where_the_script_does() -> None:
    """On an Arabic page the labels of rows stand at the right and their bars grow to the left."""
    labels = tuple(f"a rather long label {at}" for at in range(9))
    chart = words("bar", tuple(range(1, 10)), labels)
    places = {}
    for locale in ("en", "ar"):
        svg = drawn(chart, locale=locale)
        label = next(text for text in svg.iter(f"{SVG}text") if text.text == "a rather long label 0")
        places[locale] = (float(label.get("x", "")), label.get("text-anchor"))
    assert places == {"en": (0, None), "ar": (240, "end")}


def test_arabic_words_of_a_drawing_run_to_the_left() -> None:
    """A day's number comes before its month's name, as the reader reads; the text stays where it is anchored."""
    svg = drawn(Chart("line", "date", DAYS, (Series("r", "R", COUNT, tuple(range(31))),)), locale="ar")
    days = [text for text in svg.iter(f"{SVG}text") if "\u0623\u0643\u062a\u0648\u0628\u0631" in (text.text or "")]
    assert days
    assert {(text.get("direction"), text.get("text-anchor")) for text in days} == {("rtl", "middle")}


def several(count: int, kind: ChartKind = "line") -> Chart:
    """Return a compared chart of so many series over the days of a month."""
    series = tuple(
        Series(f"m{at}", f"M{at}", COUNT, tuple(range(at, 31 + at)), tuple(range(9 + at, 40 + at)))
        for at in range(count)
    )
    return Chart(kind, "date", DAYS, series, baseline_labels=DAYS)


def lines_of(svg: ET.Element, weight: str) -> list[tuple[str, str]]:
    """Return the colours and the dashes of lines of a weight."""
    paths = (path for path in svg.iter(f"{SVG}path") if path.get("stroke-width") == weight)
    return [(path.get("stroke", ""), path.get("stroke-dasharray", "")) for path in paths]


@pytest.mark.parametrize("count", range(2, 7))
def test_each_line_has_its_colour_and_its_dashes(count: int) -> None:
    """Up to six lines are told apart by colour, and without colour by their dashes; so are the compared lines."""
    svg = parsed(chart_svg(several(count), PAPER, "en", width=500, height=170, compared="September 2026"))
    for weight in ("1.75", "1.1"):
        found = set(lines_of(svg, weight))
        assert len({color for color, _ in found}) == count
        assert len({dashes for _, dashes in found}) == count


def test_a_line_and_its_compared_line_share_hue_and_dashes() -> None:
    """A compared line is the lighter line of its own series, never the grey of all."""
    svg = parsed(chart_svg(several(3), PAPER, "en", width=500, height=170, compared="September 2026"))
    shades = compared_shades(PAPER.colors)
    dashed = [len(dashes.split()) for _, dashes in lines_of(svg, "1.1")]
    assert [color for color, _ in lines_of(svg, "1.1")] == [shades[f"c{at}-line"] for at in (1, 2, 3)]
    assert dashed == [0, 2, 2]
    assert "Thin lines: September 2026" in texts(svg)


@pytest.mark.parametrize("count", [2, 6])
def test_compared_bars_are_lighter_in_their_own_hue(count: int) -> None:
    """Each series' compared bars have its own shade."""
    svg = parsed(chart_svg(several(count, "bar"), PAPER, "en", width=900, height=170, compared="September 2026"))
    filled = {path.get("fill") for path in svg.iter(f"{SVG}path")}
    assert {compared_shades(PAPER.colors)[f"c{at + 1}-bar"] for at in range(count)} <= filled
    assert PAPER.colors["compare-soft"] not in filled


def test_the_dashes_of_a_line_stand_before_its_name() -> None:
    """Names above a plot have a piece of their line before them, so that they are found without colour."""
    svg = parsed(chart_svg(several(6), PAPER, "en", width=50, height=170))
    assert len(lines_of(svg, "1.75")) == 12


def test_a_home_that_cannot_be_written_to_is_not_told_on_stderr() -> None:
    """A service often has one, and each line of a run's log is JSON."""
    program = "import reportgen.outputs.drawing.charts.layouts"
    environment = {**os.environ, "MPLCONFIGDIR": "/proc/none"}
    command = [sys.executable, "-W", "ignore", "-c", program]
    assert subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stderr == ""
