"""What holds for every page: links lead somewhere, files named are there, commands have the options they are given."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from reportgen.components import API_KEYS
from tests.docs.agency import read_yaml
from tests.documents import PAGES, ROOT, examples, fenced, read_page, wrong_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page have."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    """Each link to a file of the project has one, and each link to a heading too."""
    page = ROOT / name
    for target in _LINK.findall(_FENCE.sub("", page.read_text())):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("docs/") and name != "docs/README.md"])
def test_the_contents_of_a_page_name_each_heading(name: str) -> None:
    """What the list at its top leaves out is not found."""
    text = _FENCE.sub("", read_page(name))
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    linked = {target.removeprefix("#") for target in _LINK.findall(text.partition("\n## ")[0])}
    assert [
        one for one in headings if re.sub(r"[^\w -]", "", one.lower()).strip().replace(" ", "-") not in linked
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_files_named_are_there(name: str) -> None:
    """A file of the program that a page names is there."""
    named = re.findall(r"`((?:reportgen|templates|tests|docs|report-specs|bench)/[\w./-]+\.\w+)`", read_page(name))
    new = {"reportgen/components/quote.py", "reportgen/outputs/markdown_file.py"}
    assert [path for path in named if path not in new and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "docs/reference.md"])
def test_options_are_those_of_their_commands(name: str) -> None:
    """Each option that stands after a command of reportgen is one of its own."""
    assert wrong_options(read_page(name)) == []


def test_every_example_has_a_test() -> None:
    """A page with YAML or Python has tests that try it: a new page is added here with its own."""
    with_code = {name for name in NAMES for one in examples(name) if one.language in {"yaml", "python"}}
    tried = {
        "README.md",
        *(f"docs/{name}.md" for name in ("extending", "fleets", "recipes", "reference", "scheduling")),
    }
    assert with_code == tried


def test_pictures_are_small() -> None:
    """Together they stay below a megabyte, so that a page of the documentation opens at once."""
    pictures = list((ROOT / "docs/pictures").glob("*.png"))
    assert sum(path.stat().st_size for path in pictures) < 1_000_000
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.width <= 1280
    used = {target for name in NAMES for target in _LINK.findall(read_page(name)) if target.endswith(".png")}
    assert {path.name for path in pictures} == {target.rpartition("/")[2] for target in used}


@pytest.mark.parametrize("name", NAMES)
def test_metrics_are_those_of_the_catalogues(name: str, catalogues: Path) -> None:
    """A metric of an example has the API's keys as the vendor has them; a table may ask for some of the columns."""
    known = list(_catalogued(catalogues))
    examples_of_page = [read_yaml(text) for text in fenced(name, "yaml")]
    own = {source for example in examples_of_page for source in _sources_of_files(example)}
    for metric in (one for example in examples_of_page for one in _metrics(example) if one.get("source") not in own):
        assert any(_is_copy(metric, one) for one in known), metric


def _sources_of_files(content: Any) -> Iterator[str]:  # noqa: ANN401 - whatever an example holds
    """Yield the sources of an example that the API does not have: their numbers stand in a file."""
    sources = content.get("sources") if isinstance(content, dict) else None
    for alias, source in (sources or {}).items():
        if isinstance(source, dict) and source.get("integration") == "counted_by_us":
            yield alias


def _catalogued(folder: Path) -> Iterator[dict[str, Any]]:
    for path in folder.glob("*/metrics.json"):
        content = json.loads(path.read_text())
        yield from content.get("metrics") or content.get("widgets")


def _metrics(content: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - whatever an example holds
    """Yield every metric in an example."""
    if isinstance(content, dict) and "reference_key" in content:
        yield content
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    for one in inner:
        yield from _metrics(one)


def _is_copy(metric: dict[str, Any], vendors: dict[str, Any]) -> bool:
    own, theirs = (
        {key: one[key] for key in API_KEYS if one.get(key) and key not in {"metrics", "added_date"}}
        for one in (metric, vendors)
    )
    some = metric["component"] == "datatable_v1" and set(metric["metrics"]) <= set(vendors["metrics"])
    return own == theirs and (some or metric["metrics"] == vendors["metrics"])
