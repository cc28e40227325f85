"""The report as JSON and back."""

from __future__ import annotations

import json

import pytest

from reportgen.errors import OutputError
from reportgen.model import Block, Picture
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.report_json import SCHEMA, decode_report, encode_report, render_json
from tests.outputs import reports

PICTURE = Block(name="team", kind="image", picture=Picture("image/png", b"\x89PNG\xff\x00", "The team"))


def test_round_trip() -> None:
    """Reading the JSON back gives an equal report, pictures and all."""
    report = reports.report(*reports.FULL, PICTURE)
    assert decode_report(render_json(PrintedReport(report))[0].content) == report


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
    assert reading["change"] == {"absolute": 5645, "relative": 0.1129, "judgement": "good", "noise": False}


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
    }
    source = {"alias": "instagram", "integration": "instagram_business", "status": "active", "shown": True}
    assert head["sources"] == [source]


def test_missing_is_null() -> None:
    """A value that is not there is null with its reason, and has no text."""
    block = json.loads(render_json(PrintedReport(reports.report(reports.FAILED)))[0].content)["sections"][0]["blocks"][
        0
    ]
    assert (block["readings"][0]["value"], block["readings"][0]["missing"]) == (None, "failed")
    assert block["readings"][0]["text"] is None


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema": "reportgen.report/2"}', '{"schema": "reportgen.report/1"}', "[" * 9999]
)
def test_other_json_is_refused(text: str) -> None:
    """What is no report of this schema is our error."""
    with pytest.raises(OutputError, match="schema"):
        decode_report(text)
