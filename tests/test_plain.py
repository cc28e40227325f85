"""Without the fast paths the PDF is the same: `--plain`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bench.composition import blank_shares, inner_pages
from reportgen import build_report, load_client, load_spec
from reportgen.cli import main
from reportgen.model import PageSetup
from reportgen.outputs import FORMATS
from reportgen.outputs.audit import BLANK, audit
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.outputs.printed import PrintedReport
from reportgen.resources import examples_folder
from tests.outputs.pages import differences, links, outline, texts
from tests.outputs.structure import structure
from tests.shipped_examples import example

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.connect import AnswerSource

MULTICHANNEL = examples_folder() / "multichannel.client.yaml"
NOVEMBER = date(2026, 11, 3)
MOST = 56
"""Of 255: how far an area of 4 x 4 points may be off, as in the gallery."""


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("instagram", "en"),
        pytest.param("multichannel", "ar", marks=pytest.mark.thorough),
        pytest.param("multichannel.pt-br", None, marks=pytest.mark.thorough),
    ],
)
def test_an_example_is_the_same_without_the_fast_paths(name: str, locale: str | None, api: AnswerSource) -> None:
    """Both ways its PDF has the same words in order, bookmarks, links, tables and pages, and looks the same.

    No page of it but the last is more than a third empty.
    """
    whole = example(name, api, locale)
    (fast,), (plain,) = FORMATS["pdf"].render(PrintedReport(whole)), FORMATS["pdf-plain"].render(PrintedReport(whole))
    assert read(fast.content, locale) == read(plain.content, locale)
    assert outline(fast.content) == outline(plain.content)
    assert [link[:2] for link in links(fast.content)] == [link[:2] for link in links(plain.content)]
    assert max(differences(fast.content, plain.content)) <= MOST
    assert rows(fast.content) == rows(plain.content)
    assert audit(PrintedReport(whole), [plain]) == ()
    assert max(inner_pages(blank_shares(fast.content))) <= MOST_BLANK


@pytest.mark.thorough
@pytest.mark.parametrize("page", [PageSetup("letter"), PageSetup("slide"), PageSetup(landscape=True)])
def test_an_example_fits_every_paper(page: PageSetup, api: AnswerSource) -> None:
    """On other papers no text is cut, missing or outside, and no page is blank."""
    spec, client = load_spec(examples_folder() / "multichannel.yaml"), load_client(MULTICHANNEL)
    printed = PrintedReport(replace(build_report(spec, client, answers=api, as_of=NOVEMBER), page=page))
    (pdf,) = FORMATS["pdf"].render(printed)
    assert [caution for caution in audit(printed, [pdf]) if caution.code != BLANK] == []
    assert max(blank_shares(pdf.content)) < 1


def read(pdf: bytes, locale: str | None) -> list[list[str]]:
    """Return the words of each page in order; sorted where a line runs both ways and a reader orders it at will."""
    return [sorted(page) if locale == "ar" else page for page in texts(pdf)]


def rows(pdf: bytes) -> list[list[list[str]]]:
    """Return the rows of the tables of a PDF's structure."""
    return [table.rows() for element in structure(pdf) for table in element.all_of("Table")]


@pytest.mark.thorough
def test_the_command_turns_the_fast_paths_off(tmp_path: Path) -> None:
    """`--plain` writes the PDF that the page engine sets by itself, under the same name."""
    spec = examples_folder() / "instagram.yaml"
    arguments = ["render", str(spec), "--sandbox", "--calm", "--as-of", "2026-11-03", "--format", "pdf", "--out"]
    assert main([*arguments, str(tmp_path / "fast")]) == 0
    assert main([*arguments, str(tmp_path / "plain"), "--plain"]) == 0
    (fast,), (plain,) = ((tmp_path / way).glob("*.pdf") for way in ("fast", "plain"))
    assert fast.name == plain.name
    assert fast.read_bytes() != plain.read_bytes()
    assert texts(fast.read_bytes()) == texts(plain.read_bytes())
