"""Names in the options of a block that its answer does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
        component: datatable_v1
        metrics: [metrics.clicks, metrics.cost_micros]
        dimensions: [campaign]
        {keys}
"""


def warnings(keys: str, folder: Path) -> list[str]:
    """Return the warnings on the fields of a table, each behind the line and column in the file."""
    return [caution for caution in cautions_of(SPEC.format(keys=keys), folder) if "W-FIELD" in caution]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("fields: {campain: {label: Campaign}}", "'campain' is no field of this block; did you mean 'campaign'?"),
        ("sort_by: -clicks", "'clicks' is no column of this table; did you mean 'metrics.clicks'?"),
        ("sort_by: campaign desc", "'campaign desc' is no column of this table; write -campaign ["),
        ("sort_by: campaign ascending", "is no column of this table; write campaign ["),
        ("sort_by: -campaign, metrics.clicks", "rows are sorted by a single column, such as campaign ["),
        ("sort_by: metrics.click", "'metrics.click' is no column of this table; did you mean 'metrics.clicks'?"),
    ],
)
def test_a_name_that_the_block_does_not_have_is_a_warning(keys: str, said: str, tmp_path: Path) -> None:
    """At its place, with the nearest name; the spec is read as before."""
    (found,) = warnings(keys, tmp_path)
    assert found.startswith("11:")
    assert said in found


@pytest.mark.parametrize(
    "keys",
    [
        "fields: {cpc: {formula: metrics.cost_micros / metrics.clicks}}\n        sort_by: -cpc",
        "fields: {campaign: {rename: {a: A}}, account: {label: Shop}}",
        "sort_by: campaign",
    ],
)
def test_a_name_that_the_block_has_is_none(keys: str, tmp_path: Path) -> None:
    """Dimensions, metrics, computed columns, and the column of accounts."""
    assert warnings(keys, tmp_path) == []


@pytest.mark.parametrize(
    ("rename", "said"),
    [
        (
            "{campain: {Brand: Ours}}",
            "'campain' is no dimension of any block, so nothing is renamed; did you mean 'campaign'?",
        ),
        ("{Brand: {x: Ours}}", "'Brand' is no dimension of any block, so nothing is renamed; known are campaign"),
    ],
)
def test_a_dimension_that_no_block_has_renames_nothing(rename: str, said: str, tmp_path: Path) -> None:
    """The author is told, as of a field of a block."""
    (found,) = warnings(f"\nrename: {rename}", tmp_path)
    assert found.startswith("12:10: rename.")
    assert said in found
