"""The reference: it is what the code says, it lacks nothing, and each of its examples is one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from docs.commands import commands
from docs.examples import BLOCKS, EVERY_BLOCK, FILES, FRAGMENT, FRAGMENT_FILE, INCLUDE
from docs.keys import PASSED_ON, Row
from docs.reference import (
    VARIABLES_OF_THE_ENVIRONMENT,
    components,
    reference,
    rows_of_component,
    rows_of_every_block,
    rows_of_file,
)
from reportgen.cli import cli
from reportgen.cli.options import ExitCode
from reportgen.components import AnyBlock
from reportgen.components.metric import Metric
from reportgen.resources import templates_folder
from reportgen.spec.checking import check_file
from reportgen.spec.include_spec import IncludeSpec
from reportgen.spec.loading import load_spec
from reportgen.spec.schema import SCHEMAS
from tests.docs.agency import write_agency
from tests.documents import ROOT, read_page

if TYPE_CHECKING:
    from pathlib import Path


REFERENCE = read_page("docs/reference.md")
COMPONENTS = dict(components())


def test_it_is_what_the_code_says() -> None:
    """The committed page is what `make docs` writes; run that to renew it."""
    assert reference() == REFERENCE


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented(name: str) -> None:
    """Each command has a heading, and each of its options a row."""
    section = REFERENCE.partition(f"### `reportgen {name}`\n")[2].partition("\n##")[0]
    command = dict(commands())[name]
    everywhere = {"quiet", "verbose", "help"}
    lacking = [one.opts[-1] for one in command.params if one.name not in everywhere and one.opts[0].startswith("-")]
    assert section
    assert [option for option in lacking if option not in section] == []


def test_no_command_is_forgotten() -> None:
    """The commands listed are those of the program."""
    assert {name.split()[0] for name, _ in commands()} == set(cli.commands)


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    """Each code has a row, with its whole meaning."""
    assert re.search(rf"^\| {code.value} \| \S.*\. \|$", REFERENCE, re.MULTILINE)


@pytest.mark.parametrize("word", COMPONENTS)
def test_every_component_is_documented(word: str) -> None:
    """Each component has a heading and an example."""
    assert f"### `{word}`\n" in REFERENCE
    assert BLOCKS[word] in REFERENCE


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_of_a_file_is_documented_and_shown(kind: str, tmp_path: Path) -> None:
    """Each key has a row with its description, and stands in the example, which is accepted as it stands."""
    rows = rows_of_file(kind)
    assert {name for row in rows for name in re.findall(r"^\w+", row.path)} == _keys_of_schema(kind)
    assert all(row.says for row in rows)
    assert _not_shown(rows, FILES[kind]) == []
    write_agency(tmp_path)
    (tmp_path / "example.yaml").write_text(FILES[kind])
    assert [str(one) for one in check_file(tmp_path / "example.yaml").problems] == []


def test_the_example_of_an_include(tmp_path: Path) -> None:
    """Its two parts together are a spec with a section for each of two accounts, and show every key."""
    sources = "sources: {shop: {integration: instagram_business}, cafe: {integration: instagram_business}}\n"
    (tmp_path / "spec.yaml").write_text(f"version: 1\n{sources}{INCLUDE}")
    (tmp_path / "fragments").mkdir()
    (tmp_path / FRAGMENT_FILE).write_text(FRAGMENT)
    spec = load_spec(tmp_path / "spec.yaml")
    assert [section.title for section in spec.sections] == ["The shop", "The café"]
    assert {field.alias or name for name, field in IncludeSpec.model_fields.items()} == {"include", "with"}
    assert all(key in INCLUDE for key in ("include:", "with:"))


@pytest.mark.parametrize("word", COMPONENTS)
def test_every_key_of_a_component_is_shown(word: str) -> None:
    """Each key that is a component's own stands in its example, and each block of the example is that component."""
    model = COMPONENTS[word]
    rows = [row for row in rows_of_component(model) if row.says != PASSED_ON]
    assert _not_shown([row for row in rows if row.path != "width"], BLOCKS[word]) == []
    blocks = YAML(typ="safe").load(BLOCKS[word])
    assert [type(TypeAdapter(AnyBlock).validate_python(block)) for block in blocks] == [model] * len(blocks)


def test_the_keys_of_every_block_are_shown() -> None:
    """They stand in the example before the components, which is a block."""
    assert _not_shown(rows_of_every_block(), EVERY_BLOCK) == []
    (block,) = YAML(typ="safe").load(EVERY_BLOCK)
    assert TypeAdapter(AnyBlock).validate_python(block).name == "why"


def test_the_keys_of_every_metric_are_documented() -> None:
    """Each key that a metric takes is there, those of the API too; one that is refused everywhere is not."""
    section = REFERENCE.partition("### Every metric\n")[2].partition("\n##")[0]
    own = {path for word in ("number_v1", "chart_v1", "datatable_v1") for path in _paths(word)}
    common = {row.path for row in rows_of_every_block()}
    assert {key for key in Metric.model_fields if f"`{key}`" not in section} <= own | common


def test_every_colour_of_a_theme_is_documented() -> None:
    """Each theme has the colours that a theme file may have, and no other."""
    written = [row.path.removeprefix("colors.") for row in rows_of_file("theme") if row.path.startswith("colors.")]
    for path in (templates_folder() / "themes").glob("*.yaml"):
        assert list(YAML(typ="safe").load(path.read_text())) == written, path.name


def test_every_variable_of_the_environment_is_documented() -> None:
    """Each variable of reportgen's own that the code names has a row."""
    sources = [path.read_text() for path in (ROOT / "reportgen").rglob("*.py")]
    found = {name for text in sources for name in re.findall(r"(?<![\w$])REPORTGEN_[A-Z_]*[A-Z]\b", text)}
    assert found - set(VARIABLES_OF_THE_ENVIRONMENT) == {"REPORTGEN_WEBHOOK"} & found


def test_every_key_of_a_record_is_documented() -> None:
    """Each key of `run_results.json` in its JSON Schema has a row."""
    schema = json.loads((ROOT / "report-specs/run_results.schema.json").read_text())
    section = REFERENCE.partition("## run_results.json\n")[2]
    keys = {key for one in (schema, *schema["$defs"].values()) for key in one.get("properties", {})}
    assert {"reports", "deliveries"} <= keys
    assert {key for key in keys if f"| `{key}` |" not in section} == set()


def _keys_of_schema(kind: str) -> set[str]:
    return set(SCHEMAS[kind].model_json_schema(by_alias=True)["properties"])


def _paths(word: str) -> set[str]:
    return {row.path for row in rows_of_component(COMPONENTS[word])}


def _not_shown(rows: list[Row], example: str) -> list[str]:
    """Return the keys that do not stand in an example."""
    return [row.path for row in rows if not re.search(rf"\b{re.escape(row.path.rpartition('.')[2])}:", example)]
