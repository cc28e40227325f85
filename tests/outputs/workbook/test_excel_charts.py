"""The native charts of the workbook: each bound to the cells of its sheet, drawn as on the page, and described."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import openpyxl
import pytest

from reportgen.errors import OutputError
from reportgen.model import Chart, Series, Unit
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.workbook.book_archive import Archive, BookContents
from tests.gallery.cases import CASES, KINDS, chart_block
from tests.outputs import reports
from tests.outputs.workbook.reading import written
from tests.sweeps import swept

if TYPE_CHECKING:
    from reportgen.model import Block, ChartKind

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "x": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}
TAGS = {
    "line": {"lineChart"},
    "area": {"areaChart", "lineChart"},
    "bar": {"barChart"},
    "horizontal_bar": {"barChart"},
    "stacked": {"barChart"},
    "combo": {"barChart", "lineChart"},
    "pie": {"pieChart"},
    "donut": {"doughnutChart"},
    "heatmap": set(),
    "funnel": {"barChart"},
    "scatter": {"scatterChart"},
}


def workbook(*blocks: Block) -> bytes:
    """Return the workbook of a report of some blocks."""
    return written(reports.report(*blocks))


def parts(content: bytes, folder: str) -> list[ET.Element]:
    """Return the XML of every chart or drawing of a workbook but that of the summary."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.startswith(f"xl/{folder}") and name.endswith(".xml")]
        start = "xl/worksheets/_rels/sheet1.xml.rels"
        on_summary = start in packed.namelist() and b"drawing1.xml" in packed.read(start)
        names = sorted(names, key=lambda name: (len(name), name))[on_summary:]
        return [ET.fromstring(packed.read(name)) for name in names]  # noqa: S314 - our own file


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_chart(kind: str) -> None:
    """A native chart of the nearest kind; a map is coloured in its cells instead."""
    content = workbook(chart_block(kind, "ok"))  # type: ignore[arg-type] # a kind
    charts = parts(content, "charts/")
    found = {element.tag.rpartition("}")[2] for chart in charts for element in chart.iter()} & set().union(
        *TAGS.values()
    )
    assert found == TAGS[kind]
    colored = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1].conditional_formatting
    assert bool(list(colored)) is (kind == "heatmap")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"heatmap", "pie", "donut"}))
def test_a_chart_is_bound_to_the_cells_of_its_values(kind: str) -> None:
    """What its series point at is the series, by name and by every value, of the report."""
    block = chart_block(kind, "ok")  # type: ignore[arg-type] # a kind
    content = workbook(block)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    (chart,) = parts(content, "charts/")
    bound = {}
    for series in chart.iter(f"{{{NAMES['c']}}}ser"):
        name = series.findtext("c:tx/c:strRef/c:f", "", NAMES).rpartition("!")[2].replace("$", "")
        values = series.find("c:val", NAMES) if kind != "scatter" else series.find("c:yVal", NAMES)
        assert values is not None
        cells = values.findtext("c:numRef/c:f", "", NAMES).rpartition("!")[2].replace("$", "")
        bound[sheet[name].value] = tuple(row[0].value for row in sheet[cells])
    for one in block.charts[0].series[1:] if kind == "scatter" else block.charts[0].series:
        assert bound[one.label] == pytest.approx(one.values)
        if one.baseline and kind not in {"stacked", "scatter"}:
            assert bound[f"{one.label} (previous)"] == pytest.approx(one.baseline)


def shortened(block: Block) -> Block:
    """Return a chart of at most so many labels that reading its sheet does not take long."""
    most = 500
    charts = (
        replace(
            chart,
            labels=chart.labels[:most],
            baseline_labels=chart.baseline_labels[:most],
            series=tuple(replace(one, values=one.values[:most], baseline=one.baseline[:most]) for one in chart.series),
        )
        for chart in block.charts
    )
    return replace(block, charts=tuple(charts))


@pytest.mark.parametrize("case", swept([case for case in CASES if case != "many"], ["many"]))
def test_every_case_opens_again(case: str) -> None:
    """No case costs the file; ten thousand values are those of `test_ten_thousand_points_are_drawn`."""
    content = workbook(*(shortened(chart_block(kind, case)) for kind in KINDS))
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets


