"""Every public payload catalogue: imported, asked of the sandbox over a socket, and rendered in all formats."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bench.composition import blank_shares, inner_pages
from reportgen import build_report, load_spec, write_report
from reportgen.components.contradicting_figures import DISAGREEMENTS
from reportgen.connect.live_answers import live_answers
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.sandbox.sandbox_server import running_sandbox
from reportgen.spec.checking import check_file
from reportgen.spec.payload_import import import_payload
from tests.agreement import assert_formats_agree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.connect import AnswerSource

NAMES = (
    *("active_campaign", "egoi", "facebook", "google_ads", "google_analytics_4", "google_my_business", "hotmart"),
    *("hubspot_marketing", "instagram_business", "linkedin_ads", "pinterest", "pipedrive", "rd_station"),
    *("search_console", "tiktok", "twitter_ads"),
)
ABOUT_ROWS = ("W-ROWS", "W-TOTAL", "W-NAMES", "W-TEXT")
DRAWN = ("number_v1", "chart_v1", "datatable_v1")
TOO_EMPTY = {"active_campaign": 2, "egoi": 1, "google_ads": 1, "instagram_business": 1, "pipedrive": 1}
"""Catalogues whose PDFs of all metrics have pages that are more than a third empty, and how many."""


@pytest.fixture(scope="module")
def api() -> Iterator[AnswerSource]:
    """Return the API of a sandbox that fails now and then, as the real one does."""
    with running_sandbox() as sandbox:
        yield live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))


def test_every_catalogue_is_named(catalogues: Path) -> None:
    """No catalogue of the folder is left out of the test below."""
    assert sorted(path.name for path in catalogues.iterdir() if path.is_dir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_arrives_in_every_format(name: str, catalogues: Path, tmp_path: Path, api: AnswerSource) -> None:
    """Each drawable metric is a block with its state, and its figures are the same in every format.

    No page of the PDF but the last is more than a third empty, save those before a table that turns its page, and
    one before a chart of 24 rows.
    """
    payload = (catalogues / name / "metrics.json").read_text()
    setup = (catalogues / name / "setup.json").read_text()
    imported = import_payload(payload, "metrics.json", setup=setup, everything=True)
    path = tmp_path / f"{name}.yaml"
    path.write_text(imported.text)
    report = build_report(load_spec(path), answers=api, as_of=date(2026, 11, 3))
    entries = next(iter(json.loads(payload).values()))
    drawable = Counter(entry["reference_key"] for entry in entries if entry["component"] in DRAWN)
    assert Counter(block.reference_key for block in report.blocks) == drawable
    assert sum(block.state == "ok" for block in report.blocks) > len(report.blocks) * 0.8
    files = assert_formats_agree(report)
    too_empty = sum(share > MOST_BLANK for share in inner_pages(blank_shares(files["pdf"])))
    assert too_empty <= TOO_EMPTY.get(name, 0)


@pytest.mark.parametrize("name", NAMES)
def test_what_import_writes_is_a_spec(name: str, catalogues: Path, tmp_path: Path) -> None:
    """Without a setup file too: neither a problem nor a caution of `check`, and every metric is kept."""
    payload = (catalogues / name / "metrics.json").read_text()
    imported = import_payload(payload, "metrics.json")
    path = tmp_path / f"{name}.yaml"
    path.write_text(imported.text)
    found = check_file(path)
    assert (found.problems, found.warnings) == ((), ())
    entries = next(iter(json.loads(payload).values()))
    assert imported.kept + imported.aside == sum(entry["component"] in DRAWN for entry in entries)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_no_page_of_what_import_writes_is_too_empty(
    name: str, catalogues: Path, tmp_path: Path, api: AnswerSource
) -> None:
    """Its PDF has no page but the last that is more than a third empty."""
    path = tmp_path / f"{name}.yaml"
    path.write_text(import_payload((catalogues / name / "metrics.json").read_text(), "metrics.json").text)
    report = build_report(load_spec(path), answers=api, as_of=date(2026, 11, 3))
    assert sum(block.state == "ok" for block in report.blocks) > len(report.blocks) * 0.8
    (pdf,) = write_report(report, tmp_path, formats=("pdf",))
    too_empty = sum(share > MOST_BLANK for share in inner_pages(blank_shares(pdf.read_bytes())))
    assert too_empty == 0


def test_few_pages_of_catalogues_are_too_empty() -> None:
    """Of all catalogues' pages six at most are more than a third empty."""
    assert sum(TOO_EMPTY.values()) <= 6


@pytest.mark.parametrize("name", NAMES)
def test_consistent_figures_raise_no_alarm(name: str, catalogues: Path, tmp_path: Path) -> None:
    """Where every figure comes from one set of events, in both periods, no two of them are said to disagree."""
    folder = catalogues / name
    imported = import_payload(
        (folder / "metrics.json").read_text(), "m.json", setup=(folder / "setup.json").read_text(), everything=True
    )
    path = tmp_path / f"{name}.yaml"
    path.write_text(imported.text)
    with running_sandbox(calm=True) as sandbox:
        calm = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
        report = build_report(load_spec(path), answers=calm, as_of=date(2026, 11, 3), compare="previous_period")
    assert {"ok"} <= {block.state for block in report.blocks}
    assert [warning for warning in report.warnings if warning.code in {*DISAGREEMENTS, *ABOUT_ROWS}] == []


def test_tables_cut_at_their_top_rows_contradict_nothing(catalogues: Path, tmp_path: Path) -> None:
    """Where the API sends the largest rows alone, staff are told that rows are incomplete, and no report is held."""
    path = tmp_path / "google_ads.yaml"
    path.write_text(import_payload((catalogues / "google_ads" / "metrics.json").read_text(), "m.json").text)
    with running_sandbox(calm=True, top_rows=3) as sandbox:
        cut = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
        report = build_report(load_spec(path), answers=cut, as_of=date(2026, 11, 3), strict=True)
    codes = {warning.code for warning in report.warnings}
    assert (report.verdict, "W-ROWS" in codes, codes & DISAGREEMENTS) == ("done", True, set())
