"""Letters in the windows of mail programs: whole at every width, with values beside or below their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.letter_texts import LetterContent, NumberGroup, letter_texts
from reportgen.outputs.text.headline_numbers import HeadlineNumber
from tests.browser import visited

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

NUMBERS = (
    HeadlineNumber("cost", "Kosten pro Neukundenregistrierung", "R$ 1.234.567,89", "▼ −4,2 % besser", "good"),
    HeadlineNumber("time", "Durchschnittliche Sitzungsdauer", "12 Std. 34 Min. 56 Sek."),
)
WORDS = f"Hallo,\n\n{{numbers}}\n\nhttps://agency.example/{'suchmaschinenoptimierung' * 4}"
_LINES = """all => new Set(all.map((cell) => Math.round(cell.getBoundingClientRect().top))).size"""


@pytest.mark.parametrize(("width", "lines"), [(320, 4), (390, 4), (700, 2)])
def test_a_letter_is_as_wide_as_its_window(browser: Browser, tmp_path: Path, width: int, lines: int) -> None:
    """A long address breaks, and on a phone values stand below their labels, which are whole."""
    content = LetterContent({"title": "Oktober"}, (NumberGroup("", NUMBERS),), "de")
    path = tmp_path / "letter.html"
    path.write_text(letter_texts("", WORDS, "", content).html, "utf-8")
    with visited(browser, path.as_uri(), width=width) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        assert visit.page.locator(".number td").evaluate_all(_LINES) == lines