def test_a_chart_says_what_it_shows() -> None:
    """The description is that of the page, whatever characters it has."""
    block = replace(reports.LINE, label='Reach <"&"> by day')
    content = workbook(block, chart_block("pie", "ok"))
    described = [
        frame.get("descr") for one in parts(content, "drawings/") for frame in one.iter(f"{{{NAMES['x']}}}cNvPr")
    ]
    pie = chart_block("pie", "ok")
    assert described == [
        alt_text(block.charts[0], block.label, "en"),
        alt_text(pie.charts[0], pie.label, "en"),
    ]


def test_a_drawing_of_another_shape_is_told() -> None:
    """A new version of openpyxl that writes its drawings otherwise is an error, not a chart without a description."""
    archive = Archive(io.BytesIO(), BookContents(["a chart"]))
    with pytest.raises(OutputError, match="0 frames where one was expected"):
        archive.writestr("xl/drawings/drawing1.xml", "<wsDr/>")


def test_a_second_unit_has_the_axis_on_the_right() -> None:
    """Rates and counts are never read from one axis, and a third unit is not drawn at all."""
    units = (Unit("count"), Unit("percent"), Unit("seconds"))
    series = tuple(Series(f"m{at}", f"M{at}", unit, (1, 2)) for at, unit in enumerate(units))
    chart = Chart("line", "category", ("a", "b"), series)
    (drawn,) = parts(workbook(replace(reports.LINE, charts=(chart,))), "charts/")
    layers = drawn.findall(".//c:lineChart", NAMES)
    assert [len(layer.findall("c:ser", NAMES)) for layer in layers] == [1, 1]
    axes = {layer.findall("c:axId", NAMES)[1].get("val") for layer in layers}
    assert len(axes) == 2


def test_a_much_smaller_series_has_the_axis_on_the_right() -> None:
    """Beside clicks, conversions would lie flat on the axis; the axes are named, as their numbers look alike."""
    clicks = Series("clicks", "Clicks", Unit("count"), (600, 700, 650))
    few = Series("conversions", "Conversions", Unit("count"), (12, 26, 9))
    for kind, marks in (("line", ["lineChart", "lineChart"]), ("combo", ["barChart", "lineChart"])):
        part = only_chart(drawn(clicks, few, kind=kind))
        plot = part.find(".//c:plotArea", NAMES)
        assert plot is not None
        layers = [layer for layer in plot if layer.tag.endswith("Chart")]
        assert [layer.tag.partition("}")[2] for layer in layers] == marks
        assert len({layer.findall("c:axId", NAMES)[1].get("val") for layer in layers}) == 2
        titles = ["".join(title.itertext()) for title in plot.findall("c:valAx/c:title", NAMES)]
        assert titles == ["Clicks", "Conversions"]
    near = only_chart(drawn(clicks, replace(few, values=(300, 320, 40))))
    assert len(near.findall(".//c:valAx", NAMES)) == 1
    assert near.find(".//c:valAx/c:title", NAMES) is None
    many = only_chart(drawn(clicks, *(replace(few, field=f"f{at}", label=f"F{at}") for at in range(7))))
    assert len(many.findall(".//c:valAx", NAMES)) == 1


def drawn(*series: Series, kind: str = "line", labels: tuple[str, ...] = ("a", "b", "c"), **fields: object) -> Block:
    """Return a block with a chart of categories, or of days where its labels are some."""
    dated = "date" if labels[0].startswith("20") else "category"
    chart = Chart(kind, dated, labels, series, **fields)  # type: ignore[arg-type] # a kind, and fields of a chart
    return replace(reports.LINE, charts=(chart,))


def only_chart(block: Block) -> ET.Element:
    """Return the chart of a workbook that has one."""
    (chart,) = parts(workbook(block), "charts/")
    return chart


def values_of(part: ET.Element, path: str) -> list[str]:
    """Return the values that a chart shows until its cells are read."""
    return [point.findtext("c:v", "", NAMES) for point in part.findall(f"{path}//c:pt", NAMES)]


