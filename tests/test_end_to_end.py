"""From a spec over a real socket to the files: the examples, and the API page's own example."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_spec
from reportgen.cli import main
from reportgen.outputs import FORMATS
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.printed import PrintedReport
from tests.agreement import assert_formats_agree, pdf_text
from tests.canaries import unpacked
from tests.machine import needs_japanese
from tests.shipped_examples import example

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.model import Report

NOVEMBER = date(2026, 11, 3)
EXAMPLES = ("instagram", "multichannel", "multichannel.pt-br")
OTHER_LOCALES = ("pt-BR", "es", "de", "fr", "ar")

REFERENCE_PAYLOAD = """\
{
  "customer_integration": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
  "start": "2024-01-01",
  "end": "2024-09-01",
  "metrics": [
    {"id": "f35a44ce-dac5-4188-aace-5c44a8952176", "reference_key": "ig:story_replies",
     "component": "number_v1", "metrics": ["replies"], "dimensions": ["stories"]},
    {"id": "3051ed66-a05c-462a-aece-e1d900e78b02", "reference_key": "ig:followers_gender",
     "component": "chart_v1", "metrics": ["followers"], "dimensions": ["gender"]},
    {"id": "b3a949ac-f6ae-4bd1-bb90-1e8e0cbe8ed5", "reference_key": "ig:clicks_breakdown",
     "component": "datatable_v1", "metrics": ["count", "ctr"], "dimensions": ["clicks_breakdown"]}
  ]
}
"""
REFERENCE_ANSWER = {
    "f35a44ce-dac5-4188-aace-5c44a8952176": {
        "values": 55645,
        "comparison": {"values": None, "difference": None, "absoluteDifference": None},
    },
    "3051ed66-a05c-462a-aece-e1d900e78b02": {
        "labels": ["Male", "Female", "Unknown"],
        "values": [{"data": [12628, 8815, 2745]}],
    },
    "b3a949ac-f6ae-4bd1-bb90-1e8e0cbe8ed5": {
        "values": [
            ["Email", 2, 0.0002254283137962128],
            ["Websites", 428, 0.04824165915238954],
            ["Total", 430, 0.048467087466185756],
        ]
    },
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return the report of the API page's example: its payload imported, its response as the answers."""
    folder = tmp_path_factory.mktemp("reference")
    payload, spec, answers = folder / "payload.json", folder / "reference.yaml", folder / "answers.json"
    payload.write_text(REFERENCE_PAYLOAD)
    answers.write_text(json.dumps(REFERENCE_ANSWER))
    assert main(["import", str(payload), "-o", str(spec), "-q"]) == 0
    return build_report(load_spec(spec), answers=answers, as_of=NOVEMBER)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_block_of_an_example_is_ok(name: str, api: AnswerSource) -> None:
    """The examples ask only for what the contract answers, and all but posts is compared with the month before."""
    report = example(name, api)
    assert {block.state for block in report.blocks} == {"ok"}
    assert report.verdict == "done"
    assert all(reading.change for block in report.blocks for reading in block.readings)
    assert all(series.baseline for block in report.blocks for chart in block.charts for series in chart.series)
    compared = [block for block in report.blocks if block.tables and "media" not in block.tables[0].columns[0].field]
    assert compared
    assert all("both" in table.presence for block in compared for table in block.tables)
    assert report.warnings == ()


def test_the_demo(api: AnswerSource) -> None:
    """The report that an agency shows has each form and table, texts that print its numbers, and nothing to warn of."""
    report = example("showcase", api)
    assert (report.verdict, {caution.code for caution in report.warnings}) == ("done", {"W-WHEN"})
    assert {block.state for block in report.blocks} == {"ok"}
    kinds = {chart.kind for block in report.blocks for chart in block.charts}
    assert kinds >= {"donut", "funnel", "heatmap", "combo", "line", "horizontal_bar", "sparkline"}
    values = {block.name: block.readings[0] for block in (*report.blocks, *report.hidden) if block.readings}
    assert f"{values['orders'].value:,} orders" in report.sections[0].subtitle
    channels = next(block.tables[0] for block in report.blocks if block.name == "channels_table")
    assert channels.total is not None
    assert channels.total[1] == values["seen"].value
    posts = next(block.tables[0] for block in report.blocks if block.name == "ig_posts")
    assert all(posts.columns[0].thumbnails[: posts.shown])


def test_the_example_of_a_year(api: AnswerSource) -> None:
    """Thirteen months of what does not add up, of a formula, weeks of days, and a year beside the year before."""
    report = example("year", api)
    assert (report.verdict, report.warnings) == ("done", ())
    charts = {block.label: chart for block in report.blocks for chart in block.charts}
    reach, costs = charts["Accounts reached in each month"], charts["Conversions and what each costs"]
    assert (len(reach.labels), reach.labels[0], reach.windows[-1]) == (13, "2025-10-01", "2026-10-01..2026-10-31")
    assert None not in (*reach.series[0].values, *reach.series[0].baseline)
    card, before = (
        next(block for block in report.blocks if block.name == name) for name in ("reach", "reach_a_year_before")
    )
    assert reach.series[0].values[-1] == card.readings[0].value == before.readings[0].value
    assert reach.series[0].values[0] == reach.series[0].baseline[-1] == before.readings[0].baseline
    assert [series.label for series in costs.series] == ["Conversions", "Cost per conversion"]
    assert (len(charts["Clicks by week"].labels), charts["Clicks by week"].cut) == (12, ())


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("instagram", "en"),
        ("year", "en"),
        ("year", "ar"),
        ("multichannel", "en"),
        *(pytest.param("multichannel", locale, marks=pytest.mark.thorough) for locale in OTHER_LOCALES),
        pytest.param("multichannel", "ja", marks=[needs_japanese, pytest.mark.thorough]),
    ],
)
def test_an_example_says_the_same_in_every_format(name: str, locale: str, api: AnswerSource) -> None:
    """Every figure of the examples is equal in HTML, PDF, workbook and JSON, in every kind of locale."""
    assert_formats_agree(example(name, api, locale))


def test_the_reference_page_in_every_format(reference: Report) -> None:
    """The page's three metrics are the page's values, everywhere, but for the rate that its total added up."""
    number, chart, table = reference.blocks
    assert reference.verdict == "done"
    assert number.readings[0].value == 55645
    assert chart.charts[0].labels == ("Male", "Female", "Unknown")
    assert chart.charts[0].series[0].values == (12628, 8815, 2745)
    assert table.tables[0].total == ("Total", 430, None)
    assert [warning.code for warning in reference.warnings] == ["W-TOTAL"]
    assert_formats_agree(reference)


def test_the_reference_page_as_printed(reference: Report) -> None:
    """55,645 is grouped; the ratio without a unit is printed as it came, and is no percentage."""
    text = pdf_text(render_pdf(PrintedReport(reference))[0].content)
    assert "55,645" in text
    assert "0.0482416591523895" in text
    assert "4.8%" not in text


def test_no_token_is_in_the_files(api: AnswerSource) -> None:
    """S01: what the API was asked with is in no output, packed or not, in which the report's own words are found."""
    printed = PrintedReport(example("instagram", api))
    word = next(table.columns[0].label for block in printed.report.blocks for table in block.tables)
    for name, one in FORMATS.items():
        files = one.render(printed)
        texts = [piece.decode(errors="replace") for file in files for piece in unpacked(file.content)]
        texts += [pdf_text(file.content) for file in files if file.media_type == "application/pdf"]
        assert [text for text in texts if word in text], (name, word)
        assert not [text for text in texts if "sandbox-merchant" in text or "sandbox-customer" in text], name
