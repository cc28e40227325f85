"""The stylesheet with its constants written out prints the same page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.outputs.page.stylesheet import printed_stylesheet, stylesheet
from reportgen.outputs.pdf.engine import print_page
from reportgen.resources import templates_folder
from tests.outputs import reports
from tests.outputs.pages import page

if TYPE_CHECKING:
    from reportgen.outputs.pdf.print_parts import DrawnPart

_SET_ON_BLOCKS = {"fit", "label-lines", "note-lines", "squeeze"}


@pytest.mark.thorough
@pytest.mark.parametrize("locale", ["en", "ar", "ja"])
def test_it_prints_the_same_bytes(locale: str) -> None:
    """Written out or not, every block of a report is printed the same, whatever the language."""
    drawings: dict[str, DrawnPart] = {}
    html = page(replace(reports.large_report(), locale=locale), "print", drawings)
    written, _, _ = print_page(html, drawings=drawings, style=printed_stylesheet(locale))
    plain, _, _ = print_page(html, drawings=drawings, style=stylesheet("print"))
    assert written == plain


def test_only_what_changes_stays_a_variable() -> None:
    """Sizes and fonts are constants; what themes and blocks set is not."""
    colors = set(reports.report().theme.colors)
    left = set(re.findall(r"var\(--([a-z0-9-]+)\)", printed_stylesheet("en")))
    assert left - colors == _SET_ON_BLOCKS


def test_a_language_keeps_its_own_fonts() -> None:
    """Japanese letters come from a Japanese font: the variable of its rule is kept, and no other language's is."""
    assert "CJK JP" in printed_stylesheet("ja")
    assert "CJK JP" not in printed_stylesheet("en")


def test_no_template_sets_a_constant() -> None:
    """What is written out could not be changed by a block any more."""
    css = printed_stylesheet("en")
    constants = set(re.findall(r"(--[a-z0-9-]+)\s*:", css)) - set(re.findall(r"var\((--[a-z0-9-]+)\)", css))
    markup = "".join(file.read_text("utf-8") for file in templates_folder().rglob("*.html"))
    set_there = set(re.findall(r"(--[a-z0-9-]+):", markup))
    assert set_there.isdisjoint(constants)
