"""The advice for unknown keys: the key that is meant, and never a key that would be accepted without effect."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from reportgen.components import AnyBlock
from reportgen.components.api_metric import ApiMetric
from reportgen.components.key_advice import key_advice

NUMBER: dict[str, object] = {"reference_key": "gads:cost", "component": "number_v1", "metrics": ["cost"]}
TABLE: dict[str, object] = {**NUMBER, "component": "datatable_v1", "dimensions": ["campaign"]}
CHART: dict[str, object] = {**NUMBER, "component": "chart_v1", "dimensions": ["date"]}
PASSED_ON = set(ApiMetric.model_fields) - {"reference_key", "component", "metrics", "dimensions"}


def advice_for(block: dict[str, object], key: str) -> str:
    """Return the advice for a key that a block does not have."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(AnyBlock).validate_python({**block, key: 1})
    (error,) = caught.value.errors()
    return str(error["msg"]).partition("is no key here; ")[2]


@pytest.mark.parametrize(
    ("block", "key", "meant"),
    [
        (NUMBER, "title", "label"),
        (CHART, "Title", "label"),
        (NUMBER, "target", "goal"),
        (NUMBER, "budget", "goal"),
        (TABLE, "top", "limit"),
        (TABLE, "max_rows", "limit"),
        (CHART, "top", "limit"),
        (TABLE, "order_by", "sort_by"),
        (TABLE, "sort-by", "sort_by"),
        (NUMBER, "hide", "hidden"),
        (NUMBER, "comapre", "compare"),
        (NUMBER, "comparison", "compare"),
        (NUMBER, "LABEL", "label"),
        ({"text": "Hello"}, "title", "label"),
        ({"metric_table": [{"row": "Spend", "now": "spend"}]}, "filter", "where"),
        ({"metric_table": [{"row": "Spend", "now": "spend"}]}, "sort", "sort_by"),
    ],
)
def test_the_obvious_word_for_a_key_of_ours_is_understood(block: dict[str, object], key: str, meant: str) -> None:
    """A word of another tool is answered with ours, where the block has it."""
    assert advice_for(block, key) == f"did you mean {meant!r}?"


@pytest.mark.parametrize("block", [NUMBER, TABLE, CHART])
@pytest.mark.parametrize("key", ["target", "budget", "titel", "widget", "tables", "filtr", "entity", "operations"])
def test_a_key_without_effect_is_never_advised(block: dict[str, object], key: str) -> None:
    """What the API is sent as it is, and what this version refuses, would only seem to work."""
    advice = advice_for(block, key)
    assert not any(f"'{passed_on}'" in advice for passed_on in PASSED_ON)


def test_a_block_without_the_key_that_is_meant_has_its_usual_keys_named() -> None:
    """A table has no goal: its own usual keys are a line, and none of the fifty keys of the API's."""
    assert advice_for(TABLE, "target") == (
        "the usual keys here are name, period, compare, label, format, direction, columns, fields, where, sort_by, "
        "limit, total_row, note, width, hidden, when"
    )


def test_a_part_of_another_key_is_shown_in_it() -> None:
    """Decimals are a part of the format, and rows of zero are left out by a condition."""
    assert advice_for(NUMBER, "decimals").startswith(
        "the format has it: write format: {as: count, decimals: 1}, with what the number is in place of count"
    )
    assert advice_for(TABLE, "hide_zero").endswith("such as where: spend > 0")
    assert advice_for(NUMBER, "visible") == "what is not shown has hidden: true"
    assert (
        advice_for(TABLE, "rename") == "it stands under a field: write fields: {campaign: {rename: {Brand: Our name}}}"
    )
    assert advice_for(TABLE, "descending") == "a - before the column says it: sort_by: -clicks, the largest first"
    assert advice_for(CHART, "new_page").startswith("write the bare word - page_break between two blocks")
    assert advice_for(NUMBER, "color").startswith("a block has no colours of its own; theme: in the spec and brand:")


def test_a_model_of_few_keys_has_them_all_named() -> None:
    """Where they fit into a line, nothing is left out."""
    assert key_advice("zzz", ["logo", "primary"]) == "known are logo, primary"
