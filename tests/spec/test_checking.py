"""What `check` finds in a spec beside its problems: forms that cannot be drawn, whatever is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.spec.checking import check_file
from tests.spec.checked import cautions_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """version: 1
title: x
sources: {{ads: {{integration: google_ads}}}}
sections:
  - source: ads
    blocks:
      - reference_key: "x:a"
        component: chart_v1
        {keys}
"""


def warnings(keys: str, folder: Path) -> list[str]:
    """Return the warnings of a spec with a chart, each behind the place in the file."""
    return cautions_of(SPEC.format(keys=keys.replace("; ", "\n        ")), folder)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("metrics: [ctr]; dimensions: [device]; format: percent; kind: donut", "rates make no whole (ctr)"),
        ("metrics: [reach]; dimensions: [campaign]; kind: pie", "whether parts of reach make a whole"),
        ("metrics: [followers]; dimensions: [date]; kind: pie", "days of followers do not add up to their period"),
        ("metrics: [clicks, spend]; dimensions: [date]; kind: area", "an area shows a single series"),
        ("metrics: [clicks]; dimensions: [date]; kind: combo", "it has a single series"),
        ("metrics: [clicks]; dimensions: [device]; kind: heatmap", "a grid is made of two weeks of days"),
        ("metrics: [clicks]; dimensions: [device]; kind: scatter", "it crosses two metrics"),
        (
            "metrics: [clicks, spend]; fields: {spend: {format: currency}}; kind: funnel",
            "its series are of several units",
        ),
    ],
)
def test_a_kind_that_no_answer_suits_is_a_warning(keys: str, said: str, tmp_path: Path) -> None:
    """The author learns it before anything is asked, at the line of the kind."""
    (warning,) = warnings(keys, tmp_path)
    line = 9 + keys.count("; ")
    assert warning.startswith(f"{line}:15: sections.0.blocks.0.kind: warning: ")
    assert said in warning
    assert warning.endswith("[W-FORM]")


def test_a_payloads_word_for_a_kind_is_named_at_its_line(tmp_path: Path) -> None:
    """Where the payload asked for it, the warning stands at its key."""
    (warning,) = warnings("metrics: [seats]; dimensions: [device]; chart_type: pie", tmp_path)
    assert warning.startswith("11:21: sections.0.blocks.0.chart_type: warning: a ring was asked for")


@pytest.mark.parametrize(
    "keys",
    [
        "metrics: [clicks]; dimensions: [device]; kind: donut",
        "metrics: [clicks]; dimensions: [date]; kind: heatmap",
        "metrics: [clicks]; dimensions: [device, date]; kind: scatter",
        "metrics: [reach]; dimensions: [campaign]; kind: pie; additive: {parts: true}",
        "metrics: []; kind: pie",
    ],
)
def test_a_kind_that_an_answer_may_suit_is_none(keys: str, tmp_path: Path) -> None:
    """Nothing is foreseen of values, nor of how many series two dimensions bring."""
    assert warnings(keys, tmp_path) == []


def test_a_section_without_a_block_is_a_warning(tmp_path: Path) -> None:
    """As `new spec` leaves one for an integration whose metrics are not known; the report has no such section."""
    (warning,) = warnings("metrics: [clicks]\n  - title: Facebook Ads\n    blocks: []", tmp_path)
    assert warning == "11:13: sections.1.blocks: warning: the section has no block, so it is not shown"


def test_a_missing_file_of_words_is_named_at_its_block(tmp_path: Path) -> None:
    """The line is that of the block that names the file."""
    path = tmp_path / "spec.yaml"
    path.write_text("version: 1\nsections:\n  - blocks:\n      - text: Hello.\n      - text: {file: words.md}\n")
    (problem,) = check_file(path).problems
    assert str(problem) == f"{path}:5:1: text_2: {tmp_path}/words.md: there is no such file"
