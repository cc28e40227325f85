"""A payload copied from the vendor's dashboard becomes a runnable spec."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reportgen.components.metric import Metric
from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_spec
from reportgen.spec.payload_import import import_payload
from reportgen.titles import title_of
from tests.spec.imports import (
    REACH,
    REFERENCE_PAGE,
    blocks_of,
    head_of,
    imported,
    labels_of,
    loaded,
    structure_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from reportgen.spec.payload_import import ImportedSpec


def test_the_reference_page_becomes_a_runnable_spec(tmp_path: Path) -> None:
    """The vendor's own example, without its trailing comma, loads with all three metrics."""
    spec = loaded(import_payload(REFERENCE_PAGE % "", "payload.json"), tmp_path)
    keys = [block.reference_key for section in spec.sections for block in section.blocks if isinstance(block, Metric)]
    assert keys == ["ig:story_replies", "ig:followers_gender", "ig:clicks_breakdown"]


def test_the_reference_page_keeps_its_request() -> None:
    """Uuid and dates of a full request stand in the spec; without comparison dates nothing is compared."""
    assert head_of(import_payload(REFERENCE_PAGE % "", "payload.json")) == {
        "version": 1,
        "title": "{client.name} · {period.label}",
        "locale": "en",
        "period": "2024-01-01..2024-09-01",
        "compare": "none",
        "sources": {
            "instagram": {
                "integration": "instagram_business",
                "customer_integration": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
            }
        },
    }


def test_the_text_is_what_an_author_would_write() -> None:
    """One metric makes this file: sections, presentation keys first, short lists on one line."""
    metric: JsonValue = {"id": "7", **REACH, "added_date": "2024-04-16", "newKey": {"on": "no"}}
    assert imported(metric, {**REACH, "reference_key": "ig:x", "component": "wysiwyg_v1"}).text == (
        "# yaml-language-server: $schema=spec.schema.json\n"
        "version: 1\n"
        'title: "{client.name} · {period.label}"\n'
        "locale: en\n"
        "period: last_month\n"
        "compare: previous_period\n"
        "sources:\n"
        "  instagram: {integration: instagram_business}\n"
        "\n"
        "sections:\n"
        "  - title: Instagram\n"
        "    source: instagram\n"
        "    blocks:\n"
        "      - name: reach\n"
        "        label: Reach\n"
        "        format: count\n"
        "        direction: up_is_good\n"
        '        id: "7"\n'
        "        reference_key: ig:reach\n"
        "        component: number_v1\n"
        "        metrics: [reach]\n"
        "        added_date: '2024-04-16'\n"
        '        extra: {newKey: {"on": "no"}}\n'
        "\n"
        "# Left out, because only numbers, charts and tables can be drawn. As the payload has them:\n"
        "\n"
        "# {\n"
        '#   "reference_key": "ig:x",\n'
        '#   "component": "wysiwyg_v1",\n'
        '#   "metrics": [\n'
        '#     "reach"\n'
        "#   ]\n"
        "# }\n"
    )


def test_a_single_metric_is_a_payload() -> None:
    """One metric object, as a dashboard copies it, is imported as a list of one is."""
    alone = import_payload(json.dumps(REACH), "payload.json")
    assert alone == imported(REACH)
    assert alone.kept == 1


def test_what_cannot_be_drawn_is_listed_and_kept_as_a_comment() -> None:
    """A container is in no block; its whole JSON can be read out of the comments."""
    container: dict[str, JsonValue] = {
        "reference_key": "ig:summary",
        "component": "container_v1",
        "metrics": [],
        "odd": "a\u2028b",
    }
    spec = imported(REACH, container)
    assert (spec.kept, spec.left_out) == (
        1,
        ("ig:summary (container_v1): only numbers, charts and tables can be drawn; kept as a comment",),
    )
    comments = [line.removeprefix("# ") for line in spec.text.split("\n") if line.startswith("# ")]
    assert json.loads("".join(comments[comments.index("{") :])) == container


def test_a_key_of_the_request_without_a_place_is_listed() -> None:
    """The webhook's address, which may hold a secret, is named and not copied."""
    spec = imported(REACH, metrics_webhook_url="https://hooks.example/secret")
    assert spec.left_out == ("metrics_webhook_url: this key of the request has no place in a spec",)
    assert "secret" not in spec.text


def arranged_names(spec: ImportedSpec) -> list[tuple[str, list[str]]]:
    """Return the title of each section of an imported spec, and the names of its blocks."""
    sections = YAML(typ="safe", pure=True).load(spec.text)["sections"]
    return [(section["title"], [block["name"] for block in section["blocks"]]) for section in sections]


def metrics_of(keys: str, component: str = "number_v1") -> list[dict[str, JsonValue]]:
    """Return a metric for each word, with the prefix of Google Ads."""
    return [{**REACH, "component": component, "reference_key": f"gads:{key}"} for key in keys.split()]


