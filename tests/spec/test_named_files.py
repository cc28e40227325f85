"""The list of files that a spec and a client name: the key of a report, `check`, `bundle` and `preview` read it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel

from reportgen.components import AnyBlock
from reportgen.components.yaml_models import NamesFile
from reportgen.fault_bundle import make_bundle
from reportgen.fleet.report_key import key_of, key_parts
from reportgen.preview.watched_folders import folders_of
from reportgen.spec.checking import check_file
from reportgen.spec.client_file import Client
from reportgen.spec.include_spec import IncludeSpec
from reportgen.spec.loading import load_client, load_spec
from reportgen.spec.marked_texts import marked_fields
from reportgen.spec.named_files import named_files
from reportgen.spec.planning import make_plan
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.theme_file import ThemeFile
from tests.fonts import own_font

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
FILES = {
    "spec.yaml": """\
version: 1
theme: themes/norte.yaml
images: {hosts: [cdn.example.com]}
agency: {name: Norte, logo: images/norte.svg}
sections:
  - include: parts/section.yaml
  - title: Prose
    blocks:
      - {image: images/team.svg, alt: The team}
      - {image: "https://cdn.example.com/a.png", alt: Elsewhere}
      - text: {file: "prose/{client.slug}.md"}
""",
    "parts/section.yaml": "- {title: Included, blocks: [{text: Hello}]}\n",
    "themes/norte.yaml": "version: 1\nfonts:\n  text: {regular: fonts/a.ttf, bold: fonts/b.ttf}\n",
    "images/norte.svg": SVG,
    "images/team.svg": SVG,
    "prose/aurora.md": "Words.\n",
    "clients/aurora.yaml": "version: 1\nname: Aurora\nbrand: {logo: logo.svg}\n"
    "api: {token: {file: token}, customer_token: {env: OWN}}\n",
    "clients/logo.svg": SVG,
    "clients/token": "secret\n",
}
CONTENTS = [
    ("spec.yaml", "title: Prose", "title: Words"),
    ("parts/section.yaml", "Hello", "Good day"),
    ("themes/norte.yaml", "bold: fonts/b.ttf", "bold: fonts/a.ttf"),
    ("clients/aurora.yaml", "name: Aurora", "name: Boreal"),
]
"""The name of a YAML file, what stands in it, and other words of it."""

NAMED = {
    "fragment parts/section.yaml",
    "picture images/norte.svg",
    "picture images/team.svg",
    "picture logo.svg",
    "prose prose/{client.slug}.md",
    "theme themes/norte.yaml",
    "font themes/fonts/a.ttf",
    "font themes/fonts/b.ttf",
}


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """Return a folder with a spec, a client, and all files that they name."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "themes/fonts").mkdir()
    for name, face in (("a", "Regular"), ("b", "Semibold")):
        (tmp_path / f"themes/fonts/{name}.ttf").write_bytes(own_font(face))
    return tmp_path


def loaded(agency: Path) -> tuple[ReportSpec, Client]:
    """Return the spec and the client of a folder."""
    return load_spec(agency / "spec.yaml"), load_client(agency / "clients/aurora.yaml")


def key(agency: Path) -> str:
    """Return the key of the report."""
    return key_of(key_parts(make_plan(*loaded(agency), as_of=date(2026, 11, 3)), ("pdf",)))


def test_every_named_file_is_in_the_list(agency: Path) -> None:
    """Of every kind, also of the theme and of the client; neither pictures of other hosts nor secrets."""
    assert {f"{file.kind} {file.name}" for file in named_files(*loaded(agency))} == NAMED


@pytest.mark.parametrize(
    "name", [*(name for name in FILES if not name.endswith((".yaml", "token"))), "themes/fonts/b.ttf"]
)
def test_a_changed_file_makes_the_report_anew(agency: Path, name: str) -> None:
    """Its key is another as soon as a byte of a picture, a text or a font has changed."""
    before = key(agency)
    (agency / name).write_bytes((agency / name).read_bytes() + b" ")
    assert key(agency) != before


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yaml")])
def test_a_comment_in_a_yaml_file_does_not(agency: Path, name: str) -> None:
    """What the spec, a fragment, the theme or the client says counts, and not how it is written."""
    before = key(agency)
    (agency / name).write_text("# a comment\n" + (agency / name).read_text() + "\n# another\n")
    assert key(agency) == before


