"""Presentation keys and API keys."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from reportgen.components import API_KEYS
from reportgen.components.chart import ChartBlock
from reportgen.components.datatable import DatatableBlock
from reportgen.components.number import NumberBlock
from tests.components.scenes import block_of

PRESENTATION_KEYS = {
    *("name", "label", "width", "new_row", "note", "source", "hidden", "format", "direction", "goal", "trend", "kind"),
    *(
        "fields",
        "sort_by",
        "limit",
        "compare",
        "additive",
        "absent",
        "align",
        "period",
        "by",
        "when",
        "annotations",
        "on_failure",
        "landscape",
        "height",
        "keep_with_next",
        "thumbnails",
        "columns",
        "total_row",
        "where",
        "other",
        "extra",
    ),
}


def test_no_key_is_both() -> None:
    """A presentation key never has the name of an API key."""
    assert not PRESENTATION_KEYS & set(API_KEYS)


@pytest.mark.parametrize("block", [NumberBlock, ChartBlock, DatatableBlock])
def test_the_keys_are_closed(block: type[NumberBlock | ChartBlock | DatatableBlock]) -> None:
    """A metric block has exactly the presentation keys, the API keys and `id`."""
    assert set(block.model_fields) == PRESENTATION_KEYS | set(API_KEYS) | {"id"}


METRIC = {"reference_key": "ig:x", "metrics": ["x"]}


@pytest.mark.parametrize(
    "written",
    [
        {**METRIC, "component": "chart_v1", "goal": 5},
        {**METRIC, "component": "number_v1", "annotations": []},
        {**METRIC, "component": "chart_v1", "landscape": True},
    ],
)
def test_what_later_versions_do_is_refused(written: dict[str, object]) -> None:
    """A key or block of the format that is not made yet is recognised, and refused in so many words."""
    with pytest.raises(ValidationError, match="not yet"):
        block_of(written)


def test_a_copy_asks_what_it_says() -> None:
    """The text of its question is written once, and anew for a copy with other fields."""
    block = NumberBlock.model_validate({"component": "number_v1", "reference_key": "ig:reach", "metrics": ["reach"]})
    assert '"metrics":["reach"]' in block.written_structure
    assert '"metrics":["clicks"]' in block.model_copy(update={"metrics": ("clicks",)}).written_structure