def test_axes_cross_each_other() -> None:
    """Both pairs of a dated chart with two units: each axis crosses its partner, and days have a single scale."""
    days = tuple(f"2026-10-{day:02d}" for day in range(1, 11))
    series = (Series("a", "A", Unit("count"), tuple(range(10))), Series("b", "B", Unit("percent"), (0.5,) * 10))
    chart = only_chart(drawn(*series, labels=days))
    pairs = {
        axis.find("c:axId", NAMES).get("val"): axis.find("c:crossAx", NAMES).get("val")  # type: ignore[union-attr]
        for kind in ("dateAx", "valAx")
        for axis in chart.findall(f".//c:{kind}", NAMES)
    }
    assert pairs == {"10": "100", "100": "10", "20": "200", "200": "20"}
    (name,) = {axis.get("formatCode") for axis in chart.findall(".//c:dateAx/c:numFmt", NAMES)}
    assert name == "mmm d"


def test_a_chart_shows_its_values_at_once() -> None:
    """Viewers that do not calculate draw what the file holds: names, labels, and values but for gaps."""
    chart = only_chart(drawn(Series("a", "A", Unit("count"), (1, None, 3)), kind="bar"))
    (series,) = chart.findall(".//c:ser", NAMES)
    assert values_of(series, "c:tx") == ["A"]
    assert values_of(series, "c:cat") == ["a", "b", "c"]
    assert values_of(series, "c:val") == ["1", "3"]


def lines_of(chart: ET.Element) -> list[tuple[str | None, str | None]]:
    """Return the colours and the dashes of the lines of a chart."""
    lines = chart.findall(".//c:ser/c:spPr/a:ln", NAMES)
    dashes = [line.find("a:prstDash", NAMES).get("val") for line in lines]  # type: ignore[union-attr] # each has one
    colors = [line.find("a:solidFill/a:srgbClr", NAMES).get("val") for line in lines]  # type: ignore[union-attr]
    return list(zip(colors, dashes, strict=True))


def test_compared_series_are_lighter_with_the_dashes_of_their_own() -> None:
    """Of several series each has the lighter shade of its own colour, so that none is taken for another's."""
    count = Unit("count")
    series = (Series("a", "A", count, (1, 2, 3), (3, 2, 1)), Series("b", "B", count, (4, 5, 6), (6, 5, 4)))
    found = lines_of(only_chart(drawn(*series)))
    assert [dashes for _, dashes in found] == ["solid", "solid", "dash", "dash"]
    assert len({color for color, _ in found}) == 4


def test_a_single_compared_line_is_dashed() -> None:
    """The two periods of a single series differ without colour."""
    found = lines_of(only_chart(drawn(Series("a", "A", Unit("count"), (1, 2, 3), (3, 2, 1)))))
    assert [dashes for _, dashes in found] == ["sysDash", "solid"]


@pytest.mark.parametrize("count", [2, 6, 12, 30])
def test_no_two_lines_look_alike(count: int) -> None:
    """Each series has a pair of colour and dashes that no other has."""
    series = (Series(f"s{at}", f"S{at}", Unit("count"), (1, 2, at)) for at in range(count))
    assert len(set(lines_of(only_chart(drawn(*series))))) == count


@pytest.mark.parametrize("kind", ["bar", "stacked"])
def test_no_two_bars_of_twelve_look_alike(kind: ChartKind) -> None:
    """A seventh series and those after it have shades of their own, not the grey of all."""
    chart = only_chart(
        drawn(*(Series(f"s{at}", f"S{at}", Unit("count"), (1, 2, at + 1)) for at in range(12)), kind=kind)
    )
    fills = [fill.get("val") for fill in chart.findall(".//c:ser/c:spPr/a:solidFill/a:srgbClr", NAMES)]
    assert len(set(fills)) == 12


def test_gaps_of_an_area_stay_gaps() -> None:
    """Excel draws the gaps of an area as zero: it becomes a line, and one without gaps keeps its area."""
    count = Unit("count")
    with_gap = only_chart(drawn(Series("a", "A", count, (1, None, 3)), kind="area"))
    whole = only_chart(drawn(Series("a", "A", count, (1, 2, 3), (3, 2, 1)), kind="area"))
    assert [len(chart.findall(".//c:areaChart", NAMES)) for chart in (with_gap, whole)] == [0, 1]
    assert with_gap.find("c:chart/c:dispBlanksAs", NAMES).get("val") == "gap"  # type: ignore[union-attr] # it is there
    assert len(whole.findall(".//c:areaChart/c:ser", NAMES)) == 1, "a compared area would hide the current one"