@pytest.mark.parametrize(("name", "old", "new"), CONTENTS)
def test_other_words_in_a_yaml_file_make_the_report_anew(agency: Path, name: str, old: str, new: str) -> None:
    """Its key is another where the content of the spec, a fragment, the theme or the client is."""
    before, text = key(agency), (agency / name).read_text()
    assert old in text
    (agency / name).write_text(text.replace(old, new))
    assert key(agency) != before


def test_a_changed_token_does_not(agency: Path) -> None:
    """A new token is no reason to make a report again."""
    before = key(agency)
    (agency / "clients/token").write_text("another\n")
    assert key(agency) == before


@pytest.mark.parametrize("name", ["images/norte.svg", "images/team.svg", "themes/norte.yaml", "themes/fonts/b.ttf"])
def test_a_missing_file_is_a_problem(agency: Path, name: str) -> None:
    """`check` names it before a report is made."""
    (agency / name).unlink()
    problems = " ".join(map(str, check_file(agency / "spec.yaml").problems))
    assert name.rpartition("/")[2] in problems


def test_a_missing_file_of_a_client_is_a_problem(agency: Path) -> None:
    """`check` of the client names its logo."""
    (agency / "clients/logo.svg").unlink()
    assert "logo.svg" in str(check_file(agency / "clients/aurora.yaml").problems[0])


def test_the_bundle_has_them_all_and_no_secret(agency: Path) -> None:
    """Each file is in it under the name by which the spec names it."""
    (agency / "answers.json").write_text("{}")
    with zipfile.ZipFile(io.BytesIO(make_bundle(*loaded(agency), agency / "answers.json"))) as packed:
        names = set(packed.namelist())
    kept = {name.partition(" ")[2] for name in NAMED if not name.startswith("prose ")}
    assert kept | {"prose/aurora.md", "spec.yaml", "client.yaml"} <= names
    assert not [name for name in names if "token" in name]


def test_the_preview_watches_their_folders(agency: Path) -> None:
    """Also that of the theme's fonts."""
    watched = folders_of(make_plan(*loaded(agency), as_of=date(2026, 11, 3)))
    folders = ("", "parts", "themes", "themes/fonts", "images", "prose", "clients")
    assert {agency / name for name in folders} <= watched


_TELLS_OF_A_FILE = re.compile(r"\bpath\b|\bPNG\b|\bTTF\b|\bMarkdown\b|\bYAML file\b|[Tt]he file that")
_NO_FILE = {("TextBlock", "text"), ("CalloutBlock", "callout")}
"""Fields whose descriptions speak of files that a model below them names."""


def test_no_key_that_names_a_file_is_forgotten() -> None:
    """A field whose description speaks of a file or a path is marked; a new key without the mark fails here."""
    spoken = {
        (model.__name__, name)
        for model in models()
        for name, field in model.model_fields.items()
        if _TELLS_OF_A_FILE.search(field.description or "")
    }
    marked = {
        (model.__name__, name)
        for model in models()
        for name, _, marks in marked_fields(model)
        if any(isinstance(mark, NamesFile) for mark in marks)
    }
    assert spoken - marked - _NO_FILE == set()
    assert marked >= {("AgencySpec", "logo"), ("ImageBlock", "image"), ("Brand", "logo"), ("TextFonts", "regular")}


def models() -> set[type[BaseModel]]:
    """Return every model of a spec, a client and a theme."""
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [ReportSpec, Client, ThemeFile, IncludeSpec, AnyBlock]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, BaseModel):
            if part not in found:
                found.add(part)
                waiting += [field.annotation for field in part.model_fields.values()]
        else:
            waiting += get_args(part)
    return found
