"""`reportgen explain`: where a printed figure came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.cli.options import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
sources: {instagram: {integration: instagram_business}}
sections:
  - source: instagram
    title: Reach
    blocks:
      - {name: reach, format: count, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a report as JSON and as PDF."""
    (tmp_path / "social.yaml").write_text(SPEC)
    (tmp_path / "answers.json").write_text(json.dumps({"reach": {"values": 12340, "comparison": {"values": 12000}}}))
    arguments = ["--answers", str(tmp_path / "answers.json"), "--as-of", "2026-11-03", "--format", "json,pdf"]
    assert main(["render", str(tmp_path / "social.yaml"), *arguments, "--out", str(tmp_path)]) == 0
    return tmp_path


@pytest.mark.parametrize("suffix", ["json", "pdf"])
def test_a_figure_is_explained(folder: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    """Block, period, raw value, metric, account and request are told, from the JSON and from the PDF."""
    capsys.readouterr()
    assert main(["explain", str(folder / f"social-2026-10.{suffix}"), "12,340"]) == 0
    told = capsys.readouterr().out
    for part in ("Reach", "2026-10-01 to 2026-10-31", "12340, count", "ig:reach of instagram", "sha256:"):
        assert part in told


def test_a_change_names_what_it_is_against(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change tells both periods, and is found by its text in a sentence, which has no sign, too."""
    for figure in ("2.8%", "+2.8%"):
        capsys.readouterr()
        assert main(["explain", str(folder / "social-2026-10.json"), figure]) == 0
        assert "against  2026-09 (2026-09-01 to 2026-09-30)" in capsys.readouterr().out


@pytest.mark.parametrize("figure", ["-2.8%", "\N{MINUS SIGN}2.8%", "-2.8 %"])
def test_a_negative_figure_is_no_option(folder: Path, capsys: pytest.CaptureFixture[str], figure: str) -> None:
    """A fall is found by the minus of the keyboard as by the one that is printed."""
    (folder / "answers.json").write_text(json.dumps({"reach": {"values": 11664, "comparison": {"values": 12000}}}))
    arguments = ["--answers", str(folder / "answers.json"), "--as-of", "2026-11-03", "--format", "json"]
    assert main(["render", str(folder / "social.yaml"), *arguments, "--out", str(folder)]) == 0
    assert main(["explain", str(folder / "social-2026-10.json"), figure]) == 0
    assert "is       the change of 2026-10" in capsys.readouterr().out


def test_what_only_staff_know(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A formula, its numbers and a hidden figure are told from the JSON; the PDF says where they are, and has none."""
    hidden = 'hidden: true, reference_key: "ig:cost", component: number_v1, metrics: [cost]'
    more = f"      - {{name: cost, {hidden}}}\n      - {{name: billed, formula: cost * 1.35}}\n"
    (folder / "social.yaml").write_text(SPEC + more)
    (folder / "answers.json").write_text(json.dumps({"reach": {"values": 12340}, "cost": {"values": 200}}))
    arguments = ["--answers", str(folder / "answers.json"), "--as-of", "2026-11-03", "--format", "json,pdf"]
    assert main(["render", str(folder / "social.yaml"), *arguments, "--out", str(folder)]) == 0
    told = {}
    for suffix in ("json", "pdf"):
        for figure in ("270", "200"):
            capsys.readouterr()
            code = main(["explain", str(folder / f"social-2026-10.{suffix}"), figure])
            told[suffix, figure] = (code, *capsys.readouterr())
    assert told["json", "270"][0] == 0
    assert "metric   cost * 1.35\n  from     ig:cost of instagram" in told["json", "270"][1]
    assert told["json", "200"][1].startswith("200  (not shown)")
    assert told["pdf", "270"][0] == 0
    assert not [word for word in ("cost", "1.35", "metric", "request") if word in told["pdf", "270"][1]]
    assert "are in the report's JSON (--format json)" in told["pdf", "270"][2]
    assert told["pdf", "200"][:2] == (1, "")


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets the same as JSON, raw value and metric structure included."""
    capsys.readouterr()
    assert main(["explain", str(folder / "social-2026-10.json"), "12,340", "--json"]) == 0
    (figure,) = json.loads(capsys.readouterr().out)
    assert (figure["value"], figure["unit"]["as"], figure["origins"][0]["metric"]["metrics"]) == (
        12340,
        "count",
        ["reach"],
    )


def test_what_is_not_printed_is_not_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A figure that is not there ends with 1 and says how to write it; a file that is no report too."""
    assert main(["explain", str(folder / "social-2026-10.json"), "99"]) == 1
    assert "write it as the page does" in capsys.readouterr().err
    assert main(["explain", str(folder / "social.yaml"), "99"]) == 1
    assert "social.yaml: is no report of schema" in capsys.readouterr().err
    assert main(["explain", str(folder / "nothing.pdf"), "99"]) == 2


def test_another_file_of_the_report_is_named_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A web page or a workbook has no data to explain; the message names the files that have."""
    page = folder / "page.html"
    page.write_text("<!doctype html>")
    assert main(["explain", str(page), "12"]) == ExitCode.FAILED
    assert capsys.readouterr().err.endswith("it is not JSON; give the report's JSON or its PDF\n")