def test_a_point_between_gaps_has_a_dot() -> None:
    """A point without a neighbour to be joined with is seen, and no other point has a dot."""
    chart = only_chart(drawn(Series("a", "A", Unit("count"), (1, None, 3, None, 5, 6)), labels=tuple("abcdef")))
    (series,) = chart.findall(".//c:lineChart/c:ser", NAMES)
    dots = [
        (point.find("c:idx", NAMES).get("val"), point.find("c:marker/c:symbol", NAMES).get("val"))  # type: ignore[union-attr]
        for point in series.findall("c:dPt", NAMES)
    ]
    assert dots == [("0", "circle"), ("2", "circle")]
    assert series.find("c:marker/c:symbol", NAMES).get("val") == "none"  # type: ignore[union-attr] # it is there


@pytest.mark.parametrize("kind", ["pie", "donut"])
def test_a_compared_ring_draws_its_own_period(kind: str) -> None:
    """The largest part comes first, as on the page; what is zero, or of the compared period alone, is no part."""
    people = Series("n", "People", Unit("count"), (5, 40, 0, None), (6, 30, 2, 1), additive=True)
    content = workbook(drawn(people, kind=kind, labels=tuple("abcd"), baseline_labels=tuple("abcd"), alone=1))
    (series,) = parts(content, "charts/")[0].findall(".//c:ser", NAMES)
    assert (values_of(series, "c:cat"), values_of(series, "c:val")) == (["b", "a"], ["40", "5"])
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[1].values)
    assert any(row[:3] == ("b", 40, 30) for row in rows), "the table compares it"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((600, 310, 80), '[<0.0005]"<0.1%";[<0.01]0.0%;0%'),
        ((9990, 7, 3), '[<0.0005]"<0.1%";[<0.9995]0.0%;">99.9%"'),
        ((7,), '[<0.0005]"<0.1%";[<0.01]0.0%;0%'),
    ],
)
def test_no_share_is_rounded_to_nothing_or_all(values: tuple[int, ...], code: str) -> None:
    """Shares have a decimal where whole percent would mislead, as on the page."""
    chart = only_chart(
        drawn(Series("n", "People", Unit("count"), values), kind="pie", labels=("a", "b", "c")[: len(values)])
    )
    form = chart.find(".//c:dLbls/c:numFmt", NAMES)
    assert form is not None
    assert (form.get("formatCode"), form.get("sourceLinked")) == (code, "0")


def test_the_shares_of_a_pie_stand_beside_its_parts() -> None:
    """A share of a narrow part is legible on the sheet; Excel puts those of a ring into it, in white."""
    parts_of_pie = Series("n", "People", Unit("count"), (97, 2, 1))
    places = {
        kind: only_chart(drawn(parts_of_pie, kind=kind)).find(".//c:dLbls/c:dLblPos", NAMES)
        for kind in ("pie", "donut")
    }
    assert places["pie"] is not None
    assert (places["pie"].get("val"), places["donut"]) == ("outEnd", None)


def test_parts_beyond_six_are_drawn_as_other() -> None:
    """The five largest and "Other" stand below the table, and the ring draws those."""
    labels, values = tuple("abcdefgh"), (5, 40, 3, 20, 1, 10, 2, 8)
    block = drawn(Series("n", "People", Unit("count"), values), kind="donut", labels=labels)
    content = workbook(block)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    (chart,) = parts(content, "charts/")
    (series,) = chart.findall(".//c:ser", NAMES)
    cells = series.findtext("c:val/c:numRef/c:f", "", NAMES).rpartition("!")[2].replace("$", "")
    names = series.findtext("c:cat/c:strRef/c:f", "", NAMES).rpartition("!")[2].replace("$", "")
    bound = [(name[0].value, value[0].value) for name, value in zip(sheet[names], sheet[cells], strict=True)]
    assert bound == [("b", 40), ("d", 20), ("f", 10), ("h", 8), ("a", 5), ("Other (3)", 6)]
    assert values_of(series, "c:val") == [str(value) for _, value in bound]
    assert chart.find(".//c:showPercent", NAMES).get("val") == "1"  # type: ignore[union-attr] # it is there


