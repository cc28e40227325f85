"""The README: its files are accepted, and its Python makes a report of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from reportgen.spec.loading import load_client, load_spec
from tests.documents import fenced

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "README.md"
HEAD = "version: 1\nsources: {ads: {integration: google_ads}}\nsections:\n  - source: ads\n    blocks:\n"


def test_the_first_two_commands() -> None:
    """The demo and the tests come first."""
    assert [line.split("#")[0].strip() for line in fenced(PAGE, "sh")[0].splitlines()] == ["make demo", "make test"]


def test_every_yaml_is_tried() -> None:
    """A spec, blocks of one and a client: each has its test below."""
    assert [text.split()[0] for text in fenced(PAGE, "yaml")] == ["version:", "-", "version:"]


def test_the_spec_is_a_spec(tmp_path: Path) -> None:
    """The spec of the README is accepted as it stands."""
    path = tmp_path / "social.yaml"
    path.write_text(fenced(PAGE, "yaml")[0])
    assert len(load_spec(path).sections[0].blocks) == 4


def test_the_blocks_are_blocks(tmp_path: Path) -> None:
    """The blocks with a formula, a goal and words are accepted as they stand."""
    path = tmp_path / "ads.yaml"
    path.write_text(HEAD + fenced(PAGE, "yaml")[1])
    names = [block.name for block in load_spec(path).sections[0].blocks]
    assert names == ["spend", "conversions", "cost_per_conversion", None, None, None, None]


def test_the_client_is_a_client(tmp_path: Path) -> None:
    """The client of the README is accepted as it stands."""
    path = tmp_path / "aurora.yaml"
    path.write_text(fenced(PAGE, "yaml")[2])
    try:
        client = load_client(path)
    except SpecError as error:
        pytest.fail(str(error))
    assert client.id == "padaria-aurora"


def test_the_python_makes_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example makes the three files, of the README's own spec and client."""
    shutil.copytree(examples_folder() / "images", tmp_path / "images")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "social.yaml").write_text(fenced(PAGE, "yaml")[0])
    (tmp_path / "aurora.yaml").write_text(fenced(PAGE, "yaml")[2])
    monkeypatch.chdir(tmp_path)
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("REPORTGEN_TOKEN", sandbox.token)
        (tmp_path / "secrets/aurora").write_text(sandbox.customer_token)
        (text,) = fenced(PAGE, "python")
        exec(compile(text, PAGE, "exec"), {})  # noqa: S102 - our own README
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".pdf", ".xlsx"]
