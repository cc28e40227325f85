"""Blocks and sections that are shown under a condition alone."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.errors import SpecError

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Report

NUMBER = 'reference_key: "ig:{0}", component: number_v1, metrics: [{0}]'
SPEC = f"""\
version: 1
sources: {{instagram: {{integration: instagram_business}}}}
sections:
  - title: Instagram
    source: instagram
    blocks:
      - summary: auto
      - {{name: reach, label: Reach, {NUMBER.format("reach")}, when: %s}}
      - {{name: likes, label: Likes, {NUMBER.format("likes")}}}
      - {{name: twice, label: Twice, formula: reach * 2}}
  - title: News
    when: likes.change > 20%%
    blocks:
      - text: Many more likes.
"""
NUMBERS = {"values": 10, "comparison": {"values": 8, "difference": 25.0, "absoluteDifference": 2}}
ANSWERS = {"reach": NUMBERS, "likes": NUMBERS}


def built(folder: Path, when: str, answers: object = ANSWERS, client: str = "") -> Report:
    """Return the report in which reach has a condition."""
    (folder / "social.yaml").write_text(SPEC % when)
    (folder / "answers.json").write_text(json.dumps(answers))
    account = "sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}"
    (folder / "aurora.yaml").write_text(f"version: 1\nname: Aurora\n{account}\n{client}")
    spec, who = load_spec(folder / "social.yaml"), load_client(folder / "aurora.yaml")
    return build_report(spec, who, answers=folder / "answers.json", as_of=date(2026, 11, 3))


def test_a_block_is_shown_where_its_condition_holds(tmp_path: Path) -> None:
    """Blocks and sections alike, and nothing is said of them."""
    report = built(tmp_path, "reach >= 10")
    assert [block.name for block in report.blocks] == ["summary", "reach", "likes", "twice", "text"]
    assert not [caution for caution in report.warnings if caution.code == "W-WHEN"]


def test_a_block_is_left_out_where_its_condition_does_not_hold(tmp_path: Path) -> None:
    """Staff learn why; what is calculated from it stays, and no sentence tells of it."""
    report = built(tmp_path, "reach > 10")
    assert [block.name for block in report.blocks] == ["summary", "likes", "twice", "text"]
    assert [block.name for block in report.hidden] == ["reach"]
    (caution,) = (caution for caution in report.warnings if caution.code == "W-WHEN")
    assert (caution.block, caution.text) == ("reach", "it is not shown: reach > 10 does not hold")
    told = next(block for block in report.blocks if block.kind == "summary")
    assert [reading.label for reading in told.readings] == ["Likes", "Twice"]


def test_a_missing_value_hides(tmp_path: Path) -> None:
    """A section goes with all of its blocks, and the number that has no value is named."""
    report = built(tmp_path, "reach >= 10", answers={"reach": NUMBERS, "likes": {"values": None}})
    assert [section.title for section in report.sections] == ["Instagram"]
    (caution,) = (caution for caution in report.warnings if caution.code == "W-WHEN")
    assert caution.text == "it is not shown: likes.change > 20% does not hold, as likes has no value"


def test_what_a_client_hides_still_decides(tmp_path: Path) -> None:
    """A number that a condition needs is asked for, though the client hides it."""
    report = built(tmp_path, "likes.change > 20%", client="hide: [likes]\n")
    assert [block.name for block in report.blocks] == ["summary", "reach", "twice", "text"]


def test_what_a_client_hides_decides_for_a_section_too(tmp_path: Path) -> None:
    """A number that a section's condition alone needs is asked for, though the client hides it."""
    report = built(tmp_path, "reach >= 10", client="hide: [likes]\n")
    assert [section.title for section in report.sections] == ["Instagram", "News"]
    assert [block.name for block in report.hidden] == ["likes"]


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("rech > 1", "'rech' is the name of no number of the spec; did you mean 'reach'?"),
        ("reach.chnge > 1", "reach.chnge is no part of a number; did you mean 'change'?"),
        ("reach >", "column 8: expected a name, a number or ("),
        ("reach.change > likes", "cannot be compared"),
    ],
)
def test_a_wrong_condition_is_named_at_its_line(tmp_path: Path, when: str, message: str) -> None:
    """Its file, line and column, the value, and the nearest name."""
    spec = SPEC.replace("Likes,", "Likes, format: count,").replace("Reach,", "Reach, format: count,") % when
    (tmp_path / "social.yaml").write_text(spec)
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path / "social.yaml")
    (problem,) = (str(each) for each in caught.value.problems)
    assert "social.yaml:8:" in problem
    assert message in problem