def test_a_short_payload_is_a_single_section() -> None:
    """Numbers come first, then charts, then tables, each in the order of the payload."""
    kinds = ("datatable_v1", "number_v1", "chart_v1", "number_v1")
    metrics = [{**REACH, "component": kind, "reference_key": f"gads:m{index}"} for index, kind in enumerate(kinds)]
    assert arranged_names(imported(*metrics)) == [("Google Ads", ["m1", "m3", "m2", "m0"])]


def test_a_longer_payload_has_a_section_for_each_subject() -> None:
    """Results come before cost, cost before reach; subjects of fewer than three blocks stand under More."""
    keys = "impressions views spend cost_per_lead leads clicks conversions reach sales cpc likes comments"
    assert arranged_names(imported(*metrics_of(keys))) == [
        ("Results", ["conversions", "leads", "sales"]),
        ("Cost", ["spend", "cpc", "cost_per_lead"]),
        ("Reach", ["impressions", "views", "reach"]),
        ("More", ["clicks", "likes", "comments"]),
    ]


@pytest.mark.parametrize(
    ("numbers", "charts", "widths"),
    [
        (4, 2, [None] * 6),
        (6, 1, [*[4] * 6, 12]),
        (5, 0, [4, 4, 4, 6, 6]),
        (7, 2, [*[None] * 4, 4, 4, 4, None, None]),
        (2, 1, [6, 6, 12]),
    ],
)
def test_rows_of_a_section_are_full(numbers: int, charts: int, widths: list[int | None]) -> None:
    """Cards fill rows of three or four, and a chart without a neighbour the whole row."""
    clicks = metrics_of(" ".join(f"clicks_{index}" for index in range(numbers)))
    drawn = metrics_of(" ".join(f"visits_{index}" for index in range(charts)), "chart_v1")
    others = metrics_of(" ".join(f"cost_{index}" for index in range(9)))
    document = YAML(typ="safe", pure=True).load(imported(*clicks, *drawn, *others).text)
    (section,) = (section for section in document["sections"] if section["title"] == "Clicks and visits")
    assert [block.get("width") for block in section["blocks"]] == widths


def test_of_a_catalogue_the_sections_have_what_a_client_reads(tmp_path: Path) -> None:
    """Six numbers of a subject; the rest are blocks in comments, which load once the marks are taken away."""
    clicks = " ".join(f"clicks_{index}" for index in range(20))
    spec = imported(*metrics_of(f"{clicks} leads deals sales orders customers"))
    assert (spec.kept, spec.aside) == (11, 14)
    assert [len(names) for _, names in arranged_names(spec)] == [5, 6]
    body, _, appendix = spec.text.partition("# The rest of the payload")
    lines = [line.removeprefix("# ").removeprefix("#") for line in appendix.split("\n")[2:]]
    path = tmp_path / "spec.yaml"
    path.write_text(body + "\n".join(lines))
    assert sum(len(section.blocks) for section in load_spec(path).sections) == 25


def test_everything_can_be_a_block() -> None:
    """With --all no metric is set aside."""
    metrics = metrics_of(" ".join(f"clicks_{index}" for index in range(30)))
    spec = import_payload(json.dumps(metrics), "payload.json", everything=True)
    assert (spec.kept, spec.aside) == (30, 0)


def test_formats_are_known_without_a_setup_file() -> None:
    """Counts, amounts and the metrics of a starter; a rate is left as it comes where its scale is not known."""
    blocks = blocks_of(imported(*metrics_of("conversions cost_micros ctr video_ctr conversions_value_per_cost")))
    assert [block.get("format") for block in blocks] == ["count", "currency", "percent", None, None]
    chart: JsonValue = {**REACH, "reference_key": "gads:x", "component": "chart_v1", "metrics": ["metrics.clicks", "y"]}
    (block,) = blocks_of(imported(chart))
    assert block["fields"] == {"metrics.clicks": {"format": "count"}}


def test_a_pie_that_makes_no_whole_is_bars(tmp_path: Path) -> None:
    """What `check` would warn of is not written."""
    pie: JsonValue = {**REACH, "component": "chart_v1", "chart_type": "pie", "dimensions": ["device"]}
    path = tmp_path / "spec.yaml"
    path.write_text(imported(pie).text)
    assert check_file(path).warnings == ()
    assert "kind: horizontal_bar" in path.read_text()


