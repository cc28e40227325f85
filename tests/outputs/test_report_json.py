"""The report as JSON and back."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from reportgen.errors import OutputError
from reportgen.model import Block, FontFamily, Picture, file_digest
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.report_json import SCHEMA, decode_report, encode_report, render_json
from tests.outputs import reports

EIGHT_THREADS = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from reportgen.outputs import report_json
from tests.outputs import reports

build, built, together = report_json.TypeAdapter, [], Barrier(8)
report_json.TypeAdapter = lambda kind: built.append(kind) or build(kind)

def encode(report):
    together.wait(60)
    return report_json.encode_report(report)

with ThreadPoolExecutor(8) as threads:
    encoded = list(threads.map(encode, [reports.report(reports.NUMBER)] * 8))
print(len(built), encoded == encoded[:1] * 8)
"""

PICTURE_BYTES = b"\x89PNG\xff\x00"
PICTURE = Block(name="team", kind="image", picture=Picture("image/png", PICTURE_BYTES, "The team"))


def test_round_trip() -> None:
    """Reading the JSON back gives an equal report, pictures and all."""
    report = reports.report(*reports.FULL, PICTURE)
    files: dict[str, bytes] = {}
    encode_report(report, files)
    assert decode_report(render_json(PrintedReport(report))[0].content, files) == report


def test_threads_build_the_codec_once() -> None:
    """The first reports of a run are written as JSON at the same time; building it takes as long as fifty of them."""
    done = subprocess.run([sys.executable, "-c", EIGHT_THREADS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "True"]


def test_a_second_comparison_is_added_to_the_schema() -> None:
    """It stands beside the reading's own; a report from before it is read, and has none."""
    report = reports.report(reports.TWICE)
    report = replace(report, baselines=(*report.baselines, reports.YEAR_BEFORE))
    content = json.dumps(encode_report(report))
    assert decode_report(content) == report
    encoded = json.loads(content)
    assert [baseline["id"] for baseline in encoded["baselines"]] == ["2026-09", "2025-10"]
    (reading,) = encoded["sections"][0]["blocks"][0]["readings"]
    (further,) = reading.pop("further")
    assert (further["compared"]["start"], further["baseline"]) == ("2025-10-01", 61828)
    assert decode_report(json.dumps(encoded)).blocks[0].readings[0].further == ()


def test_no_picture_and_no_font_is_in_the_json() -> None:
    """Their digests stand for them; without the files the report can be read, but has none."""
    font, theme = b"a font", replace(reports.PAPER, text_fonts=FontFamily(b"a font"))
    content = render_json(PrintedReport(replace(reports.report(PICTURE), theme=reports.PAPER)))[0].content
    encoded = encode_report(replace(reports.report(PICTURE), theme=theme))
    assert json.loads(content)["sections"][0]["blocks"][0]["picture"]["content"] == file_digest(PICTURE_BYTES)
    assert encoded["theme"]["text_fonts"]["regular"] == file_digest(font)  # type: ignore[index, call-overload] # a mapping
    read = decode_report(content).blocks[0].picture
    assert read == Picture("image/png", b"", "The team")


def test_reports_of_version_0_1_are_read() -> None:
    """They have the bytes of their pictures in them, as base64."""
    encoded = encode_report(reports.report(PICTURE))
    encoded["sections"][0]["blocks"][0]["picture"]["content"] = base64.b64encode(PICTURE_BYTES).decode()  # type: ignore[index, call-overload] # lists of mappings
    assert decode_report(json.dumps(encoded)) == reports.report(PICTURE)


def test_the_first_schema_is_read() -> None:
    """It had a single comparison, and called the days of queries current and baseline."""
    report = reports.report(*reports.FULL)
    encoded = encode_report(report)
    (baseline,) = encoded.pop("baselines")  # type: ignore[misc, str-unpack] # a list of one mapping
    records = {
        digest: {"source": "instagram", "window": "current", "metric": record.metric}
        for digest, record in report.queries.items()
    }
    first = {**encoded, "schema": "reportgen.report/1", "baseline": baseline, "queries": records}
    assert decode_report(json.dumps(first)) == report
    alone = {**first, "baseline": None}
    assert decode_report(json.dumps(alone)) == replace(report, baselines=())


def test_shape_of_a_number() -> None:
    """A reading has its unit, value, baseline, change and printed text where the format puts them."""
    block = json.loads(render_json(PrintedReport(reports.report(reports.NUMBER)))[0].content)["sections"][0]["blocks"][
        0
    ]
    reading = block["readings"][0]
    assert (block["name"], block["kind"], block["state"], block["queries"]) == ("reach", "number", "ok", ["sha256:aa"])
    assert reading["unit"]["as"] == "count"
    assert (reading["value"], reading["baseline"], reading["missing"], reading["text"]) == (
        55645,
        50000,
        None,
        "55,645",
    )
    change = {"absolute": 5645, "relative": 0.1129, "judgement": "good", "noise": False, "is_amount": False}
    assert reading["change"] == change


def test_head() -> None:
    """Schema, verdict, period and sources stand at the top."""
    head = encode_report(reports.report(reports.NUMBER))
    assert head["schema"] == SCHEMA
    assert head["verdict"] == "done"
    assert head["period"] == {
        "id": "2026-10",
        "days": 31,
        "start": "2026-10-01",
        "end": "2026-10-31",
        "calendar": "month",
        "complete": True,
        "until": None,
        "clamped": False,
        "fiscal": False,
        "units": 1,
    }
    source = {
        "alias": "instagram",
        "integration": "instagram_business",
        "status": "active",
        "shown": True,
        "accounts": [],
    }
    assert head["sources"] == [source]


def test_missing_is_null() -> None:
    """A value that is not there is null with its reason, and has no text."""
    block = json.loads(render_json(PrintedReport(reports.report(reports.FAILED)))[0].content)["sections"][0]["blocks"][
        0
    ]
    assert (block["readings"][0]["value"], block["readings"][0]["missing"]) == (None, "failed")
    assert block["readings"][0]["text"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"schema": "reportgen.report/3"}',
        '{"schema": "reportgen.report/2"}',
        '{"schema": "reportgen.report/1"}',
        '{"schema": "reportgen.report/1", "period": {}, "baseline": null, "queries": {}}',
        "[" * 9999,
    ],
)
def test_other_json_is_refused(text: str) -> None:
    """What is no report of this schema is our error."""
    with pytest.raises(OutputError, match="schema"):
        decode_report(text)
