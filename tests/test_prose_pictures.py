"""Pictures that passages name: fetched, checked, bundled, watched and counted as those of image blocks."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_spec
from reportgen.fault_bundle import make_bundle
from reportgen.fetching import fetch_passages, plan_pictures
from reportgen.fleet.report_key import key_parts
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from reportgen.preview.watched_folders import folders_of
from reportgen.spec.checking import check_file
from reportgen.spec.planning import make_plan
from tests.connect.test_picture_files import PNG
from tests.outputs.structure import structure

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report
    from reportgen.spec.planning import Plan

SPEC = """\
version: 1
title: T
period: 2026-10
images: {hosts: [cdn.example]}
sources: {page: {integration: facebook_page}}
sections:
  - source: page
    blocks:
      - {name: reach, reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - text: |
          Our team:
          ![The team](images/team.png)
      - text: {file: "words/{period.id}.md"}
      - callout: 'A ![mark]({period.id}.png) of ours'
"""
WORDS = "Last month.\n\n![The shop](pictures/shop.png), and ![The team](../images/team.png)\n"
FILES = ("2026-10.png", "images/team.png", "words/pictures/shop.png")
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a spec whose passages name pictures."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "answers.json").write_text(json.dumps({"reach": {"values": 1}}))
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PNG)
    (tmp_path / "words" / "2026-10.md").write_text(WORDS)
    return tmp_path


def made(folder: Path) -> Report:
    """Return the report of the folder."""
    return build_report(load_spec(folder / "spec.yaml"), answers=folder / "answers.json", as_of=NOVEMBER)


def planned(folder: Path) -> Plan:
    """Return the plan of the report of the folder."""
    return make_plan(load_spec(folder / "spec.yaml"), None, as_of=NOVEMBER)


def test_each_picture_is_read_from_beside_its_file(folder: Path) -> None:
    """A path is relative to the file that holds the text, and may have variables; the report is done."""
    report = made(folder)
    _, text, file, callout = report.blocks
    assert [list(block.prose_pictures) for block in (text, file, callout)] == [
        ["images/team.png"],
        ["pictures/shop.png", "../images/team.png"],
        ["2026-10.png"],
    ]
    assert report.verdict == "done"


@pytest.mark.parametrize("name", ["pdf", "pdf-plain"])
def test_pictures_have_their_words_in_the_pdf(folder: Path, name: str) -> None:
    """A reader who cannot see hears the alternative text, whichever way the PDF is made."""
    (pdf,) = FORMATS[name].render(PrintedReport(made(folder)))
    figures = [figure.alt for element in structure(pdf.content) for figure in element.all_of("Figure")]
    assert [alt for alt in figures if alt != "."] == ["The team", "The shop", "The team", "mark"]


def test_a_lost_picture_costs_its_place_alone(folder: Path) -> None:
    """Its alternative text is printed, staff are told, and the report is not mailed as if nothing were lost."""
    (folder / "words" / "pictures" / "shop.png").unlink()
    report = made(folder)
    assert report.verdict == "degraded"
    assert [(caution.code, caution.block) for caution in report.warnings] == [("W-FAILED", "text_2")]
    assert "words/pictures/shop.png: there is no such file; its alternative text" in report.warnings[0].text
    (html,) = FORMATS["html"].render(PrintedReport(report))
    assert "<p>The shop, and<span> </span><img " in html.content.decode()


@pytest.mark.parametrize(
    ("file", "name", "place"),
    [
        ("images/team.png", "images/team.png", "spec.yaml:12:1: sections.0.blocks.1.text"),
        ("words/pictures/shop.png", "words/pictures/shop.png", "words/2026-10.md:3:1"),
    ],
)
def test_check_names_the_line_of_a_missing_picture(folder: Path, file: str, name: str, place: str) -> None:
    """It is the line in the spec, or in the Markdown file of any period."""
    assert check_file(folder / "spec.yaml").problems == ()
    (folder / file).unlink()
    problems = list(map(str, check_file(folder / "spec.yaml").problems))
    assert f"{folder / place}: {folder / name}: there is no such file" in problems


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("../../x.png", "write its path from the folder"),
        ("/etc/x.png", "write its path from the folder"),
        ("https://other.example/x.png", "the host other.example is not allowed"),
        ("http://cdn.example/x.png", "a picture is fetched by https://"),
        ("spec.yaml", "is no PNG, JPEG, WebP, GIF or SVG"),
    ],
)
def test_the_rules_are_those_of_image_blocks(folder: Path, address: str, problem: str) -> None:
    """A picture outside the folder, of another host or of another kind is a problem, and is not printed."""
    (folder / "words" / "2026-10.md").write_text(f"![x]({address})" if "spec" not in address else "![x](../spec.yaml)")
    (found,) = check_file(folder / "spec.yaml").problems
    assert problem in found.message
    assert (found.file, found.line) == (str(folder / "words" / "2026-10.md"), 1)
    assert made(folder).blocks[2].prose_pictures == {}


def test_all_that_reads_files_knows_them(folder: Path) -> None:
    """A bundle holds them, the preview watches their folders, and a change of one makes the report of a fleet anew."""
    plan = planned(folder)
    assert set(plan_pictures(plan, fetch_passages(plan))) == set(FILES)
    packed = zipfile.ZipFile(io.BytesIO(make_bundle(plan.spec, None, folder / "answers.json")))
    assert {*FILES, "words/2026-10.md"} <= set(packed.namelist())
    assert {folder / "images", folder / "words", folder / "words" / "pictures"} <= folders_of(plan)
    before = key_parts(plan, ["pdf"])
    (folder / "words" / "pictures" / "shop.png").write_bytes(PNG + b"\n")
    assert key_parts(plan, ["pdf"]) != before


@pytest.mark.parametrize(("text", "words"), [("a\n\n" * 601, "601 lines"), ("{nobody}", "no variable")])
def test_check_and_a_run_tell_of_a_file_beyond_the_limits(folder: Path, text: str, words: str) -> None:
    """The file is named with its problem, and its block alone fails; in the spec the same is refused with its line."""
    path = folder / "words" / "2026-10.md"
    path.write_text(text)
    (problem,) = check_file(folder / "spec.yaml").problems
    assert (problem.file, words in problem.message) == (str(path), True)
    block = made(folder).blocks[2]
    assert (block.state, str(path) in block.reason, words in block.reason) == ("failed", True, True)


def test_a_passage_in_the_spec_beyond_the_limits_is_refused(folder: Path) -> None:
    """With file and line, before anything is asked."""
    whole = SPEC.replace("Our team:", "*" * 2_100)
    (folder / "spec.yaml").write_text(whole)
    (problem,) = check_file(folder / "spec.yaml").problems
    assert (problem.line, "signs of Markdown" in problem.message) == (10, True)
