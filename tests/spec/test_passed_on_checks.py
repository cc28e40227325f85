"""Keys that the API is sent as they are, with an author's value, are cautions of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.checked import cautions_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """version: 1
sources: {ads: {integration: google_ads}}
sections:
  - source: ads
    blocks:
      - {reference_key: "gads:cost", component: COMPONENT, metrics: [cost], LINE}
"""


def cautions(folder: Path, component: str, line: str) -> list[str]:
    """Return the cautions of a spec with a metric, without the name of its file."""
    return cautions_of(SPEC.replace("COMPONENT", component).replace("LINE", line), folder)


@pytest.mark.parametrize(
    ("component", "line", "said"),
    [
        ("datatable_v1", "filter: cost > 50", "takes a structure of its own and no text; write where: cost > 50"),
        ("datatable_v1", "filters: active", "takes a structure of its own and no text; write where: ..."),
        ("number_v1", "filter: cost > 50", "no text; copy it from a payload, or leave it out"),
        ("datatable_v1", "sort: -cost", "which takes a list such as [-cost]; write sort_by: -cost"),
        ("chart_v1", "chart: line", "does not say how a chart is drawn; write kind: line"),
        ("chart_v1", "type: pie", "does not say how a chart is drawn; write kind: donut"),
        ("number_v1", "chart: bar", "write kind: bar, in a block with component: chart_v1"),
    ],
)
def test_a_value_of_the_author_in_a_key_of_the_api_is_named(
    component: str, line: str, said: str, tmp_path: Path
) -> None:
    """It is accepted and has no effect, so the key that has the effect is named."""
    (caution,) = cautions(tmp_path, component, line)
    assert caution.endswith(f"{said} [W-KEY]")
    assert f"sections.0.blocks.0.{line.partition(':')[0]}: warning: " in caution


@pytest.mark.parametrize(
    "line",
    ["filters: [{field: campaign, value: x}]", "filter: {a: 1}", "sort: [-cost]", "chart: cost_chart", "type: reach"],
)
def test_a_value_of_the_api_is_left_alone(line: str, tmp_path: Path) -> None:
    """Structures, lists and the API's own names come from payloads."""
    assert cautions(tmp_path, "datatable_v1", line) == []
