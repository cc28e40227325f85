"""JSON Schemas for editors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportgen.resources import examples_folder
from reportgen.spec.schema import SCHEMAS, schema_text


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_committed_schema_is_the_models(kind: str) -> None:
    """The file beside the examples is what `reportgen schema` prints; run that to renew it."""
    assert (examples_folder() / f"{kind}.schema.json").read_text() == schema_text(kind)


@pytest.mark.parametrize("path", sorted(examples_folder().glob("*.yaml")), ids=lambda path: path.name)
def test_each_example_names_its_schema(path: Any) -> None:  # noqa: ANN401 - pathlib's or a zip's path
    """The first line tells an editor which schema the file has."""
    kind = next((kind for kind in ("client", "fleet") if path.name.endswith(f".{kind}.yaml")), "spec")
    assert path.read_text().startswith(f"# yaml-language-server: $schema={kind}.schema.json\n")


def test_a_block_is_one_of_the_components() -> None:
    """The schema offers each component, and the bare words as words."""
    schema = json.loads(schema_text("spec"))
    offered = schema["$defs"]["SectionSpec"]["properties"]["blocks"]["items"]["oneOf"]
    names = [entry.get("$ref", "").rpartition("/")[2] for entry in offered]
    assert {"NumberBlock", "ChartBlock", "DatatableBlock", "TextBlock", "HeadingBlock", "ImageBlock"} <= set(names)
    assert "IncludeSpec" in names
    assert {schema["$defs"][name].get("const") for name in names} >= {"divider", "page_break"}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_unknown_keys_are_refused_by_the_schema_too(kind: str) -> None:
    """An editor underlines what `check` would refuse."""
    assert json.loads(schema_text(kind))["additionalProperties"] is False
