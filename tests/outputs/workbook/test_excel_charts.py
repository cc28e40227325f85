"""The native charts of the workbook: each bound to the cells of its sheet, drawn as on the page, and described."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from reportgen.errors import OutputError
from reportgen.model import Chart, Series, Unit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.alternative_texts import alt_text
from reportgen.outputs.workbook import render_workbook
from reportgen.outputs.workbook.cached_results import Archive, with_result, workbook_file
from tests.gallery.cases import CASES, KINDS, chart_block
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import Block

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "x": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}
TAGS = {
    "line": {"lineChart"},
    "area": {"areaChart"},
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
    return render_workbook(PrintedReport(reports.report(*blocks)))[0].content


def parts(content: bytes, folder: str) -> list[ET.Element]:
    """Return the XML of every chart or drawing of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith(f"xl/{folder}") and name.endswith(".xml"))
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


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"heatmap"}))
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


@pytest.mark.parametrize("case", CASES)
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
    archive = Archive(io.BytesIO(), ["a chart"])
    with pytest.raises(OutputError, match="0 frames where one was expected"):
        archive.writestr("xl/drawings/drawing1.xml", "<wsDr/>")


def test_a_formula_of_another_shape_is_told() -> None:
    """A new version of openpyxl that writes its formulas otherwise is an error, not a cell without a result."""
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("A").append([with_result("1+1", 2)])
    with pytest.raises(OutputError, match="1 of 2 formulas of the workbook have results"):
        workbook_file(book, [], formulas=2)


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
