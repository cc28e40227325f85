"""Whatever a spec or client file holds, only our declared errors come out of reading it."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.errors import SpecError
from reportgen.resources import examples_folder
from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_client, load_spec
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.errors import Problem

KEPT = {
    *("ad_spend", "conversions", "ig_reach_by_day", "ctr", "cost_per_conversion", "clicks_by_day", "spend_by_day"),
    *("clicks_by_device", "users_by_device", "impressions_by_age", "campaigns", "engagement_time", "top_pages"),
    "ig_posts",
}
"""Blocks of the example that together have every key of its blocks; the others only take time to read."""


def example(name: str) -> JsonValue:
    """Return a shipped spec with the blocks of `KEPT` and those that have no name."""
    spec: Any = read_yaml(examples_folder() / name).value
    for section in spec["sections"]:
        section["blocks"] = [block for block in section["blocks"] if block.get("name", "ctr") in KEPT]
    spec["sections"] = [section for section in spec["sections"] if section["blocks"]]
    whole: JsonValue = spec
    return whole


SPEC = example("multichannel.yaml")
CLIENT = read_yaml(examples_folder() / "multichannel.client.yaml").value
ODD = st.one_of(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=5,
    ),
    st.sampled_from(
        ["{client.name}", "{nobody}", "number_v1", "../x.png", "https://a.b/c.png", "2026-13", "NaN", "#1"]
    ),
)


def places(value: JsonValue, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of everything in a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def with_other(document: JsonValue, path: tuple[str | int, ...], value: JsonValue, key: str) -> JsonValue:
    """Return a document with something else in a place, or with another key there."""
    if not path:
        return value
    changed = deepcopy(document)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index] # the path is of this document
    if key and isinstance(holder, dict):
        holder[key] = holder.pop(path[-1])  # type: ignore[arg-type] # a key of a mapping is a text
    else:
        holder[path[-1]] = value  # type: ignore[index] # see above
    return changed


def test_the_example_has_every_key_of_the_shipped_one() -> None:
    """What is left out of it are blocks that have no key and no kind of their own."""

    def keys(document: JsonValue) -> set[tuple[object, ...]]:
        inner = (path for path in places(document) if "fields" not in path[:-1])  # which have names of their own
        return {tuple(step for step in path if isinstance(step, str)) for path in inner}

    assert keys(SPEC) == keys(read_yaml(examples_folder() / "multichannel.yaml").value)


def problems_of(load: Callable[[Path], object], file: Path) -> Sequence[Problem]:
    """Return what reading a file is refused for; empty where it is read."""
    try:
        load(file)
    except SpecError as error:
        return error.problems
    return ()


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["spec", "client"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(data=st.data())
def test_any_change_of_an_example_is_read_or_refused(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    """An example with anything anywhere is read, or told with its file and line; nothing else comes out."""
    document, load = (SPEC, load_spec) if kind == "spec" else (CLIENT, load_client)
    for path in data.draw(st.lists(st.sampled_from(list(places(document))), min_size=1, max_size=1)):
        document = with_other(document, path, data.draw(ODD), data.draw(st.sampled_from(["", "", "labell", "x"])))
    file = tmp_path / f"{kind}.yaml"
    file.write_text(json.dumps(document), "utf-8")  # JSON is YAML
    checked = check_file(file).problems
    refused = problems_of(load, file)
    assert all(problem.file == str(file) and problem.message for problem in refused)
    assert checked or not refused


@pytest.mark.thorough
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(data=st.data())
def test_any_fragment_is_as_if_it_stood_in_the_spec(tmp_path: Path, data: st.DataObject) -> None:
    """The sections of an example with anything anywhere are refused for the same reasons in the spec and included."""
    assert isinstance(SPEC, dict)
    path = data.draw(st.sampled_from([place for place in places(SPEC["sections"]) if len(place) > 1]))
    sections = with_other(SPEC["sections"], path, data.draw(ODD), data.draw(st.sampled_from(["", "labell", "source"])))
    whole, split, fragment = tmp_path / "whole.yaml", tmp_path / "split.yaml", tmp_path / "fragment.yaml"
    whole.write_text(json.dumps(SPEC | {"sections": sections}), "utf-8")
    split.write_text(json.dumps(SPEC | {"sections": [{"include": fragment.name}]}), "utf-8")
    fragment.write_text(json.dumps(sections), "utf-8")
    refused = problems_of(load_spec, split)
    assert all(problem.file in {str(fragment), str(split)} for problem in refused)
    reasons = {
        problem.message.replace(" (included by split.yaml:1)", "").partition("; change one")[0] for problem in refused
    }
    assert reasons == {problem.message.partition("; change one")[0] for problem in problems_of(load_spec, whole)}