def test_equal_keys_are_both_kept_and_told_apart() -> None:
    """The vendor uses one reference key twice: both stay, with their own names and labels."""
    blocks = blocks_of(imported(REACH, {**REACH, "metrics": []}))
    assert [(block["name"], block["label"]) for block in blocks] == [("reach", "Reach"), ("reach_2", "Reach (2)")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
texts = st.text(min_size=1) | st.sampled_from(
    [
        "no",
        "On",
        "2026-10-01",
        "1e5",
        "12:30",
        "007",
        "~",
        "null",
        "#8A3B12",
        "- a",
        "a: b",
        "{x}",
        "'",
        "\\",
        "a\nb",
        ":a",
    ]
)
metric_entries = st.builds(
    lambda known, more: more | known,
    st.fixed_dictionaries(
        {
            "reference_key": texts,
            "component": st.sampled_from(["number_v1", "chart_v1", "datatable_v1"]),
            "metrics": st.lists(texts, max_size=8),
        },
        optional={
            "id": texts,
            "dimensions": st.lists(texts | st.dictionaries(texts, json_values, max_size=3), max_size=3),
            "sort": json_values,
            "custom": json_values,
            "references": st.fixed_dictionaries({"title": texts}),
            "label": json_values,
            "extra": json_values,
        },
    ),
    st.dictionaries(texts, json_values, max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(metric=metric_entries)
def test_any_metric_comes_back_as_it_was_given(metric: dict[str, JsonValue]) -> None:
    """Whatever a dashboard sends, the API gets it back unchanged through the YAML."""
    spec = import_payload(json.dumps([metric]), "payload.json", integration="instagram_business")
    # Compared as JSON: to Python 1, 1.0 and True are equal, to the API they are not.
    (block,) = blocks_of(spec)
    assert json.dumps(structure_of(block), sort_keys=True) == json.dumps(metric, sort_keys=True)


@settings(max_examples=100, deadline=None)
@given(entry=st.fixed_dictionaries({"reference_key": texts, "component": texts}, optional={"x": json_values}))
def test_what_is_left_out_never_breaks_the_spec(entry: dict[str, JsonValue]) -> None:
    """Whatever stands in the comments, the YAML around them reads the same."""
    assert labels_of(import_payload(json.dumps([REACH, entry | {"component": "x"}]), "p", integration="ig")) == [
        "Reach"
    ]


def catalogues() -> Iterator[Path]:
    """Yield the folders of the vendor's payload catalogues that this machine has."""
    folder = os.environ.get("REPORTGEN_PAYLOADS")
    return (path.parent for path in sorted(Path(folder).glob("*/metrics.json"))) if folder else iter(())


@pytest.fixture(scope="module")
def catalogue_imports() -> dict[str, tuple[list[dict[str, JsonValue]], ImportedSpec]]:
    """Import every catalogue: name -> its metrics and the spec."""
    read = {}
    for folder in catalogues():
        payload, setup = ((folder / name).read_text("utf-8") for name in ("metrics.json", "setup.json"))
        document = json.loads(payload)
        metrics = document.get("metrics") or document["widgets"]
        whole = import_payload(payload, folder.name, setup=setup, setup_file=folder.name, everything=True)
        read[folder.name] = (metrics, whole)
    if not read:
        pytest.skip("REPORTGEN_PAYLOADS names no folder of payload catalogues")
    return read


def first_metric(block: dict[str, JsonValue]) -> str:
    """Return the metric that the vendor labels a number by."""
    names = block["metrics"]
    assert isinstance(names, list)
    return str(names[0])


Imports = dict[str, tuple[list[dict[str, "JsonValue"]], "ImportedSpec"]]


def test_every_catalogue_comes_back_as_it_was_given(catalogue_imports: Imports) -> None:
    """Each drawable metric of every catalogue stands in its spec with the same structure, and no other."""
    for metrics, spec in catalogue_imports.values():
        drawn = [metric for metric in metrics if metric["component"] in {"number_v1", "chart_v1", "datatable_v1"}]
        given_back = [json.dumps(structure_of(block)) for block in blocks_of(spec)]
        assert sorted(given_back) == sorted(json.dumps(metric) for metric in drawn)


def test_every_metric_of_the_catalogues_is_kept_or_listed(catalogue_imports: Imports) -> None:
    """Nothing is dropped in silence."""
    for metrics, spec in catalogue_imports.values():
        assert spec.kept + len(spec.left_out) == len(metrics)


def test_every_imported_catalogue_loads(catalogue_imports: Imports, tmp_path: Path) -> None:
    """`render` accepts each spec as it was written."""
    for metrics, spec in catalogue_imports.values():
        count = sum(len(section.blocks) for section in loaded(spec, tmp_path).sections)
        assert count == len(metrics) - len(spec.left_out)


def test_no_two_blocks_of_a_section_share_a_label(catalogue_imports: Imports) -> None:
    """In every section of every catalogue a reader can tell the blocks apart."""
    for _, spec in catalogue_imports.values():
        for section in YAML(typ="safe", pure=True).load(spec.text)["sections"]:
            labels = [block["label"].casefold() for block in section["blocks"]]
            assert len(set(labels)) == len(labels)


def test_shared_labels_of_the_catalogues_are_not_used(catalogue_imports: Imports) -> None:
    """Of the 464 numbers, 78 share their setup label with another: these are titled by their keys."""
    numbers, shared = 0, 0
    for catalogue, (_, spec) in catalogue_imports.items():
        folder = next(path for path in catalogues() if path.name == catalogue)
        setup = json.loads((folder / "setup.json").read_text("utf-8"))["metrics"]
        blocks = [block for block in blocks_of(spec) if block["component"] == "number_v1"]
        labels = [setup.get(name, {}).get("label") for name in map(first_metric, blocks)]
        numbers += len(blocks)
        for block, label in zip(blocks, labels, strict=True):
            if label and labels.count(label) > 1:
                shared += 1
                assert block["label"] == title_of(str(block["reference_key"]))
    assert (numbers, shared) == (464, 78)
