"""What holds a report back, what only degrades it, and what is left out of its pages."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_spec
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.sources import source_lines
from tests.agreement import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

SPEC = """
version: 1
compare: none
sources: {page: {integration: facebook}}
%s
sections:
  - title: One
    source: page
    blocks:
      - {name: likes, %s reference_key: "fb:likes", component: number_v1, metrics: [likes]}
  - title: Two
    source: page
    blocks:
      - {name: reach, reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {name: views, hidden: true, reference_key: "fb:views", component: number_v1, metrics: [views]}
"""
FAILED = {"message": "The SECRET pump is broken", "type": "internal_error"}
FINE = {"values": 7}


def built(folder: Path, answers: dict[str, object], keys: str = "", likes: str = "") -> Report:
    """Build the spec with more keys, and more keys of its first block, from answers."""
    (folder / "spec.yaml").write_text(SPEC % (keys, likes))
    (folder / "answers.json").write_text(json.dumps(answers))
    return build_report(load_spec(folder / "spec.yaml"), answers=folder / "answers.json", as_of=date(2026, 11, 3))


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("require: {blocks: [likes]}", "likes: it is required, but internal_error: The SECRET pump is broken"),
        ("require: {blocks: [reach]}", None),
        ("require: {coverage: 0.7}", "None: 2 of 3 metrics could be read, less than the 70% that the spec requires"),
        ("require: {coverage: 0.66}", None),
        ("require: {coverage: 0.66, blocks: [views]}", None),
    ],
)
def test_what_is_required(tmp_path: Path, keys: str, reason: str | None) -> None:
    """A required block that failed, or too few metrics, hold the report; anything else that failed degrades it."""
    report = built(tmp_path, {"likes": FAILED, "reach": FINE, "views": FINE}, keys)
    unmet = [f"{one.block}: {one.text}" for one in report.warnings if one.code == "W-REQUIRE"]
    assert unmet == ([reason] if reason else [])
    assert report.verdict == ("held" if reason else "degraded")


def test_a_hidden_block_can_be_required(tmp_path: Path) -> None:
    """What is not shown may be what the shown is made from."""
    report = built(tmp_path, {"likes": FINE, "reach": FINE, "views": FAILED}, "require: {blocks: [views]}")
    assert report.verdict == "held"


def test_a_period_without_data_meets_what_is_required(tmp_path: Path) -> None:
    """No data is an answer, not a failure."""
    empty = {"message": "no", "type": "no_data_in_period"}
    report = built(tmp_path, {"likes": empty, "reach": FINE, "views": FINE}, "require: {blocks: [likes]}")
    assert report.verdict == "done"


def test_a_report_of_nothing_is_held(tmp_path: Path) -> None:
    """Where no metric at all could be read there is nothing to send, whatever the spec requires."""
    report = built(tmp_path, {"likes": FAILED, "reach": FAILED, "views": FAILED})
    assert report.verdict == "held"
    assert "no metric could be read, so there is nothing to send" in {one.text for one in report.warnings}


@pytest.mark.parametrize(
    "sections", ["[{title: Empty, blocks: []}]", "[{blocks: [{text: Well, when: likes > 9}, %s]}]"]
)
def test_a_report_without_a_block_is_held(tmp_path: Path, sections: str) -> None:
    """Its sections are left out, and a cover alone is no report."""
    likes = '{name: likes, hidden: true, source: page, reference_key: "a:b", component: number_v1, metrics: [likes]}'
    head = "version: 1\ncompare: none\nsources: {page: {integration: facebook}}\nsections: "
    (tmp_path / "spec.yaml").write_text(head + sections.replace("%s", likes))
    (tmp_path / "answers.json").write_text(json.dumps({"likes": FINE} if "likes" in sections else {}))
    spec = load_spec(tmp_path / "spec.yaml")
    report = build_report(spec, answers=tmp_path / "answers.json", as_of=date(2026, 11, 3))
    assert (report.sections, report.verdict) == ((), "held")
    assert "no block is shown, so there is nothing to send" in {one.text for one in report.warnings}


def test_an_omitted_block_is_on_no_page(tmp_path: Path) -> None:
    """It is left out, with its section where that becomes empty; staff are told, and the report is degraded."""
    report = built(tmp_path, {"likes": FAILED, "reach": FINE, "views": FINE}, likes="on_failure: omit,")
    assert [section.title for section in report.sections] == ["Two"]
    assert report.verdict == "degraded"
    assert {(one.code, one.block) for one in report.warnings} == {("W-FAILED", "likes"), ("W-OMITTED", "likes")}


def test_a_block_that_came_is_not_omitted(tmp_path: Path) -> None:
    """`on_failure: omit` concerns failures only, not a period without data."""
    for answer in (FINE, {"message": "no", "type": "no_data_in_period"}):
        report = built(tmp_path, {"likes": answer, "reach": FINE, "views": FINE}, likes="on_failure: omit,")
        assert [section.title for section in report.sections] == ["One", "Two"]
        assert report.verdict == "done"


def test_the_reason_is_for_staff(tmp_path: Path) -> None:
    """P05: a failed block says calmly that it is not there; why is in the JSON and the warnings, on no page."""
    report = built(tmp_path, {"likes": FAILED, "views": FINE})
    rendered = {
        name: FORMATS[name].render(PrintedReport(report))[0].content for name in ("html", "pdf", "xlsx", "json")
    }
    assert [block.state for block in report.blocks] == ["failed", "not_returned"]
    assert b"SECRET pump" in rendered["json"]
    assert b"SECRET" not in rendered["html"] + rendered["xlsx"]
    assert "SECRET" not in pdf_text(rendered["pdf"])
    page = rendered["html"].decode()
    assert "Could not be read this time." in page
    assert "The source did not send it." in page


@pytest.mark.parametrize(("then", "verdict"), [(FINE, "done"), (FAILED, "degraded")])
def test_a_second_comparison_that_could_not_be_read_degrades(
    tmp_path: Path, then: dict[str, object], verdict: str
) -> None:
    """As a first one does; the answers of its days stand under their dates in a file made by hand."""
    answers = {
        "current": {"likes": FINE, "reach": FINE, "views": FINE},
        "2026-09-01..2026-09-30": {"likes": FINE},
        "2025-10-01..2025-10-31": {"likes": then},
    }
    report = built(tmp_path, dict(answers), likes="compare: [previous_period, same_period_last_year],")
    assert (report.verdict, report.blocks[0].readings[0].baseline) == (verdict, 7)


PARTLY_READ = """
version: 1
compare: %s
sources: {page: {integration: facebook}, site: {integration: google_analytics_4}}
sections:
  - title: Months
    blocks:
      - {name: sessions, hidden: true, source: site, reference_key: "ga:s", component: number_v1, metrics: [sessions]}
      - {history: sessions, period: last_3_months, label: Sessions by month}
  - title: Numbers
    source: page
    blocks:
      - {name: likes, reference_key: "fb:likes", component: number_v1, metrics: [likes], trend: {by: month}}
"""
AUGUST, YEAR_BEFORE = "2026-08-01..2026-08-31", "2025-10-01..2025-10-31"


@pytest.mark.parametrize(
    ("compared", "failing", "unread"),
    [
        ("none", {}, []),
        ("none", {AUGUST: {"sessions": FAILED}}, [("Google Analytics 4", "Sessions by month")]),
        ("none", {AUGUST: {"likes": FAILED}}, [("Facebook", "Likes")]),
        ("[previous_period, same_period_last_year]", {YEAR_BEFORE: {"likes": FAILED}}, [("Facebook", "Likes")]),
    ],
)
def test_a_source_that_answered_in_part_says_so(
    tmp_path: Path, compared: str, failing: dict[str, dict[str, object]], unread: list[tuple[str, str]]
) -> None:
    """A month of a history, one of a small line, or compared days that could not be read: not everything was read."""
    whole = {"sessions": {"values": 7}, "likes": {"values": 5, "comparison": {"values": 4}}}
    firsts = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(8, 22)]
    months = [f"{first}..{after - timedelta(days=1)}" for first, after in pairwise(firsts)]
    answers = {"current": whole, **{days: {**whole, **failing.get(days, {})} for days in months}}
    (tmp_path / "spec.yaml").write_text(PARTLY_READ % compared)
    (tmp_path / "answers.json").write_text(json.dumps(answers))
    spec, as_of = load_spec(tmp_path / "spec.yaml"), date(2026, 11, 3)
    report = build_report(spec, answers=tmp_path / "answers.json", as_of=as_of)
    lines = [line for section in report.sections for line in source_lines(section, report)]
    assert [(line.name, *line.missing) for line in lines if not line.complete] == unread
    assert {line.standing for line in lines if not line.complete} <= {"not everything could be read"}