def test_months_of_a_ring_are_called_by_their_names() -> None:
    """The months that are left of a ring of many are named as on the page, not by their first days."""
    block = drawn(Series("n", "People", Unit("count"), (5, 40, 3, 20, 1, 10, 2, 8), additive=True), kind="donut")
    months = tuple(f"2026-{month:02}-01" for month in range(1, 9))
    chart = replace(block.charts[0], label_type="date", bucket="month", labels=months)
    (series,) = parts(workbook(replace(block, charts=(chart,))), "charts/")[0].findall(".//c:ser", NAMES)
    assert values_of(series, "c:cat") == ["Feb", "Apr", "Jun", "Aug", "Jan", "Other (3)"]


@pytest.mark.parametrize("compared", [False, True])
@pytest.mark.parametrize("kind", ["pie", "donut"])
def test_a_ring_of_days_is_bound_to_its_parts_and_the_summary_to_its_days(kind: str, compared: bool) -> None:  # noqa: FBT001 - a case
    """The ring has the largest days by name; the chart of the first daily figures all days, each from its own cells."""
    days = tuple(f"2026-10-{day:02}" for day in range(1, 10))
    values = (5, 40, 3, 20, 1, 10, 2, 8, 4)
    series = Series("n", "People", Unit("count"), values, values if compared else (), additive=True)
    before = tuple(f"2026-09-{day:02}" for day in range(1, 10)) if compared else ()
    content = workbook(drawn(series, kind=kind, labels=days, baseline_labels=before))
    (ring,) = parts(content, "charts/")[0].findall(".//c:ser", NAMES)
    assert values_of(ring, "c:cat") == ["Oct 2", "Oct 4", "Oct 6", "Oct 8", "Oct 1", "Other (4)"]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        summary = ET.fromstring(packed.read("xl/charts/chart1.xml"))  # noqa: S314 - our own file
    cells = {(place.text or "").partition("!")[2] for place in summary.findall(".//c:f", NAMES)}
    column = "C" if compared else "B"
    assert {"$A$5:$A$13", f"${column}$4", f"${column}$5:${column}$13"} <= cells


@pytest.mark.parametrize("kind", ["pie", "donut"])
def test_no_slice_is_negative(kind: str) -> None:
    """What is no part of a whole is drawn as bars, as on the page; so is a second series."""
    count = Unit("count")
    negative = only_chart(drawn(Series("a", "A", count, (1, -2, 3)), kind=kind))
    several = only_chart(drawn(Series("a", "A", count, (1, 2, 3)), Series("b", "B", count, (1, 2, 3)), kind=kind))
    assert [len(chart.findall(".//c:barChart/c:ser", NAMES)) for chart in (negative, several)] == [1, 2]


def test_a_chart_has_no_frame_and_nothing_over_its_plot() -> None:
    """Corners are not rounded, no line is around it, and title and legend take room of their own."""
    chart = only_chart(drawn(Series("a", "A", Unit("count"), (1, 2, 3)), Series("b", "B", Unit("count"), (1, 2, 3))))
    assert chart.find("c:roundedCorners", NAMES).get("val") == "0"  # type: ignore[union-attr] # it is there
    assert chart.find("c:spPr/a:ln/a:noFill", NAMES) is not None
    assert [over.get("val") for over in chart.findall(".//c:overlay", NAMES)] == ["0", "0"]


def test_the_main_number_is_drawn_on_the_summary() -> None:
    """The first daily figures stand beside the dates, bound to their own sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook(reports.NUMBER, reports.LINE))) as packed:
        first = ET.fromstring(packed.read("xl/charts/chart1.xml"))  # noqa: S314 - our own file
        relations = packed.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "drawing1.xml" in relations
    assert {(place.text or "").partition("!")[0] for place in first.findall(".//c:f", NAMES)} == {"'Reach by day'"}


@pytest.mark.parametrize(("locale", "code"), [("pt-BR", 'd "de" mmm'), ("de", "d. mmm"), ("ja", 'm"月"d"日"')])
def test_days_of_an_axis_are_written_as_in_the_locale(locale: str, code: str) -> None:
    """The axis names days in the order of the report's locale."""
    with zipfile.ZipFile(io.BytesIO(written(reports.report(reports.LINE, locale=locale)))) as packed:
        chart = packed.read("xl/charts/chart2.xml").decode()
    assert f'formatCode="{escape(code, {chr(34): "&quot;"})}"' in chart
