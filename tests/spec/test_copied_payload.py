"""Payloads are read in every shape, and refused with every problem."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.spec.payload_import import import_payload
from tests.spec.imports import (
    REACH,
    REFERENCE_PAGE,
    blocks_of,
    head_of,
    imported,
    refused,
    structure_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue


def test_a_trailing_comma_is_refused_at_its_place() -> None:
    """The comma on the reference page is named with line and column, and what to do."""
    (problem,) = refused(REFERENCE_PAGE % ",")
    assert problem.startswith("payload.json:38:8: delete this comma")


@pytest.mark.parametrize(
    "payload", [{"metrics": [REACH]}, {"widgets": [REACH]}, [REACH]], ids=["metrics", "widgets", "bare list"]
)
def test_every_shape_of_a_payload_is_read(payload: JsonValue) -> None:
    """The dashboard's and the catalogues' wrappings hold the same metric."""
    assert structure_of(blocks_of(import_payload(json.dumps(payload), "payload.json"))[0]) == REACH


def test_comparison_dates_are_kept() -> None:
    """A request that compares becomes a spec that compares with the same days."""
    spec = imported(
        REACH, start="2026-10-01", end="2026-10-31", comparison_start="2025-10-01", comparison_end="2025-10-31"
    )
    assert (head_of(spec)["period"], head_of(spec)["compare"]) == ("2026-10-01..2026-10-31", "2025-10-01..2025-10-31")


@pytest.mark.parametrize(
    ("request_keys", "place", "message"),
    [
        ({"start": "2026-10-01"}, "start", "start and end go together, both written as YYYY-MM-DD"),
        (
            {"start": "2026-10-01", "end": "2026-10-31", "comparison_end": "2026-09-30"},
            "comparison_start",
            "comparison_start and comparison_end go together, both written as YYYY-MM-DD",
        ),
        (
            {"comparison_start": "2026-09-01", "comparison_end": "2026-09-30"},
            "start",
            "comparison dates need start and end beside them",
        ),
        (
            {"start": "2026-02-30", "end": "2026-10-31"},
            "start",
            "'2026-02-30' is no day of the calendar; write year, month and day, as in 2026-10-31",
        ),
        (
            {"start": "2026-10-31", "end": "2026-10-01"},
            "start",
            "the period ends on 2026-10-01 before it starts on 2026-10-31; swap the two dates",
        ),
        (
            {"customer_integration": "x"},
            "customer_integration",
            "'x' is no uuid; copy it as 4addc0da-8583-4dbb-a0e9-c7e2e8470f50 is written",
        ),
    ],
    ids=["end missing", "half a comparison", "comparison alone", "no such day", "swapped", "no uuid"],
)
def test_a_wrong_request_is_refused(request_keys: dict[str, JsonValue], place: str, message: str) -> None:
    """Dates and uuid that cannot be kept are told, not dropped."""
    assert refused(json.dumps({**request_keys, "metrics": [REACH]})) == [f"payload.json: {place}: {message}"]


@pytest.mark.parametrize(
    ("payload", "fragment"),
    [
        ("3", "a payload is a get-data request"),
        ('{"start": "2026-10-01"}', "a payload is a get-data request"),
        ('{"metrics": {}}', "metrics: a payload is a get-data request"),
        ('{"metrics": []}', "metrics: the list of metrics is empty"),
        ('{"metrics": [], "widgets": []}', "the payload has metrics and widgets"),
    ],
    ids=["number", "no metrics", "metrics an object", "empty", "both lists"],
)
def test_a_payload_without_metrics_is_refused(payload: str, fragment: str) -> None:
    """What is no payload says what one is."""
    assert any(fragment in problem for problem in refused(payload))


def test_every_wrong_metric_is_told_at_once() -> None:
    """One run lists all problems of all metrics, with index and reference key."""
    wrong: list[JsonValue] = [
        "reach",
        {"component": "number_v1", "metrics": ["reach"]},
        {"reference_key": "ig:a", "metrics": ["reach"]},
        {"reference_key": "ig:b", "component": "number_v1", "metrics": "reach"},
        {"reference_key": "ig:c", "component": "number_v1", "metrics": ["c"], "dimensions": None, "id": 5},
    ]
    assert refused(json.dumps(wrong)) == [
        "payload.json: 0: a metric is an object with reference_key, component and metrics",
        "payload.json: 1: reference_key is missing, or is no text",
        "payload.json: 2 (ig:a): component is missing, or is no text",
        'payload.json: 3 (ig:b): metrics is missing, or is no list of names such as ["reach"]',
        "payload.json: 4 (ig:c): dimensions is no list of names or objects; leave it out where there are none",
        "payload.json: 4 (ig:c): its id is 5; the API's ids are text",
    ]


def test_two_metrics_with_one_id_are_refused() -> None:
    """Their answers could not be told apart."""
    assert refused(json.dumps([{**REACH, "id": "x"}, {**REACH, "id": "x"}])) == [
        "payload.json: 1 (ig:reach): its id 'x' is also that of 0 (ig:reach); give each metric its own"
    ]


def test_metrics_of_two_integrations_are_refused() -> None:
    """One source cannot stand for two accounts."""
    (problem,) = refused(json.dumps([REACH, {**REACH, "reference_key": "gads:clicks"}]))
    assert "several integrations" in problem


def test_problems_of_both_files_come_together() -> None:
    """A payload and a setup file that are no JSON are told in one run, each with its line."""
    assert [problem.partition(": ")[0] for problem in refused("{", "[1,]")] == ["payload.json:1:2", "setup.json:1:3"]


def test_a_setup_file_that_is_a_list_is_refused() -> None:
    """The payload given in its place is the likely cause."""
    assert refused(json.dumps([REACH]), "[]") == ["setup.json: a setup file is an object with metrics and dimensions"]


def test_a_payload_of_which_nothing_can_be_drawn_is_refused() -> None:
    """A spec without a block would not load."""
    (problem,) = refused(json.dumps([{**REACH, "component": "container_v1"}]))
    assert "nothing can be drawn" in problem


@pytest.mark.parametrize(
    ("keys", "source"),
    [
        (["fb_ads:a", "fads:b"], {"facebook_ads": {"integration": "facebook_ads"}}),
        (["summary", "li_ads:a"], {"linkedin_ads": {"integration": "linkedin_ads"}}),
        (["rdstation:a", "rdstation_experiment_b"], {"rd_station": {"integration": "rd_station"}}),
        (["newnet:a"], {"newnet": {"integration": "newnet"}}),
        (["9net:a"], {"metric_9net": {"integration": "9net"}}),
        (["summary"], {"unknown": {"integration": "unknown"}}),
    ],
)
def test_the_source_is_known_by_the_prefix(keys: Sequence[str], source: JsonValue) -> None:
    """Prefixes of the catalogues lead to their integration, another stands for itself."""
    assert head_of(imported(*[{**REACH, "reference_key": key} for key in keys]))["sources"] == source


def test_a_named_integration_overrules_the_prefix() -> None:
    """The caller knows better, also for metrics of several prefixes."""
    payload = json.dumps([REACH, {**REACH, "reference_key": "gads:clicks"}])
    spec = import_payload(payload, "payload.json", integration="tiktok_ads")
    assert head_of(spec)["sources"] == {"tiktok_ads": {"integration": "tiktok_ads"}}
