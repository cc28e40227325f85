"""The vendor's setup file gives labels and formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.imports import (
    REACH,
    blocks_of,
    imported,
    labels_of,
)

if TYPE_CHECKING:
    from pydantic import JsonValue


def test_a_number_takes_the_setups_label_where_no_other_has_it() -> None:
    """Two numbers that count the same metric are told apart by their keys, the third keeps its label."""
    metrics: list[JsonValue] = [
        {**REACH, "reference_key": "ig:paid_reach"},
        {**REACH, "reference_key": "ig:organic_reach"},
        {**REACH, "reference_key": "ig:saved_posts", "metrics": ["saved"]},
    ]
    setup: JsonValue = {"metrics": {"reach": {"label": "Reach"}, "saved": {"label": "Saves "}}}
    assert labels_of(imported(*metrics, setup=setup)) == ["Paid reach", "Organic reach", "Saves"]


def test_a_setup_label_does_not_take_the_title_of_another_number() -> None:
    """The vendor labels likes as impressions; beside the impressions that is not believed."""
    metrics: list[JsonValue] = [
        {**REACH, "reference_key": f"tads:{name}", "metrics": [name]} for name in ("likes", "impressions")
    ]
    assert labels_of(imported(*metrics, setup={"metrics": {"likes": {"label": "Impressions"}}})) == [
        "Likes",
        "Impressions",
    ]


def test_a_number_of_several_metrics_is_labelled_by_its_key() -> None:
    """Its one value means what the key says, and has the key's format, not a metric's."""
    metric: JsonValue = {**REACH, "reference_key": "ig:total_clicks", "metrics": ["count", "ctr"]}
    setup: JsonValue = {"metrics": {"count": {"label": "Count", "formatting_function": "currency"}}}
    (block,) = blocks_of(imported(metric, setup=setup))
    assert (block["label"], block["format"]) == ("Total clicks", "count")


def test_the_dashboards_own_title_is_the_label() -> None:
    """`references`, which newer requests carry, is sent back and gives the title; its braces are plain."""
    metric: JsonValue = {**REACH, "references": {"title": "Reach {all}", "description": "x"}}
    (block,) = blocks_of(imported(metric))
    assert (block["label"], block["extra"]) == (
        "Reach {{all}}",
        {"references": {"title": "Reach {all}", "description": "x"}},
    )


def test_fields_of_a_table_take_the_setups_labels_and_formats() -> None:
    """Dimensions, also as objects, and metrics that the setup knows; of two equal labels neither is used."""
    table: JsonValue = {
        "reference_key": "ig:posts",
        "component": "datatable_v1",
        "metrics": ["ctr", "won", "value", "other"],
        "dimensions": ["day", {"field": "page"}],
    }
    setup: JsonValue = {
        "metrics": {
            "ctr": {"label": "CTR", "formatting_function": "percentage"},
            "won": {"label": "Deals"},
            "value": {"label": "Deals"},
        },
        "dimensions": {
            "day": {"label": "Day", "formatting_function": "format_to_date_full"},
            "page": {"label": "Page"},
        },
    }
    assert blocks_of(imported(table, setup=setup))[0]["fields"] == {
        "day": {"label": "Day", "format": "date"},
        "page": {"label": "Page"},
        "ctr": {"label": "CTR", "format": "percent"},
        "won": {"label": "Won"},
        "value": {"label": "Value"},
    }


@pytest.mark.parametrize(
    ("function", "written"),
    [
        ("currency", "currency"),
        ("percentage", "percent"),
        ("add_percentage", "percent_100"),
        ("currency_brl", {"as": "currency", "currency": "BRL"}),
        ("currency_usd", {"as": "currency", "currency": "USD"}),
        ("seconds_to_minutes", "seconds"),
        ("seconds_to_hours", "seconds"),
        ("milliseconds_to_minutes", "milliseconds"),
        ("milliseconds_to_minutes_with_seconds", "milliseconds"),
        ("minutes_to_hours", "minutes"),
        ("format_to_date_full", "date"),
        ("capitalize", "text"),
        ("unix_epoch_time_to_client_date", None),
    ],
)
def test_formatting_functions_become_formats(function: str, written: JsonValue) -> None:
    """Each function of the setup files has its word, the one for epoch times none."""
    setup: JsonValue = {"metrics": {"reach": {"formatting_function": function}}}
    assert blocks_of(imported(REACH, setup=setup))[0].get("format") == written


def test_a_function_without_a_format_is_remarked() -> None:
    """The author learns at the block why the value comes out raw."""
    text = imported(REACH, setup={"metrics": {"reach": {"formatting_function": "new_one"}}}).text
    assert "      # new_one has no format here; the value is printed as it comes\n      - name: reach\n" in text


def test_an_amount_is_in_the_metrics_own_currency() -> None:
    """The same metric stands in the payload once in real and once in dollar."""
    setup: JsonValue = {"metrics": {"reach": {"formatting_function": "currency"}}}
    (block,) = blocks_of(imported({**REACH, "currency": "brl"}, setup=setup))
    assert (block["format"], block["currency"]) == ({"as": "currency", "currency": "BRL"}, "brl")


def test_a_count_is_not_printed_in_the_format_of_what_it_counts_by() -> None:
    """The number of campaigns asks for their cost and is no amount."""
    setup: JsonValue = {"metrics": {"cost": {"label": "Cost", "formatting_function": "currency"}}}
    metric: JsonValue = {**REACH, "metrics": ["cost"], "type": "campaigns_count"}
    assert blocks_of(imported(metric, setup=setup))[0]["format"] == "count"


def test_a_metrics_own_function_is_its_format() -> None:
    """Where no setup speaks, the metric's own word counts, and is sent back too."""
    (block,) = blocks_of(imported({**REACH, "formatting_function": "add_percentage"}))
    assert (block["format"], block["formatting_function"]) == ("percent_100", "add_percentage")


def test_the_setup_overrules_a_metrics_own_function_and_says_so() -> None:
    """Where both speak and differ, a remark asks the author to look."""
    setup: JsonValue = {"metrics": {"reach": {"formatting_function": "percentage"}}}
    spec = imported({**REACH, "formatting_function": "add_percentage"}, setup=setup)
    assert blocks_of(spec)[0]["format"] == "percent"
    assert "# the metric itself says add_percentage, the setup file percentage; check the format\n" in spec.text


@pytest.mark.parametrize(
    "setup",
    [
        {"metrics": {"reach": {"0": "Reach"}}, "dimensions": []},
        {"metrics": [], "dimensions": {"reach": "Reach"}},
        {"metrics": {"reach": {"label": 3, "formatting_function": {}}}},
        {"metrics": {"reach": None}},
        {},
    ],
)
def test_a_malformed_setup_says_nothing(setup: JsonValue) -> None:
    """The vendor's setup files have odd entries; the label then comes from the key."""
    assert labels_of(imported(REACH, setup=setup)) == ["Reach"]
