"""Payloads as they are copied, and what becomes of them: shared by the tests of importing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from reportgen.components.api_metric import API_KEYS
from reportgen.errors import SpecError
from reportgen.spec.loading import load_spec
from reportgen.spec.payload_import import import_payload

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.spec.payload_import import ImportedSpec
    from reportgen.spec.report_spec import ReportSpec

REFERENCE_PAGE = """{
  "customer_integration": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
  "start": "2024-01-01",
  "end": "2024-09-01",
  "metrics": [
    {
        "id": "f35a44ce-dac5-4188-aace-5c44a8952176",
        "reference_key": "ig:story_replies",
        "component": "number_v1",
        "metrics": [
            "replies"
        ],
        "dimensions": [
            "stories"
        ]
    },
    {
      "id": "3051ed66-a05c-462a-aece-e1d900e78b02",
      "reference_key": "ig:followers_gender",
      "component": "chart_v1",
      "metrics": [
          "followers"
      ],
      "dimensions": [
          "gender"
      ]
    },
    {
      "id": "b3a949ac-f6ae-4bd1-bb90-1e8e0cbe8ed5",
      "reference_key": "ig:clicks_breakdown",
      "component": "datatable_v1",
      "metrics": [
          "count",
          "ctr"
      ],
      "dimensions": [
          "clicks_breakdown"
      ]%s
    }
  ]
}
"""
REACH: dict[str, JsonValue] = {"reference_key": "ig:reach", "component": "number_v1", "metrics": ["reach"]}


def imported(*metrics: JsonValue, setup: JsonValue = None, **request: JsonValue) -> ImportedSpec:
    """Import metrics of a request that has the given keys."""
    labels = None if setup is None else json.dumps(setup)
    return import_payload(json.dumps({**request, "metrics": list(metrics)}), "payload.json", setup=labels)


def refused(payload: str, setup: str | None = None) -> list[str]:
    """Return the problems of a payload that must be refused."""
    with pytest.raises(SpecError) as caught:
        import_payload(payload, "payload.json", setup=setup, setup_file="setup.json")
    return [str(problem) for problem in caught.value.problems]


def blocks_of(spec: ImportedSpec) -> list[dict[str, JsonValue]]:
    """Read the blocks back from the YAML."""
    document = YAML(typ="safe", pure=True).load(spec.text)
    return [block for section in document["sections"] for block in section["blocks"]]


def head_of(spec: ImportedSpec) -> dict[str, JsonValue]:
    """Read everything but the sections back from the YAML."""
    document: dict[str, JsonValue] = YAML(typ="safe", pure=True).load(spec.text)
    return {key: value for key, value in document.items() if key != "sections"}


def structure_of(block: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return what of a block goes to the API, with its id."""
    extra = block.get("extra", {})
    assert isinstance(extra, dict)
    return {key: value for key, value in block.items() if key in {"id", *API_KEYS}} | extra


def loaded(spec: ImportedSpec, folder: Path) -> ReportSpec:
    """Load an imported spec as `render` does."""
    path = folder / "imported.yaml"
    path.write_text(spec.text, encoding="utf-8")
    return load_spec(path)


def labels_of(spec: ImportedSpec) -> list[JsonValue]:
    """Return the labels in the order of the report."""
    return [block["label"] for block in blocks_of(spec)]
